"""The tick boxes of a page that was read → how the paper is bent, there and between them."""

from typing import Final

import numpy as np

from scanning.readings import PageReading
from scanning.registration import Registration
from scanning.template import PageTemplate, Points

REACH_MM: Final = 25.0
"""How far a tick box reaches that says how the page is bent around it."""

HALF_PX: Final = 0.5
"""Bounds are told from the image's corner, points from the middle of its first px."""

Bent = tuple[Points, Points]
"""The middles of the tick boxes on the flat page, and how far from there each was found, in mm."""


def bent(page: PageTemplate, reading: PageReading, registration: Registration) -> Bent:
    """Give where the tick boxes of a page are; nothing where it has none."""
    if not reading.marks:
        return np.zeros((0, 2)), np.zeros((0, 2))
    boxes = np.array([mark.box_px for mark in reading.marks])
    places = registration.to_mm(boxes[:, :2] + boxes[:, 2:] / 2 - HALF_PX)
    return page.centres, places - page.centres


def shift(of: Bent, places: Points) -> Points:
    """Give how far the page is bent at n places, as the boxes near each say; not at all without boxes."""
    centres, shifts = of
    if not len(centres):
        return np.zeros_like(places)
    away = np.linalg.norm(centres - places[:, None], axis=2)
    near = np.exp(-(((away - away.min(axis=1, keepdims=True)) / REACH_MM) ** 2))
    return np.asarray(near @ shifts / near.sum(axis=1, keepdims=True), dtype=np.float64)
