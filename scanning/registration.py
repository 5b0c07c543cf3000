"""What was found of a page's marks and codes → where the page lies in the image, px ↔ mm."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np

from forms.paper.editions import MARK_MM, Size
from forms.paper.marks import code_places_mm, corner_places_mm
from scanning.template import Points

MARKS: Final = 4
"""Places 0 to 3 of a page are its corner marks, clockwise from the top left."""

CODES: Final = (4, 5)
"""Places 4 and 5 are its machine codes: at the top right, and at the bottom left."""

PLANE_SHARE: Final = 0.2
"""The part of a page that what was found must span before perspective is taken from it. Three corners span half;
two corners with the code between them hardly anything, and a tilt fitted to those may lie anywhere."""

HALF_MM_AWAY: Final = np.array([[[0.5, 0.0]], [[-0.5, 0.0]], [[0.0, 0.5]], [[0.0, -0.5]]])
"""The ends of a mm across and of one down, from its middle: (4, 1, 2)."""

Spots = Mapping[int, Points]
"""What was found of a page: by place, its corners in px (4, 2)."""


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
        right, left, below, above = self.to_px(points_mm + HALF_MM_AWAY)
        return np.stack([right - left, below - above], axis=-1)


def _through(matrix: Points, points: Points) -> Points:
    flat = points.reshape(-1, 2) @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray((flat[:, :2] / flat[:, 2:]).reshape(points.shape), dtype=np.float64)


@cache
def places_mm(size: Size) -> Points:
    """Give the corners of the four marks and both codes of a sheet as (6, 4, 2), each clockwise from its top left."""
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    corners = [np.array(place) + square * MARK_MM for place in corner_places_mm(size)]
    codes = [np.array(place) + square * size.code_mm for place in code_places_mm(size)]
    return np.array(corners + codes, dtype=np.float64)


def outline_mm(size: Size) -> Points:
    """Give the corners of a sheet, (4, 2)."""
    width, height = size.width_mm, size.height_mm
    return np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])


def register(spots: Spots, size: Size) -> Registration | None:
    """Give the mapping that best fits what was found; one spot is enough for a rough one. None when nothing fits."""
    if not spots:
        return None
    page = np.concatenate([places_mm(size)[place] for place in spots])
    image = np.concatenate(list(spots.values()))
    if spanned(spots, size) < PLANE_SHARE:
        return _similar(page, image)
    matrix = np.asarray(cv2.findHomography(page, image, 0)[0], dtype=np.float64)
    return Registration(matrix) if matrix.shape == (3, 3) else None


def flat(spots: Spots, size: Size) -> Registration | None:
    """Give the mapping without perspective that best fits what was found, as a scanner's glass has it."""
    page = np.concatenate([places_mm(size)[place] for place in spots])
    image = np.concatenate(list(spots.values()))
    terms = np.column_stack([page, np.ones(len(page))])
    affine, _, rank, _ = np.linalg.lstsq(terms, image, rcond=None)
    return Registration(np.vstack([affine.T, [0.0, 0.0, 1.0]])) if rank == terms.shape[1] else None


def spanned(spots: Spots, size: Size) -> float:
    """Give the part of the page that the middles of the spots span, 0 to 1."""
    middles = np.array([places_mm(size)[place].mean(axis=0) for place in spots], dtype=np.float32)
    if len(middles) < 3:
        return 0.0
    return float(cv2.contourArea(cv2.convexHull(middles)) / (size.width_mm * size.height_mm))


def reach(spots: Spots, size: Size) -> float:
    """Give the longest distance between two spots as a part of the page's diagonal."""
    middles = np.array([places_mm(size)[place].mean(axis=0) for place in spots])
    apart = np.linalg.norm(middles[:, None] - middles[None], axis=2).max()
    return float(apart / np.hypot(size.width_mm, size.height_mm))


def residual_mm(registration: Registration, spots: Spots, size: Size) -> float:
    """Give how far the corners that were found lie off the mapping: the root of the mean square."""
    page = np.stack([places_mm(size)[place] for place in spots])
    off = registration.to_mm(np.stack(list(spots.values()))) - page
    return float(np.sqrt((off**2).sum(axis=-1).mean()))


def _similar(page: Points, image: Points) -> Registration | None:
    """Too little for perspective gives a turn, a size and a place: the least squares of Umeyama (1991)."""
    one, other = page - page.mean(axis=0), image - image.mean(axis=0)
    along = (one * other).sum()
    across = (one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]).sum()
    cos, sin = np.array([along, across]) / (one**2).sum()
    turn = np.array([[cos, -sin], [sin, cos]])
    if not np.hypot(cos, sin) > 0:
        return None
    shift = image.mean(axis=0) - turn @ page.mean(axis=0)
    return Registration(np.vstack([np.column_stack([turn, shift]), [0.0, 0.0, 1.0]]))
