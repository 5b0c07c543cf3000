"""Corner marks → where the page lies in the image, and px ↔ mm."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np

from scanning.template import Grey, Points

QUICK_LONG_PX: Final = 900
"""The longer side of the image in which marks are looked for first: 77 dpi on A4, where a mark is 21 px wide."""

THOROUGH_LONG_PX: Final = 1700
"""The same for pages on which the quick search misses a mark: a slip on a large scan, a fax, a photo."""

CORNER_PART: Final = 0.24
"""The part of each side that the search in the corners covers, before the whole image is searched."""

MARKS: Final = 4


@dataclass(frozen=True, slots=True)
class Found:
    """The corner marks found: for each of the four its corners in px, (4, 2), or None."""

    corners: tuple[Points | None, Points | None, Points | None, Points | None]

    @property
    def count(self) -> int:
        """Give how many marks were found."""
        return sum(one is not None for one in self.corners)


@dataclass(frozen=True, slots=True)
class Registration:
    """A plane mapping from mm of the page to px of the image."""

    matrix: Points
    """A homography, (3, 3)."""

    def to_px(self, points_mm: Points) -> Points:
        """Give points of the page in px of the image; any shape that ends in 2."""
        return _through(self.matrix, points_mm)

    def to_mm(self, points_px: Points) -> Points:
        """Give points of the image in mm of the page."""
        return _through(np.asarray(np.linalg.inv(self.matrix), dtype=np.float64), points_px)

    def jacobian(self, points_mm: Points) -> Points:
        """Give the local linear mappings (n, 2, 2) in px per mm at n points."""
        step = np.array([0.5, 0.0])
        dx = self.to_px(points_mm + step) - self.to_px(points_mm - step)
        dy = self.to_px(points_mm + step[::-1]) - self.to_px(points_mm - step[::-1])
        return np.stack([dx, dy], axis=-1)


def _through(matrix: Points, points: Points) -> Points:
    flat = points.reshape(-1, 2) @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray((flat[:, :2] / flat[:, 2:]).reshape(points.shape), dtype=np.float64)


@cache
def _detector(*, quick: bool) -> cv2.aruco.ArucoDetector:
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    parameters.cornerRefinementWinSize = 3
    parameters.adaptiveThreshWinSizeMin = 17 if quick else 9
    parameters.adaptiveThreshWinSizeMax = 17 if quick else 49
    parameters.adaptiveThreshWinSizeStep = 20
    parameters.minMarkerPerimeterRate = 0.1 if quick else 0.02
    return cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), parameters)


def find_marks(image: Grey) -> Found:
    """Find the corner marks of one page: quickly in the corners of the image, then with care anywhere in it."""
    quick = _in_corners(image)
    if quick.count == MARKS:
        return quick
    small, scale = _reduced(image, THOROUGH_LONG_PX)
    thorough = _whole(_detected(small, quick=False), (0, 0), scale)
    return thorough if thorough.count >= quick.count else quick


def _reduced(image: Grey, long_px: int) -> tuple[Grey, float]:
    scale = min(1.0, long_px / max(image.shape))
    if scale == 1.0:
        return image, scale
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8), scale


def _in_corners(image: Grey) -> Found:
    height, width = image.shape
    tall, wide = int(height * CORNER_PART), int(width * CORNER_PART)
    merged: list[Points | None] = [None] * MARKS
    for top in (0, height - tall):
        for left in (0, width - wide):
            part = np.ascontiguousarray(image[top : top + tall, left : left + wide])
            small, scale = _reduced(part, int(QUICK_LONG_PX * CORNER_PART))
            here = _whole(_detected(small, quick=True), (left, top), scale)
            merged = [old if old is not None else new for old, new in zip(merged, here.corners, strict=True)]
    return Found((merged[0], merged[1], merged[2], merged[3]))


def _whole(found: Found, offset: tuple[int, int], scale: float) -> Found:
    """Give what was found in a reduced part in px of the whole image."""
    back = [(one + 0.5) / scale - 0.5 + offset if one is not None else None for one in found.corners]
    return Found((back[0], back[1], back[2], back[3]))


def _detected(image: Grey, *, quick: bool) -> Found:
    corners, ids, _ = _detector(quick=quick).detectMarkers(image)
    marks: list[Points | None] = [None] * MARKS
    if ids is not None:
        for quad, identifier in zip(corners, map(int, ids.reshape(-1)), strict=True):
            if identifier < MARKS and marks[identifier] is None:
                marks[identifier] = quad.reshape(4, 2).astype(np.float64)
    return Found((marks[0], marks[1], marks[2], marks[3]))


def register(found: Found, fiducials_mm: Points) -> Registration | None:
    """Give the mapping that the marks found determine, None when there are too few (fewer than two)."""
    pairs = [(mm, px) for mm, px in zip(fiducials_mm, found.corners, strict=True) if px is not None]
    if len(pairs) < 2:
        return None
    page = np.concatenate([mm for mm, _ in pairs])
    image = np.concatenate([px for _, px in pairs])
    if len(pairs) == 2:
        return _similar(page, image)
    matrix, _ = cv2.findHomography(page, image, 0)
    return Registration(np.asarray(matrix, dtype=np.float64)) if matrix is not None else None


def _similar(page: Points, image: Points) -> Registration | None:
    """Two marks hold no perspective: they give a turn, a size and a place."""
    matrix = np.asarray(cv2.estimateAffinePartial2D(page, image, method=cv2.LMEDS)[0], dtype=np.float64)
    if matrix.shape != (2, 3):
        return None
    return Registration(np.vstack([matrix, [0.0, 0.0, 1.0]]))
