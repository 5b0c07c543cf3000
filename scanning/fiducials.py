"""Corner marks found in an image: quickly in its corners, or with care anywhere in it."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np

from scanning.registration import MARKS
from scanning.template import Grey, Points

QUICK_LONG_PX: Final = 900
"""The longer side of the image in which marks are looked for first: 77 dpi on A4, where a mark is 21 px wide."""

THOROUGH_LONG_PX: Final = 1700
"""The same for pages on which the quick search misses a mark: a slip on a large scan, a fax, a photo."""

WRONG_BITS: Final = 1
"""How many of a mark's sixteen cells may be wrong: toner and faxes fill the white ones. Our four differ by 7 and more,
whichever way up; with two wrong ones, marks in mirror writing that show through from the back are found as well."""

CORNER_PART: Final = 0.19
"""The part of each side that the search in the corners covers."""


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A corner mark: which of the four, and its corners in px (4, 2), clockwise from its own top left."""

    number: int
    corners: Points


def marks_in_corners(image: Grey) -> dict[int, Points]:
    """Give the marks in the corners of an image by number, as one page that fills it has them."""
    height, width = image.shape
    tall, wide = int(height * CORNER_PART), int(width * CORNER_PART)
    found: dict[int, Points] = {}
    for top in (0, height - tall):
        for left in (0, width - wide):
            part = np.ascontiguousarray(image[top : top + tall, left : left + wide])
            small, scale = _reduced(part, int(QUICK_LONG_PX * CORNER_PART))
            for mark in _detected(small, quick=True):
                found.setdefault(mark.number, _back(mark.corners, scale) + np.array([left, top]))
    return found


def marks_anywhere(image: Grey) -> list[Mark]:
    """Give every corner mark in an image, of however many slips."""
    small, scale = _reduced(image, THOROUGH_LONG_PX)
    return [Mark(mark.number, _back(mark.corners, scale)) for mark in _detected(small, quick=False)]


def _reduced(image: Grey, long_px: int) -> tuple[Grey, float]:
    """Give an image at about that size, and the scale: whole blocks only, as OpenCV averages those 20 times faster."""
    step = max(1, round(max(image.shape) / long_px))
    if step == 1:
        return image, 1.0
    height, width = (max(1, side // step) for side in image.shape)
    whole = image[: height * step, : width * step]
    small = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8), 1 / step


def _back(corners: Points, scale: float) -> Points:
    """Give what was found in a reduced image in px of the whole one."""
    return (corners + 0.5) / scale - 0.5


def _detected(image: Grey, *, quick: bool) -> list[Mark]:
    corners, ids, _ = _detector(quick=quick).detectMarkers(image)
    numbers = [] if ids is None else map(int, np.asarray(ids).reshape(-1))
    numbered = zip(numbers, corners, strict=True)
    return [Mark(number, quad.reshape(4, 2).astype(np.float64)) for number, quad in numbered]


@cache
def _detector(*, quick: bool) -> cv2.aruco.ArucoDetector:
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    parameters.cornerRefinementWinSize = 3
    parameters.adaptiveThreshWinSizeMin = 17 if quick else 9
    parameters.adaptiveThreshWinSizeMax = 17 if quick else 49
    parameters.adaptiveThreshWinSizeStep = 20
    parameters.minMarkerPerimeterRate = 0.1 if quick else 0.02
    parameters.errorCorrectionRate = 1.0
    every = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    ours = cv2.aruco.Dictionary(every.bytesList[:MARKS].copy(), every.markerSize, WRONG_BITS)
    return cv2.aruco.ArucoDetector(ours, parameters)
