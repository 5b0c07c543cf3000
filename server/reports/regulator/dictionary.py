"""The workbook's own data dictionary: which field a column of a table holds, and how its question is numbered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.reports.regulator.headings import plain
from server.reports.regulator.numbers import words_of
from server.reports.regulator.workbook import Cell, Sheet

ROWS_TO_LOOK_AT: Final = 40
"""The headings of the dictionary stand within its first rows: the fourth in 2025."""

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "table": ("table", "sheet", "worksheet", "table name"),
    "heading": ("column heading", "column", "heading", "column name", "field heading"),
    "field": ("data field name", "field name", "field", "data field"),
    "datapoint": ("survey_datapoint", "survey datapoint", "datapoint"),
    "question": ("survey_questionreference", "survey question reference", "question reference", "question ref"),
}
UNKNOWN: Final = "system property"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the dictionary."""

    table: str
    heading: str
    field: str
    datapoint: str
    question: str


def dictionary_of(sheets: Sequence[Sheet]) -> tuple[Entry, ...]:
    """Give the lines of a workbook's dictionary; none when it has no dictionary."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:ROWS_TO_LOOK_AT]):
            places = _places(row)
            if {"heading", "field"} <= places.keys():
                return tuple(_entries(sheet.rows[number + 1 :], places))
    return ()


def field_names(entries: Sequence[Entry], table: str) -> dict[str, str]:
    """Give the field of each heading, field name, datapoint and question reference of a table, all in small letters.

    What stands for two fields of the table names none.
    """
    own = [entry for entry in entries if _same_table(entry.table, table)] or list(entries)
    found = dict[str, str]()
    twice = set[str]()
    for entry in own:
        for name in {plain(entry.heading), plain(entry.field), plain(entry.datapoint), plain(entry.question)}:
            if name and name != UNKNOWN and found.setdefault(name, entry.field) != entry.field:
                twice.add(name)
    return {name: field for name, field in found.items() if name not in twice and plain(field) != UNKNOWN}


def _same_table(one: str, other: str) -> bool:
    return "".join(one.casefold().split()) == "".join(other.casefold().split())


def _places(row: Sequence[Cell]) -> dict[str, int]:
    found = dict[str, int]()
    for place, cell in enumerate(row):
        words = words_of(cell).casefold()
        for name, headings in HEADINGS.items():
            if words in headings:
                found.setdefault(name, place)
    return found


def _entries(rows: Sequence[Sequence[Cell]], places: Mapping[str, int]) -> Iterator[Entry]:
    for row in rows:
        said = {name: words_of(row[place]) if place < len(row) else "" for name, place in places.items()}
        if said["heading"]:
            names = ("table", "heading", "field", "datapoint", "question")
            yield Entry(*(said.get(name, "") for name in names))
