"""What the pages of campaigns send."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator
from werkzeug.datastructures import MultiDict

from server.models.campaigns import Audience, Channel, Sampling
from server.web.inputs import Input

NAME_MAX = 120
ROUND_MAX = 60
REASON_MAX = 200
CODE_MAX = 60
"""All four: the columns' lengths."""

SAMPLE_MAX = 100_000
"""More would be a mistake in typing: the landlord has 1,800 homes."""

REST_SECONDS_MAX = 600
"""Ten minutes: a screen that waits longer looks broken, and the next person walks away."""

DATE_PARTS = ("day", "month", "year")

Part = Annotated[str, Field(max_length=4)]


class AtKiosk(StrEnum):
    """What a campaign lets its kiosks do; each is the name of its column."""

    KEEPS_UNFINISHED = "keeps_unfinished"
    SHOWS_RESULTS = "shows_results"


class Changes(Input):
    """What can be changed as long as a campaign is not closed."""

    name: str = Field(min_length=1, max_length=NAME_MAX)
    closes_on: date
    closes_on_day: Part = ""
    closes_on_month: Part = ""
    closes_on_year: Part = ""
    channels: list[Channel]
    sites: list[int]
    at_kiosk: list[AtKiosk] = Field(default_factory=list)
    rest_seconds: Annotated[int, Field(ge=0, le=REST_SECONDS_MAX)] = 0
    """Counts only where anyone may answer at a kiosk."""
    version: int = 0
    """Of the campaign as the officer saw it; 0 for a new one."""

    @field_validator("rest_seconds", mode="before")
    @classmethod
    def _nothing_written_is_no_rest(cls, raw: object) -> object:
        return raw or 0


class Draft(Changes):
    """All that a campaign is made of."""

    form: str = Field(min_length=1, max_length=120)
    """A form's name and version, as `Entry.key` gives them."""
    opens_on: date
    opens_on_day: Part = ""
    opens_on_month: Part = ""
    opens_on_year: Part = ""
    audience: Audience
    sampling: Sampling
    survey_round: str = Field("", max_length=ROUND_MAX)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.closes_on < self.opens_on:
            raise ValueError("The last day comes before the first. Change one of them.")
        return self


class Seen(Input):
    """The campaign's version as the officer saw it."""

    version: int


class Invite(Input):
    """Which households to invite."""

    how: Sampling
    number: Annotated[int, Field(ge=1, le=SAMPLE_MAX)] | None = None
    tenures: list[str]
    areas: list[str]
    schemes: list[str]

    @field_validator("number", mode="before")
    @classmethod
    def _nothing_written_is_none(cls, raw: object) -> object:
        return raw or None

    @model_validator(mode="after")
    def _a_sample_has_a_number(self) -> Self:
        if self.how is Sampling.SAMPLE and self.number is None:
            raise ValueError("Say how many households the sample is to have.")
        return self


class LeaveOut(Input):
    """A household to leave out, and why."""

    code: str = Field(min_length=1, max_length=CODE_MAX)
    reason: str = Field(min_length=1, max_length=REASON_MAX)


def with_dates(form: MultiDict[str, str], *names: str) -> MultiDict[str, str]:
    """Put the day, month and year that were sent for each date together as one value: `2026-11-22`."""
    together = form.copy()
    for name in names:
        day, month, year = (form.get(f"{name}_{part}", "").strip() for part in DATE_PARTS)
        together[name] = f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return together


def date_parts(name: str, value: date | None) -> dict[str, object]:
    """Give a date as the three fields that show it."""
    parts = (value.day, value.month, value.year) if value else ("", "", "")
    return {f"{name}_{part}": one for part, one in zip(DATE_PARTS, parts, strict=True)}
