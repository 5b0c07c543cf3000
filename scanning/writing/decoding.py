"""How likely each cell shows each character → what a whole field says, by its pattern and by a list of what it can be.

A list never makes a reading: it only says which of the readings that the ink allows can be. Where the ink speaks for
something that is not in the list, or two of the list fit about as well, nothing is accepted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from heapq import merge, nlargest
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.writing.alphabet import CLASSES, OF_MARK
from scanning.writing.characters import Holds
from scanning.writing.network import Probabilities

LEAD_MIN: Final = 3.0
"""How much likelier, as a natural logarithm, the best of a list must be than the second; chosen on writers kept for it
(`python -m tests.training.choosing`): from 1 to 5 it decides nothing among 300 postcodes, and in a denser list it is a
slip in 20."""

PATTERN_LEAD_MIN: Final = 4.0
"""The same where no list tells what can be: a slip of the network is then not noticed otherwise."""

SPARSE_MAX: Final = 5_000
"""A longer list, as all days of decades, tells hardly more than a pattern: a wrong digit mostly gives another day."""

RUNS_OUT_LEAD_MIN: Final = 8.0
"""The same where a character reaches beyond what was looked at, and part of it may be missing."""

OFF_LIST_MAX: Final = 4.0
"""How much likelier the best reading by pattern alone may be than the best of the list. Of postcodes in a list 88, 91,
93 and 94 % are accepted at 3, 4, 5 and 6; of such that differ from one in the list by a single character 1.4, 2.8, 4.2
and 7 %, of others none (writers kept for choosing, all wears)."""

STRUCK_MIN: Final = 0.4
"""From this probability on a cell is taken for struck out, or for no character at all."""

KEPT: Final = 3
"""Characters considered in each cell when there is no list."""

BEAM: Final = 64
"""Readings kept on the way from cell to cell."""

READINGS: Final = 3
"""Readings that an officer is shown."""


NUMBERS: Final = np.zeros(128, np.intp)
"""The number of each character by its code."""
NUMBERS[np.frombuffer(CLASSES.encode("ascii"), np.uint8)] = np.arange(len(CLASSES))


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
    Unsure.BESIDE_BOXES: "Something is written beside the tick boxes.",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What a field can say: masks as in `forms.codes`, a rule that the whole keeps, a list if there is one.

    Spellings are without separators; those of the list too.
    """

    masks: tuple[str, ...]
    holds: Callable[[str], bool] = lambda _: True
    listed: tuple[str, ...] | None = None
    gaps: frozenset[int] = frozenset()
    """Before which characters an empty cell may be left, by their number from 0, counted from the end if negative."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading, and the natural logarithm of how likely it is by the ink alone."""

    spelling: str
    score: float


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a field says: a spelling that is accepted, or None with the reason; and the best readings."""

    accepted: str | None
    unsure: Unsure | None
    readings: tuple[Candidate, ...]


BLANK: Final = Decoded(None, None, ())


def decoded(likely: Probabilities, holds: Sequence[Holds], expected: Expected, *, runs_out: bool = False) -> Decoded:
    """Say what n cells say; nothing at all when all of them are empty."""
    written = [number for number, one in enumerate(holds) if one is not Holds.NOTHING]
    if not written:
        return BLANK
    scores = np.log(likely[written])
    by_pattern = _by_pattern(scores, expected)
    found = by_pattern if expected.listed is None else _by_list(scores, expected.listed)
    every = sorted(dict.fromkeys((*found, *by_pattern)), key=lambda one: -one.score)
    readings = tuple({one.spelling: one for one in every}.values())[:READINGS]
    unsure = _hindered(likely[written], [holds[number] for number in written]) or _misplaced(written, expected)
    unsure = unsure or _undecided(len(written), by_pattern, found, expected)
    if unsure is None and runs_out and len(found) > 1 and found[0].score - found[1].score <= RUNS_OUT_LEAD_MIN:
        unsure = Unsure.RUNS_OUT
    return Decoded(None if unsure else found[0].spelling, unsure, readings)


def _hindered(likely: Probabilities, holds: Sequence[Holds]) -> Unsure | None:
    if (likely[:, len(CLASSES)] >= STRUCK_MIN).any():
        return Unsure.STRUCK_OUT
    return Unsure.FAINT if Holds.UNSURE in holds else None


def _misplaced(written: Sequence[int], expected: Expected) -> Unsure | None:
    """Tell whether a cell was left empty in the middle where none may be."""
    last = len(written) - 1
    breaks = {at + 1 for at in range(last) if written[at + 1] - written[at] > 1}
    allowed = {gap if gap >= 0 else len(written) + gap for gap in expected.gaps}
    return Unsure.GAP if breaks - allowed else None


def _undecided(
    count: int, by_pattern: Sequence[Candidate], found: Sequence[Candidate], expected: Expected
) -> Unsure | None:
    if all(len(mask) != count for mask in expected.masks):
        return Unsure.LENGTH
    if not found:
        return Unsure.NO_FIT if expected.listed is None else Unsure.NOT_LISTED
    if expected.listed is not None and by_pattern and by_pattern[0].score - found[0].score >= OFF_LIST_MAX:
        return Unsure.NOT_LISTED
    is_sparse = expected.listed is not None and len(expected.listed) <= SPARSE_MAX
    lead = LEAD_MIN if is_sparse else PATTERN_LEAD_MIN
    if len(found) > 1 and found[0].score - found[1].score <= lead:
        return Unsure.TWO_FIT
    return None


@lru_cache(maxsize=64)
def _of_length(listed: tuple[str, ...], length: int) -> tuple[tuple[str, ...], npt.NDArray[np.intp]]:
    """Give what of a list has that length, and the numbers of its characters, (length, n)."""
    fitting = tuple(one for one in listed if len(one) == length and set(one) <= set(CLASSES))
    codes = np.frombuffer("".join(fitting).encode("ascii"), np.uint8).reshape(-1, length)
    return fitting, np.ascontiguousarray(NUMBERS[codes].T)


def _by_list(scores: Probabilities, listed: tuple[str, ...]) -> list[Candidate]:
    """Give the best of a list."""
    fitting, numbers = _of_length(listed, len(scores))
    if not fitting:
        return []
    sums = np.zeros(len(fitting))
    for row, characters in zip(scores, numbers, strict=True):
        sums += row[characters]
    few = np.argpartition(-sums, READINGS)[:READINGS] if len(sums) > READINGS else np.arange(len(sums))
    return [Candidate(fitting[at], float(sums[at])) for at in few[np.argsort(-sums[few])].tolist()]


def _by_pattern(scores: Probabilities, expected: Expected) -> list[Candidate]:
    """Give the best readings that one of the masks and the rule allow."""
    every = merge(*(_of_mask(scores, mask) for mask in expected.masks if len(mask) == len(scores)), reverse=True)
    fitting = (Candidate(spelling, score) for score, spelling in every if expected.holds(spelling))
    return list(islice(dict.fromkeys(islice(fitting, 2 * READINGS)), READINGS))


def _of_mask(scores: Probabilities, mask: str) -> list[tuple[float, str]]:
    """Give the likeliest spellings that a mask allows."""
    beam = [(0.0, "")]
    for row, mark in zip(scores.tolist(), mask, strict=True):
        first = CLASSES.index(OF_MARK[mark][0])
        ranked = nlargest(KEPT, zip(row[first : first + len(OF_MARK[mark])], OF_MARK[mark], strict=True))
        beam = sorted(((total + score, so_far + one) for total, so_far in beam for score, one in ranked), reverse=True)
        del beam[BEAM:]
    return beam
