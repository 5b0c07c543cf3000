"""XLSX bytes → the cells of its visible sheets, read in a limited child: a workbook is a stranger's ZIP of XML."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final, TypeAlias
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from forms.sandbox import Limits, SandboxError, run_limited
from server.reports.errors import WorkbookError

Cell: TypeAlias = str | float
"""Words (none for an empty cell) or a number, as they stand in the file."""

FILE_MB_MAX: Final = 64
"""As much as the site takes in one upload; the dataset of 2025 has 0.7 MB."""

UNPACKED_MB_MAX: Final = 200
PARTS_MAX: Final = 2_000
CELLS_MAX: Final = 3_000_000
"""Thirty times the dataset of 2025."""

TEXT_MB_MAX: Final = 100
LIMITS: Final = Limits(memory_mb=2_048, cpu_s=60, wall_s=120)
"""The dataset of 2025 takes 0.3 s."""

ZIP: Final = b"PK\x03\x04"
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
        packed = run_limited(work, content, LIMITS, refusal=WorkbookError)
    except SandboxError as error:
        raise WorkbookError(f"{error}. Save the sheets that are needed as a workbook of their own.") from error
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(b64decode(packed), TEXT_MB_MAX << 20)
    if unpacking.unconsumed_tail:
        raise WorkbookError(TOO_LARGE)
    return tuple(Sheet(name, rows) for name, rows in json.loads(text))


def packed_sheets(file: BinaryIO) -> str:
    """Give the visible sheets, packed so that they fit through; called in the child."""
    _check_parts(file)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        names = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except CalamineError as error:
        raise WorkbookError(BROKEN) from error
    if sum(len(row) for _, rows in sheets for row in rows) > CELLS_MAX:
        raise WorkbookError(TOO_LARGE)
    plain = [(name, [[_plain(cell) for cell in row] for row in rows]) for name, rows in sheets]
    return b64encode(zlib.compress(json.dumps(plain).encode(), 1)).decode()


def _plain(cell: object) -> Cell:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return float(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _check_parts(file: BinaryIO) -> None:
    """Refuse what unpacks to more than memory should hold."""
    try:
        with ZipFile(file) as parts:
            sizes = [part.file_size for part in parts.infolist()]
    except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise WorkbookError(BROKEN) from error
    if sum(sizes) > UNPACKED_MB_MAX << 20 or len(sizes) > PARTS_MAX:
        raise WorkbookError(TOO_LARGE)
