"""Where a whole sheet may lie in an image: all over it, or as the light quadrilateral that a photo shows."""

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np

from scanning.foreign.matching import Seen
from scanning.registration import Registration, outline_mm
from scanning.template import PageTemplate, Points

LONG_PX: Final = 400
"""The longer side at which a sheet is looked for: its edge is to be found, and no word on it."""

FILLS_MIN: Final = 0.25
"""The least part of a photo that the sheet fills."""

SAME_PART: Final = 0.02
"""A sheet whose corners are no farther than this part of the diagonal from the image's fills it: 7 mm on A4."""

LIKE_QUAD: Final = 0.9
"""The least part of the four corners' quadrilateral that the light area must fill."""


def framings(seen: Seen, page: PageTemplate) -> Iterator[Registration]:
    """Give where a page would lie if it filled its frame, turned each way that its sides allow at all."""
    for corners in frames(seen):
        for turns in range(4):
            quad = np.roll(corners, turns, axis=0)
            matrix = cv2.getPerspectiveTransform(outline_mm(page.size).astype(np.float32), quad.astype(np.float32))
            yield Registration(np.asarray(matrix, dtype=np.float64))


def frames(seen: Seen) -> Iterator[Points]:
    """Give corners (4, 2) in px, clockwise from the top left."""
    height, width = seen.images[0].shape
    sheet = _sheet(seen)
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5
    if sheet is not None and np.linalg.norm(sheet - whole, axis=1).max() > SAME_PART * np.hypot(width, height):
        yield sheet
    yield whole


def _sheet(seen: Seen) -> Points | None:
    small, scale = seen.of_length(LONG_PX)
    blurred = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), (5, 5), 0)
    _, light = cv2.threshold(blurred, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    for part in (0.02, 0.04, 0.08):
        quad = cv2.approxPolyDP(hull, part * cv2.arcLength(hull, True), True)
        if len(quad) == 4 and cv2.contourArea(quad) >= FILLS_MIN * small.size:
            is_like = cv2.contourArea(hull) >= LIKE_QUAD * cv2.contourArea(quad)
            return _ordered(quad.reshape(4, 2).astype(np.float64) / scale) if is_like else None
    return None


def _ordered(quad: Points) -> Points:
    """Give corners clockwise from the top left."""
    middle = quad.mean(axis=0)
    around = np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0])
    ordered = quad[np.argsort(around)]
    return np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0)
