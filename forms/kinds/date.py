"""A day of the calendar. Its answer is a `datetime.date`."""

import re
from datetime import date, datetime
from typing import Annotated, Final, Literal, NoReturn, Self

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from forms.kinds.base import AnswerError, BaseQuestion, single_word
from forms.kinds.choice import Choice

YEAR_MIN: Final = 1900
"""An earlier year is a slip: 26 for 2026."""

TODAY: Final = "today"


def _bound(raw: object) -> object:
    """Give a bound as written: a day, or the word for the day on which it is answered."""
    if raw == TODAY or type(raw) is date:
        return raw
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else _not_a_bound()
    except ValueError:
        return _not_a_bound()


def _not_a_bound() -> NoReturn:
    raise PydanticCustomError("bound", "this is not a day")


Bound = Annotated[
    date | Literal["today"],
    PlainValidator(_bound),
    PlainSerializer(str),
    WithJsonSchema({"anyOf": [{"const": TODAY}, {"type": "string", "format": "date"}]}),
]


class Date(BaseQuestion):
    """Asks for a day between two bounds; the paper has cells for day, month and year."""

    kind: Literal["date"]
    earliest: Bound | None = Field(None, description="The first day that can be right, or 'today'.")
    latest: Bound | None = Field(None, description="The last day that can be right, or 'today'.")

    @model_validator(mode="after")
    def _range_is_not_empty(self) -> Self:
        if isinstance(self.earliest, date) and isinstance(self.latest, date) and self.earliest > self.latest:
            raise PydanticCustomError("empty_range", "'earliest' is after 'latest'")
        return self

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> date | None:  # noqa: ARG002
        """Give the day; refuse what is not one, or lies outside the bounds.

        Takes a `date`, year-month-day words (`2026-11-22`), day-month-year words (`22/11/2026`, `22112026`),
        or a mapping with `day`, `month` and `year`.
        """
        if isinstance(raw, datetime):
            raw = raw.date()
        day = raw if isinstance(raw, date) else _day(_three_numbers(raw))
        if day is None:
            return None
        if self.earliest and day < _fixed(self.earliest):
            raise AnswerError("too_early", day=_fixed(self.earliest))
        if self.latest and day > _fixed(self.latest):
            raise AnswerError("too_late", day=_fixed(self.latest))
        return day


def _fixed(bound: Bound) -> date:
    return date.today() if bound == TODAY else bound


def _three_numbers(raw: object) -> tuple[str, str, str] | None:
    """Give year, month and day as delivered; None when all is blank."""
    if isinstance(raw, dict):
        parts = tuple(str(raw.get(name) or "").strip() for name in ("year", "month", "day"))
        return (parts[0], parts[1], parts[2]) if any(parts) else None
    word = single_word(raw)
    if word is None:
        return None
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", word):
        return match[1], match[2], match[3]
    if match := re.fullmatch(r"(\d{1,2})\s*[/. -]\s*(\d{1,2})\s*[/. -]\s*(\d{4})|(\d\d)(\d\d)(\d{4})", word):
        day, month, year = match.groups()[:3] if match[1] else match.groups()[3:]
        return year, month, day
    raise AnswerError("not_a_date")


def _day(numbers: tuple[str, str, str] | None) -> date | None:
    if numbers is None:
        return None
    try:
        year, month, day = (int(number) for number in numbers if number.isdecimal())
        if year < YEAR_MIN:
            raise AnswerError("not_a_date")
        return date(year, month, day)
    except AnswerError:
        raise
    except ValueError as error:
        raise AnswerError("not_a_date") from error
