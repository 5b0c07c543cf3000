"""What the pages of intake send."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final

from pydantic import Field, field_validator
from werkzeug.datastructures import MultiDict

from server.queries.intake import ITS_OWN
from server.web.inputs import Input
from server.web.words import today

NAME_MAX: Final = 120
"""The column's length."""

DATE_PARTS: Final = ("day", "month", "year")

MOST: Final = "Most papers bear a code that says it."
THEIRS: Final = "Somebody else’s paper without our marks is read only where its campaign is chosen here."

Part = Annotated[str, Field(max_length=4)]


class Begin(Input):
    """A batch to be begun; when it came is asked once, for all of it."""

    name: str = Field("", max_length=NAME_MAX)
    received_on: date
    received_on_day: Part = ""
    received_on_month: Part = ""
    received_on_year: Part = ""
    campaign: int | None = None

    @field_validator("campaign", mode="before")
    @classmethod
    def _nothing_chosen_is_none(cls, raw: object) -> object:
        return raw or None

    @field_validator("received_on")
    @classmethod
    def _has_come(cls, day: date) -> date:
        if day > today():
            raise ValueError("This day is still to come. Give the day on which the paper came.")
        return day


def with_day(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """Put the day, month and year that were sent together as one date."""
    together = form.copy()
    day, month, year = (form.get(f"received_on_{part}", "").strip() for part in DATE_PARTS)
    together["received_on"] = f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return together


def day_parts(value: date) -> dict[str, object]:
    """Give a date as the three fields that show it."""
    parts = (value.day, value.month, value.year)
    return {f"received_on_{part}": one for part, one in zip(DATE_PARTS, parts, strict=True)}


def answering(campaigns: Iterable[tuple[object, str]]) -> str:
    """Give the hint beside the campaigns that papers without a code may answer."""
    return f"{MOST} {THEIRS}" if any(ITS_OWN in name for _, name in campaigns) else MOST
