"""The year's measures, counted: whole, and split by how an answer came, by what is known of a home, by month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, extract, func, select
from sqlalchemy.orm import Session

from server.figures.counts import Counts
from server.figures.directions import Direction, Method
from server.figures.tallies import Tally, tally_of
from server.models.households import Household
from server.models.responses import Answer, Response
from server.queries.counted import Scope, counted, homes_asked_about, homes_left_out

YES, NO = "yes", "no"
HELPED, ALONE = "helped", "alone"


class Split(StrEnum):
    """What figures can be split by."""

    CHANNEL = "channel"
    METHOD = "method"
    AREA = "area"
    SCHEME = "scheme"
    TENURE = "tenure"
    AGE_BAND = "age_band"
    PROPERTY_TYPE = "property_type"
    LANGUAGE = "language"
    HELPED = "helped"
    MONTH = "month"


OF_HOMES: Final[Mapping[Split, Any]] = {
    Split.AREA: Household.area,
    Split.SCHEME: Household.scheme,
    Split.TENURE: Household.tenure,
    Split.AGE_BAND: Household.age_band,
    Split.PROPERTY_TYPE: Household.property_type,
}
OF_RESPONSES: Final[Mapping[Split, tuple[ColumnElement[Any], ...]]] = {
    Split.CHANNEL: (Response.channel.expression,),
    Split.METHOD: (Response.channel.expression, Response.method.expression),
    Split.LANGUAGE: (Response.language.expression,),
    Split.HELPED: (Response.helped_by != "",),
    Split.MONTH: (extract("year", Response.received_on), extract("month", Response.received_on)),
}


@dataclass(slots=True)
class _Found:
    """What is found of one part while its rows are read."""

    answers: int = 0
    options: dict[str, dict[str, int]] = field(default_factory=dict)
    """How many chose each option, by measure and by filter."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a split: how many count in it, and what they answered."""

    answers: int
    measures: Mapping[str, Tally]
    filters: Mapping[str, tuple[int, int]]
    """How many said yes, and how many no, by the filter's name."""


def counts_of(session: Session, scope: Scope, rules: Direction) -> Counts:
    """Give all that is counted of a year; why others are not, `why_not_counted` tells."""
    by_method = split_by(session, scope, Split.METHOD, rules)
    whole = joined(by_method.values())
    first = next(iter(whole.measures), "")
    return Counts(
        year=scope.year,
        homes=scope.homes,
        population=homes_asked_about(session, scope),
        answers=whole.answers,
        excluded=homes_left_out(session, scope),
        is_census=scope.is_census,
        measures=whole.measures,
        filters=whole.filters,
        by_method={method: by_method[method].answers if method in by_method else 0 for method in Method},
        overall_by_method={Method(name): part.measures[first] for name, part in by_method.items()},
    )


def split_by(session: Session, scope: Scope, split: Split, rules: Direction) -> dict[str, Part]:
    """Give the measures of each part of a split, parts sorted by name; a month is named as 2026-04.

    Answers to questions behind a filter are stored only where the filter leads to them: `forms.answers.collect`.
    """
    if not scope.campaigns:
        return {}
    columns = OF_RESPONSES.get(split) or (OF_HOMES[split],)
    chosen = counted(scope)
    asked = select(*columns).select_from(chosen).join(Response, Response.id == chosen.c.id)
    if split in OF_HOMES:
        asked = asked.join(Household, Household.id == chosen.c.household_id)
    found = dict[str, _Found]()
    for *key, number in session.execute(asked.add_columns(func.count()).group_by(*columns)):
        _part(found, split, key, rules).answers += number
    options = (Response.form_version_id, Answer.question, Answer.option)
    answers = asked.join(Answer, Answer.response_id == chosen.c.id).where(
        Answer.question.in_(scope.questions), Answer.option.is_not(None)
    )
    for *key, version, question, option, number in session.execute(
        answers.add_columns(*options, func.count()).group_by(*columns, *options)
    ):
        name = scope.asked[version].named.get(question) if version in scope.asked else None
        if name is not None:
            of = _part(found, split, key, rules).options.setdefault(name, {})
            of[option] = of.get(option, 0) + number
    return {name: _made(found[name], scope) for name in sorted(found)}


def joined(parts: Iterable[Part]) -> Part:
    """Give parts as one whole."""
    answers, measures, filters = 0, dict[str, Tally](), dict[str, tuple[int, int]]()
    for part in parts:
        answers += part.answers
        for measure, tally in part.measures.items():
            measures[measure] = measures.get(measure, Tally()) + tally
        for name, (yes, no) in part.filters.items():
            before = filters.get(name, (0, 0))
            filters[name] = (before[0] + yes, before[1] + no)
    return Part(answers, measures, filters)


def _part(found: dict[str, _Found], split: Split, key: Sequence[Any], rules: Direction) -> _Found:
    return found.setdefault(_name(split, key, rules), _Found())


def _name(split: Split, key: Sequence[Any], rules: Direction) -> str:
    if split == Split.METHOD:
        return rules.method_of(*key)
    if split == Split.MONTH:
        return f"{int(key[0])}-{int(key[1]):02d}"
    if split == Split.HELPED:
        return HELPED if key[0] else ALONE
    return str(key[0])


def _made(found: _Found, scope: Scope) -> Part:
    filters, measures = dict[str, tuple[int, int]](), dict[str, Tally]()
    for asked in scope.asked.values():
        for name in asked.filters:
            options = found.options.get(name, {})
            filters[name] = (options.get(YES, 0), options.get(NO, 0))
        for measure, points in asked.points.items():
            reached = filters[asked.after[measure]][0] if measure in asked.after else found.answers
            measures[measure] = tally_of(found.options.get(measure, {}), points, asked.not_applicable, reached)
    return Part(found.answers, dict(sorted(measures.items())), filters)
