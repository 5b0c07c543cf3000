"""Small straightened pictures of boxes, cut from a page through its registration."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.registration import Registration
from scanning.template import PX_PER_MM, Grey, Points

MARGIN_MM: Final = 3.0
"""Cut out around a box's inside: for marks that run over, and for finding a box that is out of place."""

SLACK_PX: Final = 3
"""Cut out beyond that (0.5 mm), so that a box no further out of place need not be cut out again."""

FLAGS: Final = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


def half_px(side_mm: float) -> int:
    """Give half the side of the patch of a box with that inside."""
    return round((side_mm / 2 + MARGIN_MM) * PX_PER_MM)


def cut(image: Grey, registration: Registration, centres_mm: Points, shifts_mm: Points, half: int) -> Grey:
    """Give a patch for each centre as (n, 2 half + 1, 2 half + 1) at `PX_PER_MM`, the centre in the middle px.

    `shifts_mm` (n, 2) say how far from its place on the flat page each box was found.
    """
    side = 2 * half + 1
    patches = np.empty((len(centres_mm), side, side), dtype=np.uint8)
    places = registration.to_px(centres_mm + shifts_mm)
    jacobians = registration.jacobian(centres_mm + shifts_mm) / PX_PER_MM
    for patch, matrix in zip(patches, _matrices(places, jacobians, (side, side)), strict=True):
        cv2.warpAffine(image, matrix, (side, side), patch, FLAGS, cv2.BORDER_REPLICATE)
    return patches


def straightened(image: Grey, place_px: Points, jacobian: Points, size: tuple[int, int]) -> Grey:
    """Give a picture of (width, height) px whose middle is at a place of the image.

    The jacobian (2, 2) gives px of the image per px of the picture.
    """
    [matrix] = _matrices(place_px[None], jacobian[None], size)
    return np.asarray(cv2.warpAffine(image, matrix, size, None, FLAGS, cv2.BORDER_REPLICATE), dtype=np.uint8)


def windows(patches: npt.NDArray[np.float32], shifts_px: npt.NDArray[np.int64], half: int) -> npt.NDArray[np.float32]:
    """Give the parts of n patches that are 2 half + 1 px wide and high around a shift (n, 2) from their middles."""
    slack = patches.shape[1] // 2 - half
    side = 2 * half + 1
    if not shifts_px.any():  # as on most scans: nothing has to be copied
        return patches[:, slack : slack + side, slack : slack + side]
    starts = slack + shifts_px
    found = np.empty((len(patches), side, side), dtype=np.float32)
    for window, patch, (x, y) in zip(found, patches, starts.tolist(), strict=True):
        window[...] = patch[y : y + side, x : x + side]
    return found


def _matrices(places: Points, jacobians: Points, size: tuple[int, int]) -> Points:
    """Give what takes px of a picture of that size to px of the image, (n, 2, 3)."""
    middle = (np.array(size) - 1) / 2
    return np.concatenate([jacobians, (places - jacobians @ middle)[:, :, None]], axis=2)
