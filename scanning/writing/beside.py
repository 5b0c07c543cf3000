"""A page that was read → the questions beside whose boxes somebody wrote: "see letter" may change a clear answer.

It is looked for when the marks are read: whoever accepts an answer must know of it by then.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from forms.layout import Box
from scanning.foreign.page import tone_on
from scanning.marks import least_ink, noise_of
from scanning.pipeline import Located
from scanning.pipeline.page import prepared
from scanning.surface import Surface
from scanning.template import Grey, PageTemplate, TickBox
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

EDGE_MM: Final = 8.0
"""Along the edges of a sheet are holes, staples and shadows."""


def beside(image: Grey, located: Located) -> list[Draft]:
    """Give a draft without words for each question with boxes that somebody wrote beside."""
    return list(_found(image, located)) if located.identity.page.ticks else []


def _found(image: Grey, located: Located) -> Iterator[Draft]:
    page, registration = located.identity.page, located.identity.registration
    sheet = Sheet(image, registration, tone_on(image, registration, page))
    centres, shifts = bent(page, located.reading, registration)
    least = least_ink(noise_of(cells.cut(sheet, centres, shifts)))
    ready = prepared(page)
    whole = Surface(image, registration, sheet.tone, ready.blank, centres, shifts, least)
    without = [_around(box) for box in page.ticks] + [field.box_mm for field in page.texts]
    for question, area in ready.areas.items():
        if _is_written_in(whole, _off_the_edges(area, page), without):
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


def _off_the_edges(area: Box, page: PageTemplate) -> Box:
    left, right = max(area.x, EDGE_MM), min(area.right, page.size.width_mm - EDGE_MM)
    top, bottom = max(area.y, EDGE_MM), min(area.bottom, page.size.height_mm - EDGE_MM)
    return Box(left, top, max(right - left, 0.0), max(bottom - top, 0.0))


def _around(box: TickBox) -> Box:
    side = box.side + 2 * MARK_REACH_MM
    return Box(box.x - MARK_REACH_MM, box.y - MARK_REACH_MM, side, side)
