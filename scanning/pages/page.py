"""One page out of a file: as stored, and as it goes on to be read."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from scanning.pages.orientation import UPRIGHT, Orientation
from scanning.template import Grey, Points

HALVED_FROM_PX: Final = 2800
"""From this longer side on an image is halved, and again: A4 lands between 120 and 239 dpi, 150 for the usual 300."""

REDUCED_MAX: Final = 8
"""JPEG's own decoder goes no further."""

RATIO_MIN, RATIO_MAX = 1.2, 2.6
"""Between these one axis is taken to have finer px than the other: 204 × 98 dpi (2.1) and 204 × 391 (1.9) of faxes.
Below it is an imprecise tag (204 × 196 is left as well), above it nonsense."""

DPI_MIN: Final = 60.0
"""Resolutions below this are placeholders such as 1 × 2."""


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """A page as it goes on to be read."""

    index: int
    """From 0 within the file."""
    image: Grey
    """The working image: grey, square px, upright, below `HALVED_FROM_PX` unless it is gigantic."""
    to_stored: Points
    """The affine (2, 3) from px of the working image to px of the image as stored, both from their top left corner."""
    stored_px: tuple[int, int]
    """Width and height of the image as stored, before any rotation."""


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """A page that cannot be read, and why: one sentence for a person."""

    index: int
    detail: str


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """An image as a file holds it, in grey."""

    image: Grey
    """Not turned yet; smaller than stored by `reduced` if the decoder could do that."""
    size_px: tuple[int, int]
    """Width and height as stored."""
    orientation: Orientation = UPRIGHT
    dpi: tuple[float, float] | None = None
    """Along the stored width and height, where it is known."""
    reduced: int = 1


def scales(size_px: tuple[int, int], dpi: tuple[float, float] | None) -> tuple[float, float]:
    """Give the working px per stored px along the stored width and height."""
    x, y = _stretch(dpi)
    divisor = 1
    while max(size_px[0] * x, size_px[1] * y) / divisor >= HALVED_FROM_PX and divisor < REDUCED_MAX:
        divisor *= 2
    return x / divisor, y / divisor


def reduction(size_px: tuple[int, int], dpi: tuple[float, float] | None) -> int:
    """Give by how much (1, 2, 4 or 8) a decoder may reduce an image without falling below its working size."""
    finest = max(scales(size_px, dpi))
    return next((factor for factor in (8, 4, 2) if factor * finest <= 1), 1)


def _stretch(dpi: tuple[float, float] | None) -> tuple[float, float]:
    """Give by how much each axis is to be stretched for square px."""
    if dpi is None or not all(DPI_MIN <= one < np.inf for one in dpi):
        return 1.0, 1.0
    most = max(dpi)
    if not RATIO_MIN <= most / min(dpi) <= RATIO_MAX:
        return 1.0, 1.0
    return most / dpi[0], most / dpi[1]


def page_image(index: int, stored: Stored) -> PageImage:
    """Give the page that a stored image is, at working size and upright."""
    wanted_x, wanted_y = (one * stored.reduced for one in scales(stored.size_px, stored.dpi))
    small, scale_x, scale_y = _resized(stored.image, wanted_x, wanted_y)
    upright = stored.orientation.upright(small)
    back = stored.orientation.to_stored(upright.shape[1], upright.shape[0])
    back = back * np.array([[stored.reduced / scale_x], [stored.reduced / scale_y]])
    return PageImage(index, upright, back, stored.size_px)


def _resized(image: Grey, x: float, y: float) -> tuple[Grey, float, float]:
    """Give an image at about that scale, with the exact scale."""
    if x == y == 1:
        return image, 1.0, 1.0
    height, width = image.shape
    if x == y and (1 / x).is_integer():
        # Whole blocks only: OpenCV averages those 20 times faster. At most 7 px at the edge are left out.
        step = round(1 / x)
        width, height = width // step * step, height // step * step
        image = image[:height, :width]
    size = (max(1, round(width * x)), max(1, round(height * y)))
    how = cv2.INTER_AREA if max(x, y) <= 1 else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(image, size, interpolation=how), dtype=np.uint8)
    return small, size[0] / width, size[1] / height
