"""Alerts as pages tell them: which danger, whose words, what is to be done and by when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from forms.definition import Form
from server.alerting.danger import WORDS, Danger
from server.alerting.dangers import spoken_of
from server.alerts.clocks import Step, received, steps
from server.catalogue.versions import form_of
from server.models.alerts import Alert, AlertKind
from server.models.responses import Answer
from server.queries.alerts import Told, Whole
from server.web.words import day, moment, plain

Landlord = Mapping[str, str]
"""What stands for `{landlord}` and the like in a form's words."""

COMPLAINT: Final = "complaint"

REMOVED: Final = "(removed)"


@dataclass(frozen=True, slots=True)
class Line:
    """One alert in a list."""

    told: Told
    what: str
    where: str
    came: str
    steps: tuple[Step, ...]

    @property
    def next_step(self) -> Step:
        """Give what is due first."""
        return self.steps[0]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of somebody's words; marked where it speaks of a danger."""

    words: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A question and what was answered, in parts."""

    question: str
    parts: tuple[Part, ...]

    @property
    def is_marked(self) -> bool:
        """Tell whether a danger is spoken of."""
        return any(part.is_marked for part in self.parts)


def lines(found: Iterable[Told]) -> tuple[Line, ...]:
    """Give open alerts as lines, the one whose time is up first at the top."""
    return tuple(sorted(map(line, found), key=lambda one: (one.next_step.due, one.told.alert.id)))


def line(told: Told) -> Line:
    """Give one alert as a line."""
    alert, source = told.alert, told.source
    since = received(alert.came_at, source.received_on)
    where = ", ".join(filter(None, (plain(source.channel), told.site, told.campaign)))
    came = moment(since) if since == alert.came_at or source.received_on is None else day(source.received_on)
    return Line(told, what(alert), where, came, steps(alert.kind, alert.dangers, since, alert.acknowledged_at))


def what(alert: Alert) -> str:
    """Give what an alert is about, such as "gas, a fall"."""
    if alert.kind == AlertKind.COMPLAINT:
        return COMPLAINT
    return ", ".join(WORDS[Danger(one)] for one in alert.dangers)


def own_words(whole: Whole, landlord: Landlord) -> Said | None:
    """Give the answer that an alert is about, the dangers in it marked; None where there is none, as for a wish."""
    answer = next((one for one in whole.answers if one.question == whole.told.alert.question), None)
    if answer is None:
        return None
    form, words = form_of(whole.version), answer.written or REMOVED
    return Said(_asked(form, answer, landlord), tuple(parts(words, whole.told.source.language)))


def parts(words: str, language: str) -> Iterator[Part]:
    """Give a text in parts, those marked that speak of a danger."""
    at = 0
    for passage in spoken_of(words, language):
        if passage.end <= at:
            continue
        start = max(at, passage.start)
        if start > at:
            yield Part(words[at:start], is_marked=False)
        yield Part(words[start : passage.end], is_marked=True)
        at = passage.end
    if at < len(words):
        yield Part(words[at:], is_marked=False)


def the_rest(whole: Whole, landlord: Landlord) -> tuple[Said, ...]:
    """Give what else was answered, in the order of the form."""
    form = form_of(whole.version)
    order = [question.id for section in form.sections for question in section.questions]
    others = [one for one in whole.answers if one.question in order and one.question != whole.told.alert.question]
    questions = sorted({one.question for one in others}, key=order.index)
    return tuple(_said(form, [one for one in others if one.question == question], landlord) for question in questions)


def _said(form: Form, answers: Sequence[Answer], landlord: Landlord) -> Said:
    words = "; ".join(_answered(form, answer) for answer in answers)
    return Said(_asked(form, answers[0], landlord), (Part(words, is_marked=False),))


def _asked(form: Form, answer: Answer, landlord: Landlord) -> str:
    return form.question(answer.question).ask.filled(form.language, landlord)


def _answered(form: Form, answer: Answer) -> str:
    if answer.option is None:
        return answer.written or REMOVED
    choices = form.choices(form.question(answer.question))
    return next((one.label[form.language] for one in choices if one.id == answer.option), answer.option)


def overdue(found: Iterable[Line], now: datetime) -> int:
    """Count the alerts whose time is up."""
    return sum(one.next_step.is_overdue(now) for one in found)
