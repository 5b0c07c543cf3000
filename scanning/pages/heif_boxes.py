"""The boxes of a HEIC, as far as they say how its pictures' decoder is set up; nothing is trusted."""

import struct
from collections.abc import Iterator, Sequence
from typing import Final

from scanning.pages.errors import DAMAGED, UnreadableFile

FULL_BYTES: Final = 4
"""Version and flags, with which many boxes begin."""

ARRAYS_AT: Final = 22
"""Where `hvcC` counts its arrays of units (ISO/IEC 14496-15, 8.3.3.1.2)."""

LONG, TO_THE_END = 1, 0
"""Sizes of a box that are none."""


def configurations(content: bytes) -> dict[int, Sequence[bytes]]:
    """Give the units that set up the decoder for each picture, by its number; raises UnreadableFile."""
    try:
        meta = _only(content, b"meta")[FULL_BYTES:]
        described = _only(meta, b"iprp")
        properties = [_units(body) if kind == b"hvcC" else () for kind, body in _boxes(_only(described, b"ipco"))]
        return {
            item: units
            for kind, body in _boxes(described)
            if kind == b"ipma"
            for item, numbers in _associations(body)
            for number in numbers
            if 0 < number <= len(properties) and (units := properties[number - 1])
        }
    except (struct.error, IndexError):
        raise UnreadableFile(DAMAGED) from None


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give the kind and the inside of each box."""
    at = 0
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        head = 8
        if size == LONG:
            (size,) = struct.unpack_from(">Q", content, at + 8)
            head = 16
        elif size == TO_THE_END:
            size = len(content) - at
        if size < head:
            raise UnreadableFile(DAMAGED)
        yield kind, content[at + head : at + size]
        at += size


def _only(content: bytes, wanted: bytes) -> bytes:
    """Give the inside of the first box of a kind."""
    found = next((body for kind, body in _boxes(content) if kind == wanted), None)
    if found is None:
        raise UnreadableFile(DAMAGED)
    return found


def _associations(body: bytes) -> Iterator[tuple[int, list[int]]]:
    """Give for each picture the numbers, from 1, of its properties (`ipma`, ISO/IEC 23008-12, 9.3.1)."""
    version, is_wide = body[0], body[3] & 1
    (count,) = struct.unpack_from(">I", body, FULL_BYTES)
    at = FULL_BYTES + 4
    for _ in range(count):
        item, many = struct.unpack_from(">HB" if version < 1 else ">IB", body, at)
        at += 3 if version < 1 else 5
        # The highest bit of a number says whether a reader has to know the property.
        numbers = struct.unpack_from(f">{many}{'H' if is_wide else 'B'}", body, at)
        at += many * (2 if is_wide else 1)
        yield item, [number & (0x7FFF if is_wide else 0x7F) for number in numbers]


def _units(body: bytes) -> Sequence[bytes]:
    """Give the units of a `hvcC`."""
    found, at = [], ARRAYS_AT + 1
    for _ in range(body[ARRAYS_AT]):
        (count,) = struct.unpack_from(">H", body, at + 1)
        at += 3
        for _ in range(count):
            (length,) = struct.unpack_from(">H", body, at)
            found.append(body[at + 2 : at + 2 + length])
            at += 2 + length
    return found
