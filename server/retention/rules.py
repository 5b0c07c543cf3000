"""The rules of how long each thing is kept, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from server.config import Settings
from server.models.base import now
from server.retention import collected, letters, log, pages, people, sign_ins
from server.retention.counting import Found
from server.store import Store


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one thing is kept, how it is found once that is over, and how it is removed."""

    name: str
    what: str
    since: str
    """From when its months count, as words."""
    months: int
    find: Callable[[Session, datetime], Found]
    """Session, moment before which it is due → how many, the oldest and the newest."""
    remove: Callable[[Store, Session, datetime, Mapping[str, str | None]], set[str]]
    """Removes what is due from the rows; gives the files that they no longer name."""
    prepare: Callable[[Store, Session, datetime], Mapping[str, str | None]] | None = None
    """Makes what files become without the pages that are due: it takes long, so it is done before anything is held."""


RULES: Final = (
    Rule(
        "equality_pages",
        "scans of equality pages",
        "they were settled",
        0,
        pages.find_equality,
        pages.remove_equality,
        pages.prepare_equality,
    ),
    Rule("page_images", "scans of pages", "they were settled", 12, pages.find, pages.remove, pages.prepare),
    Rule(
        "set_aside_files",
        "files and pages that were set aside",
        "they came",
        3,
        pages.find_set_aside,
        pages.remove_set_aside,
        pages.prepare_set_aside,
    ),
    Rule(
        "contact_details",
        "contact details in responses",
        "the last reply, or the response where there was none",
        6,
        people.find_contacts,
        people.remove_contacts,
    ),
    Rule(
        "responses",
        "responses",
        "they came",
        72,
        people.find_responses,
        people.remove_responses,
        people.prepare_responses,
    ),
    Rule(
        "households_gone",
        "names and addresses of households that are gone",
        "the list of households left them out",
        12,
        people.find_gone,
        people.remove_gone,
    ),
    Rule("labels_and_letters", "labels and letters", "they were made", 3, letters.find_runs, letters.remove_runs),
    Rule(
        "household_lists",
        "uploaded lists of households that nobody settled",
        "they were sent",
        1,
        letters.find_lists,
        letters.remove_lists,
    ),
    Rule(
        "collected_answers",
        "tables of answers collected elsewhere, and their rows that were refused",
        "they were sent or imported",
        1,
        collected.find,
        collected.remove,
    ),
    Rule("audit", "the audit log", "each event", 72, log.find, log.remove),
    Rule("sign_ins", "sign-ins that have ended, and failed ones", "they ended", 0, sign_ins.find, sign_ins.remove),
)
"""In the order in which they are applied."""


def months_of(rule: Rule, settings: Settings) -> int:
    """Give how many months a thing is kept here."""
    return {str(name): months for name, months in settings.retention.items()}.get(rule.name, rule.months)


def due_before(months: int, moment: datetime | None = None) -> datetime:
    """Give the moment so many months ago: the same day of the month, or its last where it is shorter."""
    at = moment or now()
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    for day in range(at.day, at.day - 4, -1):
        try:
            return at.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("no month is shorter than 28 days")
