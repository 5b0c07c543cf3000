"""Whether a packed picture is whole, where its decoder would fill up in silence what is missing."""

import zlib
from typing import Final

import numpy as np

from scanning.pages.errors import CUT_SHORT, UnreadableFile
from scanning.pages.jpeg import check_jpeg_whole
from scanning.template import Grey

RLE, G3, G4, JPEG = 2, 3, 4, 7
DEFLATE: Final = frozenset({8, 32946})
LOW_BIT_FIRST: Final = 2

CODE_ZEROS_MAX: Final = 10
"""A code of T.6 and the next never have more zero bits in a row; 11 begin an end of line, and two of those the end."""

END: Final = [0] * 11 + [1]

RLE_NOTHING: Final = bytes(4)
"""Lines packed by themselves never hold this many zeros, even filled up to whole bytes."""

G3_FILL_MAX: Final = bytes(32)
"""Between lines of T.4 zeros may stand as fill: 24 bytes for a machine that needs 20 ms a line at 9,600 bit/s."""

AT_ONCE: Final = 2**18
"""Bytes that are looked at in one go, so that memory stays bounded."""


def check_whole(compression: int, part: bytes, fill_order: int = 1, tables: bytes = b"") -> None:
    """Refuse a strip or tile of a TIFF of which something is missing; `tables` are what its JPEGs share."""
    if compression == G4:
        is_whole = _g4_ends(part, fill_order)
    elif compression == RLE:
        is_whole = RLE_NOTHING not in part
    elif compression == G3:
        is_whole = G3_FILL_MAX not in part.rstrip(b"\0")
    elif compression in DEFLATE:
        is_whole = _is_deflated_whole(part)
    else:
        is_whole = True
    if not is_whole:
        raise UnreadableFile(CUT_SHORT)
    if compression == JPEG:
        check_jpeg_whole(tables[:-2] + part[2:] if tables else part)


def _g4_ends(part: bytes, fill_order: int) -> bool:
    """Tell whether the first end that stands in G4 data is a proper one.

    A decoder takes any 11 zeros, such as a hole in the file, for the end, and leaves the rest of the page white.
    """
    last = -1
    for start in range(0, len(part), AT_ONCE):
        ones = np.flatnonzero(_bits(part[start : start + AT_ONCE], fill_order)) + 8 * start
        after_zeros = ones[np.diff(ones, prepend=last) > CODE_ZEROS_MAX + 1]
        if len(after_zeros):
            byte, bit = divmod(int(after_zeros[0]) + 1, 8)
            return bool(np.array_equal(_bits(part[byte : byte + 3], fill_order)[bit : bit + len(END)], END))
        last = int(ones[-1]) if len(ones) else last
    return False


def _bits(part: bytes, fill_order: int) -> Grey:
    content = np.frombuffer(part, np.uint8)
    return np.unpackbits(content, bitorder="little" if fill_order == LOW_BIT_FIRST else "big")


def _is_deflated_whole(part: bytes) -> bool:
    """Tell whether deflated data end properly and agree with their checksum."""
    inflating = zlib.decompressobj()
    try:
        while part and not inflating.eof:
            inflating.decompress(part, AT_ONCE)
            part = inflating.unconsumed_tail
    except zlib.error:
        return False
    return inflating.eof
