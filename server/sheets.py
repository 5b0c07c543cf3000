"""Tables as files for spreadsheets, CSV and XLSX, in which no cell can run as a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = str | int | float | date | None
"""What a cell may hold; a moment is written as its words, for spreadsheets know no zones."""

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a CSV cell for a formula (OWASP, "CSV Injection"), full-width forms too."""

CELL_CHARACTERS_MAX: Final = 32_767
"""Excel's own limit."""

SHEET_NAME_MAX: Final = 31
"""Excel's own limit."""

SHEET_NAME_REFUSED: Final = re.compile(r"[\[\]:*?/\\]|^'|'$")
COLUMN_WIDTH: Final = 18
"""In characters: two columns of words fit a laptop's screen beside six of numbers."""


def safe(cell: Cell) -> str | int | float:
    """Give what a CSV file may hold: words that look like a formula get an apostrophe before them."""
    if cell is None:
        return ""
    if isinstance(cell, (int, float)):
        return cell
    words = cell if isinstance(cell, str) else _written(cell)
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Give a table as CSV: commas, UTF-8 with the mark that Excel looks for, safe cells."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([safe(heading) for heading in headings])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def xlsx_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]], sheet_name: str) -> bytes:
    """Give a table as a workbook of one sheet: words stay words, whatever they begin with."""
    file = BytesIO()
    write_workbook(file, [Sheet(sheet_name, headings, rows)])
    return file.getvalue()


def write_workbook(file: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write tables as a workbook, a sheet each: words stay words, whatever they begin with."""
    import xlsxwriter  # noqa: PLC0415 (loaded when a workbook is asked for)

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {**options, "default_date_format": "d mmm yyyy"}) as book:
        bold = book.add_format({"bold": True})
        for one in sheets:
            sheet = book.add_worksheet(SHEET_NAME_REFUSED.sub(" ", one.name)[:SHEET_NAME_MAX].strip("' ") or "Sheet")
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(len(one.headings) - 1, 0), COLUMN_WIDTH)
            for column, heading in enumerate(one.headings):
                sheet.write_string(0, column, heading[:CELL_CHARACTERS_MAX], bold)
            for number, row in enumerate(one.rows, start=1):
                _write_row(sheet, number, row)


def _write_row(sheet: "Worksheet", number: int, row: Sequence[Cell]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, bool):
            sheet.write_boolean(number, column, cell)
        elif isinstance(cell, (int, float)):
            sheet.write_number(number, column, cell)
        elif isinstance(cell, date) and not isinstance(cell, datetime):
            sheet.write_datetime(number, column, cell)
        elif cell is not None:
            words = cell if isinstance(cell, str) else _written(cell)
            sheet.write_string(number, column, words[:CELL_CHARACTERS_MAX])


def _written(value: date) -> str:
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value.isoformat()
