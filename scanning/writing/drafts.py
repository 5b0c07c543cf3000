"""What the machine makes of one place to write in: a draft, which an officer looks at before it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scanning.written_beside import SENTENCE


class Unsure(StrEnum):
    """Why writing in cells is not accepted; each has its sentence in `SENTENCES`."""

    NOT_READ = "not_read"
    STRUCK_OUT = "struck_out"
    FAINT = "faint_writing"
    RUNS_OUT = "runs_out"
    GAP = "gap"
    LENGTH = "length"
    NO_FIT = "no_fit"
    NOT_LISTED = "not_listed"
    TWO_FIT = "two_fit"
    BESIDE_BOXES = "beside_boxes"


SENTENCES: Final = {
    Unsure.NOT_READ: "The cells cannot be found on this page.",
    Unsure.STRUCK_OUT: "Something is struck out, or is no single character.",
    Unsure.FAINT: "A cell holds so little ink that it may be empty.",
    Unsure.RUNS_OUT: "The writing runs out of its box.",
    Unsure.GAP: "A cell in the middle is empty.",
    Unsure.LENGTH: "There are more or fewer characters than can be.",
    Unsure.NO_FIT: "What seems to be written cannot be right.",
    Unsure.NOT_LISTED: "What seems to be written is not in the list of what it can be.",
    Unsure.TWO_FIT: "Two readings fit about as well.",
    Unsure.BESIDE_BOXES: SENTENCE,
}


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


def is_beside(drafts: Iterable[Draft]) -> bool:
    """Tell whether drafts say that somebody wrote beside tick boxes."""
    return any(one.unsure is Unsure.BESIDE_BOXES for one in drafts)
