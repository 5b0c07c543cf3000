"""XLSX bytes → the cells of its visible sheets, read in a limited child: a workbook is a stranger's ZIP of XML."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final, TypeAlias

from forms.sandbox import Limits, SandboxError, run_limited
from server.reports.errors import WorkbookError
from server.workbooks import ZIP, BrokenWorkbookError, LargeWorkbookError, packed, unpacked, visible_sheets

Cell: TypeAlias = str | float
"""Words (none for an empty cell) or a number, as they stand in the file."""

FILE_MB_MAX: Final = 64
"""As much as the site takes in one upload; the dataset of 2025 has 0.7 MB."""

UNPACKED_MB_MAX: Final = 200
CELLS_MAX: Final = 3_000_000
"""Thirty times the dataset of 2025."""

TEXT_MB_MAX: Final = 100
LIMITS: Final = Limits(memory_mb=2_048, cpu_s=60, wall_s=120)
"""The dataset of 2025 takes 0.3 s."""

NOT_ONE: Final = "this is not an XLSX workbook. Download the dataset again, or save it as XLSX."
BROKEN: Final = (
    "this workbook is broken. Download it again, or open it in your spreadsheet program and save it as XLSX."
)
TOO_LARGE: Final = "this workbook is too large to be the regulator's dataset. Choose the file as it was published."


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its rows, all of one width."""

    name: str
    rows: Sequence[Sequence[Cell]]


def read_sheets(content: bytes) -> tuple[Sheet, ...]:
    """Give the visible sheets of a workbook in their order; `WorkbookError` when it cannot be read."""
    if len(content) > FILE_MB_MAX << 20:
        raise WorkbookError(TOO_LARGE)
    if not content.startswith(ZIP):
        raise WorkbookError(NOT_ONE)
    try:
        work = "server.reports.regulator.workbook:packed_sheets"
        text = unpacked(run_limited(work, content, LIMITS, refusal=WorkbookError), TEXT_MB_MAX)
    except SandboxError as error:
        raise WorkbookError(f"{error}. Save the sheets that are needed as a workbook of their own.") from error
    except LargeWorkbookError as error:
        raise WorkbookError(TOO_LARGE) from error
    return tuple(Sheet(name, rows) for name, rows in json.loads(text))


def packed_sheets(file: BinaryIO) -> str:
    """Give the visible sheets, packed so that they fit through; called in the child."""
    try:
        sheets = list(visible_sheets(file, UNPACKED_MB_MAX))
    except BrokenWorkbookError as error:
        raise WorkbookError(BROKEN) from error
    except LargeWorkbookError as error:
        raise WorkbookError(TOO_LARGE) from error
    if sum(len(row) for _, rows in sheets for row in rows) > CELLS_MAX:
        raise WorkbookError(TOO_LARGE)
    plain = [(name, [[_plain(cell) for cell in row] for row in rows]) for name, rows in sheets]
    return packed(json.dumps(plain))


def _plain(cell: object) -> Cell:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return float(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)
