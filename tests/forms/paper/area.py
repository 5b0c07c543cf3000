"""Rectangles in mm from the top left, for the tests of paper."""

from collections.abc import Sequence
from typing import NamedTuple

MM = 25.4 / 72
"""A point."""


class Area(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Give the distance from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Give the distance from top to bottom."""
        return self.bottom - self.top

    def grown(self, by: float) -> "Area":
        """Give the rectangle with that much more on each side."""
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Area", slack: float = 0.0) -> bool:
        """Tell whether two rectangles share more than a strip of `slack`."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack

    def lies_in(self, other: "Area", slack: float = 0.0) -> bool:
        """Tell whether the rectangle lies within another, but for `slack`."""
        wide = other.grown(slack)
        across = wide.left <= self.left and self.right <= wide.right
        return across and wide.top <= self.top and self.bottom <= wide.bottom

    def __str__(self) -> str:
        """Give the corners with two decimals."""
        return "({:.2f}, {:.2f})-({:.2f}, {:.2f})".format(*self)


def around(areas: Sequence[Area]) -> Area:
    """Give the least rectangle around others."""
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return Area(min(lefts), min(tops), max(rights), max(bottoms))


def area_of_pt(bounds: tuple[float, float, float, float], height: float) -> Area:
    """Give PDF's (left, bottom, right, top), in pt on a page of that height, as an area."""
    left, bottom, right, top = bounds
    return Area(left * MM, (height - top) * MM, right * MM, (height - bottom) * MM)
