"""A campaign's results, question by question, and the equality answers of its round, counted and made fit to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from forms.kinds import Question
from forms.kinds.scale import ScaleQuestion
from server.figures.crosstabs import CrossTable
from server.figures.suppression import hide_small
from server.queries.crossing import answered_counts, option_counts
from server.queries.results import equality_counts, responses_of, written_counts
from server.results import summaries
from server.results.summaries import Summary
from server.results.wording import TEXT_KINDS, Worded

EQUALITY_SMALL: Final = 10
"""Counts of equality answers below this are not shown, nor another that would give them away (engagement.md)."""


ANSWERS: Final = "answers"


@dataclass(frozen=True, slots=True)
class Result:
    """A question and what it came to."""

    id: str
    number: int
    words: str
    kind: str
    condition: bool
    """Whether only some were asked it, by what they said before."""
    summary: Summary

    @property
    def is_text(self) -> bool:
        """Tell whether it was answered in people's own words."""
        return self.kind in TEXT_KINDS or self.kind == "code"


@dataclass(frozen=True, slots=True)
class Group:
    """A section of the form with its results."""

    title: str
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Guarded:
    """An equality question: its options with how many chose each, None where that must not be shown."""

    words: str
    counts: tuple[tuple[str, int | None], ...]
    total: int | None


def results_of(session: Session, campaign_id: int, worded: Worded) -> tuple[int, tuple[Group, ...]]:
    """Give how many responses of a campaign stand, and its results by section."""
    counts, answered = option_counts(session, campaign_id), answered_counts(session, campaign_id)
    typed = [one.id for one in worded.together if one.kind in {"number", "date"}]
    written = written_counts(session, campaign_id, typed) if typed else {}
    groups = []
    for section in worded.form.sections:
        found = tuple(
            Result(
                id=one.id,
                number=worded.form.numbers[one.id],
                words=worded.question(one.id),
                kind=one.kind,
                condition=bool(one.show_if),
                summary=_summary(one, worded, {**counts, **written}.get(one.id, {}), answered.get(one.id, 0)),
            )
            for one in section.questions
            if one in worded.together
        )
        if found:
            groups.append(Group(worded.say(section.title) if section.title else "", found))
    return responses_of(session, campaign_id), tuple(groups)


def _summary(question: Question, worded: Worded, counts: Mapping[str, int], answered: int) -> Summary:
    if isinstance(question, ScaleQuestion):
        points = [point.id for point in worded.form.scales[question.scale].points]
        return summaries.scaled(counts, worded.options(question), points, answered)
    if question.kind == "number":
        return summaries.numbers(counts)
    if question.kind == "date":
        return summaries.days(counts)
    options = worded.options(question)
    return summaries.chosen(counts, options, answered) if options else Summary(answered)


def equality_of(session: Session, survey_round: str, worded: Worded) -> tuple[Guarded, ...]:
    """Give the equality answers of a round, with nothing below ten that could be worked out."""
    if not worded.apart:
        return ()
    counts = equality_counts(session, survey_round, [one.id for one in worded.apart])
    return tuple(guarded(worded.say(one.ask), counts.get(one.id, {}), worded.options(one)) for one in worded.apart)


def guarded(words: str, counts: Mapping[str, int], options: Mapping[str, str]) -> Guarded:
    """Give one equality question's counts, the small ones hidden with as few others as keep them hidden.

    That nobody chose an option says something of everybody, so noughts are hidden too, and then the total as well.
    """
    cells = tuple((counts.get(option, 0),) for option in options)
    hidden = hide_small(CrossTable(tuple(options), (ANSWERS,), cells), EQUALITY_SMALL)
    shown = {option: hidden.cell(option, ANSWERS) or None for option in options}
    total = sum(value for (value,) in cells) if None not in shown.values() else None
    return Guarded(words, tuple((label, shown[option]) for option, label in options.items()), total)
