"""Where on a page's picture a question is, and how the picture is to be turned so that the page stands upright."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from PIL import Image

from forms.paper.fields import PART

MARGIN: Final = 0.018
"""Kept round the boxes, as a part of the page's longer side."""

QUARTER_DEG: Final = 90

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Framed:
    """A page's picture with the place of a question on it, in px of the picture; all as SVG takes it."""

    width: int
    height: int
    turn_deg: int
    """By how much it is turned to stand upright."""
    place: Box | None
    """Left, top, width and height; none where nothing is known of the place."""

    @property
    def shown(self) -> tuple[int, int]:
        """Give the width and height as it is shown."""
        return (self.height, self.width) if self.turn_deg % 180 else (self.width, self.height)

    @property
    def transform(self) -> str:
        """Give the turn about the middle of what is shown."""
        width, height = self.shown
        back = f"translate({-self.width / 2:g} {-self.height / 2:g})"
        return f"translate({width / 2:g} {height / 2:g}) rotate({self.turn_deg}) {back}"


def framed(picture: BinaryIO, outcome: Mapping[str, Any], question: str) -> Framed:
    """Give where a question is on a page's picture."""
    with Image.open(picture) as opened:  # our own JPEG; only its head is looked at
        size = opened.size
    way = outcome.get("to_upright")
    if not way:
        return Framed(*size, 0, None)
    place = _around((_moved(box, way, size) for box in _boxes(outcome, question)), size)
    return Framed(*size, _turn(outcome["rotation_deg"], way, size), place)


def _boxes(outcome: Mapping[str, Any], question: str) -> Iterable[Box]:
    """Give the boxes of a question, and the places to write that belong to it."""
    for one in (*outcome.get("marks", ()), *outcome.get("writings", ())):
        if question and (one["name"] == question or one["name"].startswith(f"{question}{PART}")):
            yield one["box_px"]


def _moved(box: Box, way: tuple[float, ...], size: tuple[int, int]) -> Box:
    """Give the bounds of a box, in px of the picture."""
    a, b, c, d, e, f = way
    x, y, w, h = box
    ends = [(x + i * w, y + j * h) for i in (0, 1) for j in (0, 1)]
    across = [(a * x + b * y + c) * size[0] for x, y in ends]
    down = [(d * x + e * y + f) * size[1] for x, y in ends]
    return min(across), min(down), max(across), max(down)


def _around(bounds: Iterable[Box], size: tuple[int, int]) -> Box | None:
    edges = list(zip(*bounds, strict=True))
    if not edges:
        return None
    margin = MARGIN * max(size)
    left, top = (max(0.0, min(edge) - margin) for edge in edges[:2])
    right, bottom = (min(limit, max(edge) + margin) for limit, edge in zip(size, edges[2:], strict=True))
    return left, top, right - left, bottom - top


def _turn(rotation_deg: float, way: tuple[float, ...], size: tuple[int, int]) -> int:
    """Give the quarter turns, in degrees clockwise, that set the page upright."""
    a, b, _, d, e, _ = way
    x, y = math.cos(math.radians(rotation_deg)), math.sin(math.radians(rotation_deg))
    angle = math.degrees(math.atan2((d * x + e * y) * size[1], (a * x + b * y) * size[0]))
    return -round(angle / QUARTER_DEG) * QUARTER_DEG % 360
