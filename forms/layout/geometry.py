"""From a PDF page's own points to mm on the visible page."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

import pikepdf

from forms.layout.model import Box, Page

MM_PER_POINT = 25.4 / 72
LETTER = (0.0, 0.0, 612.0, 792.0)
"""What viewers show for a page that states no usable size (points)."""

PAGE_TREE_DEPTH_MAX = 100

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in points, y upwards."""


@dataclass(frozen=True, slots=True)
class VisiblePage:
    """What a viewer shows of a page: a rectangle of user space, the clockwise turn, and the size of a unit."""

    rect: Rect
    rotation: int
    unit_mm: float

    @classmethod
    def of(cls, page: pikepdf.Dictionary) -> Self:
        """Read the visible part of a page object; whatever is missing or absurd is what viewers take it for."""
        media = rect_of(inherited(page, "/MediaBox")) or LETTER
        crop = rect_of(inherited(page, "/CropBox")) or media
        unit = number_of(page.get("/UserUnit"))
        turn = number_of(inherited(page, "/Rotate")) or 0.0
        return cls(
            rect=_overlap(media, crop) or media,
            rotation=int(turn) % 360 if turn % 90 == 0 else 0,
            unit_mm=MM_PER_POINT * (unit if unit is not None and unit > 0 else 1.0),
        )

    def page(self, number: int) -> Page:
        """Give the page's number, size in mm and rotation."""
        left, bottom, right, top = self.rect
        size = ((right - left) * self.unit_mm, (top - bottom) * self.unit_mm)
        width_mm, height_mm = size if self.rotation in (0, 180) else size[::-1]
        return Page(number, width_mm, height_mm, self.rotation)

    def box(self, rect: Rect) -> Box:
        """Give a rectangle of user space as a box on the visible page, in mm."""
        x0, y0 = self._seen(rect[0], rect[1])
        x1, y1 = self._seen(rect[2], rect[3])
        return Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))

    def rect_of(self, box: Box) -> Rect:
        """Give the rectangle of user space that shows as a box on the visible page: what `box` gives, the other way."""
        x0, y0 = self._told(box.x, box.y)
        x1, y1 = self._told(box.right, box.bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _told(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """Where a place that a viewer shows is in user space."""
        left, bottom, right, top = self.rect
        across, down = x_mm / self.unit_mm, y_mm / self.unit_mm
        return {
            0: (left + across, top - down),
            90: (left + down, bottom + across),
            180: (right - across, bottom + down),
            270: (right - down, top - across),
        }[self.rotation]

    def _seen(self, x: float, y: float) -> tuple[float, float]:
        """Where a viewer shows a point of user space, in mm."""
        left, bottom, right, top = self.rect
        seen = {
            0: (x - left, top - y),
            90: (y - bottom, x - left),
            180: (right - x, y - bottom),
            270: (top - y, right - x),
        }[self.rotation]
        return seen[0] * self.unit_mm, seen[1] * self.unit_mm


def rect_of(value: object) -> Rect | None:
    """Give a PDF rectangle with its corners in order, or None when it is none or has no area."""
    if not isinstance(value, pikepdf.Array) or len(value) < 4:
        return None
    x0, y0, x1, y1 = (number_of(value[index]) for index in range(4))
    if x0 is None or y0 is None or x1 is None or y1 is None or x0 == x1 or y0 == y1:
        return None
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def number_of(value: object) -> float | None:
    """Give a PDF number as a finite float, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def inherited(node: pikepdf.Dictionary, key: str) -> object:
    """Give the value that a page has by itself or from the page tree above it."""
    return next((step[key] for step in _upwards(node) if key in step), None)


def _upwards(node: object) -> Iterator[pikepdf.Dictionary]:
    for _ in range(PAGE_TREE_DEPTH_MAX):
        if not isinstance(node, pikepdf.Dictionary):
            return
        yield node
        node = node.get("/Parent")


def _overlap(one: Rect, other: Rect) -> Rect | None:
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left < right and bottom < top else None
