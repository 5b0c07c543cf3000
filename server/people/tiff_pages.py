"""TIFF: pages taken out of it, and one page cut out of it. Runs in a limited child only.

What the other pages need stays byte for byte where it is. All else is written over with zeros: the pages that go,
small copies of pages, what lies in between. A blank page of the same size, added at the end, takes the place of each
that goes.
"""

import struct
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO, Final

from scanning.pages.directory import ORDERS, SIZES, Directory, packed, read_at, read_directory
from scanning.pages.errors import DAMAGED, UnreadableFile
from scanning.pages.limits import PageLimits
from scanning.pages.single_tiff import single_tiff
from scanning.pages.tiff import TiffFile

WIDTH, HEIGHT = 256, 257
PLACES: Final = ((273, 279), (324, 325))
"""The tags that say where strips and tiles are, and how long each is."""

ELSEWHERE: Final = frozenset({330, 34665, 34853, 513, 514, 519, 520, 521})
"""Tags that point to more directories, or to parts of JPEGs of the old kind, which the reader never reads."""

KEPT_OF_BLANK: Final = (274, 282, 283, 296)
"""How the page is turned, and its resolution: a blank page has the same size on paper."""

SHORT, LONG = 3, 4
DEFLATE: Final = 8
HEAD_BYTES: Final = 8
CHUNK_BYTES: Final = 1 << 20

Range = tuple[int, int]
"""Of bytes: the first, and the one after the last."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's directory, and where it begins."""

    at: int
    directory: Directory
    link_at: int
    """Where it says which directory follows."""

    def needed(self) -> Iterator[Range]:
        """Give the bytes that the page is made of."""
        yield self.at, self.link_at + 4
        for tag, entry in self.directory.entries.items():
            size = SIZES.get(entry.type, 0) * entry.count
            if size > 4 and tag not in ELSEWHERE:
                (start,) = struct.unpack(f"{self.directory.order}I", entry.inline)
                yield start, start + size
        for offsets, lengths in PLACES:
            starts, sizes = self.directory.integers(offsets), self.directory.integers(lengths)
            yield from ((start, start + size) for start, size in zip(starts, sizes, strict=False))


def count(file: BinaryIO, limits: PageLimits) -> int:
    """Give how many pages it has."""
    return TiffFile(file, limits).pages


def without(file: BinaryIO, limits: PageLimits, numbers: Collection[int]) -> Iterator[bytes]:
    """Give, piece by piece, the TIFF with blank pages in the place of those numbers (from 1)."""
    pages = _pages(file, limits)
    kept = [page for number, page in enumerate(pages, 1) if number not in numbers]
    end = file.seek(0, 2)
    order = pages[0].directory.order
    added, starts, links = bytearray(end % 2), [], []
    for number, page in enumerate(pages, 1):
        if number in numbers:
            starts.append(_add_blank(added, end, page.directory))
            links.append(end + len(added) - 4)
        else:
            starts.append(page.at)
            links.append(page.link_at)
    patches = {place: struct.pack(f"{order}I", start) for place, start in zip([4, *links], [*starts, 0], strict=True)}
    for place in [place for place in patches if place >= end]:
        added[place - end : place - end + 4] = patches.pop(place)
    ranges = sorted([(0, HEAD_BYTES), *(part for page in kept for part in page.needed())])
    return _rewritten(file, end, ranges, patches, bytes(added))


def page_alone(file: BinaryIO, limits: PageLimits, number: int) -> bytes:
    """Give a TIFF of that page (from 1) alone, packed as it is."""
    pages = _pages(file, limits)
    directory = pages[number - 1].directory
    places = next((places for places in PLACES if places[0] in directory.entries), PLACES[0])
    left_out = ELSEWHERE | set(PLACES[0]) | set(PLACES[1])
    tags = [
        (tag, entry.type, entry.count, directory.raw(tag))
        for tag, entry in directory.entries.items()
        if tag not in left_out
    ]
    lengths = directory.integers(places[1])
    if sum(lengths) > file.seek(0, 2):
        raise UnreadableFile(DAMAGED)
    parts = []
    for start, length in zip(directory.integers(places[0]), lengths, strict=True):
        file.seek(start)
        parts.append(file.read(length))
    return single_tiff(directory.order, tags, places, parts)


def _pages(file: BinaryIO, limits: PageLimits) -> list[_Page]:
    places = TiffFile(file, limits).places
    order = ORDERS[read_at(file, 0, 4)]
    counts = [struct.unpack(f"{order}H", read_at(file, at, 2))[0] for at in places]
    return [
        _Page(at, read_directory(file, order, at), at + 2 + 12 * count)
        for at, count in zip(places, counts, strict=True)
    ]


def _add_blank(added: bytearray, end: int, like: Directory) -> int:
    """Add a white page of the size of another to what follows the file's end; give where its directory is."""

    def place(values: bytes) -> int:
        at = end + len(added)
        added.extend(values + bytes(len(values) % 2))
        return at

    order, width, height = like.order, like.integer(WIDTH, 1), like.integer(HEIGHT, 1)
    white = zlib.compress(bytes((width + 7) // 8 * height))
    numbers = {WIDTH: width, HEIGHT: height, 273: place(white), 278: height, 279: len(white)}
    kinds = {258: 1, 259: DEFLATE, 262: 0, 277: 1}  # one bit, of which 0 is white
    turned = [(tag, like.entries[tag]) for tag in KEPT_OF_BLANK if tag in like.entries]
    directory = packed(
        order,
        [
            *((tag, LONG, 1, struct.pack(f"{order}I", value)) for tag, value in numbers.items()),
            *((tag, SHORT, 1, struct.pack(f"{order}H", value)) for tag, value in kinds.items()),
            *((tag, entry.type, entry.count, like.raw(tag)) for tag, entry in turned),
        ],
        place,
    )
    at = end + len(added)
    added.extend(directory)
    return at


def _rewritten(
    file: BinaryIO, end: int, ranges: list[Range], patches: dict[int, bytes], added: bytes
) -> Iterator[bytes]:
    """Give the file: the ranges as they are but for the patches, zeros elsewhere, and what is added."""
    cuts = sorted({0, end, *(edge for place in patches for edge in (place, place + 4))})
    at = 0
    for start, stop in [*ranges, (end, end)]:
        if start > at:
            yield from _zeros(min(start, end) - at)
            at = min(start, end)
        inside = [at, *(cut for cut in cuts if at < cut < min(stop, end)), min(stop, end)]
        for one, other in pairwise(inside) if stop > at else ():
            if one in patches:
                yield patches[one][: other - one]
            else:
                yield from _copied(file, one, other)
            at = other
    yield added


def _zeros(count: int) -> Iterator[bytes]:
    for done in range(0, count, CHUNK_BYTES):
        yield bytes(min(CHUNK_BYTES, count - done))


def _copied(file: BinaryIO, start: int, stop: int) -> Iterator[bytes]:
    file.seek(start)
    for done in range(start, stop, CHUNK_BYTES):
        yield file.read(min(CHUNK_BYTES, stop - done))
