"""A file of bytes → a table of texts, with the row numbers of the spreadsheet. CSV is read here, workbooks apart."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Final

from server.households.cells import tidy
from server.households.errors import TableError
from server.households.plaintext import decoded, delimiter_of
from server.households.workbooks import is_workbook, workbook_as_csv

FILE_MB_MAX: Final = 64
"""As much as the site takes in one upload."""

ROWS_MAX: Final = 200_000
"""A hundred times the homes of the landlord that Sayso was made for."""

COLUMNS_MAX: Final = 200
CELLS_MAX: Final = 8_000_000
"""Filled rows times their width: 40 columns at the most rows. More would need gigabytes of memory."""

HEADING_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, each once, and the rows beneath them that are not empty."""

    headings: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    """The number of each row in the spreadsheet, from 1, and its cells; empty ones at the end are not there."""

    def examples(self, place: int, most: int = 3) -> list[str]:
        """Give the first different texts of a column."""
        found = dict[str, None]()
        for _, row in self.rows:
            if place < len(row) and (text := tidy(row[place])):
                found[text] = None
            if len(found) == most:
                break
        return list(found)


def read_table(content: bytes) -> Table:
    """Give the table of a CSV file or a workbook; `TableError` when there is none in it."""
    if len(content) > FILE_MB_MAX << 20:
        raise TableError(f"this file is larger than {FILE_MB_MAX} MB. Leave out columns that Sayso does not need.")
    if not content.strip():
        raise TableError("this file is empty. Export the list again, then choose the new file.")
    if is_workbook(content):
        return table_of(_records(workbook_as_csv(content), ","))
    text = decoded(content)
    return table_of(_records(text, delimiter_of(text)))


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that are not empty by their numbers."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            while record and not record[-1].strip():
                record.pop()
            if record:
                yield number, record
    except csv.Error as error:
        raise TableError(
            f"row {number + 1} cannot be read: a cell has no end. Look for a quotation mark that is not closed."
        ) from error


def table_of(records: Iterator[tuple[int, list[str]]]) -> Table:
    """Give the table whose first row holds the headings."""
    _, first = next(records, (0, []))
    if not first:
        raise TableError("there is nothing in this file. Export the list again, then choose the new file.")
    rows, cells, width = [], 0, len(first)
    for number, record in records:
        cells, width = cells + len(record), max(width, len(record))
        rows.append((number, record))
        if len(rows) > ROWS_MAX:
            raise TableError(f"there are more than {ROWS_MAX:,} rows. Divide the list.")
        if width > COLUMNS_MAX or cells > CELLS_MAX:
            raise TableError(f"the table is too wide. It may have up to {COLUMNS_MAX} columns: leave some out.")
    if width > COLUMNS_MAX:
        raise TableError(f"the table is too wide. It may have up to {COLUMNS_MAX} columns: leave some out.")
    if not rows:
        raise TableError("there are headings but no rows beneath them. Export the list again.")
    return _named(first, rows, width)


def _named(first: list[str], rows: list[tuple[int, list[str]]], width: int) -> Table:
    """Name each column once; a column without a heading is named by its letter if anything is in it."""
    headings = [tidy(heading)[:HEADING_MAX] for heading in first] + [""] * (width - len(first))
    empty = {place for place, heading in enumerate(headings) if not heading and not _is_used(rows, place)}
    if empty:
        rows = [(number, [cell for place, cell in enumerate(row) if place not in empty]) for number, row in rows]
    named = dict[str, None]()
    for place, heading in enumerate(headings):
        if place not in empty:
            named[_once(heading or f"Column {_letters(place)}", named)] = None
    return Table(tuple(named), rows)


def _is_used(rows: list[tuple[int, list[str]]], place: int) -> bool:
    return any(place < len(row) and row[place].strip() for _, row in rows)


def _once(heading: str, named: dict[str, None]) -> str:
    again = 2
    name = heading
    while name in named:
        name, again = f"{heading} ({again})", again + 1
    return name


def _letters(place: int) -> str:
    """Give a column's letters as spreadsheets have them: 0 is A, 26 is AA."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
