"""A rough registration → one by the page's own print, for pages of which a mark or more is lost."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning import likeness
from scanning.registration import Registration
from scanning.template import Grey, PageTemplate, Points

SEARCH_MM: Final = 4.0
"""How far print is looked for around where what is known so far puts it."""

AGAIN_MM: Final = 2.0
"""The same once more, all over the page, to settle it."""

GROWING_MM: Final = (80.0, 150.0)
"""How far from the marks and codes print is looked for, step by step: each step leads the next, as on a photo taken at
a slant, where a plane through one corner misses the other by 20 mm."""

OFF_MM: Final = 1.0
"""How far print may lie off the plane: a fold or a stretch moves it so, and the alignment of boxes follows it."""

FIRST_MIN, PIECES_MIN = 5, 8
"""The fewest pieces that must agree on the way, and in the end: of eight unknowns, eight places give sixteen."""

FOUND_MIN: Final = 0.5
"""The least part of all pieces that must be found in the end: writing, tears and stains cover some."""

AGREEING_MIN: Final = 0.75
"""The least part of the pieces found that must agree: on a page bent further, a plane misses boxes."""

AFFINE_BELOW: Final = 14
"""With fewer pieces than this no perspective is taken from them."""

SPAN_MIN: Final = 0.4
"""The least part of the area of all pieces that those which agree must span, so that nothing is far beyond them."""


Agreeing = npt.NDArray[np.bool_]


def refined(
    image: Grey, rough: Registration, page: PageTemplate, places: Points, near_mm: Points
) -> Registration | None:
    """Give the registration by pieces of a page's print, led on from where a rough one is sure: near `near_mm` (n, 2).

    None when too little of the print is there, or it lies on no plane.
    """
    found = rough
    away = np.linalg.norm(places[:, None] - near_mm[None], axis=2).min(axis=1)
    steps_mm = [reach_mm for reach_mm in GROWING_MM if (away > reach_mm).any()]
    for reach_mm in (*steps_mm, np.inf):
        match = likeness.matched(image, found, page, places[away <= reach_mm], SEARCH_MM)
        found = _plane(match, found, FIRST_MIN)[0] or found
    match = likeness.matched(image, found, page, places, AGAIN_MM)
    settled, agree = _plane(match, found, PIECES_MIN)
    return settled if settled is not None and _is_enough(match, agree) else None


def _is_enough(match: likeness.Match, agree: Agreeing) -> bool:
    clear = match.alike >= likeness.ALIKE_MIN
    return bool(
        clear.mean() >= FOUND_MIN
        and agree.sum() >= AGREEING_MIN * clear.sum()
        and _area(match.places_mm[agree]) >= SPAN_MIN * _area(match.places_mm)
    )


def _plane(match: likeness.Match, before: Registration, least: int) -> tuple[Registration | None, Agreeing]:
    """Give the plane on which print was found, None when less agrees; and which pieces agree, (n,)."""
    agree = match.alike >= likeness.ALIKE_MIN
    if agree.sum() < least:
        return None, agree
    page, image = match.places_mm[agree], match.found_px[agree]
    px_per_mm = float(np.sqrt(np.abs(np.linalg.det(before.jacobian(page.mean(axis=0)[None])[0]))))
    registration, inliers = _robust(page, image, OFF_MM * px_per_mm)
    agree[np.flatnonzero(agree)] = inliers
    return (registration if inliers.sum() >= least else None), agree


def _robust(page: Points, image: Points, off_px: float) -> tuple[Registration | None, Agreeing]:
    if len(page) < AFFINE_BELOW:
        found, mask = cv2.estimateAffine2D(page, image, method=cv2.RANSAC, ransacReprojThreshold=off_px)
    else:
        found, mask = cv2.findHomography(page, image, cv2.RANSAC, off_px)
    matrix = np.asarray(found, dtype=np.float64)  # OpenCV gives None, which its types do not say, when nothing fits
    if matrix.ndim != 2:
        return None, np.zeros(len(page), dtype=np.bool_)
    whole = np.vstack([matrix, [0.0, 0.0, 1.0]]) if len(matrix) == 2 else matrix
    return Registration(whole), np.asarray(mask, dtype=np.bool_).reshape(-1)


def _area(points: Points) -> float:
    return float(cv2.contourArea(cv2.convexHull(points.astype(np.float32))))
