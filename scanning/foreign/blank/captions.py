"""A place with several captions in one row is as many places: first name, middle name, last name along one line."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from forms.layout.model import Box
from scanning.foreign.blank.places import CELL_MM, INK, Place
from scanning.template import Grey

APART_MM: Final = 6.0
"""The least white between two captions; words of one stand closer."""

HIGH_MM: Final = 4.0
"""How far from a place its captions reach."""

BEGINS_MM: Final = 3.0
"""A first caption this near to the place's left end is where its part begins; else captions are in the middle of their
parts."""

EDGE_MM: Final = 0.6


def parted(image: Grey, place: Place, top_mm: float, px: float) -> list[Place]:
    """Give the parts of a cell's place by the captions in the same cell, from `top_mm` on, above it."""
    return _parts(place, _captions(image, place.box_mm, (top_mm + EDGE_MM, place.box_mm.y), px))


def parted_line(image: Grey, place: Place, px: float) -> list[Place]:
    """Give the parts of a line to write on by the captions above what is written, or else below the line."""
    box = place.box_mm
    above = _captions(image, box, (box.y - HIGH_MM, box.y), px)
    return _parts(place, above or _captions(image, box, (box.bottom + EDGE_MM, box.bottom + HIGH_MM), px))


def _parts(place: Place, found: Sequence[tuple[float, float]]) -> list[Place]:
    box = place.box_mm
    if place.cells or len(found) < 2:
        return [place]
    if found[0][0] - box.x <= BEGINS_MM:
        ends = [start for start, _ in found[1:]]
    else:
        ends = [(one[1] + other[0]) / 2 for one, other in itertools.pairwise(found)]
    bounds = [box.x, *ends, box.right]
    parts = [Box(one, box.y, other - one, box.h) for one, other in itertools.pairwise(bounds)]
    return [replace(place, box_mm=part) for part in parts] if min(one.w for one in parts) > CELL_MM[0] else [place]


def _captions(image: Grey, box: Box, rows_mm: tuple[float, float], px: float) -> Sequence[tuple[float, float]]:
    """Give from where to where, in mm, captions stand between two heights."""
    top, bottom = (max(round(one * px), 0) for one in rows_mm)
    left, right = round((box.x + EDGE_MM) * px), round((box.right - EDGE_MM) * px)
    dark = np.flatnonzero((image[top:bottom, left:right] < INK).any(axis=0))
    if not len(dark):
        return []
    pieces = np.split(dark, np.flatnonzero(np.diff(dark) > APART_MM * px) + 1)
    return [((left + int(one[0])) / px, (left + int(one[-1])) / px) for one in pieces]
