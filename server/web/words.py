"""How values are written on pages: dates, numbers, names of states."""

import json
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask

ZONE = ZoneInfo("Europe/London")
LOCALE = "en_GB"
UID = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f-]{22}\b")


def day(value: date | datetime | None) -> str:
    """Write a date as 22 November 2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(ZONE).date()
    return format_date(value, "d MMMM y", locale=LOCALE)


def today() -> date:
    """Give the day that it is here."""
    return datetime.now(ZONE).date()


def moment(value: datetime | None) -> str:
    """Write a moment as 22 November 2026, 14:05, by the clock on the wall."""
    return format_datetime(value.astimezone(ZONE), "d MMMM y, HH:mm", locale=LOCALE) if value else ""


def number(value: float) -> str:
    """Write a number as 1,745."""
    return format_decimal(value, locale=LOCALE)


def plain(value: str) -> str:
    """Write the name of a state, role or channel as a word: `typed_pdf` is typed PDF."""
    return value.replace("_", " ").replace("pdf", "PDF")


def many(count: int, one: str, more: str | None = None) -> str:
    """Write a count with its noun: 1 household, 1,745 households."""
    return f"{number(count)} {one if count == 1 else more or one + 's'}"


def pair(value: str) -> tuple[str, str]:
    """Give a value with itself as its words, for a list to choose from."""
    return value, value


def short_ids(value: str) -> str:
    """Shorten long random ids: their first eight characters tell them apart."""
    return UID.sub(r"\1…", value)


def facts(detail: str) -> str:
    """Write an event's detail as words: `{"copies": 20}` is copies 20."""
    return ", ".join(f"{plain(key)} {short_ids(str(value))}" for key, value in json.loads(detail).items())


def register(app: Flask) -> None:
    """Make these filters and functions of templates."""
    app.jinja_env.filters.update(
        day=day, moment=moment, number=number, plain=plain, pair=pair, short_ids=short_ids, facts=facts
    )
    app.jinja_env.globals.update(many=many)
