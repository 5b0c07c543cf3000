"""What is held about a subject in counts and dates: enough to know what would be handed over or erased."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from server.models.base import Base
from server.models.households import Household
from server.models.intake import Page
from server.models.responses import Response
from server.models.review import Correction, Doubt
from server.people.portrait import NAMES
from server.queries.held import Held

ZONE: Final = ZoneInfo("Europe/London")

DATED: Final[dict[type[Base], Callable[[Any], date | datetime]]] = {
    Household: lambda household: household.updated_at,
    Response: lambda response: response.received_on,
    Page: lambda page: page.file.received_at,
    Doubt: lambda doubt: doubt.created_at,
    Correction: lambda correction: correction.decided_at,
}
"""The tables whose rows have a date of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One table: how many rows, and from when to when."""

    name: str
    count: int
    first: date | None
    last: date | None


def summary(held: Held) -> tuple[Line, ...]:
    """Give a line for each table that holds something."""
    return tuple(_line(model, name, held.rows[model]) for model, name in NAMES.items() if held.rows[model])


def _line(model: type[Base], name: str, rows: tuple[Base, ...]) -> Line:
    dated = DATED.get(model)
    days = sorted(map(_day, map(dated, rows))) if dated else []
    return Line(name, len(rows), days[0] if days else None, days[-1] if days else None)


def _day(moment: date | datetime) -> date:
    return moment.astimezone(ZONE).date() if isinstance(moment, datetime) else moment
