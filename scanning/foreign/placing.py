"""One page of somebody else's form → where it lies in an image: led there by points or its sheet, settled by print."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from scanning.foreign.following import followed
from scanning.foreign.library import Keypoints, Known
from scanning.foreign.matching import ALIKE_MIN, Found, Seen, Straight
from scanning.foreign.points import matches
from scanning.registration import Registration
from scanning.template import PX_PER_MM, Grey

OFF_PX: Final = 6.0
"""How far points may lie off a plane, in px of the reference: 1 mm, as folds and curls move print."""

INLIERS_MIN: Final = 14
"""The fewest points that must agree on a plane: pages with no print in common reach 6 to 9 by chance."""

FIRST_PIECES: Final = 40
"""About so many pieces of print, all over the page, settle the plane."""

SEARCH_MM: Final = (4.0, 2.0)
"""How far print is looked for around where points put it, and around where print put it."""

ROUNDS: Final = 3
ALL_BUT: Final = 0.9
BETTER_MIN: Final = 0.02
"""Print is looked for again, all over the page, until this part of it is found or hardly more than before, so many
times at most."""

FOLLOWED_BELOW: Final = 0.96
"""Where less of the print than this lies within the search, the rest is followed from piece to piece."""

FLAT_OFF_MM: Final = 0.4
"""How far off the plane print may lie, as a median, for the plane through a few pieces to be good enough."""

FRAME_PIECES: Final = 16
FRAME_LEAST: Final = 6
FRAME_SEARCH_MM: Final = 8.0
FRAME_SHARE_MIN: Final = 0.4
"""Pieces that tell whether a sheet's frame leads to its print, how many must be found, and how far it may be off."""

OFF_MM: Final = 0.9
"""How far pieces may lie off the plane through them."""

PIECES_MIN: Final = 12
"""The fewest pieces of print by which a page is known."""

PART_OF_USUAL: Final = 0.62
"""A piece is there when it is at least this part as alike as the page's better pieces are: in a fax all are less so."""

TELLING_ENOUGH: Final = 24
WORDS_MORE: Final = 0.05
"""So many pieces of words tell a page without its lines, where that much more of them is there: of a page's words a
sibling has up to 0.85, and of its pieces 0.8."""

FLAT: Final = np.array([[PX_PER_MM, 0, -0.5], [0, PX_PER_MM, -0.5], [0, 0, 1]])
"""From mm to px of a page's own drawing, whose middles are at whole numbers; mm have their zero at the corner."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A page where it seems to lie, and how much of its print is there."""

    known: Known
    registration: Registration
    straight: Straight
    found: Found
    share: float


def placed_by_points(seen: Seen, keypoints: Keypoints, known: Known) -> Placed | None:
    """Give where a page lies by its points and then by its print; None when it is not there."""
    one, other = matches(keypoints, known.keypoints, len(known.keypoints.places))
    page_px, image_px = known.keypoints.places[one], keypoints.places[other]
    if len(page_px) < INLIERS_MIN or len(known.printed.pieces_mm) < PIECES_MIN:
        return None
    matrix, mask = cv2.findHomography(image_px, page_px, cv2.RANSAC, OFF_PX, maxIters=400)
    if matrix is None or int(mask.sum()) < INLIERS_MIN or abs(np.linalg.det(matrix)) < 1e-9:
        return None
    return settled(seen, Registration(np.asarray(np.linalg.inv(matrix) @ FLAT, dtype=np.float64)), known)


def placed_by_frame(seen: Seen, known: Known, rough: Registration) -> Placed | None:
    """Give where a page lies by its print, from where the frame of its sheet puts it; None when it is not there."""
    pieces = known.printed.pieces_mm
    if len(pieces) < PIECES_MIN:
        return None
    few = pieces[:: max(1, len(pieces) // FRAME_PIECES)]
    found = Straight(seen, rough, known.printed.small.shape).found(known.printed, few, FRAME_SEARCH_MM)
    if float(np.mean(found.alike >= ALIKE_MIN)) <= FRAME_SHARE_MIN:
        return None
    better = _refit(rough, found, FRAME_LEAST)
    return (_flat(seen, better, known) or settled(seen, better, known)) if better is not None else None


def _flat(seen: Seen, rough: Registration, known: Known) -> Placed | None:
    """Give a page that a few pieces placed so well that nearly all of it is there, as a scan's; None for any other."""
    straight = Straight(seen, rough, known.printed.small.shape)
    found = straight.found(known.printed, known.printed.pieces_mm, SEARCH_MM[1])
    clear = found.alike >= ALIKE_MIN
    if _clear_part(known, found) < FOLLOWED_BELOW or float(np.median(np.abs(found.shifts_mm[clear]))) > FLAT_OFF_MM:
        return None
    return Placed(known, rough, straight, found, _share(seen.images[0], rough, known, found))


def settled(seen: Seen, rough: Registration, known: Known) -> Placed | None:
    """Give a page where its print is, led there from a rough place; None when too little is there."""
    shape, pieces = known.printed.small.shape, known.printed.pieces_mm
    some = pieces[:: max(1, len(pieces) // FIRST_PIECES)]
    before = 0.0
    for _ in range(ROUNDS):
        found = Straight(seen, rough, shape).found(known.printed, some, SEARCH_MM[0])
        finer = _refit(rough, found)
        if finer is None:
            return None
        rough = finer
        part = float(np.mean(found.alike >= ALIKE_MIN))
        if part >= ALL_BUT or part <= before + BETTER_MIN:
            break
        before, some = part, pieces
    straight = Straight(seen, rough, shape)
    found = straight.found(known.printed, pieces, SEARCH_MM[1])
    if _clear_part(known, found) < FOLLOWED_BELOW:
        found = followed(straight, known.printed, found)
    return Placed(known, rough, straight, found, _share(seen.images[0], rough, known, found))


def _clear_part(known: Known, found: Found) -> float:
    """Give the part of a page's pieces that were found: of its words, where there are enough."""
    telling = known.printed.telling
    alike = found.alike[telling] if int(telling.sum()) >= TELLING_ENOUGH else found.alike
    return float(np.mean(alike >= ALIKE_MIN))


def _refit(rough: Registration, found: Found, least: int = PIECES_MIN) -> Registration | None:
    """Give the plane through the pieces that were found."""
    clear = found.alike >= ALIKE_MIN
    if int(clear.sum()) < least:
        return None
    page = found.places_mm[clear]
    image = rough.to_px(page + found.shifts_mm[clear])
    scale = float(np.sqrt(abs(np.linalg.det(rough.jacobian(page.mean(axis=0)[None])[0]))))
    matrix = np.asarray(cv2.findHomography(page, image, cv2.RANSAC, OFF_MM * scale, maxIters=150)[0], dtype=np.float64)
    return Registration(matrix) if matrix.shape == (3, 3) else None


def _share(image: Grey, registration: Registration, known: Known, found: Found) -> float:
    """Give the part of a page's pieces that are there; those outside of the image are not.

    Hair lines and tints are lost in a fax. So a page's words do alone, if there are enough and more of them.
    """
    usual = float(np.percentile(found.alike, 75))
    if usual < ALIKE_MIN:
        return 0.0
    height, width = image.shape
    x, y = registration.to_px(found.places_mm).T
    inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    there = inside & (found.alike >= max(PART_OF_USUAL * usual, 0.4))
    telling = known.printed.telling
    words = float(np.mean(there[telling])) - WORDS_MORE if int(telling.sum()) >= TELLING_ENOUGH else 0.0
    return max(float(np.mean(there)), words)
