"""Bytes → the same bytes damaged, as disks, mails and evil hands damage them."""

from collections.abc import Callable

import numpy as np

HEADER_BYTES = 1024

Mutation = Callable[[bytes, np.random.Generator], bytes]


def flipped(content: bytes, rng: np.random.Generator) -> bytes:
    """Flip 1 to 64 bits anywhere."""
    return _changed(content, rng, 0, len(content), int(rng.integers(1, 65)))


def lying(content: bytes, rng: np.random.Generator) -> bytes:
    """Change 1 to 4 bits of the header."""
    return _changed(content, rng, 0, min(HEADER_BYTES, len(content)), int(rng.integers(1, 5)))


def _changed(content: bytes, rng: np.random.Generator, start: int, end: int, count: int) -> bytes:
    changed = bytearray(content)
    for place in rng.integers(start, end, size=count):
        changed[place] ^= 1 << int(rng.integers(8))
    return bytes(changed)


def cut_short(content: bytes, rng: np.random.Generator) -> bytes:
    """Leave out the end, as a broken transfer does; often only a little of it."""
    share = float(rng.random()) ** 3
    return content[: max(1, int(len(content) * (1 - share)))]


def spliced(content: bytes, rng: np.random.Generator) -> bytes:
    """Put a stretch of the file in the place of another."""
    start, source = (int(one) for one in rng.integers(len(content), size=2))
    length = int(rng.integers(1, max(2, len(content) // 4)))
    return content[:start] + content[source : source + length] + content[start + length :]


def blanked(content: bytes, rng: np.random.Generator) -> bytes:
    """Overwrite a stretch with zeros, as a bad sector does."""
    start, length = int(rng.integers(len(content))), 2 ** int(rng.integers(4, 15))
    return content[:start] + bytes(min(length, len(content) - start)) + content[start + length :]


def shifted(content: bytes, rng: np.random.Generator) -> bytes:
    """Drop or double a few bytes, as a transfer in the mode for text does."""
    start, length = int(rng.integers(len(content))), int(rng.integers(1, 9))
    piece = content[start : start + length]
    return content[:start] + (piece + piece if rng.random() < 0.5 else b"") + content[start + length :]


MUTATIONS: dict[str, Mutation] = {
    "bits flipped": flipped,
    "header lies": lying,
    "cut short": cut_short,
    "spliced": spliced,
    "stretch of zeros": blanked,
    "bytes lost or doubled": shifted,
}
