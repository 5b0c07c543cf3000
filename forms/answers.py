"""Answers as they are delivered → values that count: parsed by kind, then sorted by routing.

Every channel comes through here: the kiosk's form fields, a typed-in PDF, a spreadsheet, an officer's keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from forms import routing, wording
from forms.definition import Form
from forms.kinds.base import AnswerError, AnswerValue
from forms.kinds.contact import Contact
from forms.languages import long_date


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that cannot stand, with the sentence's key and details that tell the person why."""

    question: str
    code: str
    details: Mapping[str, str | int | date]

    def message(self, language: str) -> str:
        """Give the sentence in one language."""
        words = {
            name: long_date(detail, language) if isinstance(detail, date) else detail
            for name, detail in self.details.items()
        }
        return wording.say(self.code, language, **words)


@dataclass(frozen=True, slots=True)
class Answers:
    """What one person answered to one form."""

    values: Mapping[str, AnswerValue]
    """The answers that count, by question; a question left blank is not among them."""

    not_asked: Mapping[str, AnswerValue]
    """Valid answers to questions that the person's other answers lead past: kept, and not counted."""

    problems: tuple[Problem, ...]
    """Answers that cannot stand."""


def parse_answer(form: Form, identifier: str, raw: object) -> AnswerValue:
    """Turn one answer as delivered into its value, None when blank; `AnswerError` when it cannot stand."""
    question = form.question(identifier)
    return question.parse(raw, form.choices(question))


def collect(form: Form, raw: Mapping[str, object]) -> Answers:
    """Parse all answers delivered and sort them by routing; `KeyError` for a question that the form hasn't."""
    values: dict[str, AnswerValue] = {}
    problems: list[Problem] = []
    for identifier, delivered in raw.items():
        try:
            value = parse_answer(form, identifier, delivered)
        except AnswerError as error:
            problems.append(Problem(identifier, error.code, error.details))
            continue
        if value is not None:
            values[identifier] = value
    reached = routing.asked(form, values)
    return Answers(
        values={key: values[key] for key in reached if key in values},
        not_asked={key: value for key, value in values.items() if key not in reached},
        problems=tuple(problems),
    )


def as_json(value: AnswerValue) -> object:
    """Give an answer as JSON holds it; `parse_answer` turns it back into the same value."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Contact):
        return value.as_dict()
    return list(value) if isinstance(value, tuple) else value
