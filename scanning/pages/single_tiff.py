"""One picture packed as TIFF packs them → grey; made a TIFF of its own, so that no decoder sees the whole file."""

import struct
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image as Pillow

from scanning.pages.directory import ORDERS, packed
from scanning.pages.errors import CUT_SHORT, UnreadableFile
from scanning.pages.faults import libtiff_faults
from scanning.pages.grey import grey_of
from scanning.template import Grey

Tag = tuple[int, int, int, bytes]
"""Number, type, count, and the values' bytes."""

LONG: Final = 4


def single_tiff(order: str, tags: Sequence[Tag], places: tuple[int, int], parts: Sequence[bytes]) -> bytes:
    """Give a TIFF of one picture: its tags, and its parts (strips or tiles) under the two tags that place them."""
    magic = next(head for head, name in ORDERS.items() if name == order)
    out = bytearray(magic + bytes(4))
    offsets = []
    for part in parts:
        offsets.append(len(out))
        out += part + bytes(len(part) % 2)

    def numbers(values: Sequence[int]) -> bytes:
        return struct.pack(f"{order}{len(values)}I", *values)

    def place(values: bytes) -> int:
        at = len(out)
        out.extend(values + bytes(len(values) % 2))
        return at

    placed = [
        (places[0], LONG, len(parts), numbers(offsets)),
        (places[1], LONG, len(parts), numbers([len(part) for part in parts])),
    ]
    directory = packed(order, [*tags, *placed], place)
    out[4:8] = struct.pack(f"{order}I", len(out))
    return bytes(out + directory)


def decoded(content: bytes) -> Grey:
    """Decode a TIFF of one picture; raises UnreadableFile when part of it is missing."""
    with libtiff_faults() as faults, Pillow.open(BytesIO(content), formats=["TIFF"]) as picture:
        grey = grey_of(picture)
    if faults:
        raise UnreadableFile(CUT_SHORT)
    return grey
