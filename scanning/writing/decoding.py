"""How likely each cell shows each character → what a whole field says, by its pattern and by a list of what it can be.

A list never makes a reading: it only says which of the readings that the ink allows can be. Where the ink speaks for
something that is not in the list, or two of the list fit about as well, nothing is accepted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.writing.alphabet import CLASSES, OF_MARK
from scanning.writing.characters import Holds
from scanning.writing.drafts import Unsure
from scanning.writing.network import LEAST, Probabilities

LEAD_MIN: Final = 6.0
"""How much likelier, as a natural logarithm, the best reading must be than all others that can be, together. In a
sparse list hardly anything else can be: there it costs nothing. Among all days of decades, or where only a pattern is
known, a slip in any cell gives another reading, and this adds them up. Of 15,000 dates, job numbers and numbers to 999
of writers kept for choosing 1,362 are accepted at 6, 2,242 at 5.5, none of them wrong; at 5 they are 3,435 and 7
(`python -m tests.training.choosing`). At 5.5 one in 700 dates of the writers to judge by is wrong, so it stays at 6."""

RUNS_OUT_LEAD_MIN: Final = 8.0
"""The same where a character reaches beyond what was looked at, and part of it may be missing."""

OFF_LIST_MAX: Final = 4.0
"""How much likelier the best reading by the ink alone may be than the best of a list. Without a list it may not be: a
check character finds a slip, but of all codes that it allows another is soon as likely as the right one. Of postcodes
in a list 79, 86, 91, 94 and 96 % are accepted at 2, 3, 4, 5 and 6; of others 0, 0, 0.07, 0.2 and 0.23 %, of such
that differ from one in the list by a single character 0.5, 1.1, 2.3, 4.0 and 6.4 % (writers kept for choosing)."""

STRUCK_MIN: Final = 0.7
"""From this probability on a cell is taken for struck out, or for no character at all. A stroke that runs over from the
next cell looks a little like it: on 300 whole pages (writers kept for choosing) 24 of 6,740 characters reach 0.4, 11
reach 0.6 and 1 reaches 0.7. Of 313 that are struck out 96.5, 94.6 and 93.3 % do."""

KEPT: Final = 3
"""Characters considered in each cell when there is no list."""

BEAM: Final = 64
"""Readings kept on the way from cell to cell."""

LISTED_BEAM: Final = 8
"""The same with a list, which does not need them: for the officer, and to tell whether the ink speaks for another."""

FAR: Final = 20.0
"""Readings that are less likely than the best by this (a logarithm) weigh nothing."""

READINGS: Final = 3
"""Readings that an officer is shown."""


NUMBERS: Final = np.zeros(128, np.intp)
"""The number of each character by its code."""
NUMBERS[np.frombuffer(CLASSES.encode("ascii"), np.uint8)] = np.arange(len(CLASSES))


PAIRED: Final = len(CLASSES) + 1


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


@dataclass(frozen=True, slots=True)
class Weighed:
    """The best readings that can be; by how much the first is likelier than all others; and than it, the ink alone."""

    readings: tuple[Candidate, ...]
    lead: float
    short: float


def decoded(likely: Probabilities, holds: Sequence[Holds], expected: Expected, *, runs_out: bool = False) -> Decoded:
    """Say what n cells say; nothing at all when all of them are empty."""
    written = [number for number, one in enumerate(holds) if one is not Holds.NOTHING]
    if not written:
        return BLANK
    scores = np.log(likely[written])
    by_ink = _by_ink(scores, expected)
    found = weighed(scores, expected, by_ink)
    unsure = _hindered(likely[written], [holds[number] for number in written]) or _misplaced(written, expected)
    unsure = unsure or _undecided(len(written), found, expected)
    if unsure is None and runs_out and found.lead <= RUNS_OUT_LEAD_MIN:
        unsure = Unsure.RUNS_OUT
    return Decoded(None if unsure else found.readings[0].spelling, unsure, _shown(found, by_ink))


def _shown(found: Weighed, by_ink: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Give the best readings for an officer: what can be first, unless the ink clearly speaks for what cannot."""
    first, other = (found.readings, by_ink) if found.short <= OFF_LIST_MAX else (by_ink, found.readings)
    every = dict.fromkeys((*first[: READINGS - 1], *other, *first))
    return tuple(every)[:READINGS]


def weighed(scores: Probabilities, expected: Expected, by_ink: Sequence[Candidate] | None = None) -> Weighed:
    """Weigh the readings that n written cells can have, by the logarithms of how likely each shows each character."""
    by_ink = _by_ink(scores, expected) if by_ink is None else by_ink
    if expected.listed is None:
        found = [one for one in by_ink if expected.holds(one.spelling)]
        sums = np.array([one.score for one in found])
    else:
        found, sums = _by_list(scores, expected.listed)
    if not found:
        return Weighed((), 0.0, 0.0)
    others = np.sort(np.exp(sums - found[0].score))[:-1].sum()
    short = by_ink[0].score - found[0].score if by_ink else 0.0
    return Weighed(tuple(found[:READINGS]), -float(np.log(max(others, LEAST))), short)


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


def _undecided(count: int, found: Weighed, expected: Expected) -> Unsure | None:
    if all(len(mask) != count for mask in expected.masks):
        return Unsure.LENGTH
    if not found.readings:
        return Unsure.NO_FIT if expected.listed is None else Unsure.NOT_LISTED
    if found.short > (0 if expected.listed is None else OFF_LIST_MAX):
        return Unsure.NO_FIT if expected.listed is None else Unsure.NOT_LISTED
    return Unsure.TWO_FIT if found.lead <= LEAD_MIN else None


@lru_cache(maxsize=64)
def _of_length(listed: tuple[str, ...], length: int) -> tuple[tuple[str, ...], tuple[npt.NDArray[np.intp], ...]]:
    """Give what of a list has that length, and the numbers of its pairs of characters; an odd last one is by itself."""
    fitting = tuple(one for one in listed if len(one) == length and set(one) <= set(CLASSES))
    codes = np.frombuffer("".join(fitting).encode("ascii"), np.uint8).reshape(-1, length)
    numbers = NUMBERS[codes].T
    pairs = [numbers[at] * PAIRED + numbers[at + 1] for at in range(0, length - 1, 2)]
    return fitting, tuple(map(np.ascontiguousarray, [*pairs, *numbers[length - length % 2 :]]))


def _by_list(scores: Probabilities, listed: tuple[str, ...]) -> tuple[list[Candidate], Probabilities]:
    """Give the best of a list, and the scores of all of it that have that length."""
    fitting, numbers = _of_length(listed, len(scores))
    sums = np.zeros(len(fitting))
    for at, own in enumerate(numbers):
        pair = scores[2 * at : 2 * at + 2]
        sums += (pair[0][:, None] + pair[1]).ravel()[own] if len(pair) == 2 else pair[0][own]
    near = np.flatnonzero(sums > sums.max(initial=-np.inf) - FAR)
    few = near[np.argsort(-sums[near], kind="stable")][:READINGS]
    return [Candidate(fitting[at], float(sums[at])) for at in few.tolist()], sums[near]


def _by_ink(scores: Probabilities, expected: Expected) -> list[Candidate]:
    """Give the likeliest readings that one of the masks allows, whatever rule or list there is."""
    beam = BEAM if expected.listed is None else LISTED_BEAM
    masks = [mask for mask in expected.masks if len(mask) == len(scores)]
    ranked = {mark: _ranked(scores, OF_MARK[mark]) for mark in sorted(set("".join(masks)))}
    every = merge(*(_of_mask([ranked[mark][at] for at, mark in enumerate(mask)], beam) for mask in masks), reverse=True)
    return list(dict.fromkeys(Candidate(spelling, score) for score, spelling in every))


def _ranked(scores: Probabilities, characters: str) -> list[list[tuple[float, str]]]:
    """Give for each cell the likeliest of some characters, so many as are considered."""
    first = CLASSES.index(characters[0])
    own = scores[:, first : first + len(characters)]
    best = np.argsort(-own, axis=1, kind="stable")[:, :KEPT]
    return [[(row[at], characters[at]) for at in few] for row, few in zip(own.tolist(), best.tolist(), strict=True)]


def _of_mask(cells: Sequence[Sequence[tuple[float, str]]], wide: int) -> list[tuple[float, str]]:
    """Give the likeliest spellings of what each cell may say, so many of them."""
    beam = [(0.0, "")]
    for ranked in cells:
        beam = sorted(((total + score, so_far + one) for total, so_far in beam for score, one in ranked), reverse=True)
        del beam[wide:]
    return beam
