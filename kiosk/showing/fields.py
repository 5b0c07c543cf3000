"""A question of any kind, with what was put in → the fields that ask it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from forms import codes
from forms.answers import Problem
from forms.definition import Form
from forms.kinds import Question
from forms.kinds.base import AnswerError
from forms.kinds.choice import Choice
from forms.kinds.code import Code
from forms.kinds.comment import Comment
from forms.kinds.consent import GIVEN, Consent
from forms.kinds.contact import MAX_LENGTH, TIMES, WAYS, ContactQuestion
from forms.kinds.date import Date
from forms.kinds.number import Number
from forms.kinds.scale import NOT_APPLICABLE, ScaleQuestion
from forms.kinds.short_text import ShortText
from kiosk.pen import Pen
from kiosk.screens import Field, Line, Row, Rows, Typing, Words
from kiosk.sitting import Raw
from kiosk.submitted import DATE_PARTS, name_of

CODE_ROOM: Final = 2
"""A code may be typed with blanks: so many times its length fits."""

TYPING: Final[Mapping[str, Typing]] = {"phone": Typing.PHONE, "email": Typing.EMAIL}
WORDED: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {"best_way": ("way", WAYS), "best_time": ("time", TIMES)}
DATE_LENGTH: Final[Mapping[str, int]] = {"day": 2, "month": 2, "year": 4}


def fields_of(pen: Pen, form: Form, question: Question, raw: Raw, problem: AnswerError | None) -> tuple[Field, ...]:
    """Give a question's fields; `problem` is shown beside the one that it is about."""
    made = _made(pen, form, question, raw)
    if problem is None:
        return made
    about = _about(made, problem.code)
    words = problem_words(pen, question, problem)
    return tuple(replace(field, problem=words) if field is about else field for field in made)


def problem_words(pen: Pen, question: Question, problem: AnswerError) -> Words:
    """Give why an answer is refused."""
    return pen.said(Problem(question.id, problem.code, problem.details).message(pen.language))


def chosen(raw: Raw) -> frozenset[str]:
    """Give the choices that were put in, be it one or several."""
    if isinstance(raw, str):
        return frozenset((raw,))
    return frozenset(raw or ()) if isinstance(raw, list) else frozenset()


def _made(pen: Pen, form: Form, question: Question, raw: Raw) -> tuple[Field, ...]:
    if question.chooses:
        return (_rows(pen, form, question, raw),)
    maker = _MAKERS[type(question)]
    return maker(pen, question, raw)


def _rows(pen: Pen, form: Form, question: Question, raw: Raw) -> Rows:
    given = chosen(raw)
    has_faces = isinstance(question, ScaleQuestion) and question.faces and question.measure is None
    rows = tuple(
        _row(pen, choice, choice.id in given, place if has_faces and choice.id != NOT_APPLICABLE else None)
        for place, choice in enumerate(form.choices(question), start=1)
    )
    return Rows(name_of(question.id), rows, takes_several=question.kind == "several_choices")


def _row(pen: Pen, choice: Choice, is_chosen: bool, face: int | None) -> Row:
    return Row(choice.id, pen.of(choice.label, choice.say), is_chosen, choice.exclusive, face)


def _consent(pen: Pen, question: Consent, raw: Raw) -> tuple[Field, ...]:
    row = Row(GIVEN, pen.own("i_agree"), raw == GIVEN)
    return (Rows(name_of(question.id), (row,), takes_several=True),)


def _number(pen: Pen, question: Number, raw: Raw) -> tuple[Field, ...]:
    unit = pen.of(question.unit) if question.unit is not None else None
    length = len(f"{question.maximum:,}")
    return (Line(name_of(question.id), _typed(raw), Typing.NUMBER, length, unit=unit),)


def _date(pen: Pen, question: Date, raw: Raw) -> tuple[Field, ...]:
    return tuple(
        Line(
            f"{name_of(question.id)}.{part}",
            _part(raw, part),
            Typing.NUMBER,
            DATE_LENGTH[part],
            label=pen.answering(part),
            is_short=True,
        )
        for part in DATE_PARTS
    )


def _code(pen: Pen, question: Code, raw: Raw) -> tuple[Field, ...]:
    del pen
    length = codes.pattern_named(question.pattern).cells * CODE_ROOM
    return (Line(name_of(question.id), _typed(raw), Typing.CODE, length),)


def _short_text(pen: Pen, question: ShortText, raw: Raw) -> tuple[Field, ...]:
    del pen
    return (Line(name_of(question.id), _typed(raw), Typing.TEXT, question.max_length),)


def _comment(pen: Pen, question: Comment, raw: Raw) -> tuple[Field, ...]:
    del pen
    return (Line(name_of(question.id), _typed(raw), Typing.TEXT, question.max_length, is_long=True),)


def _contact(pen: Pen, question: ContactQuestion, raw: Raw) -> tuple[Field, ...]:
    return tuple(_contact_part(pen, name_of(question.id), part, _part(raw, part)) for part in question.parts)


def _contact_part(pen: Pen, name: str, part: str, value: str) -> Field:
    label = pen.answering(part)
    if part in WORDED:
        prefix, words = WORDED[part]
        rows = tuple(Row(word, pen.answering(f"{prefix}_{word}"), word == value) for word in words)
        return Rows(f"{name}.{part}", rows, legend=label)
    typing = TYPING.get(part, Typing.TEXT)
    return Line(f"{name}.{part}", value, typing, MAX_LENGTH[part], label=label, is_long=part == "address")


_Maker = Callable[[Pen, Any, Raw], tuple[Field, ...]]
_MAKERS: Final[Mapping[type, _Maker]] = {
    Consent: _consent,
    Number: _number,
    Date: _date,
    Code: _code,
    ShortText: _short_text,
    Comment: _comment,
    ContactQuestion: _contact,
}


def _typed(raw: Raw) -> str:
    return raw if isinstance(raw, str) else ""


def _part(raw: Raw, part: str) -> str:
    return raw.get(part, "") if isinstance(raw, dict) else ""


def _about(fields: tuple[Field, ...], code: str) -> Field | None:
    """Give the field that a problem is about: the one of a contact's part, or the first."""
    part = code.removeprefix("not_a_")
    of_part = (field for field in fields if field.name.endswith(f".{part}"))
    return next(of_part, fields[0] if len(fields) == 1 or fields[0].name.endswith(".day") else None)
