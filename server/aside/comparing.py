"""Two of the same side by side: what each answers to every question, and where they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.answers import parse_answer
from forms.definition import Form
from forms.kinds import Question
from forms.kinds.base import AnswerError
from forms.kinds.contact import Contact
from forms.paper.fields import PART
from server.catalogue.versions import form_of
from server.models.form_versions import FormVersion, PrintedForm
from server.models.intake import Return
from server.models.responses import Answer, ContactDetails, Response
from server.models.review import Doubt, DoubtState
from server.returns.completing import answers_of
from server.web.words import day

DOUBTED: Final = "in doubt"
GIVEN: Final = "agreed"

Said = Mapping[str, str]
"""What one of the two answers, in words, by question."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question, with what each of the two says; "" where it says nothing."""

    number: int
    ask: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Tell whether they say different things."""
        return self.first != self.second


def form_of_printing(session: Session, printed_form_id: int) -> Form:
    """Give the form that was printed."""
    printed = session.get_one(PrintedForm, printed_form_id)
    return form_of(session.get_one(FormVersion, printed.form_version_id))


def side_by_side(form: Form, first: Said, second: Said, details: Mapping[str, str]) -> Sequence[Row]:
    """Give a row for every question that either answers, in the order of the form."""
    return [
        Row(
            form.numbers[question.id],
            question.ask.filled(form.language, details),
            first.get(question.id, ""),
            second.get(question.id, ""),
        )
        for question in form.questions
        if first.get(question.id) or second.get(question.id)
    ]


def said_on_paper(session: Session, one: Return, form: Form) -> Said:
    """Give what a returned copy answers as far as it is read and decided, and which of its answers are in doubt."""
    answers = answers_of(session, one, form)
    open_ones = select(Doubt.question).where(Doubt.return_id == one.id, Doubt.state == DoubtState.OPEN)
    doubted = {name.partition(PART)[0]: DOUBTED for name in session.scalars(open_ones) if name}
    values = {**answers.values, **answers.not_asked}
    return {**doubted, **{key: in_words(form, key, value) for key, value in values.items()}}


def said_in_response(session: Session, response: Response, form: Form) -> Said:
    """Give what a saved response answers."""
    rows = select(Answer).where(Answer.response_id == response.id).order_by(Answer.question, Answer.place)
    raw: dict[str, list[str]] = {}
    for row in session.scalars(rows):
        raw.setdefault(row.question, []).append(row.option or row.written or "")
    contacts = session.scalars(select(ContactDetails).where(ContactDetails.response_id == response.id))
    details = {one.question: _contact_words(Contact(**one.details)) for one in contacts}
    return {**{key: _kept_words(form, key, words) for key, words in raw.items()}, **details}


def _kept_words(form: Form, identifier: str, words: list[str]) -> str:
    try:
        return in_words(form, identifier, parse_answer(form, identifier, words if len(words) > 1 else words[0]))
    except AnswerError:  # a day that is "too late" by now: it was right when it was saved
        return ", ".join(words)


def in_words(form: Form, identifier: str, value: object) -> str:
    """Give an answer in the words that are printed."""
    question = form.question(identifier)
    if value is True:
        return GIVEN
    if isinstance(value, Contact):
        return _contact_words(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(_label(form, question, str(one)) for one in value)
    return _label(form, question, str(value))


def _contact_words(contact: Contact) -> str:
    return ", ".join(contact.as_dict().values())


def _label(form: Form, question: Question, chosen: str) -> str:
    labels = {choice.id: choice.label for choice in form.choices(question)}
    return labels[chosen].root[form.language] if chosen in labels else chosen
