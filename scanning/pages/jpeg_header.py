"""The header of a JPEG: its size, how it is turned, how it was packed."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scanning.pages.directory import exif_orientation
from scanning.pages.errors import UnreadableFile
from scanning.pages.orientation import UPRIGHT, Orientation

SEGMENTS_MAX: Final = 2000
"""Enough to fill the largest image with segments of full size."""

SCANS_MAX: Final = 100
"""A progressive JPEG comes in 10 or so passes over the picture; thousands of them keep a decoder busy for hours."""

SOF: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
PROGRESSIVE: Final = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
APP0, APP1, SOS, EOI = 0xE0, 0xE1, 0xDA, 0xD9
BAD: Final = "The JPEG's beginning is damaged; scan the page again, or copy the file again."
UNUSUAL: Final = "This is a JPEG of a kind that nothing here reads; save it again as an ordinary JPEG or PNG."
PER_INCH: Final = {1: 1.0, 2: 2.54}


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """What is known of a JPEG before it is decoded."""

    width: int
    height: int
    components: int
    is_progressive: bool
    orientation: Orientation = UPRIGHT
    dpi: tuple[float, float] | None = None


def header_of(content: bytes) -> JpegHeader:
    """Read the header; raises UnreadableFile."""
    frame: tuple[int, bytes] | None = None
    orientation, dpi = UPRIGHT, None
    for marker, body in _segments(content):
        if marker in SOF:
            frame = (marker, body)
        elif marker == APP0 and body.startswith(b"JFIF\0"):
            dpi = _density(body)
        elif marker == APP1 and body.startswith(b"Exif\0\0") and orientation == UPRIGHT:
            orientation = exif_orientation(body[6:])
    if frame is None or len(frame[1]) < 6:
        raise UnreadableFile(BAD)
    bits, height, width, components = struct.unpack(">BHHB", frame[1][:6])
    if bits != 8 or components not in (1, 3, 4) or height == 0:
        raise UnreadableFile(UNUSUAL)
    is_progressive = frame[0] in PROGRESSIVE
    if is_progressive and content.count(bytes([0xFF, SOS])) > SCANS_MAX:
        raise UnreadableFile(UNUSUAL)
    return JpegHeader(width, height, components, is_progressive, orientation, dpi)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the segments before the picture itself; raises UnreadableFile where they are broken."""
    at = 2
    for _ in range(SEGMENTS_MAX):
        marker, at = _marker(content, at)
        if marker == SOS:
            return
        if marker == EOI or at + 2 > len(content):
            raise UnreadableFile(BAD)
        (length,) = struct.unpack_from(">H", content, at)
        if length < 2 or at + length > len(content):
            raise UnreadableFile(BAD)
        yield marker, content[at + 2 : at + length]
        at += length
    raise UnreadableFile(BAD)


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """Give the marker at a place, and where its segment begins; any number of 0xFF may stand before it."""
    start = at
    while at < len(content) and content[at] == 0xFF and at - start < SEGMENTS_MAX:
        at += 1
    if at == start or at >= len(content):
        raise UnreadableFile(BAD)
    return content[at], at + 1


def _density(jfif: bytes) -> tuple[float, float] | None:
    if len(jfif) < 12 or jfif[7] not in PER_INCH:
        return None
    x, y = struct.unpack(">HH", jfif[8:12])
    return x * PER_INCH[jfif[7]], y * PER_INCH[jfif[7]]
