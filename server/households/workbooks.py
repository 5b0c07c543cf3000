"""XLSX bytes → CSV text, made in a limited child process: a workbook is a stranger's ZIP of XML."""

import csv
import zlib
from base64 import b64decode, b64encode
from datetime import date, datetime
from io import StringIO
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from forms.sandbox import Limits, SandboxError, run_limited
from server.households.errors import TableError

ZIP: Final = b"PK\x03\x04"
OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds a workbook under a password ([MS-OFFCRYPTO] 2.3.4.4)."""

UNPACKED_MB_MAX: Final = 400
"""What a workbook's parts may come to, unpacked; 200,000 rows of 12 columns come to about 150 MB."""

PARTS_MAX: Final = 2_000
TEXT_MB_MAX: Final = 200
LIMITS: Final = Limits(memory_mb=2_048, cpu_s=60, wall_s=120)
"""200,000 rows of 12 columns need about 1 GB and 10 s."""

BROKEN: Final = "this workbook is broken, or is not one. Open it in your spreadsheet program and save it as CSV."
TOO_LARGE: Final = f"this workbook unpacks to more than {UNPACKED_MB_MAX} MB. Save the list alone as CSV."


def is_workbook(content: bytes) -> bool:
    """Tell a workbook, of this kind or the old one, from text."""
    return content.startswith((ZIP, OLE))


def workbook_as_csv(content: bytes) -> str:
    """Give the first sheet as CSV with all its rows, empty ones too; `TableError` when it cannot be read."""
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise TableError("this workbook is protected by a password. Save it without one, then choose it again.")
        raise TableError("this is a workbook of the old kind (.xls). Save it as XLSX or CSV, then choose it again.")
    try:
        packed = run_limited("server.households.workbooks:packed_csv", content, LIMITS, refusal=TableError)
    except SandboxError as error:
        raise TableError(f"{error}. Save the list as CSV, then choose that.") from error
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(b64decode(packed), TEXT_MB_MAX << 20)
    if unpacking.unconsumed_tail:
        raise TableError(TOO_LARGE)
    return text.decode()


def packed_csv(file: BinaryIO) -> str:
    """Give a workbook's first visible sheet as CSV, packed so that it fits through; called in the child."""
    _check_parts(file)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        names = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        rows = book.get_sheet_by_name(names[0]).to_python(skip_empty_area=False) if names else []
    except CalamineError as error:
        raise TableError(BROKEN) from error
    text = StringIO(newline="")
    csv.writer(text).writerows([written(cell) for cell in row] for row in rows)
    return b64encode(zlib.compress(text.getvalue().encode(), 1)).decode()


def _check_parts(file: BinaryIO) -> None:
    """Refuse what unpacks to more than memory should hold."""
    try:
        with ZipFile(file) as parts:
            sizes = [part.file_size for part in parts.infolist()]
    except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise TableError(BROKEN) from error
    if sum(sizes) > UNPACKED_MB_MAX << 20 or len(sizes) > PARTS_MAX:
        raise TableError(TOO_LARGE)


def written(cell: object) -> str:
    """Write a cell as the spreadsheet shows it: whole numbers without a point, days as 2026-11-22."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
