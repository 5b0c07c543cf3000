"""PNG → grey."""

import struct
from typing import BinaryIO, Final

from PIL import Image as Pillow

from scanning.pages.directory import exif_orientation, read_at
from scanning.pages.errors import UnreadableFile
from scanning.pages.grey import grey_of
from scanning.pages.limits import PageLimits
from scanning.pages.orientation import UPRIGHT
from scanning.pages.page import Stored

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
CHUNKS_MAX: Final = 1000
"""Before the picture stand a few chunks that describe it."""

DESCRIPTION_MAX_BYTES: Final = 2**16
INCH_M: Final = 0.0254
BAD: Final = "The PNG's beginning is damaged; scan the page again, or copy the file again."


class PngFile:
    """A PNG: one page."""

    pages = 1

    def __init__(self, file: BinaryIO, limits: PageLimits) -> None:
        limits.check_image_bytes(file.seek(0, 2))
        kind, head = _chunk(file, len(SIGNATURE))
        if kind != b"IHDR" or len(head) < 8:
            raise UnreadableFile(BAD)
        self._file = file
        self._size: tuple[int, int] = struct.unpack(">II", head[:8])
        limits.check_px(*self._size)
        self._orientation = UPRIGHT
        self._dpi: tuple[float, float] | None = None
        self._read_descriptions(len(SIGNATURE) + 12 + len(head))

    def _read_descriptions(self, at: int) -> None:
        """Read what stands between the header and the picture."""
        for _ in range(CHUNKS_MAX):
            length, kind = struct.unpack(">I4s", read_at(self._file, at, 8))
            if kind == b"IDAT":
                return
            if kind == b"pHYs":
                self._dpi = _dpi(_chunk(self._file, at)[1])
            elif kind == b"eXIf":
                self._orientation = exif_orientation(_chunk(self._file, at)[1])
            at += 12 + length
        raise UnreadableFile(BAD)

    def page(self, index: int) -> Stored:
        """Decode the picture."""
        del index
        self._file.seek(0)
        with Pillow.open(self._file, formats=["PNG"]) as picture:
            return Stored(grey_of(picture), self._size, self._orientation, self._dpi)


def _chunk(file: BinaryIO, at: int) -> tuple[bytes, bytes]:
    length, kind = struct.unpack(">I4s", read_at(file, at, 8))
    if length > DESCRIPTION_MAX_BYTES:
        raise UnreadableFile(BAD)
    return kind, read_at(file, at + 8, length)


def _dpi(physical: bytes) -> tuple[float, float] | None:
    if len(physical) != 9 or physical[8] != 1:
        return None
    x, y = struct.unpack(">II", physical[:8])
    return x * INCH_M, y * INCH_M
