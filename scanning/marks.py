"""Straightened boxes → features of what is in and around them → the state of each."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.readings import MarkFeatures
from scanning.template import PX_PER_MM

INSET_MM: Final = 0.45
"""Left out along the inside of the printed line: what blur and a small misplacement carry in."""

INK_MIN: Final = 0.13
"""How dark ink must be, between paper (0) and print (1). Of 675 blank boxes in nine wears (bleeding pens, coffee,
copies of copies, phone photos among them) four held any ink above it; the faintest of 216 marks reached 0.17."""

NOISE_SIGMAS: Final = 5.0
"""Ink must also stand this many times above the noise of the paper."""

NOISE_STEP_PX: Final = 5
"""Every so many px are looked at for noise: some 200 of a patch."""

NOISE_MAX: Final = 0.12
"""More is not noise but a pattern: ink is never asked to be darker than 0.6."""

SPECK_MM2: Final = 0.12
"""Connected ink smaller than this is dirt or noise: a dot of a ballpoint has 0.2."""

PEAK_PART: Final = 95
"""The percentage of a box's ink that is lighter than its peak."""

UNLIKE: Final = 2.5
"""Where the peak is so many times as dark as the median, two kinds of ink lie in a box: of one pen it is 1 to 2."""

OF_PEAK: Final = 0.5
"""From this part of the peak on, ink is the darker kind."""

DARKER_EXTENT_MIN: Final = 0.4
"""It is a mark where it reaches so far over the box."""

OVER_OF_PEAK: Final = 0.4
"""What crosses a mark out is of the same pen: paler ink than this part of the mark's peak does not, where what stands
around the box is of the paler kind. Lines are paler towards their ends than marks."""

RING_INNER_MM: Final = 0.6
RING_OUTER_MM: Final = 2.6
"""Where around a box a circle, or a mark that missed it, is looked for."""

OVER_MM: Final = 2.0
"""How far beside a box ink is looked for that crosses a mark out."""

LINE_HIGH_MM: Final = 1.2
"""The most that a fold's shadow or a fault of the scan, a little aslant, rises within a box."""

LINE_TILT_PX: Final = 3
"""How much higher or lower it may be where it comes in and goes out."""

LINE_END_PX: Final = 8
"""It is still there this near to the patch's ends: 1.7 to 3 mm from the box, where no dash reaches on both sides."""

PRINT_GROW_MM: Final = 0.5
"""How far print is grown before it is taken out of the surroundings."""

DIRECTIONS: Final = 8
DIRECTION_INK_MIN: Final = 0.05
"""The part of a direction's surroundings that must be ink for it to count."""

NOTHING: Final = MarkFeatures()

Ink = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class BoxGeometry:
    """Where in a patch the box's inside and its surroundings are; the same for all boxes of a size."""

    inside: slice
    ring: Mask
    direction: npt.NDArray[np.int64]
    left: tuple[slice, slice]
    right: tuple[slice, slice]

    @classmethod
    @cache
    def of(cls, half: int, side_mm: float) -> "BoxGeometry":
        """Give the geometry of a patch with that half side (px) around a box with that inside (mm)."""
        reach = round((side_mm / 2 - INSET_MM) * PX_PER_MM)
        away = np.abs(np.arange(-half, half + 1)) / PX_PER_MM - side_mm / 2
        out = np.maximum(away[:, None], away[None, :])
        y, x = np.mgrid[-half : half + 1, -half : half + 1]
        turn = (np.arctan2(y, x) + np.pi) / (2 * np.pi) * DIRECTIONS
        near, far = (round((side_mm / 2 + reach) * PX_PER_MM) for reach in (RING_INNER_MM, OVER_MM))
        rows = slice(half - round(side_mm / 2 * PX_PER_MM) - 1, half + round(side_mm / 2 * PX_PER_MM) + 2)
        return cls(
            slice(half - reach, half + reach + 1),
            (out > RING_INNER_MM) & (out < RING_OUTER_MM),
            turn.astype(np.int64) % DIRECTIONS,
            (rows, slice(half - far, half - near)),
            (rows, slice(half + near + 1, half + far + 1)),
        )


def noise_of(ink: Ink) -> float:
    """Give the page's noise as a standard deviation in parts of print's darkness.

    It is 1.4826 times the median deviation from the median (a normal distribution's ratio), which print and ink do
    not change while they cover less than half of a patch; then the median over the patches.
    """
    flat = ink[:, ::NOISE_STEP_PX, ::NOISE_STEP_PX].reshape(len(ink), -1)
    return float(np.median(1.4826 * _medians(np.abs(flat - _medians(flat)[:, None]))))


def _medians(rows: Ink) -> Ink:
    """Give the median of each row; sorting all of them together takes a third of `numpy.median`'s time."""
    ordered, middle = np.sort(rows, axis=1), rows.shape[1] // 2
    return np.asarray((ordered[:, -1 - middle] + ordered[:, middle]) / 2, dtype=np.float32)


def least_ink(noise: float) -> float:
    """Give how dark ink must be on a page of that noise, between paper (0) and print (1)."""
    return max(INK_MIN, NOISE_SIGMAS * min(noise, NOISE_MAX))


def printed(reference_ink: Ink) -> Mask:
    """Give where print is in reference patches, grown a little."""
    size = 2 * round(PRINT_GROW_MM * PX_PER_MM) + 1
    grown = [cv2.dilate((one > INK_MIN / 2).astype(np.uint8), np.ones((size, size), np.uint8)) for one in reference_ink]
    return np.array(grown, dtype=bool)


def features_of(
    ink: Ink, print_mask: Mask, geometry: BoxGeometry, noise: float, placed: npt.NDArray[np.float64]
) -> list[MarkFeatures]:
    """Give the features of each of n patches, (n, h, w), whose boxes' own lines are as clear as `placed` (n,) says."""
    dark = ink > least_ink(noise)
    inner = dark[:, geometry.inside, geometry.inside]
    unprinted = dark > print_mask  # dark and not print, in one step
    around = unprinted & geometry.ring
    left, right = (unprinted[:, *side].sum(axis=(1, 2)) for side in (geometry.left, geometry.right))
    over_mm2 = np.minimum(left, right) / PX_PER_MM**2
    has_inner, has_around = (np.asarray(one.any(axis=(1, 2))) for one in (inner, around))
    found = []
    for at, (over, place) in enumerate(zip(over_mm2.tolist(), placed.tolist(), strict=True)):
        if not has_inner[at] and not has_around[at]:
            found.append(MarkFeatures(over_mm2=over, placed=place))
            continue
        outside = np.sort(ink[at][around[at]])
        one = replace(
            _inside(inner[at], ink[at, geometry.inside, geometry.inside]) if has_inner[at] else NOTHING,
            ring=_ring(around[at], print_mask[at], geometry) if has_around[at] else 0.0,
            ring_dark=_percentile(outside, 50) if has_around[at] else 0.0,
            ring_peak=_percentile(outside, PEAK_PART) if has_around[at] else 0.0,
            over_mm2=over,
            line=bool(has_inner[at]) and _runs_through(unprinted[at], inner[at], geometry),
            placed=place,
        )
        found.append(replace(one, over_mm2=_over_of_pen(one, ink[at], unprinted[at], geometry)))
    return found


def _over_of_pen(features: MarkFeatures, ink: Ink, unprinted: Mask, geometry: BoxGeometry) -> float:
    """Give the ink on both sides of a box that may be of the pen that marked it."""
    if features.over_mm2 == 0 or features.ring_dark >= OF_PEAK * features.peak:
        return features.over_mm2
    dark = unprinted & (ink > OVER_OF_PEAK * features.peak)
    return float(min(dark[side].sum() for side in (geometry.left, geometry.right)) / PX_PER_MM**2)


def _inside(inner: Mask, ink: Ink) -> MarkFeatures:
    """Give the features of the ink in a box; of a mark in coffee, or on ink of the other side, those of the mark."""
    every = _inside_of(inner, ink)
    if every.dark == 0 or every.peak < UNLIKE * every.dark:
        return every
    darker = _inside_of(inner & (ink > OF_PEAK * every.peak), ink)
    return darker if darker.extent >= DARKER_EXTENT_MIN else every


def _inside_of(inner: Mask, ink: Ink) -> MarkFeatures:
    kept, extent, flat, trace_mm2, speck_mm2 = _without_specks(inner)
    if not extent:
        return MarkFeatures(trace_mm2=trace_mm2, speck_mm2=speck_mm2)
    least_cell = _least_cell(kept)
    ordered = np.sort(ink[kept])
    dark, peak = _percentile(ordered, 50), _percentile(ordered, PEAK_PART)
    return MarkFeatures(
        float(kept.mean()), extent, flat, least_cell, dark, trace_mm2=trace_mm2, speck_mm2=speck_mm2, peak=peak
    )


def _runs_through(unprinted: Mask, inner: Mask, geometry: BoxGeometry) -> bool:
    """Tell whether the ink in a box is a thin line that comes from far outside and goes on beyond."""
    for outside, within in ((unprinted, inner), (unprinted.T, inner.T)):
        rows = np.flatnonzero(within.any(axis=1))
        if not len(rows) or rows[-1] - rows[0] > LINE_HIGH_MM * PX_PER_MM:
            continue
        first = geometry.inside.start + rows[0] - LINE_TILT_PX
        level = slice(first, geometry.inside.start + rows[-1] + LINE_TILT_PX + 1)
        if outside[level, :LINE_END_PX].any() and outside[level, -LINE_END_PX:].any():
            return True
    return False


def _without_specks(inner: Mask) -> tuple[Mask, float, float, float, float]:
    """Give the ink without specks, the longer and the shorter side of its longest stroke's frame, and the specks' area.

    The sides are parts of the box's. One speck, the largest, is told apart and comes last: it is dirt or a dot, where
    several may be what is left of a stroke.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inner.astype(np.uint8), connectivity=8)
    is_large = stats[:, cv2.CC_STAT_AREA] >= SPECK_MM2 * PX_PER_MM**2
    is_large[0] = False  # what is not inked
    small = stats[1:, cv2.CC_STAT_AREA][~is_large[1:]].tolist()
    speck_mm2 = max(small, default=0) / PX_PER_MM**2
    trace_mm2 = sum(small) / PX_PER_MM**2 - speck_mm2
    frames = stats[is_large][:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].tolist()
    if not frames:
        return np.zeros_like(inner), 0.0, 0.0, trace_mm2, speck_mm2
    longer, shorter = max((max(sides), min(sides)) for sides in frames)
    return is_large[labels], longer / len(inner), shorter / len(inner), trace_mm2, speck_mm2


def _percentile(ordered: Ink, percent: float) -> float:
    """Give a percentile of values in their order, between two of them if need be; `numpy.percentile` takes 0.1 ms."""
    place = (len(ordered) - 1) * percent / 100
    low, high = ordered[int(place) : int(place) + 2][[0, -1]].tolist()
    return float(low + (place - int(place)) * (high - low))


def _least_cell(kept: Mask) -> float:
    """Give the part of the emptiest of 3 × 3 cells that is ink."""
    starts, sizes = _thirds(len(kept))
    inked = np.add.reduceat(np.add.reduceat(kept, starts, axis=0, dtype=np.int64), starts, axis=1)
    return float((inked / sizes).min())


@cache
def _thirds(side: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Give where the thirds of a side begin, and how many px each of 3 × 3 cells has, (3, 3)."""
    lengths = np.array([len(third) for third in np.array_split(np.arange(side), 3)])
    return lengths.cumsum() - lengths, np.outer(lengths, lengths)


def _ring(around: Mask, print_mask: Mask, geometry: BoxGeometry) -> float:
    """Give the part of the directions round a box in which there is ink that was not printed."""
    free = geometry.ring & ~print_mask
    inked = np.bincount(geometry.direction[around], minlength=DIRECTIONS)
    room = np.bincount(geometry.direction[free], minlength=DIRECTIONS)
    return float(np.mean(inked > DIRECTION_INK_MIN * np.maximum(room, 1)))
