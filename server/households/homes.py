"""A table and how its columns are matched → households as they should be, and what is odd about the rows. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from server.households import cells
from server.households.fields import LENGTHS, MANY, Field
from server.households.oddities import Odd, Oddity
from server.households.tables import Table

SINGLE: Final = frozenset(set(LENGTHS) - MANY - {Field.CODE}) | {Field.BIRTH}
"""Fields of one column that hold text about a household."""


@dataclass(frozen=True, slots=True)
class Home:
    """A household as the file has it."""

    code: str
    texts: Mapping[Field, str]
    profile: Mapping[str, str]
    wants_no_reminder: bool


@dataclass(slots=True)
class Gathered:
    """What a table's rows came to."""

    homes: dict[str, Home] = field(default_factory=dict)
    """By code."""
    oddities: list[Oddity] = field(default_factory=list)
    rows: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field is found in a row."""

    table: Table
    places: Mapping[Field, tuple[int, ...]]
    today: date

    def heading(self, what: Field) -> str:
        """Give the heading of a field's first column."""
        return self.table.headings[self.places[what][0]]


def gather(table: Table, matching: Mapping[str, Field], today: date) -> Gathered:
    """Read all rows; ages are as of today."""
    places: dict[Field, tuple[int, ...]] = {}
    for place, heading in enumerate(table.headings):
        places[matching[heading]] = (*places.get(matching[heading], ()), place)
    columns, gathered = Columns(table, places, today), Gathered()
    first_rows: dict[str, int] = {}
    for number, row in table.rows:
        gathered.rows += 1
        code = cells.tidy(_cell(row, places[Field.CODE][0]))
        if refusal := _refusal(number, code, first_rows, columns):
            gathered.refused += 1
            gathered.oddities.append(refusal)
            continue
        first_rows[code] = number
        gathered.homes[code] = _home(number, code, row, columns, gathered.oddities)
    return gathered


def _refusal(number: int, code: str, first_rows: Mapping[str, int], columns: Columns) -> Oddity | None:
    heading = columns.heading(Field.CODE)
    if not code:
        return Oddity(number, heading, Odd.NO_CODE)
    if len(code) > LENGTHS[Field.CODE]:
        return Oddity(number, heading, Odd.CODE_LONG)
    if code in first_rows:
        return Oddity(number, heading, Odd.CODE_TWICE, first_rows[code])
    return None


def _home(number: int, code: str, row: list[str], columns: Columns, oddities: list[Oddity]) -> Home:
    texts, odd = dict[Field, str](), list[tuple[int, Odd]]()
    for what, place, text in _texts(row, columns):
        shown, oddity = _judged(what, text, columns.today)
        texts[Field.AGE_BAND if what is Field.BIRTH else what] = shown
        if oddity is not None:
            odd.append((place, oddity))
    profile = {}
    for place in columns.places.get(Field.PROFILE, ()):
        profile[columns.table.headings[place]], oddity = _judged(Field.PROFILE, cells.tidy(_cell(row, place)))
        if oddity is not None:
            odd.append((place, oddity))
    wants_no_reminder = False
    for place in columns.places.get(Field.NO_REMINDER, ()):
        answer = cells.is_yes(cells.tidy(_cell(row, place)))
        wants_no_reminder = bool(answer)
        if answer is None:
            odd.append((place, Odd.YES_OR_NO))
    oddities += [Oddity(number, columns.table.headings[place], what) for place, what in sorted(odd)]
    return Home(code, texts, profile, wants_no_reminder)


def _texts(row: list[str], columns: Columns) -> Iterator[tuple[Field, int, str]]:
    """Give the text of each field that has columns, with the place of its first."""
    for what, places in columns.places.items():
        if what is Field.ADDRESS:
            lines = [line for place in places for line in cells.tidy_lines(_cell(row, place))]
            yield what, places[0], "\n".join(lines)
        elif what is Field.NAME:
            yield what, places[0], " ".join(filter(None, (cells.tidy(_cell(row, place)) for place in places)))
        elif what in SINGLE:
            yield what, places[0], cells.tidy(_cell(row, places[0]))


def _judged(what: Field, text: str, today: date | None = None) -> tuple[str, Odd | None]:
    """Give what is kept of a text, and what is odd about it."""
    if not text:
        return "", None
    if what is Field.BIRTH and today is not None:
        birth = cells.day_of(text, today)
        return (cells.band_of(birth, today), None) if birth else ("", Odd.DATE)
    if len(text) > LENGTHS[what]:
        return "", Odd.CELL_LONG
    if what is Field.AGE_BAND:
        return cells.band_as_given(text), None
    if what is Field.POSTCODE:
        postcode = cells.postcode_of(text)
        return postcode or text, None if postcode else Odd.POSTCODE
    return text, Odd.EMAIL if what is Field.EMAIL and not cells.is_email(text) else None


def _cell(row: list[str], place: int) -> str:
    """Give a cell; rows end where nothing more is in them."""
    return row[place] if place < len(row) else ""
