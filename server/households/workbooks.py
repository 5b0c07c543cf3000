"""XLSX bytes → CSV text, made in a limited child process: a workbook is a stranger's ZIP of XML."""

import csv
from datetime import date, datetime
from io import StringIO
from typing import BinaryIO, Final

from forms.sandbox import Limits, SandboxError, run_limited
from server.households.errors import TableError
from server.workbooks import ZIP, BrokenWorkbookError, LargeWorkbookError, packed, unpacked, visible_sheets

OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds a workbook under a password ([MS-OFFCRYPTO] 2.3.4.4)."""

UNPACKED_MB_MAX: Final = 400
"""What a workbook's parts may come to, unpacked; 200,000 rows of 12 columns come to about 150 MB."""

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
        found = run_limited("server.households.workbooks:packed_csv", content, LIMITS, refusal=TableError)
        return unpacked(found, TEXT_MB_MAX)
    except SandboxError as error:
        raise TableError(f"{error}. Save the list as CSV, then choose that.") from error
    except LargeWorkbookError as error:
        raise TableError(TOO_LARGE) from error


def packed_csv(file: BinaryIO) -> str:
    """Give a workbook's first visible sheet as CSV, packed so that it fits through; called in the child."""
    try:
        rows = next((rows for _, rows in visible_sheets(file, UNPACKED_MB_MAX)), [])
    except BrokenWorkbookError as error:
        raise TableError(BROKEN) from error
    except LargeWorkbookError as error:
        raise TableError(TOO_LARGE) from error
    text = StringIO(newline="")
    csv.writer(text).writerows([written(cell) for cell in row] for row in rows)
    return packed(text.getvalue())


def written(cell: object) -> str:
    """Write a cell as the spreadsheet shows it: whole numbers without a point, days as 2026-11-22."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
