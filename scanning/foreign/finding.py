"""An image → which page of other people's forms it shows and where it lies, beyond doubt or not at all.

Print is all there is to know a page by. A page counts when nearly all of its own print is there, and more of it than of
any other page where the two differ; where two pages differ nowhere, only the caller can say which it is.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from forms.codes.machine import MachineCode
from scanning.blankness import is_blank
from scanning.foreign.framing import framings
from scanning.foreign.library import VOTING, ForeignLibrary, Keypoints, Known, keypoints_of
from scanning.foreign.matching import ALIKE_MIN, Found, Seen, Straight
from scanning.foreign.page import ForeignReading
from scanning.likeness import differences
from scanning.pipeline import Identity, Located
from scanning.readings import REFUSALS, Refusal, SetAside
from scanning.registration import Registration
from scanning.template import PX_PER_MM, Grey, Points

RATIO_MAX: Final = 0.86
"""A point's best match must be nearer than this part of the second best (Lowe, 2004)."""

TURN_DEG: Final = 15
TURNS: Final = 360 // TURN_DEG
"""Points of one page are turned alike, within this."""

OFF_PX: Final = 6.0
"""How far points may lie off a plane, in px of the reference: 1 mm, as folds and curls move print."""

INLIERS_MIN: Final = 14
"""The fewest points that must agree on a plane: pages with no print in common reach 6 to 9 by chance."""

TRIED_MAX: Final = 12
"""Pages that are looked at closely, those with the most points in common."""

FIRST_PIECES: Final = 40
"""About so many pieces of print, all over the page, settle the plane."""

SEARCH_MM: Final = (4.0, 2.0)
"""How far print is looked for around where points put it, and around where print put it."""

ROUNDS: Final = 3
ALL_BUT: Final = 0.9
"""Print is looked for again, all over the page, until this part of it is found, so many times at most."""

FRAME_PIECES: Final = 16
FRAME_LEAST: Final = 6
FRAME_SEARCH_MM: Final = 8.0
FRAME_SHARE_MIN: Final = 0.4
"""Pieces that tell whether a sheet's frame leads to its print, how many must be found, and how far it may be off."""

OFF_MM: Final = 0.9
"""How far pieces may lie off the plane through them."""

PIECES_MIN: Final = 12
"""The fewest pieces of print by which a page is known."""

SHARE_MIN: Final = 0.85
"""The least part of a page's pieces that must be there: stains, tears and stray writing hide some, and the same form
of another year has other words in more than that."""

SAID_SHARE_MIN: Final = 0.6
"""The same when the caller says which page it is."""

NEAR_SHARE: Final = 0.3
"""From this part of a page's print on that is on another page too, the two are compared in every image of either."""

PART_OF_USUAL: Final = 0.62
"""A piece is there when it is at least this part as alike as the page's better pieces are: in a fax all are less so."""

PRINTED_OVER_MAX: Final = 0.25
"""From this part of its blank paper on that has something on it, an image shows another page, or one written all over
by hand."""

DIFFERENCE_MIN: Final = 40
DIFFERENCES: Final = 16
"""Where two pages are compared: places of the largest differences (of 256 grey levels over a mm), at most so many."""

LEAD_MIN: Final = 0.15
"""By how much an image must be more like one page than another on average over those places, as correlations."""

Numbers = npt.NDArray[np.int64]

NOT_FOUND: Final = "No page of the forms that were given can be found on this image."
OTHER_PAGE: Final = "This looks more like page {other} of the forms that were given than like page {one}."
MORE_PRINT: Final = (
    "More is printed here than on page {one}, so this may be a page of another form. Say --page {one} if it is not."
)
TWO_ALIKE: Final = (
    "Pages {one} and {other} of the form look too much alike to tell which this is. Say which by --page, or put our "
    "marks on a copy of the PDF."
)


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A page where it seems to lie, and how much of its print is there."""

    known: Known
    registration: Registration
    straight: Straight
    found: Found
    share: float


def read_foreign(image: Grey, library: ForeignLibrary, said_page: int | None = None) -> Located | SetAside:
    """Read the page of somebody else's form that an image shows; `said_page` is its number, if the caller knows it."""
    found = _identified(image, library, said_page)
    if isinstance(found, SetAside):
        return found
    known = found.known
    code = MachineCode(known.template.printing, known.page.number)
    reading = ForeignReading(image, found.registration, known, code, found.straight, found.found).reading()
    return Located(reading, Identity(code, known.template, known.page, found.registration))


def _identified(image: Grey, library: ForeignLibrary, said_page: int | None) -> Placed | SetAside:
    seen = Seen(image)
    keypoints = keypoints_of(seen)
    pages = [one for one in library.pages if said_page in (None, one.page.number)]
    best = _best(seen, keypoints, pages, SHARE_MIN if said_page is None else SAID_SHARE_MIN)
    if best is None:
        return _blank_aside(image)
    for rival in (one for one in library.pages if one is not best.known and _is_near(best.known, one)):
        lead = _lead(best, rival)
        if lead <= -LEAD_MIN or (said_page is None and lead < LEAD_MIN):
            own, other = best.known.page.number, rival.page.number
            words = OTHER_PAGE if lead <= -LEAD_MIN else TWO_ALIKE
            return SetAside(Refusal.NO_CODE, words.format(one=own, other=other))
    if said_page is None and best.straight.printed_over(best.known.printed) > PRINTED_OVER_MAX:
        return SetAside(Refusal.NOTHING_FOUND, MORE_PRINT.format(one=best.known.page.number))
    return best


def _best(seen: Seen, keypoints: Keypoints, pages: list[Known], least: float) -> Placed | None:
    """Give the first of the likely pages of which enough is there: its rivals are compared with it in any case."""
    by_points = (_placed_by_points(seen, keypoints, known) for known in _likely(keypoints, pages))
    found = next((one for one in by_points if one is not None and one.share >= least), None)
    if found is not None:
        return found
    by_frame = (_placed_by_frame(seen, known) for known in pages)
    return next((one for one in by_frame if one is not None and one.share >= least), None)


def _blank_aside(image: Grey) -> SetAside:
    if is_blank(image):
        return SetAside(Refusal.BLANK_PAGE, REFUSALS[Refusal.BLANK_PAGE])
    return SetAside(Refusal.NOTHING_FOUND, NOT_FOUND)


def _likely(seen: Keypoints, pages: list[Known]) -> list[Known]:
    """Give the pages that have the most points in common with an image, the likeliest first."""
    if len(pages) == 1:
        return pages
    votes = [_agreeing_turns(seen, one.keypoints) for one in pages]
    return [pages[at] for at in np.argsort(votes)[::-1][:TRIED_MAX].tolist()]


def _agreeing_turns(seen: Keypoints, known: Keypoints) -> int:
    """Give how many of the strongest points that two images may have in common agree on how the page is turned."""
    one, other = _matches(seen, known, VOTING)
    if not len(one):
        return 0
    turns = np.bincount(((seen.turns[other] - known.turns[one]) % 360 // TURN_DEG).astype(int), minlength=TURNS)
    return int((turns + np.roll(turns, 1)).max())


def _matches(seen: Keypoints, known: Keypoints, most: int) -> tuple[Numbers, Numbers]:
    """Give the numbers of points that two images have in common, (n,) in each."""
    one, other = known.descriptors[:most], seen.descriptors[:most]
    if len(one) < 2 or len(other) < 2:
        return np.zeros(0, int), np.zeros(0, int)
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(one, other, k=2)
    clear = [first for first, second in pairs if first.distance < RATIO_MAX * second.distance]
    return np.array([it.queryIdx for it in clear], int), np.array([it.trainIdx for it in clear], int)


def _placed_by_points(seen: Seen, keypoints: Keypoints, known: Known) -> Placed | None:
    """Give where a page lies by its points and then by its print; None when it is not there."""
    one, other = _matches(keypoints, known.keypoints, len(known.keypoints.places))
    page_px, image_px = known.keypoints.places[one], keypoints.places[other]
    if len(page_px) < INLIERS_MIN or len(known.printed.pieces_mm) < PIECES_MIN:
        return None
    matrix, mask = cv2.findHomography(image_px, page_px, cv2.RANSAC, OFF_PX, maxIters=400)
    if matrix is None or int(mask.sum()) < INLIERS_MIN or abs(np.linalg.det(matrix)) < 1e-9:
        return None
    # px of the reference have their middles at whole numbers, and mm their zero at the corner.
    to_px = np.array([[PX_PER_MM, 0, -0.5], [0, PX_PER_MM, -0.5], [0, 0, 1]])
    return _settled(seen, Registration(np.asarray(np.linalg.inv(matrix) @ to_px, dtype=np.float64)), known)


def _placed_by_frame(seen: Seen, known: Known) -> Placed | None:
    """Give where a page lies by the frame of its sheet and then by its print; None when it is not there."""
    pieces = known.printed.pieces_mm
    if len(pieces) < PIECES_MIN:
        return None
    few = pieces[:: max(1, len(pieces) // FRAME_PIECES)]
    best, most = None, FRAME_SHARE_MIN
    for rough in framings(seen, known.page):
        found = Straight(seen, rough, known.printed.small.shape).found(known.printed, few, FRAME_SEARCH_MM)
        share = float(np.mean(found.alike >= ALIKE_MIN))
        if share > most:
            best, most = _refit(rough, found, FRAME_LEAST), share
    return _settled(seen, best, known) if best is not None else None


def _settled(seen: Seen, rough: Registration, known: Known) -> Placed | None:
    """Give a page where its print is, led there from a rough place; None when too little is there."""
    shape, pieces = known.printed.small.shape, known.printed.pieces_mm
    some = pieces[:: max(1, len(pieces) // FIRST_PIECES)]
    for _ in range(ROUNDS):
        found = Straight(seen, rough, shape).found(known.printed, some, SEARCH_MM[0])
        finer = _refit(rough, found)
        if finer is None:
            return None
        rough = finer
        if float(np.mean(found.alike >= ALIKE_MIN)) >= ALL_BUT:
            break
        some = pieces
    straight = Straight(seen, rough, shape)
    found = straight.found(known.printed, pieces, SEARCH_MM[1])
    return Placed(known, rough, straight, found, _share(seen.images[0], rough, found))


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


def _share(image: Grey, registration: Registration, found: Found) -> float:
    """Give the part of a page's pieces that are there; those outside of the image are not."""
    usual = float(np.percentile(found.alike, 75))
    there = found.alike >= max(PART_OF_USUAL * usual, 0.4)
    height, width = image.shape
    x, y = registration.to_px(found.places_mm).T
    inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    return float(np.mean(there & inside)) if usual >= ALIKE_MIN else 0.0


def _lead(best: Placed, rival: Known) -> float:
    """Give by how much an image is more like a page than like another where they differ; 0 where they do not."""
    places = _differing(best.known, rival)
    if not len(places):
        return 0.0
    own = best.straight.found(best.known.printed, places, SEARCH_MM[1]).alike
    other = best.straight.found(rival.printed, places, SEARCH_MM[1]).alike
    return float(np.mean(own - other))


@lru_cache(4096)
def _is_near(known: Known, rival: Known) -> bool:
    """Tell whether a rival's print is to be found on a page itself to such a part that it could be taken for it."""
    if known.printed.small.shape != rival.printed.small.shape:
        return False
    flat = Registration(np.array([[PX_PER_MM, 0, -0.5], [0, PX_PER_MM, -0.5], [0, 0, 1]]))
    pieces = rival.printed.pieces_mm
    seen = Straight(Seen(known.page.reference), flat, rival.printed.small.shape)
    return not len(pieces) or float(np.mean(seen.found(rival.printed, pieces, 1.0).alike >= ALIKE_MIN)) >= NEAR_SHARE


@lru_cache(4096)
def _differing(known: Known, rival: Known) -> Points:
    """Give where a page and a rival are printed differently, (n, 2) in mm: something stands there on either."""
    here = differences(known.page, rival.page, DIFFERENCE_MIN, DIFFERENCES)
    return np.concatenate([here, differences(rival.page, known.page, DIFFERENCE_MIN, DIFFERENCES)])
