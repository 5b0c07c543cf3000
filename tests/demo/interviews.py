"""Answers that were collected elsewhere, as an interviewer's company sends them: a table, a row for each call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from forms.definition import Form
from forms.kinds import Question
from forms.landlord import Landlord
from server.sheets import csv_bytes
from tests.demo.opinions import Said

ASKED: Final = ("scale", "yes_no", "one_choice", "comment")


@dataclass(frozen=True, slots=True)
class Interview:
    """What somebody said on the telephone, by the code of their home."""

    home: str
    form: Form
    everything: Said
    """What they would say to all of the form."""

    @property
    def said(self) -> Said:
        """Give what they were asked and said."""
        asked = {question.id for question in _asked(self.form)}
        return {name: value for name, value in self.everything.items() if name in asked}


def interviews_csv(interviews: Sequence[Interview], who: Landlord, first: date, last: date) -> bytes:
    """Give the table; the calls are spread over the days."""
    form = interviews[0].form
    questions, days = _asked(form), (last - first).days
    headings = ["UPRN", "Date of the interview", "Method", *(question.id for question in questions)]
    rows = [
        [one.home, f"{first + timedelta(days=number * days // len(interviews)):%d/%m/%Y}", "Telephone"]
        + [_words(form, question, one.said, who) for question in questions]
        for number, one in enumerate(interviews)
    ]
    return csv_bytes(headings, rows)


def _asked(form: Form) -> list[Question]:
    return [
        question
        for question in form.questions
        if question.kind in ASKED and not form.section_of(question.id).detachable
    ]


def _words(form: Form, question: Question, said: Said, who: Landlord) -> str:
    answer = said.get(question.id, "")
    for choice in form.choices(question):
        if choice.id == answer:
            return choice.label.filled("en", who.details())
    return str(answer)
