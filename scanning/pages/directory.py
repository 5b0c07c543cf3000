"""Directories of tags as TIFF has them, and EXIF after it; nothing is trusted."""

import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final

from scanning.pages.errors import DAMAGED, UnreadableFile
from scanning.pages.orientation import EXIF, UPRIGHT, Orientation

ENTRIES_MAX: Final = 1000
"""Scanners write 10 to 30, cameras up to 100."""

VALUE_MAX_BYTES: Final = 2**20
"""The longest value: offsets of 65,500 strips of one row take 262,000 bytes."""

SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of a value by its type."""

INTEGERS: Final = {1: "B", 3: "H", 4: "I", 13: "I"}
RATIONAL: Final = 5
ORIENTATION: Final = 274
X_RESOLUTION: Final = 282
Y_RESOLUTION: Final = 283
RESOLUTION_UNIT: Final = 296
CENTIMETRE: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One tag: the type of its values, how many, and their bytes or where they are."""

    type: int
    count: int
    inline: bytes


@dataclass(frozen=True)
class Directory:
    """The tags of one image."""

    file: BinaryIO
    order: str
    """`<` or `>`, as `struct` names the order of bytes."""
    entries: dict[int, Entry]
    following: int
    """Where the next directory is, 0 for none."""

    def raw(self, tag: int) -> bytes:
        """Give the bytes of a tag's values, none when it is missing."""
        entry = self.entries.get(tag)
        if entry is None:
            return b""
        size = SIZES.get(entry.type, 0) * entry.count
        if size <= 4:
            return entry.inline[:size]
        if size > VALUE_MAX_BYTES:
            raise UnreadableFile(DAMAGED)
        return read_at(self.file, struct.unpack(f"{self.order}I", entry.inline)[0], size)

    def integers(self, tag: int) -> tuple[int, ...]:
        """Give the values of a tag of whole numbers; none when it is missing or of another type."""
        entry = self.entries.get(tag)
        if entry is None or entry.type not in INTEGERS:
            return ()
        return struct.unpack(f"{self.order}{entry.count}{INTEGERS[entry.type]}", self.raw(tag))

    def integer(self, tag: int, default: int) -> int:
        """Give the first value of a tag of whole numbers."""
        return next(iter(self.integers(tag)), default)

    @property
    def orientation(self) -> Orientation:
        """Give how the image is turned."""
        return EXIF.get(self.integer(ORIENTATION, 1), UPRIGHT)

    @property
    def dpi(self) -> tuple[float, float] | None:
        """Give the resolution along width and height, None when it is not told."""
        x, y = self._rational(X_RESOLUTION), self._rational(Y_RESOLUTION)
        if x is None or y is None:
            return None
        per_inch = 2.54 if self.integer(RESOLUTION_UNIT, 2) == CENTIMETRE else 1.0
        return x * per_inch, y * per_inch

    def _rational(self, tag: int) -> float | None:
        entry = self.entries.get(tag)
        if entry is None or entry.type != RATIONAL or entry.count != 1:
            return None
        above, below = struct.unpack(f"{self.order}II", self.raw(tag))
        return above / below if below else None


def read_at(file: BinaryIO, offset: int, size: int) -> bytes:
    """Read exactly so many bytes at a place; raises UnreadableFile where the file ends before."""
    file.seek(offset)
    read = file.read(size)
    if len(read) < size:
        raise UnreadableFile(DAMAGED)
    return read


def read_directory(file: BinaryIO, order: str, offset: int) -> Directory:
    """Read the directory at a place; its values are read when they are asked for."""
    (count,) = struct.unpack(f"{order}H", read_at(file, offset, 2))
    if not 0 < count <= ENTRIES_MAX:
        raise UnreadableFile(DAMAGED)
    content = read_at(file, offset + 2, 12 * count + 4)
    found = struct.iter_unpack(f"{order}HHI4s", content[:-4])
    entries = {tag: Entry(kind, number, inline) for tag, kind, number, inline in found}
    (following,) = struct.unpack(f"{order}I", content[-4:])
    return Directory(file, order, entries, following)


ORDERS: Final = {b"II*\0": "<", b"MM\0*": ">"}
"""What a TIFF begins with, by the order of its bytes."""


def first_directory(file: BinaryIO) -> Directory:
    """Read the first directory of a TIFF or of EXIF data."""
    head = read_at(file, 0, 8)
    order = ORDERS.get(head[:4])
    if order is None:
        raise UnreadableFile(DAMAGED)
    return read_directory(file, order, struct.unpack(f"{order}I", head[4:])[0])


def exif_orientation(content: bytes) -> Orientation:
    """Give how EXIF data say that an image is turned; upright when they say nothing that can be read."""
    try:
        return first_directory(BytesIO(content)).orientation
    except UnreadableFile:
        return UPRIGHT


def packed(order: str, entries: Iterable[tuple[int, int, int, bytes]], place: Callable[[bytes], int]) -> bytes:
    """Give a directory of (tag, type, count, bytes); `place` stores what is longer than 4 bytes and says where."""
    rows = []
    for tag, kind, count, values in sorted(entries):
        inline = values.ljust(4, b"\0") if len(values) <= 4 else struct.pack(f"{order}I", place(values))
        rows.append(struct.pack(f"{order}HHI", tag, kind, count) + inline)
    return struct.pack(f"{order}H", len(rows)) + b"".join(rows) + bytes(4)
