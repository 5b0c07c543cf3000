"""Small straightened pictures of boxes, cut from a page through its registration."""

from typing import Final

import cv2
import numpy as np

from scanning.registration import Registration
from scanning.template import PX_PER_MM, Grey, Points

MARGIN_MM: Final = 3.0
"""Cut out around a box's inside: for marks that run over, and for finding a box that is out of place."""


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
    steps = np.sqrt(np.abs(np.linalg.det(jacobians)))
    for number, (place, jacobian) in enumerate(zip(places, jacobians, strict=True)):
        matrix = np.column_stack([jacobian, place - jacobian @ (half, half)])
        # Where the image is finer than the patch, linear sampling would skip px: shrink by area first.
        how = cv2.INTER_LINEAR if steps[number] < 1.6 else cv2.INTER_AREA
        patches[number] = cv2.warpAffine(
            image, matrix, (side, side), flags=how | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
        )
    return patches
