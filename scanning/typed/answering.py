"""The values of a returned PDF's fields → answers and doubts, by the printing's own template."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from forms import answers, routing
from forms.definition import Form
from forms.kinds import Question
from forms.kinds.base import AnswerError, AnswerValue
from forms.kinds.consent import GIVEN
from forms.kinds.contact import Contact, ContactQuestion
from forms.kinds.date import Date
from forms.kinds.several_choices import SeveralChoices
from forms.layout.model import Values
from forms.paper.fields import PART
from scanning.readings import SENTENCES, Answer, Doubt, Reason
from scanning.template import Template
from scanning.typed.fields import TypedFields

LANGUAGE: Final = "en"
"""Doubts are for officers."""

OF_MARKS: Final = {
    "more_than_one": Reason.TWO_MARKED,
    "too_many": Reason.TOO_MANY,
    "stands_alone": Reason.STANDS_ALONE,
}
"""Answers that cannot stand for the reasons that marks on paper have too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is answered by itself: its name, its question, its fields' names, the page of the first."""

    name: str
    question: str
    fields: tuple[str, ...]
    page: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers, None where blank or doubted, the doubts, and the page of each, by name."""

    answers: dict[str, Answer]
    doubts: dict[str, Doubt]
    pages: dict[str, int]
    names: dict[str, str]
    """Field → the name that it is answered by."""

    def is_doubted(self, field: str) -> bool:
        """Tell whether the answer that a field belongs to is doubted."""
        return self.names[field] in self.doubts


def answered(template: Template, found: TypedFields) -> Answered:
    """Parse every answer whose page is in the file, and doubt what cannot stand, is not asked, or is not whole."""
    form = template.form
    asked = list(_asked(template, found))
    values: dict[str, AnswerValue] = {}
    doubts: dict[str, Doubt] = {}
    for one in asked:
        parsed = _parsed(form, one, found)
        if isinstance(parsed, Doubt):
            doubts[one.name] = parsed
        elif parsed is not None:
            values[one.name] = parsed
    reached = routing.asked(form, values)
    for one in asked:
        if one.name in values and one.question not in reached:
            doubts[one.name] = Doubt(one.name, Reason.NOT_ASKED, SENTENCES[Reason.NOT_ASKED])
    return Answered(
        {one.name: None if one.name in doubts else _words(one, values.get(one.name)) for one in asked},
        doubts,
        {one.name: one.page for one in asked},
        {field: one.name for one in asked for field in one.fields},
    )


def _asked(template: Template, found: TypedFields) -> Iterator[Asked]:
    """Give what the fields ask, in the order of the pages; each part of contact details is asked by itself."""
    fields: dict[str, dict[str, int]] = {}
    here: set[int] = set()
    for page in template.pages:
        for name in [*(box.name for box in page.ticks), *(field.name for field in page.texts)]:
            question = template.form.question(_identifier(name))
            shared = name if isinstance(question, ContactQuestion) else question.id
            fields.setdefault(shared, {}).setdefault(name, page.number)
            here |= {page.number} if name in found.values else set()
    for shared, pages in fields.items():
        if there := here & set(pages.values()):
            yield Asked(shared, _identifier(shared), tuple(pages), min(there))


def _identifier(name: str) -> str:
    return name.split(PART, maxsplit=1)[0]


def _part(name: str) -> str:
    return name.split(PART, maxsplit=1)[-1]


def _parsed(form: Form, asked: Asked, found: TypedFields) -> AnswerValue | Doubt:
    """Give the value of one answer, None when blank, or why it is doubted."""
    reason = _unsound(asked.fields, found)
    if reason is not None:
        return Doubt(asked.name, reason, SENTENCES[reason])
    try:
        return answers.parse_answer(form, asked.question, _delivered(form.question(asked.question), asked, found))
    except AnswerError as error:
        return _cannot_stand(asked.name, error)


def _unsound(fields: Sequence[str], found: TypedFields) -> Reason | None:
    """Give why fields cannot be trusted to hold what their person saw; None when they can."""
    if not set(fields) <= set(found.values):
        return Reason.FIELD_LOST
    if any(found.shown.get(name, frozenset()) - set(held(found.values, name)) for name in fields):
        return Reason.CONFLICT
    return None


def held(values: Values, name: str) -> list[str]:
    """Give the values that a field holds: none, one, or several that contradict each other."""
    value = values.get(name)
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _delivered(question: Question, asked: Asked, found: TypedFields) -> object:
    """Give what the fields hold as `forms.answers` takes it."""
    if isinstance(question, SeveralChoices):
        ticked = {name: held(found.values, name) for name in asked.fields}
        if any(set(states) - {_part(name)} for name, states in ticked.items()):
            raise AnswerError("not_a_choice")
        return [state for states in ticked.values() for state in states]
    if isinstance(question, Date | ContactQuestion):
        return {_part(name): found.values[name] for name in asked.fields}
    return found.values[asked.name]


def _cannot_stand(name: str, error: AnswerError) -> Doubt:
    reason = OF_MARKS.get(error.code, Reason.INVALID)
    if reason is not Reason.INVALID:
        return Doubt(name, reason, SENTENCES[reason])
    message = answers.Problem(name, error.code, error.details).message(LANGUAGE)
    return Doubt(name, reason, f"{SENTENCES[reason]} {message}")


def _words(asked: Asked, value: AnswerValue) -> Answer:
    """Give an answer in words, or as paper has it."""
    if isinstance(value, Contact):
        return value.as_dict().get(_part(asked.name))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return value
    if value is None:
        return None
    return GIVEN if value is True else str(value)
