"""Tinted rectangles without words: fields that are only a shade on the paper."""

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np

from forms.layout.model import Box, Kind
from scanning.foreign.blank.frames import PANEL_MM
from scanning.foreign.blank.places import CELL_MM, LEVELS, Place
from scanning.template import Grey

FULL_MIN: Final = 0.995
"""How much of its frame a tint fills, with nothing printed on it."""


def tinted(image: Grey, px: float) -> Iterator[Place]:
    """Give the tinted rectangles of a page that have the size of a place to write in, and nothing in them."""
    shade = ((image >= LEVELS[2]) & (image < LEVELS[1])).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(shade, connectivity=4)
    for x, y, wide, high, area in stats[1:].tolist():
        box = Box(x / px, y / px, wide / px, high / px)
        is_place = box.w >= 2 * CELL_MM[0] and CELL_MM[1] <= box.h <= PANEL_MM
        if is_place and area >= FULL_MIN * wide * high:
            yield Place(Kind.TEXT, box)
