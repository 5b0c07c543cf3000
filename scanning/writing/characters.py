"""A cell's ink → whether something is written in it, and that as a small picture of one size."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from forms.paper.editions import CELL_MM
from scanning.template import PX_PER_MM
from scanning.writing.cells import HALF_PX, Ink
from scanning.writing.lines import ACROSS, DOWN, Band

SIDE_PX: Final = 28
"""The side of the picture that the network looks at, as in MNIST."""

CHARACTER_PX: Final = 22
"""The longer side of the character in it."""

SMALL_MM: Final = 1.8
"""A character no larger than this is not enlarged further: a dot stays a dot."""

SPECK_MM2: Final = 0.12
"""Connected ink smaller than this is dirt."""

EMPTY_MAX_MM2: Final = 0.35
"""Less ink than this in all is dirt."""

WRITTEN_MIN_MM2: Final = 0.75
WRITTEN_MIN_MM: Final = 1.6
"""From this much ink and this size on something is written: a small 1 of 2 mm by a pen of 0.35 mm has 0.7 mm²."""

SPECK_PX: Final = SPECK_MM2 * PX_PER_MM**2
AROUND: Final = np.ones((3, 3), np.uint8)

OWN_MIN: Final = 0.5
"""The least part of connected ink that must be in the cell itself; else it is the next cell's writing run over."""

OWN_REACH_MM: Final = 0.4
"""How far beyond its inside ink still counts as in the cell: its line."""

FOLD_MM: Final = 1.2
FOLD_PART: Final = 0.65
"""How thick a fold or a spoilt row is at most, and over which part of the picture of a cell it runs at least: 6.2 mm,
wider than the level stroke of any character but T's, which is not alone."""

LEFT_OVER_PX: Final = 2
"""How much of a printed line may be left beside where it was taken out, when a cell is a third of a mm off."""

LEVEL_PERCENT: Final = 85
"""What darkness of a character's ink counts as full: the rest of it are its edges."""

OF_LEVEL: Final = 0.3
"""Up to which part of that a px counts as paper: what is left of a printed line, and noise."""


class Holds(StrEnum):
    """What a cell holds."""

    NOTHING = "nothing"
    SOMETHING = "something"
    UNSURE = "unsure"


Picture = npt.NDArray[np.float32]
"""(28, 28), paper 0 and ink 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """What is in one cell: the picture is all blank where nothing is."""

    holds: Holds
    picture: Picture
    runs_out: bool
    """Whether it reaches the edge of what was looked at: it may go on beyond."""


def written(ink: Ink, least: float) -> Written:
    """Tell what one cell holds, by its ink without printed lines; ink below `least` is noise."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((ink > least).astype(np.uint8), connectivity=8)
    in_cell = np.bincount(labels[OWN].ravel(), minlength=count).tolist()
    no_dirt = (np.flatnonzero(stats[1:, cv2.CC_STAT_AREA] >= SPECK_PX) + 1).tolist()
    pieces = {at: Piece(*stats[at].tolist()) for at in no_dirt}
    kept = {at: one for at, one in pieces.items() if _is_kept(one, in_cell[at], ink.shape)}
    if not kept:
        return Written(Holds.NOTHING, np.zeros((SIDE_PX, SIDE_PX), np.float32), runs_out=False)
    chosen = np.zeros(count, np.uint8)
    chosen[list(kept)] = 1
    mask = cv2.dilate(chosen[labels], AROUND) > 0  # with its soft edges
    left, top = min(one.left for one in kept.values()), min(one.top for one in kept.values())
    right = max(one.left + one.wide for one in kept.values())
    bottom = max(one.top + one.high for one in kept.values())
    frame = np.s_[top:bottom, left:right]
    size_mm = max(right - left, bottom - top) / PX_PER_MM
    runs_out = left == 0 or top == 0 or right == ink.shape[1] or bottom == ink.shape[0]
    holds = _holds(sum(one.area for one in kept.values()) / PX_PER_MM**2, size_mm)
    return Written(holds, picture(np.where(mask[frame], ink[frame], 0), least), runs_out)


class Piece(NamedTuple):
    """Connected ink as OpenCV tells it, in px."""

    left: int
    top: int
    wide: int
    high: int
    area: int


def _is_kept(one: Piece, in_cell: int, shape: tuple[int, ...]) -> bool:
    """Tell whether a piece is writing of this cell: no line, and not what runs over from the next."""
    return in_cell >= OWN_MIN * one.area and not _is_line(one, shape)


def _is_line(one: Piece, shape: tuple[int, ...]) -> bool:
    """Tell whether a piece is no writing: a fold from side to side, or left beside a printed line's place."""
    thin = FOLD_MM * PX_PER_MM
    is_level = one.wide >= FOLD_PART * shape[1] and one.high <= thin
    is_upright = one.high >= shape[0] - 2 and one.wide <= thin
    return is_level or is_upright or _hugs(one.left, one.wide, ACROSS) or _hugs(one.top, one.high, DOWN)


def _hugs(start: int, side: int, bands: tuple[Band, Band]) -> bool:
    """Tell whether a piece is as thin as a line's edge and lies right beside one of two lines."""
    (_, end), (first, _) = bands
    is_near = (start <= end and start + side <= end + LEFT_OVER_PX) or start >= first - LEFT_OVER_PX
    return side <= LEFT_OVER_PX and is_near


def _holds(area_mm2: float, size_mm: float) -> Holds:
    if area_mm2 < EMPTY_MAX_MM2:
        return Holds.NOTHING
    return Holds.SOMETHING if area_mm2 >= WRITTEN_MIN_MM2 and size_mm >= WRITTEN_MIN_MM else Holds.UNSURE


def picture(ink: Ink, least: float) -> Picture:
    """Give a character in the middle of a picture of one size, its ink from 0 to 1."""
    inked = ink[ink > 0]
    rank = len(inked) * LEVEL_PERCENT // 100
    level = float(np.partition(inked, rank)[rank])
    low = min(max(least, OF_LEVEL * level), 0.5 * level)
    clear = np.clip((ink - low) / max(level - low, 1e-3), 0, 1).astype(np.float32)
    height, width = clear.shape
    scale = CHARACTER_PX / max(height, width, SMALL_MM * PX_PER_MM)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    seen = np.zeros((SIDE_PX, SIDE_PX), np.float32)
    top, left = (SIDE_PX - high) // 2, (SIDE_PX - wide) // 2
    seen[top : top + high, left : left + wide] = cv2.resize(clear, (wide, high), interpolation=how)
    return seen


def _own() -> tuple[slice, slice]:
    across, down = (round((side / 2 + OWN_REACH_MM) * PX_PER_MM) for side in CELL_MM)
    return np.s_[HALF_PX[1] - down : HALF_PX[1] + down + 1, HALF_PX[0] - across : HALF_PX[0] + across + 1]


OWN: Final = _own()
"""The rows and columns of a picture that are the cell itself."""
