"""The ink of a box → its rows of writing, each by itself, without what hangs down from the row above."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.template import PX_PER_MM, Grey

LEVEL_PERCENT: Final = 70
"""Which darkness of a box's ink counts as full."""

OF_LEVEL: Final = 0.35
"""From which part of that on a px is ink."""

LEAST: Final = 0.1
"""Less dark than this is never ink."""

SPECK_MM2: Final = 0.1

SLANTS: Final = np.linspace(-0.07, 0.07, 15)
"""How far rows may rise or fall along the box, as tangents: 4° both ways."""

SMOOTH_MM: Final = 1.0
"""Over which ink is summed up to see the rows: less than the height of small letters."""

PITCH_MIN_MM: Final = 4.5
"""Rows are at least so far apart."""

PEAK_MIN: Final = 0.12
"""How much ink a row has at least, as a part of the fullest one's."""

VALLEY_MAX: Final = 0.55
"""How much ink there is between two rows at most, as a part of the emptier one's."""

CUT_MIN: Final = 0.3
"""From this part of a piece's height on in another row it is cut in two: letters that touch."""

TRIMMED: Final = 0.004
"""Of a row's ink that may lie above the picture, and below it: the ends of long strokes."""

PAD: Final = 0.06
"""White around a row, as a part of its height."""

Ink = npt.NDArray[np.float32]
Mask = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row: its picture, dark on white, and where it begins and ends in the box, in px."""

    picture: Grey
    top: int
    bottom: int


def rows_of(ink: Ink) -> list[Row]:
    """Give the rows of a box from top to bottom; none where there is no writing."""
    mask, level = _mask(ink)
    if not mask.any():
        return []
    level_ink, mask = _levelled(ink, mask)
    cuts = _cuts(mask)
    labels = _assigned(mask, cuts)
    found = (_row(np.where(labels == number, level_ink, 0), level) for number in range(1, len(cuts)))
    return [row for row in found if row is not None]


def _mask(ink: Ink) -> tuple[Mask, float]:
    """Give where ink is, and how dark it is."""
    inked = ink[ink > LEAST]
    if not len(inked):
        return np.zeros(ink.shape, np.uint8), 1.0
    level = float(np.percentile(inked, LEVEL_PERCENT))
    mask = (ink > max(LEAST, OF_LEVEL * level)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    kept = stats[:, cv2.CC_STAT_AREA] >= SPECK_MM2 * PX_PER_MM**2
    kept[0] = False
    return kept[labels].astype(np.uint8), level


def _levelled(ink: Ink, mask: Mask) -> tuple[Ink, Mask]:
    """Give ink and mask with rows that lie level: the slant at which rows and white stand out most."""
    small = cv2.resize(mask.astype(np.float32), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    sharp = [_sharpness(_sheared(np.asarray(small, np.float32), slant)) for slant in SLANTS]
    slant = float(SLANTS[int(np.argmax(sharp))])
    if abs(slant) < 1e-3 or max(sharp) < 1.05 * sharp[len(SLANTS) // 2]:
        return ink, mask
    return _sheared(ink, slant), (_sheared(mask.astype(np.float32), slant) > 0.5).astype(np.uint8)


def _sharpness(ink: Ink) -> float:
    """Tell how much rows and the white between them stand out."""
    return float(np.square(np.diff(ink.sum(axis=1))).sum())


def _sheared(image: Ink, slant: float) -> Ink:
    height, width = image.shape
    matrix = np.array([[1.0, 0.0, 0.0], [slant, 1.0, -slant * width / 2]])
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR), np.float32)


def _cuts(mask: Mask) -> list[int]:
    """Give where rows begin and end: the first px of each, and the end of the last."""
    sums = cv2.GaussianBlur(
        mask.sum(axis=1, dtype=np.float32)[:, None], (1, 0), sigmaX=0.1, sigmaY=SMOOTH_MM * PX_PER_MM
    )
    profile = sums.ravel()
    peaks = _peaks(profile)
    cuts = [0]
    for one, following in pairwise(peaks):
        cuts.append(one + int(profile[one : following + 1].argmin()))
    return [*cuts, len(profile)]


def _peaks(profile: Ink) -> list[int]:
    reach = round(PITCH_MIN_MM * PX_PER_MM / 2)
    highest = cv2.dilate(profile[:, None], np.ones((2 * reach + 1, 1), np.uint8)).ravel()
    tops = np.flatnonzero((profile == highest) & (profile >= PEAK_MIN * profile.max())).tolist()
    kept: list[int] = []
    for top in tops:
        if kept and profile[kept[-1] : top].min() > VALLEY_MAX * min(profile[kept[-1]], profile[top]):
            kept[-1] = max(kept[-1], top, key=lambda at: float(profile[at]))
        else:
            kept.append(top)
    return kept


def _assigned(mask: Mask, cuts: list[int]) -> npt.NDArray[np.int64]:
    """Give for each px the number of its row from 1, 0 for paper: pieces stay whole unless they fill two rows."""
    bands = np.digitize(np.arange(len(mask)), cuts[1:-1]) + 1
    count, labels, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    owners = bands[np.clip(np.rint(middles[:, 1]), 0, len(mask) - 1).astype(int)]
    owners[0] = 0
    rows = np.asarray(owners[labels], dtype=np.int64)
    for number in range(1, count):
        top = stats[number, cv2.CC_STAT_TOP]
        within = bands[top : top + stats[number, cv2.CC_STAT_HEIGHT]]
        parts = np.bincount(within, minlength=len(cuts))
        if (parts >= CUT_MIN * np.maximum(np.diff([0, *cuts]), 1)).sum() > 1 and np.sort(parts)[-2] >= CUT_MIN * len(
            within
        ):
            own = labels == number
            rows[own] = np.broadcast_to(bands[:, None], mask.shape)[own]
    return rows


def _row(ink: Ink, level: float) -> Row | None:
    """Give one row's picture, cropped to its writing."""
    by_row = ink.sum(axis=1)
    if by_row.sum() <= 0:
        return None
    so_far = by_row.cumsum() / by_row.sum()
    top, bottom = np.searchsorted(so_far, TRIMMED), np.searchsorted(so_far, 1 - TRIMMED)
    across = np.flatnonzero(ink[top : bottom + 1].any(axis=0))
    if not len(across):
        return None
    pad = max(2, round(PAD * float(bottom - top + 1)))
    part = ink[top : bottom + 1, across[0] : across[-1] + 1]
    grey = 255 - np.rint(np.clip(part / level, 0, 1) * 255).astype(np.uint8)
    framed = cv2.copyMakeBorder(grey, pad, pad, 2 * pad, 2 * pad, cv2.BORDER_CONSTANT, value=255)
    return Row(np.asarray(framed, dtype=np.uint8), int(top), int(bottom) + 1)
