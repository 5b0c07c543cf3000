"""A page that was read → the questions beside whose boxes somebody wrote: "see letter" may change a clear answer.

It is looked for when the marks are read: whoever accepts an answer must know of it by then.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import cv2
import numpy as np

from forms.layout import Box
from scanning.foreign.templates import ForeignPage
from scanning.marks import least_ink, noise_of
from scanning.pipeline import Located
from scanning.pipeline.page import prepared
from scanning.surface import SURFACE_PX_PER_MM, Mask, Surface
from scanning.template import Grey, TickBox
from scanning.tone import tone_of
from scanning.writing import cells
from scanning.writing.bending import bent
from scanning.writing.cells import Sheet
from scanning.writing.drafts import By, Draft, Unsure

WIDE_MM: Final = 18.0
LEAST_MM2: Final = 8.0
"""From this reach and this much ink on somebody wrote beside the boxes: a large tick reaches 10 mm, "see letter" 25."""

SLICE_MM: Final = 6.0
SLICE_HIGH_MM: Final = 1.2
"""Writing is looked for slice by slice, as its letters stand apart; lower ink is a fold or a row that a fax spoilt."""

MARK_REACH_MM: Final = 3.5
"""How far marks run over their boxes."""

CROWD: Final = 3
CROWD_GROW_MM: Final = 1.5
"""Of somebody else's page we know a drawing only. Where so many of its questions seem written beside, its print may lie
elsewhere than it was drawn: it is looked for once more, clear of print by so much more. So on one of nine made pages,
on four of its six questions. What is still there is doubted, however much it is."""


def beside(image: Grey, located: Located) -> list[Draft]:
    """Give a draft without words for each question with boxes that somebody wrote beside."""
    page = located.identity.page
    if not page.ticks:
        return []
    blank = prepared(page).blank
    found = list(_found(image, located, blank))
    is_odd = isinstance(page, ForeignPage) and len(found) >= CROWD
    return list(_found(image, located, _clear(blank, CROWD_GROW_MM))) if is_odd else found


def _clear(blank: Mask, by_mm: float) -> Mask:
    """Leave blank only what lies that far from print."""
    side = 2 * round(by_mm * SURFACE_PX_PER_MM) + 1
    return np.asarray(cv2.erode(blank, np.ones((side, side), np.uint8)), np.uint8)


def _found(image: Grey, located: Located, blank: Mask) -> Iterator[Draft]:
    page, registration = located.identity.page, located.identity.registration
    sheet = Sheet(image, registration, tone_of(image, registration, page.fiducials))
    centres, shifts = bent(page, located.reading, registration)
    least = least_ink(noise_of(cells.cut(sheet, centres, shifts)))
    whole = Surface(image, registration, sheet.tone, blank, centres, shifts, least)
    without = [_around(box) for box in page.ticks] + [field.box_mm for field in page.texts]
    for question, area in prepared(page).areas.items():
        if _is_written_in(whole, area, without):
            yield Draft(question, By.HAND, "", unsure=Unsure.BESIDE_BOXES)


def _is_written_in(whole: Surface, area: Box, without: Sequence[Box]) -> bool:
    """Tell whether ink as high as letters runs on through slices of an area of the page, far enough."""
    if whole.stray_in(area, without).area_mm2 < LEAST_MM2:
        return False  # so of most, at a thirtieth of the time
    wide, area_mm2 = 0.0, 0.0
    for left in np.arange(area.x, area.right, SLICE_MM).tolist():
        stray = whole.stray_in(Box(left, area.y, min(SLICE_MM, area.right - left), area.h), without)
        is_written = stray.high_mm >= SLICE_HIGH_MM
        wide, area_mm2 = (wide + SLICE_MM, area_mm2 + stray.area_mm2) if is_written else (0.0, 0.0)
        if wide >= WIDE_MM and area_mm2 >= LEAST_MM2:
            return True
    return False


def _around(box: TickBox) -> Box:
    side = box.side + 2 * MARK_REACH_MM
    return Box(box.x - MARK_REACH_MM, box.y - MARK_REACH_MM, side, side)
