"""Each printed box found to a fraction of a mm, and a smooth field through what was found.

The two lines of a box on each axis are matched in profiles: sums of ink along the box's sides, in which a full line
stands high and a pen's stroke, however dark, does not. Boxes that marks have hidden follow their neighbours.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.template import PX_PER_MM, Points

LINE_MM: Final = 0.35
"""The printed line around a tick box: 1 pt."""

SEARCH_MM: Final = 2.0
"""How far from its expected place a box is looked for: 1.3 mm was the worst of the trial's curled photos."""

AGAIN_MM: Final = 1.0
"""From this shift on, or where a box is not clear, boxes are looked for again around where the first look led."""

CLEAR_MIN: Final = 0.4
"""The least part of a full line's ink that a match must have to count. From there on a box is where its own lines say,
even where a page bends more sharply than any smooth field (a feeder that slips, a crease): two lines at just the box's
distance are hardly ever anything else."""

PLACED_MM: Final = 0.35
"""How far from where it was settled a box's lines are looked for in the end, to tell whether they are there."""

NEIGHBOUR_MM: Final = 25.0
"""How far the boxes reach whose places a hidden box follows."""

NEIGHBOUR_PRIOR: Final = 0.2
"""How much the smooth field weighs against neighbours, each of which weighs up to 1."""

PRIOR_MM: Final = 0.6
"""How far, roughly, a page bends: keeps the field calm where few boxes are."""

OUTLIER_MM: Final = 0.12
"""Boxes further than this from the field of the others are taken for hidden."""

ROUNDS: Final = 4

PAGES_KEPT: Final = 64
"""Pages of which the terms of the smooth field are kept ready: 5 kB each."""

Floats = npt.NDArray[np.float64]
Profiles = npt.NDArray[np.float32]
"""Sums of ink along the sides of boxes, (n, length)."""


def found_shifts(ink: npt.NDArray[np.float32], side_mm: float, search_mm: float = SEARCH_MM) -> tuple[Points, Floats]:
    """Give for n patches how far the box in it is from the middle, in mm (n, 2), and how clearly, 0 to 1 (n,)."""
    half = ink.shape[1] // 2
    reach = round((side_mm / 2 + LINE_MM) * PX_PER_MM)
    inner = slice(half - reach, half + reach + 1)
    profiles = np.concatenate([ink[:, inner, :].mean(axis=1), ink[:, :, inner].mean(axis=2)])
    shifts_mm, clear = _matched(profiles, side_mm, search_mm)
    return shifts_mm.reshape(2, -1).T, clear.reshape(2, -1).min(axis=0)


def wants_again(shifts_mm: Points, clear: Floats) -> bool:
    """Tell whether a second look, from where the first one led, may find what it missed."""
    return bool((np.abs(shifts_mm) > AGAIN_MM).any() or (clear < CLEAR_MIN).any())


def _matched(profiles: Profiles, side_mm: float, search_mm: float) -> tuple[Floats, Floats]:
    """Give the shift of two lines in each profile, to a part of a px, and the ink of the fainter line."""
    search = int(search_mm * PX_PER_MM)
    left, right = _lines_ink(profiles, _Lines.of(profiles.shape[1], side_mm, search))
    fainter = np.minimum(left, right)
    score = fainter + 0.25 * (left + right)
    best = np.clip(score.argmax(axis=1), 1, 2 * search - 1)
    rows = np.arange(len(profiles))
    low, mid, high = (score[rows, best + step] for step in (-1, 0, 1))
    bend = low - 2 * mid + high
    part = np.where(np.abs(bend) > 1e-6, 0.5 * (low - high) / np.where(bend == 0, 1, bend), 0.0)
    return (best - search + np.clip(part, -0.5, 0.5)) / PX_PER_MM, fainter[rows, best].astype(np.float64)


@dataclass(frozen=True)
class _Lines:
    """Where the ends of both lines of a box are in its profile, for every shift that is tried.

    They are (4, shifts): the left line's begin and end, then the right one's; each between two whole px.
    """

    low: npt.NDArray[np.int64]
    part: npt.NDArray[np.float32]

    @classmethod
    @cache
    def of(cls, size: int, side_mm: float, search: int) -> "_Lines":
        """Give the places for profiles of that length, and shifts of so many px to both sides."""
        # With half a px more to each side, over which a line's edges are blurred.
        apart, reach = (side_mm + LINE_MM) / 2 * PX_PER_MM, LINE_MM * PX_PER_MM / 2 + 0.5
        ends = [line + end for line in (-apart, apart) for end in (-reach, reach)]
        shifts = np.arange(-search, search + 1)
        places = np.clip(size // 2 + 0.5 + np.array(ends)[:, None] + shifts, 0, size)
        low = np.floor(places).astype(np.int64).clip(0, size - 1)
        return cls(low, (places - low).astype(np.float32))


def _lines_ink(profiles: Profiles, lines: _Lines) -> tuple[Profiles, Profiles]:
    """Give the ink of the left and of the right line at every shift, (n, shifts)."""
    sums = np.zeros((len(profiles), profiles.shape[1] + 1), np.float32)
    np.cumsum(profiles, axis=1, out=sums[:, 1:])
    until = sums[:, lines.low] * (1 - lines.part) + sums[:, lines.low + 1] * lines.part
    left, right = ((until[:, end] - until[:, end - 1]) / (LINE_MM * PX_PER_MM) for end in (1, 3))
    return np.asarray(left, dtype=np.float32), np.asarray(right, dtype=np.float32)


def settled_shifts(
    centres_mm: Points, shifts_mm: Points, clear: Floats, size_mm: tuple[float, float]
) -> tuple[Points, float]:
    """Give where each box is: where its own lines were found if they are clear, else where its neighbours lead.

    With it comes the residual in mm: how far the clear boxes lie off a smooth page.
    """
    field, residual = smooth_shifts(centres_mm, shifts_mm, clear, size_mm)
    own = clear >= CLEAR_MIN
    if own.all():
        return shifts_mm, residual
    apart = np.linalg.norm(centres_mm[:, None] - centres_mm[None], axis=2)
    near = np.exp(-((apart / NEIGHBOUR_MM) ** 2)) * own
    led = field + near @ (shifts_mm - field) / (near.sum(axis=1, keepdims=True) + NEIGHBOUR_PRIOR)
    return np.where(own[:, None], shifts_mm, led), residual


def smooth_shifts(
    centres_mm: Points, shifts_mm: Points, clear: Floats, size_mm: tuple[float, float]
) -> tuple[Points, float]:
    """Give the shift of every box on a smooth field through the clear ones, and the field's residual in mm.

    Without any clear box the residual is as far as boxes are looked for: they may be anywhere in that.

    The field is a cubic in x and y with weak priors on its higher terms; boxes off it are left out, again and again.
    """
    terms, prior = _terms(centres_mm.tobytes(), size_mm)
    is_clear = clear >= CLEAR_MIN
    weights = is_clear.astype(np.float64)
    field = np.zeros_like(shifts_mm)
    for _ in range(ROUNDS):
        normal = terms.T @ (weights[:, None] * terms) + prior
        field = terms @ np.linalg.solve(normal, terms.T @ (weights[:, None] * shifts_mm))
        off = np.abs(shifts_mm - field).max(axis=1)
        weights = is_clear / (1 + (off / OUTLIER_MM) ** 4)
    used = weights > 0.5
    residual = float(np.sqrt(np.mean(np.sum((shifts_mm - field)[used] ** 2, axis=1)))) if used.any() else SEARCH_MM
    return field, residual


@lru_cache(PAGES_KEPT)
def _terms(centres_mm: bytes, size_mm: tuple[float, float]) -> tuple[Floats, Floats]:
    """Give the terms of a cubic at n points, (n, 10), over a page from -1 to 1, and their priors, (10, 10)."""
    x, y = (2 * np.frombuffer(centres_mm).reshape(-1, 2) / size_mm - 1).T
    powers = [(i, j) for order in range(4) for i in range(order + 1) for j in [order - i]]
    order = np.array([i + j for i, j in powers], dtype=np.float64)
    return np.stack([x**i * y**j for i, j in powers], axis=1), np.diag((0.02 / PRIOR_MM * 2.0**order) ** 2)
