"""XLSX bytes → what is on its visible sheets; a workbook is a stranger's ZIP of XML, to be read in a limited child."""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

ZIP: Final = b"PK\x03\x04"
"""How every XLSX begins."""

PARTS_MAX: Final = 2_000


class BrokenWorkbookError(Exception):
    """The file is damaged, or is no workbook."""


class LargeWorkbookError(Exception):
    """The file unpacks to more than it may."""


def visible_sheets(file: BinaryIO, unpacked_mb_max: int) -> Iterator[tuple[str, Sequence[Sequence[object]]]]:
    """Give name and cells of each visible sheet, one after the other, empty rows and columns before the first too.

    Raises BrokenWorkbookError, and LargeWorkbookError before anything is unpacked when its parts come to more.
    """
    _check_parts(file, unpacked_mb_max)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        for sheet in book.sheets_metadata:
            if sheet.visible == SheetVisibleEnum.Visible:
                yield sheet.name, book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise BrokenWorkbookError from error


def _check_parts(file: BinaryIO, unpacked_mb_max: int) -> None:
    try:
        with ZipFile(file) as parts:
            sizes = [part.file_size for part in parts.infolist()]
    except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise BrokenWorkbookError from error
    if sum(sizes) > unpacked_mb_max << 20 or len(sizes) > PARTS_MAX:
        raise LargeWorkbookError


def packed(text: str) -> str:
    """Give text as it fits out of a child."""
    return b64encode(zlib.compress(text.encode(), 1)).decode()


def unpacked(text: str, mb_max: int) -> str:
    """Give packed text as it was; raises LargeWorkbookError when it comes to more than that."""
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(b64decode(text), mb_max << 20)
    if unpacking.unconsumed_tail:
        raise LargeWorkbookError
    return content.decode()
