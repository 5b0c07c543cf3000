"""How light paper and how dark ink are on one page: what makes thresholds relative to the page."""

from dataclasses import dataclass
from statistics import median
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.registration import Registration
from scanning.template import Grey, Points

CELL_PX: Final = 24
"""Side of the cells in which the lightest tone is taken for paper: wider than any stroke, narrower than a shadow."""

QUARTER: Final = 4
"""Paper is measured at a quarter of the image's size, where noise is averaged."""

DARKEST: Final = 8
"""A corner mark's black is the tone that one px in eight is darker than: over half of the mark is black."""

BLACK_STEP_PX: Final = 2
"""Only every second px of a corner mark, across and down, is looked at."""

CONTRAST_MIN: Final = 20.0
"""Ink is held against at least so many of 256 grey levels between paper and print."""


@dataclass(frozen=True, slots=True)
class Tone:
    """Paper's lightness over the page, and the lightness of print."""

    paper: Grey
    """The lightness of paper in cells of the image, (rows, columns)."""
    scale: tuple[float, float]
    """Cells per px, across and down."""
    black: float

    def paper_at(self, points_px: Points) -> npt.NDArray[np.float32]:
        """Give the lightness of paper at n points, (n,)."""
        places = (points_px * self.scale).astype(np.float32)
        found = cv2.remap(self.paper, places[:, :1], places[:, 1:], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(found, dtype=np.float32).reshape(-1)

    def ink(self, patches: Grey, points_px: Points) -> npt.NDArray[np.float32]:
        """Give how dark patches are between paper (0) and print (1), as (n, h, w)."""
        paper = self.paper_at(points_px)[:, None, None]
        ink = patches.astype(np.float32)
        np.subtract(paper, ink, out=ink)
        ink /= np.maximum(paper - self.black, CONTRAST_MIN)
        return np.clip(ink, 0, 1, out=ink)


def tone_of(image: Grey, registration: Registration, fiducials_mm: Points) -> Tone:
    """Measure paper over the whole page and print in its corner marks."""
    height, width = image.shape
    small = _quartered(image)
    cell = CELL_PX // QUARTER
    light = cv2.dilate(small, np.ones((cell, cell), np.uint8))
    paper = cv2.resize(light, (max(1, width // CELL_PX), max(1, height // CELL_PX)), interpolation=cv2.INTER_AREA)
    paper = np.asarray(cv2.blur(paper, (3, 3)), dtype=np.uint8)
    scale = (paper.shape[1] / width, paper.shape[0] / height)
    return Tone(np.asarray(paper, dtype=np.uint8), scale, black_of(image, registration, fiducials_mm))


def _quartered(image: Grey) -> Grey:
    """Give an image at a quarter of its size, in two steps: OpenCV averages pairs of px several times faster."""
    for _ in range(2):
        height, width = (max(1, side // 2) for side in image.shape)
        whole = image[: height * 2, : width * 2]
        image = np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return image


def black_of(image: Grey, registration: Registration, fiducials_mm: Points) -> float:
    """Give the lightness of the corner marks' black; marks outside the image do not count."""
    height, width = image.shape
    quads = registration.to_px(fiducials_mm)
    bounds = np.hstack([quads.min(axis=1), quads.max(axis=1)]).astype(int).tolist()
    levels = [
        _dark(image[top : bottom + 1 : BLACK_STEP_PX, left : right + 1 : BLACK_STEP_PX])
        for left, top, right, bottom in bounds
        if left >= 0 and top >= 0 and right < width and bottom < height
    ]
    return median(levels) if levels else 0.0


def _dark(mark: Grey) -> float:
    level = mark.ravel()
    return float(np.partition(level, len(level) // DARKEST)[len(level) // DARKEST])
