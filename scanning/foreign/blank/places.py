"""What is found on a picture of a blank page, and how two boxes lie to each other."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from forms.layout.model import Box, Kind

LEVELS: Final = (250, 238, 215, 170, 120)
"""From which grey on paper is taken to be light: white boxes on a tint are closed at the highest, thin lines that are
drawn grey at the middle ones, and where a copy is grey all over only black lines close anything."""

INK: Final = LEVELS[3]
"""What is darker is a line or a letter."""

CELL_MM: Final = (5.0, 3.2)
"""The least width and height of a place to write in."""

OVERLAP_MAX: Final = 0.6
INSIDE_MIN: Final = 0.8

Mask = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody ticks or writes, in mm; a comb has cells."""

    kind: Kind
    box_mm: Box
    cells: int | None = None
    is_round: bool = False


def share(inner: Box, outer: Box) -> float:
    """Give the part of a box that lies in another."""
    wide = min(inner.right, outer.right) - max(inner.x, outer.x)
    high = min(inner.bottom, outer.bottom) - max(inner.y, outer.y)
    return max(wide, 0.0) * max(high, 0.0) / (inner.w * inner.h)


def is_same(one: Box, other: Box) -> bool:
    """Tell whether two boxes are one place, found twice."""
    return min(share(one, other), share(other, one)) > OVERLAP_MAX


def is_inside(inner: Box, outer: Box) -> bool:
    """Tell whether a box lies in another but for its edge."""
    return share(inner, outer) > INSIDE_MIN
