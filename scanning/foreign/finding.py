"""An image → which page of other people's forms it shows and where it lies, beyond doubt or not at all.

Print is all there is to know a page by. A page counts when nearly all of its own print is there, and more of it than of
any other page where the two differ; where two pages differ nowhere, only the caller can say which it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import cv2
import numpy as np

from forms.codes.machine import MachineCode
from scanning.blankness import is_blank
from scanning.foreign.framing import framings
from scanning.foreign.glance import Glance, glances
from scanning.foreign.library import ForeignLibrary, Keypoints, Known, keypoints_of
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

TRIED_MAX: Final = 5
"""Pages that are looked at closely, those with the most points in common, where none did: the right one is among the
first two of 16 unless too little of it is there to be read."""

FRAMED_MAX: Final = 4
"""Pages that are tried in every frame and turn at last."""

SHARE_MIN: Final = 0.85
"""The least part of a page's pieces that must be there: stains, tears and stray writing hide some, and the same form
of another year has other words in more than that."""

SAID_SHARE_MIN: Final = 0.6
"""The same when the caller says which page it is; every answer is then doubted, as it may be a form much like it."""

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
    """Read the page of somebody else's form that an image shows; `said_page` is its number, if the caller knows it.

    Where that page's own print is not there as it would have to be without the caller's word, all answers are doubted.
    """
    found = _identified(image, library, said_page)
    if isinstance(found, SetAside):
        return found
    known = found.known
    code = MachineCode(known.template.printing, known.page.number)
    is_sure = said_page is None or (found.share >= SHARE_MIN and not _is_printed_over(found))
    reading = ForeignReading(image, found.registration, known, code, found.straight, found.found, is_sure=is_sure)
    return Located(reading.reading(), Identity(code, known.template, known.page, found.registration))


def _identified(image: Grey, library: ForeignLibrary, said_page: int | None) -> Placed | SetAside:
    seen = Seen(image)
    pages = [one for one in library.pages if said_page in (None, one.page.number)]
    best = _best(seen, pages, SHARE_MIN if said_page is None else SAID_SHARE_MIN)
    if best is None:
        return _blank_aside(image)
    found = _contested(best, library, seen, said_page)
    if said_page is not None or isinstance(found, SetAside):
        return found
    if _is_printed_over(found):
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
    looked = glances(seen, pages, len(pages))
    best, is_seen = _first((placed_by_frame(seen, one.known, one.rough) for one in looked[:GLANCED_MAX]), least)
    if best is not None:
        return best
    keypoints = keypoints_of(seen)
    some = likely(keypoints, pages, TRIED_MAX)
    best, is_seen_now = _first(_led(seen, keypoints, some, looked[GLANCED_MAX:]), least)
    if best is not None or is_seen or is_seen_now:
        return best  # of a page that was found, other frames and turns show no more
    framed = ((known, rough) for known in some[:FRAMED_MAX] for rough in framings(seen, known.page))
    return _first((placed_by_frame(seen, known, rough) for known, rough in framed), least)[0]


def _first(tried: Iterable[Placed | None], least: float) -> tuple[Placed | None, bool]:
    """Give the first page of which enough is there; else whether one was found of which too little is there."""
    is_seen = False
    for placed in tried:
        if placed is not None and placed.share >= least:
            return placed, True
        is_seen = is_seen or (placed is not None and placed.share >= SAID_SHARE_MIN)
    return None, is_seen


def _led(seen: Seen, keypoints: Keypoints, some: Sequence[Known], looked: Sequence[Glance]) -> Iterator[Placed | None]:
    """Give pages where the glance at them puts them, and where their points do."""
    roughs = {glance.known: glance.rough for glance in looked}
    for known in some:
        if known in roughs:
            yield placed_by_frame(seen, known, roughs[known])
        yield placed_by_points(seen, keypoints, known)


def _is_printed_over(found: Placed) -> bool:
    """Tell whether much stands where the page is blank."""
    return found.straight.printed_over(found.known.printed) > PRINTED_OVER_MAX


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
