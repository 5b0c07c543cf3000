"""Readings of the working image → of the image as stored, before any rotation that the file asks for."""

from dataclasses import replace
from typing import TypeVar

import numpy as np

from scanning.pages import PageImage
from scanning.readings import MarkReading, PageReading, WritingReading
from scanning.template import Points

Box = tuple[float, float, float, float]
OneReading = TypeVar("OneReading", MarkReading, WritingReading)


def as_stored(reading: PageReading, page: PageImage) -> PageReading:
    """Give the reading with its boxes and its rotation in px of the image as stored."""
    return replace(
        reading,
        rotation_deg=_rotation(reading.rotation_deg, page.to_stored),
        marks=_moved(reading.marks, page.to_stored),
        writings=_moved(reading.writings, page.to_stored),
        to_upright=_to_upright(page),
    )


def _to_upright(page: PageImage) -> tuple[float, float, float, float, float, float]:
    """Give the way from px of the image as stored to parts of the upright one."""
    height, width = page.image.shape
    back = np.linalg.inv(np.vstack([page.to_stored, (0, 0, 1)]))[:2] / ((width,), (height,))
    a, b, c, d, e, f = (float(one) for one in back.ravel())
    return a, b, c, d, e, f


def _rotation(angle_deg: float, to_stored: Points) -> float:
    """Give where a direction points to in the other image, from -180 to 180, clockwise."""
    angle = np.radians(angle_deg)
    x, y = to_stored[:, :2] @ (np.cos(angle), np.sin(angle))
    return float(np.degrees(np.arctan2(y, x)))


def _moved(readings: tuple[OneReading, ...], to_stored: Points) -> tuple[OneReading, ...]:
    """Give readings with the axis-aligned bounds of what their boxes become."""
    if not readings:
        return ()
    boxes = np.array([reading.box_px for reading in readings])
    sizes, turn = boxes[:, 2:], to_stored[:, :2]
    middles, moved = (boxes[:, :2] + sizes / 2) @ turn.T + to_stored[:, 2], sizes @ np.abs(turn).T
    found = np.hstack([middles - moved / 2, moved]).tolist()
    return tuple(reading.at(tuple(box)) for reading, box in zip(readings, found, strict=True))
