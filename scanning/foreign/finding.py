"""An image → which page of other people's forms it shows and where it lies, beyond doubt or not at all.

Print is all there is to know a page by. A page counts when nearly all of its own print is there, and more of it than of
any other page where the two differ; where two pages differ nowhere, only the caller can say which it is.
"""

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np

from forms.codes.machine import MachineCode
from scanning.blankness import is_blank
from scanning.foreign.framing import framings
from scanning.foreign.glance import glances
from scanning.foreign.library import ForeignLibrary, Known, keypoints_of
from scanning.foreign.matching import Seen
from scanning.foreign.page import ForeignReading
from scanning.foreign.placing import Placed, placed_by_frame, placed_by_points
from scanning.foreign.points import likely
from scanning.foreign.rivals import compared
from scanning.pipeline import Identity, Located
from scanning.readings import REFUSALS, Refusal, SetAside
from scanning.registration import outline_mm
from scanning.template import Grey

GLANCED_MAX: Final = 3
"""Pages that are looked at closely because they look right at a glance."""

TRIED_MAX: Final = 12
"""Pages that are looked at closely, those with the most points in common, where none did."""

FRAMED_MAX: Final = 4
"""Pages that are tried in every frame and turn at last."""

SHARE_MIN: Final = 0.85
"""The least part of a page's pieces that must be there: stains, tears and stray writing hide some, and the same form
of another year has other words in more than that."""

SAID_SHARE_MIN: Final = 0.6
"""The same when the caller says which page it is."""

PRINTED_OVER_MAX: Final = 0.25
"""From this part of its blank paper on that has something on it, an image shows another page, or one written all over
by hand."""

WHOLE_MIN: Final = 0.85
"""The least part of a page's sheet that an image must show: moved print of another page leads outside of it."""

LEAD_MIN: Final = 0.15
"""By how much an image must be more like one page than another on average over those places, as correlations."""

CONTESTS_MAX: Final = 3
"""So many times at most a page gives way to another that the image is more like."""

NOT_FOUND: Final = "No page of the forms that were given can be found on this image."
OTHER_PAGE: Final = "This looks more like page {other} of the forms that were given than like page {one}."
ONLY_A_PART: Final = (
    "Only a part of page {one} seems to be on this image. Scan the whole page again, or say that it is page {one}."
)
MORE_PRINT: Final = (
    "More is printed here than on page {one}, so this may be a page of another form. If not, say that it is page {one}."
)
TWO_ALIKE: Final = (
    "Pages {one} and {other} of the form look too much alike to tell which this is. Say which it is, or put our "
    "marks on a copy of the PDF."
)


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
    pages = [one for one in library.pages if said_page in (None, one.page.number)]
    best = _best(seen, pages, SHARE_MIN if said_page is None else SAID_SHARE_MIN)
    if best is None:
        return _blank_aside(image)
    found = _contested(best, library, seen, said_page)
    if said_page is not None or isinstance(found, SetAside):
        return found
    if found.straight.printed_over(found.known.printed) > PRINTED_OVER_MAX:
        return SetAside(Refusal.NOTHING_FOUND, MORE_PRINT.format(one=found.known.page.number))
    if _shown(image, found) < WHOLE_MIN:
        return SetAside(Refusal.NOTHING_FOUND, ONLY_A_PART.format(one=found.known.page.number))
    return found


def _contested(best: Placed, library: ForeignLibrary, seen: Seen, said_page: int | None) -> Placed | SetAside:
    """Give the page that leads over every other; set aside where none does."""
    for _ in range(CONTESTS_MAX):
        winner = None
        for rival in library.pages:
            contest = compared(best, rival, seen) if rival is not best.known else None
            if contest is None or contest.lead >= (LEAD_MIN if said_page is None else -LEAD_MIN):
                continue
            if contest.lead > -LEAD_MIN:
                return _aside_for(TWO_ALIKE, best, rival)
            if said_page is not None or contest.rival is None or contest.rival.share < SHARE_MIN:
                return _aside_for(OTHER_PAGE, best, rival)
            winner = contest.rival
            break
        if winner is None:
            return best
        best = winner
    return SetAside(Refusal.NO_CODE, REFUSALS[Refusal.NO_CODE])


def _aside_for(words: str, best: Placed, rival: Known) -> SetAside:
    return SetAside(Refusal.NO_CODE, words.format(one=best.known.page.number, other=rival.page.number))


def _best(seen: Seen, pages: list[Known], least: float) -> Placed | None:
    """Give the first of the likely pages of which enough is there: its rivals are compared with it in any case."""
    return next((one for one in _tried(seen, pages) if one is not None and one.share >= least), None)


def _tried(seen: Seen, pages: list[Known]) -> Iterator[Placed | None]:
    """Give pages where they may lie, those first that are likely and soon tried."""
    for glance in glances(seen, pages, GLANCED_MAX):
        yield placed_by_frame(seen, glance.known, glance.rough)
    keypoints = keypoints_of(seen)
    some = likely(keypoints, pages, TRIED_MAX)
    for known in some:
        yield placed_by_points(seen, keypoints, known)
    for known in some[:FRAMED_MAX]:
        for rough in framings(seen, known.page):
            yield placed_by_frame(seen, known, rough)


def _shown(image: Grey, placed: Placed) -> float:
    """Give the part of a page's sheet that lies within the image."""
    sheet = placed.registration.to_px(outline_mm(placed.known.page.size)).astype(np.float32)
    height, width = image.shape
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    shared, _ = cv2.intersectConvexConvex(sheet, whole)
    return float(shared) / max(float(cv2.contourArea(sheet)), 1.0)


def _blank_aside(image: Grey) -> SetAside:
    if is_blank(image):
        return SetAside(Refusal.BLANK_PAGE, REFUSALS[Refusal.BLANK_PAGE])
    return SetAside(Refusal.NOTHING_FOUND, NOT_FOUND)
