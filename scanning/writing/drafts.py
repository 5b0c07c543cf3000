"""What the machine makes of one place to write in: a draft, which an officer looks at before it counts."""

from dataclasses import dataclass
from enum import StrEnum

from scanning.writing.decoding import Unsure


class By(StrEnum):
    """How a draft was read."""

    CELLS = "cells"
    HAND = "hand"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Word:
    """A word and how likely it is right, 0 to 1; `ends_line` where a new line begins after it."""

    text: str
    confidence: float
    ends_line: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What one place says: of a date, its three fields together.

    `value` is the best reading, "" where nothing could be read. `is_sure` only where cells left no doubt; what is read
    from lines never is.
    """

    name: str
    by: By
    value: str
    is_sure: bool = False
    unsure: Unsure | None = None
    readings: tuple[str, ...] = ()
    """The best readings of cells, likeliest first."""
    words: tuple[Word, ...] = ()
    strip: str = ""
    """The characters of written cells beside each other as the network saw them, 28 px each: PNG in base64. With what
    an officer decides they are what the network is measured by, and trained on."""
