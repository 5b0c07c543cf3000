"""Pages that look alike → which of them an image shows, by what only one of them has printed."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.foreign.library import Known
from scanning.foreign.matching import ALIKE_MIN, Seen, Straight
from scanning.foreign.placing import FLAT, SEARCH_MM, Placed, placed_by_points, settled
from scanning.foreign.points import agreeing_turns
from scanning.likeness import differences
from scanning.registration import Registration
from scanning.template import Points

Mask = npt.NDArray[np.bool_]

NEAR_SHARE: Final = 0.3
"""From this part of a page's print on that is on another page too, the two are compared in every image of either."""

DIFFERENCE_MIN: Final = 40
DIFFERENCES: Final = 16
"""Where two pages are compared: places of the largest differences (of 256 grey levels over a mm), at most so many."""

CLEAR_MIN: Final = 4
"""The fewest pieces of print, on one of two pages only, that tell them apart."""

PLENTY: Final = 8
PLENTY_SHARE: Final = 0.75
"""With so many pieces that the rival has not, and so large a part of them there, it cannot be the rival."""

VOTES_MIN: Final = 8
"""Points in common, turned alike, below which two pages have no print in common."""

ONLY_HERE: Final = 0.5
"""A piece that is less alike than this anywhere near on the other page is on this one only."""

MOVED_MM: Final = 3.0
"""From this distance on print stands elsewhere on the other page; nearer, it is compared in its place."""


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """How print that two pages share lies elsewhere on the other, and what is on one of them only."""

    matrix: Points
    """From mm of the rival to mm of the page, (3, 3)."""
    own_only: Mask
    """Which of the page's pieces are not on the rival, (n,)."""
    rival_only: Mask
    """Which of the rival's pieces are not on the page."""


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """By how much an image is more like a page than like a rival where they differ, -1 to 1; the rival where it lies.

    0 where they differ too little to tell.
    """

    lead: float
    rival: Placed | None


def compared(best: Placed, rival: Known, seen: Seen) -> Compared | None:
    """Compare a page with a rival in an image; None where the two have little print in common."""
    moved = _moved(best.known, rival)
    if moved is not None:
        return _of_moved(best, rival, moved, seen)
    return Compared(_lead_in_place(best, rival), None) if _is_near(best.known, rival) else None


def _of_moved(best: Placed, rival: Known, moved: Moved, seen: Seen) -> Compared:
    """Compare by what is printed on one page only: where the shared print is, says where the rival would lie."""
    wanted, unwanted = int(moved.own_only.sum()), int(moved.rival_only.sum())
    has = float((best.found.alike >= ALIKE_MIN)[moved.own_only].sum())
    if wanted >= PLENTY and has >= PLENTY_SHARE * wanted:
        return Compared(1.0, None)
    there = settled(seen, Registration(best.registration.matrix @ moved.matrix), rival)
    if wanted + unwanted < CLEAR_MIN:
        return Compared(0.0, there)
    has_not = float((there.found.alike >= ALIKE_MIN)[moved.rival_only].sum()) if there is not None else 0.0
    return Compared(((2 * has - wanted) - (2 * has_not - unwanted)) / (wanted + unwanted), there)


def _lead_in_place(best: Placed, rival: Known) -> float:
    """Give by how much an image is more like a page than like another, printed in the same places."""
    places = _differing(best.known, rival)
    if not len(places):
        return 0.0
    own = best.straight.found(best.known.printed, places, SEARCH_MM[1]).alike
    other = best.straight.found(rival.printed, places, SEARCH_MM[1]).alike
    return float(np.mean(own - other))


@lru_cache(4096)
def _moved(known: Known, rival: Known) -> Moved | None:
    """Give how a rival's print lies elsewhere on a page; None where little of it is there, or in its own place."""
    if agreeing_turns(known.keypoints, rival.keypoints) < VOTES_MIN:
        return None
    flat = Seen(known.page.reference)
    there = placed_by_points(flat, known.keypoints, rival)
    back = placed_by_points(Seen(rival.page.reference), rival.keypoints, known) if there is not None else None
    if there is None or back is None or max(there.share, back.share) < NEAR_SHARE:
        return None
    matrix = np.linalg.inv(FLAT) @ there.registration.matrix
    middles = rival.printed.pieces_mm
    off = np.linalg.norm(Registration(matrix).to_px(middles) - middles, axis=1)
    if float(np.median(off)) < MOVED_MM:
        return None
    return Moved(matrix, back.found.alike < ONLY_HERE, there.found.alike < ONLY_HERE)


@lru_cache(4096)
def _is_near(known: Known, rival: Known) -> bool:
    """Tell whether a rival's print is to be found on a page itself to such a part that it could be taken for it."""
    if known.printed.small.shape != rival.printed.small.shape:
        return False
    pieces = rival.printed.pieces_mm
    seen = Straight(Seen(known.page.reference), Registration(FLAT), rival.printed.small.shape)
    return not len(pieces) or float(np.mean(seen.found(rival.printed, pieces, 1.0).alike >= ALIKE_MIN)) >= NEAR_SHARE


@lru_cache(4096)
def _differing(known: Known, rival: Known) -> Points:
    """Give where a page and a rival are printed differently, (n, 2) in mm: something stands there on either."""
    here = differences(known.page, rival.page, DIFFERENCE_MIN, DIFFERENCES)
    return np.concatenate([here, differences(rival.page, known.page, DIFFERENCE_MIN, DIFFERENCES)])
