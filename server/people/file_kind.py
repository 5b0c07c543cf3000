"""Which kind of file was received, by its first bytes: whether it holds one page or may hold many."""

from enum import StrEnum
from typing import BinaryIO, Final

PDF_WITHIN: Final = 1024
"""Readers accept a PDF whose header comes this many bytes late."""

TIFF_STARTS: Final = (b"II*\0", b"MM\0*")
ENDINGS: Final = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png"}


class FileKind(StrEnum):
    """Kinds of files."""

    PDF = "pdf"
    TIFF = "tif"
    PICTURE = "picture"
    """A file of one page: JPEG, PNG, HEIC."""


def kind_of(file: BinaryIO) -> FileKind:
    """Give the kind of a file."""
    file.seek(0)
    head = file.read(PDF_WITHIN)
    if head.startswith(TIFF_STARTS):
        return FileKind.TIFF
    return FileKind.PDF if b"%PDF-" in head else FileKind.PICTURE


def ending_of(file: BinaryIO) -> str:
    """Give the ending that a file's name should have."""
    kind = kind_of(file)
    if kind != FileKind.PICTURE:
        return kind.value
    file.seek(0)
    head = file.read(4)
    return next((ending for start, ending in ENDINGS.items() if head.startswith(start)), "heic")
