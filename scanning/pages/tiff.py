"""TIFF of any number of pages → grey. Its directories are walked here, so that loops and sizes are bounded."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from scanning.pages.directory import ORDERS, Directory, read_at, read_directory
from scanning.pages.errors import CUT_SHORT, DAMAGED, UnreadableFile
from scanning.pages.limits import PageLimits
from scanning.pages.page import Stored
from scanning.pages.single_tiff import Tag, decoded, single_tiff
from scanning.pages.wholeness import check_whole

BIG: Final = (b"II+\0", b"MM\0+")
KIND, WIDTH, HEIGHT, BITS, COMPRESSION, SAMPLES = 254, 256, 257, 258, 259, 277
FILL_ORDER, JPEG_TABLES = 266, 347
TILE_WIDTH, TILE_HEIGHT = 322, 323
STRIPS: Final = (273, 279)
TILES: Final = (324, 325)
KEPT: Final = (WIDTH, HEIGHT, BITS, COMPRESSION, 262, FILL_ORDER, SAMPLES, 278, 284, 292, 293, 317, 320, TILE_WIDTH)
KEPT_TOO: Final = (TILE_HEIGHT, 338, 339, JPEG_TABLES, 529, 530, 531, 532)
"""All that a decoder needs: how the pixels are packed and what they mean."""

NOT_A_PAGE: Final = 0b101
"""Bits of the kind: a picture of reduced size, a mask."""

PACKED_MAX: Final = 2.0
"""Times that a packed picture may be longer than its pixels are."""

PACKED_MIN_BYTES: Final = 2**16


class TiffFile:
    """A TIFF: each directory is a page, save small copies of pages."""

    def __init__(self, file: BinaryIO, limits: PageLimits) -> None:
        self._file, self._limits = file, limits
        limits.check_document_bytes(file.seek(0, 2))
        head = read_at(file, 0, 8)
        if head[:4] in BIG:
            raise UnreadableFile("This is a BigTIFF; save it as an ordinary TIFF or as a PDF.")
        self._order = ORDERS[head[:4]]
        (start,) = struct.unpack(f"{self._order}I", head[4:])
        self._places = list(self._walked(start))
        limits.check_pages(len(self._places))

    def _walked(self, at: int) -> Iterator[int]:
        """Give where the pages' directories are; stops at one that was seen, and at one page too many."""
        seen: set[int] = set()
        while at and at not in seen and len(seen) <= 2 * self._limits.pages:
            seen.add(at)
            directory = read_directory(self._file, self._order, at)
            if not directory.integer(KIND, 0) & NOT_A_PAGE or len(seen) == 1:
                yield at
            at = directory.following

    @property
    def pages(self) -> int:
        """Give how many pages it has."""
        return len(self._places)

    @property
    def places(self) -> tuple[int, ...]:
        """Give where each page's directory begins."""
        return tuple(self._places)

    def page(self, index: int) -> Stored:
        """Decode one page."""
        directory = read_directory(self._file, self._order, self._places[index])
        size = (directory.integer(WIDTH, 0), directory.integer(HEIGHT, 0))
        self._limits.check_px(*size)
        compression = directory.integer(COMPRESSION, 1)
        places, parts = self._parts(directory, size)
        for part in parts:
            check_whole(compression, part, directory.integer(FILL_ORDER, 1), directory.raw(JPEG_TABLES))
        image = decoded(single_tiff(self._order, _tags(directory), places, parts))
        return Stored(image, size, directory.orientation, directory.dpi)

    def _parts(self, directory: Directory, size: tuple[int, int]) -> tuple[tuple[int, int], list[bytes]]:
        """Read the packed pixels, no more than such a picture can take."""
        places = TILES if TILES[0] in directory.entries else STRIPS
        if places == TILES:
            self._limits.check_px(directory.integer(TILE_WIDTH, 0) * 8, directory.integer(TILE_HEIGHT, 0) * 8)
        offsets, lengths = directory.integers(places[0]), directory.integers(places[1])
        if not offsets or len(offsets) != len(lengths):
            raise UnreadableFile(DAMAGED)
        if sum(lengths) > _longest(directory, size):
            raise UnreadableFile(DAMAGED)
        return places, [self._part(offset, length) for offset, length in zip(offsets, lengths, strict=True)]

    def _part(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        part = self._file.read(length)
        if len(part) < length:
            raise UnreadableFile(CUT_SHORT)
        return part


def _tags(directory: Directory) -> list[Tag]:
    kept = [(tag, directory.entries[tag]) for tag in (*KEPT, *KEPT_TOO) if tag in directory.entries]
    return [(tag, entry.type, entry.count, directory.raw(tag)) for tag, entry in kept]


def _longest(directory: Directory, size: tuple[int, int]) -> float:
    bits = sum(directory.integers(BITS)) or directory.integer(SAMPLES, 1)
    return PACKED_MIN_BYTES + PACKED_MAX * size[0] * size[1] * bits / 8
