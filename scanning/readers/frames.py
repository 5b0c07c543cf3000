"""How parent and child talk: frames of JSON with binary blobs behind it, all of a bounded size.

A frame is two numbers (bytes of JSON, blobs), the length of each blob, the JSON, and the blobs.
"""

import struct
from dataclasses import dataclass
from typing import Final

from scanning.errors import ScanningError

JSON_MAX: Final = 8 * 2**20
"""Bytes; a page of 50 boxes is 20 thousand."""

BLOBS_MAX: Final = 1000
"""A crop for each doubted question of a page, and two pictures of all of it."""

BLOBS_BYTES_MAX: Final = 64 * 2**20
"""Of all blobs of a frame; the largest picture is an overlay of 1.5 MB."""

HEAD: Final = struct.Struct("!II")
LENGTH_BYTES: Final = 4


class RubbishError(ScanningError):
    """A child sent what no reader sends."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: JSON, and what does not fit JSON."""

    content: bytes
    blobs: tuple[bytes, ...] = ()

    def packed(self) -> bytes:
        """Give the frame as it is sent."""
        lengths = struct.pack(f"!{len(self.blobs)}I", *map(len, self.blobs))
        return b"".join((HEAD.pack(len(self.content), len(self.blobs)), lengths, self.content, *self.blobs))


class Inbox:
    """Bytes as they come in → frames."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def add(self, data: bytes) -> None:
        """Take bytes in."""
        self._bytes += data

    def next(self) -> Frame | None:
        """Give the next frame, None while it is not all there; raises RubbishError when it would be too large."""
        parts = self._parts()
        if parts is None:
            return None
        start = HEAD.size + LENGTH_BYTES * (len(parts) - 1)
        if len(self._bytes) < start + sum(parts):
            return None
        found = []
        for length in parts:
            found.append(bytes(self._bytes[start : start + length]))
            start += length
        del self._bytes[:start]
        return Frame(found[0], tuple(found[1:]))

    def _parts(self) -> tuple[int, ...] | None:
        """Give the lengths of the JSON and of each blob of the next frame."""
        if len(self._bytes) < HEAD.size:
            return None
        content, blobs = HEAD.unpack_from(self._bytes)
        if content > JSON_MAX or blobs > BLOBS_MAX:
            raise RubbishError("a message is too long")
        if len(self._bytes) < HEAD.size + LENGTH_BYTES * blobs:
            return None
        lengths = struct.unpack_from(f"!{blobs}I", self._bytes, HEAD.size)
        if sum(lengths) > BLOBS_BYTES_MAX:
            raise RubbishError("a picture is too large")
        return (content, *lengths)
