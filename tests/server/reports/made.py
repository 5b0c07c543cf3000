"""Workbooks as other years might have them, made from the extract of the regulator's dataset."""

import csv
from collections.abc import Callable, Sequence

from server.reports.regulator.landlords import Perception, perceptions
from server.reports.regulator.workbook import Cell, Sheet
from tests.server.reports.extract import EXTRACT, SHEET

Rows = list[list[Cell]]
NOTES: Rows = [["TSM25 LCRA Perception"], ["Go back to contents"], ["Notes:"], ["4. A blank appears as [X]."]]


def extract() -> Rows:
    """Give the extract: its headings, then a row for each landlord, numbers as numbers."""
    with EXTRACT.open(newline="", encoding="utf-8") as file:
        headings, *rows = csv.reader(file)
    return [list(headings), *([_cell(cell, place) for place, cell in enumerate(row)] for row in rows)]


def _cell(cell: str, place: int) -> Cell:
    try:
        return float(cell) if place > 1 else cell
    except ValueError:
        return cell


def sheet(rows: Sequence[Sequence[Cell]], name: str = SHEET, above: Sequence[Sequence[Cell]] = NOTES) -> Sheet:
    """Give a sheet with something above its table, all rows of one width."""
    both = [*above, *rows]
    width = max(map(len, both))
    return Sheet(name, [[*row, *[""] * (width - len(row))] for row in both])


def table(
    rows: Sequence[Sequence[Cell]], *more: Sheet, name: str = SHEET, above: Sequence[Sequence[Cell]] = NOTES
) -> Perception:
    """Give the table that is read from such a sheet."""
    return perceptions([*more, sheet(rows, name, above)])[0]


def column(rows: Rows, words: str) -> int:
    """Give the place of the only column whose heading has these words."""
    (place,) = [place for place, heading in enumerate(rows[0]) if words in str(heading)]
    return place


def with_column(rows: Rows, words: str, change: Callable[[Cell], Cell]) -> Rows:
    """Give the rows with the numbers of all columns changed whose heading has these words."""
    places = {place for place, heading in enumerate(rows[0]) if words in str(heading)}
    return [
        rows[0],
        *(
            [change(cell) if place in places and isinstance(cell, float) else cell for place, cell in enumerate(row)]
            for row in rows[1:]
        ),
    ]
