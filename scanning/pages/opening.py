"""What a file is, by its first bytes and never by its name."""

from typing import BinaryIO, Final

from scanning.pages.directory import ORDERS
from scanning.pages.errors import UnreadableFile
from scanning.pages.heif import BRANDS, HeifFile
from scanning.pages.jpeg import JpegFile
from scanning.pages.limits import PageLimits
from scanning.pages.pdf import PdfFile
from scanning.pages.png import SIGNATURE, PngFile
from scanning.pages.source import Source
from scanning.pages.tiff import BIG, TiffFile

PDF_WITHIN: Final = 1024
"""Readers accept a PDF whose header comes this many bytes late."""

JPEG: Final = b"\xff\xd8\xff"
DAMAGED: Final = "The file is damaged; scan it again, or copy it again."


def opened(file: BinaryIO, limits: PageLimits) -> Source:
    """Open a file after a look at its header; raises UnreadableFile."""
    file.seek(0)
    kind = _kind(file.read(PDF_WITHIN))
    try:
        return kind(file, limits)
    except UnreadableFile:
        raise
    except Exception as error:  # a stranger's bytes may make a library raise anything
        raise UnreadableFile(DAMAGED) from error


def _kind(head: bytes) -> type[JpegFile | PngFile | TiffFile | HeifFile | PdfFile]:
    if not head:
        raise UnreadableFile("The file is empty; scan it again, or copy it again.")
    if head.startswith(JPEG):
        return JpegFile
    if head.startswith(SIGNATURE):
        return PngFile
    if head[:4] in ORDERS or head[:4] in BIG:
        return TiffFile
    if head[4:8] == b"ftyp" and head[8:12] in BRANDS:
        return HeifFile
    if b"%PDF-" in head:
        return PdfFile
    raise UnreadableFile("This is not a scan that can be read; give a JPEG, PNG, TIFF, HEIC or PDF.")
