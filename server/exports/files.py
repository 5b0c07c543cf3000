"""Rows → a file: CSV with safe cells, JSON lines, a workbook with a sheet that explains, SPSS with labels."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Final

from server.errors import RefusedError
from server.exports.cells import DICTIONARY, Value, dictionary_rows, in_words, marked
from server.exports.columns import Column
from server.sheets import Cell, Sheet, safe, write_workbook

SHEET_ROWS_MAX: Final = 1_048_575
"""Rows beneath the headings that a sheet of Excel holds."""

Rows = Iterable[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Exported:
    """What is written beside the rows."""

    columns: tuple[Column, ...]
    numbers: Mapping[str, int]
    """The number of each question, as printed."""
    about: tuple[tuple[str, Cell], ...]
    """What the file is: words, and what they are about."""
    title: str


def write_csv(out: BinaryIO, rows: Rows, what: Exported) -> None:
    """Write commas, UTF-8 with the mark that Excel looks for, choices in words; nothing runs as a formula."""
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([safe(column.name) for column in what.columns])
    writer.writerows([safe(cell) for cell in marked(in_words(row, what.columns))] for row in rows)
    text.detach()


def write_jsonl(out: BinaryIO, rows: Rows, what: Exported) -> None:
    """Write one object a line, choices by their ids, days as 2026-11-22."""
    names = [column.name for column in what.columns]
    for row in rows:
        written = [cell.isoformat() if isinstance(cell, date) else cell for cell in row]
        line = json.dumps(dict(zip(names, written, strict=True)), ensure_ascii=False, separators=(",", ":"))
        out.write(line.encode() + b"\n")


def write_xlsx(out: BinaryIO, rows: Rows, what: Exported) -> None:
    """Write a workbook: what it is, the answers, the data dictionary."""
    write_workbook(
        out,
        (
            Sheet("About", ("About this file", ""), what.about),
            Sheet("Answers", [column.name for column in what.columns], _limited(rows, what.columns)),
            Sheet("Columns", DICTIONARY, dictionary_rows(what.columns, what.numbers)),
        ),
    )


def _limited(rows: Rows, columns: Sequence[Column]) -> Iterable[Sequence[Value]]:
    for number, row in enumerate(rows):
        if number == SHEET_ROWS_MAX:
            raise RefusedError(f"a workbook holds {SHEET_ROWS_MAX:,} responses at most. Choose CSV instead.")
        yield in_words(row, columns)


def write_sav(out: BinaryIO, rows: Rows, what: Exported) -> None:
    """Write SPSS's own file, with the words of columns and choices."""
    from server.exports.spss import sav_bytes  # noqa: PLC0415 (its library takes 50 MB)

    out.write(sav_bytes(rows, what.columns, what.title))


WRITERS: Final[Mapping[str, Callable[[BinaryIO, Rows, Exported], None]]] = {
    ".csv": write_csv,
    ".xlsx": write_xlsx,
    ".jsonl": write_jsonl,
    ".sav": write_sav,
}
"""By the end of the file's name."""


def suffix_of(path: Path) -> str | None:
    """Give which kind of file a name stands for; None when it is none of them."""
    suffix = path.suffix.casefold()
    return suffix if suffix in WRITERS else None
