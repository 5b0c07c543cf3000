"""A sheet's marks and codes → the page that it is, once its code can be read and there is enough to place it by."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from forms.codes.machine import MachineCode
from scanning import identification, likeness, refining
from scanning.pipeline.library import Library
from scanning.pipeline.slips import FITTING_MM, Sheet
from scanning.readings import REFUSALS, Refusal, SetAside
from scanning.registration import (
    CODES,
    MARKS,
    PLANE_SHARE,
    Registration,
    flat,
    places_mm,
    reach,
    residual_mm,
    spanned,
)
from scanning.template import Grey, PageTemplate, Template

SURE_SPAN: Final = 0.55
"""From this part of the page on that marks and codes span, they alone say where it lies: all four corners have 0.8,
three of them 0.43, and a page that was fed unevenly is then 5 mm off at the fourth."""

REACH_MIN: Final = 0.4
"""How far apart, as a part of the diagonal, what was found must lie for the place of a page without print to follow
from it: two marks along a short side have 0.55; a mark and the code beside it 0.05."""

FLAT_MM: Final = 0.2
"""Three corners that fit this well without perspective lie on a scanner's glass, where the fourth follows from them."""

TOO_LITTLE: Final = "The page's code was read, but too little of the page can be found to tell where its boxes are."


@dataclass(frozen=True, slots=True)
class Identity:
    """A page that was recognised: what its code says, its template, and where it lies in the image."""

    code: MachineCode
    template: Template
    page: PageTemplate
    registration: Registration


def aside(refusal: Refusal) -> SetAside:
    """Give a page set aside for that reason, in its own words."""
    return SetAside(refusal, REFUSALS[refusal])


def with_codes(image: Grey, sheet: Sheet) -> Sheet:
    """Give a sheet with the codes that can be read at their places; one is enough where all marks are known."""
    for place in CODES:
        placed = sheet.registration
        if placed is None or (sheet.code is not None and len(sheet.spots) >= MARKS):
            break
        found = identification.code_at(image, placed.to_px(places_mm(sheet.size)[place]))
        if found is not None and found.code == (sheet.code or found.code):
            sheet = _with_code(image, sheet, place, found)
    return sheet


def _with_code(image: Grey, sheet: Sheet, place: int, found: identification.FoundCode) -> Sheet:
    """Give a sheet with a code, and with the code's corners where marks are lost and they fit."""
    sheet = sheet.named(found.code)
    exact = identification.placed(image, found) if len(sheet.spots) < MARKS else None
    if exact is None:
        return sheet
    grown = replace(sheet, spots={**sheet.spots, place: exact.corners})
    return grown if grown.rank[1] <= FITTING_MM else sheet


def identified(image: Grey, sheet: Sheet, library: Library) -> Identity | SetAside:
    """Give the page that a sheet's code names, if there is enough to say where it lies."""
    known = library.page_of(sheet.code) if sheet.code is not None else None
    if sheet.code is None or known is None:
        return aside(Refusal.UNKNOWN_PRINTING)
    template, page = known
    placed = settled(image, sheet, page) if page.size == sheet.size else None
    if placed is None:
        return SetAside(Refusal.NOTHING_FOUND, TOO_LITTLE)
    return Identity(sheet.code, template, page, placed)


def settled(image: Grey, sheet: Sheet, page: PageTemplate) -> Registration | None:
    """Give where a page lies: by its marks and codes where they span it, else by its print near where they say."""
    placed = sheet.registration
    if placed is None or spanned(sheet.spots, sheet.size) >= SURE_SPAN:
        return placed
    level = flat(sheet.spots, sheet.size) if spanned(sheet.spots, sheet.size) >= PLANE_SHARE else None
    if level is not None and residual_mm(level, sheet.spots, sheet.size) <= FLAT_MM:
        return level
    near_mm = np.array([places_mm(sheet.size)[place].mean(axis=0) for place in sheet.spots])
    pieces = likeness.pieces(page)
    if len(pieces) < refining.PIECES_MIN:
        return placed if reach(sheet.spots, sheet.size) >= REACH_MIN else None
    found = refining.refined(image, placed, page, pieces, near_mm)
    is_level = residual_mm(placed, sheet.spots, sheet.size) <= FLAT_MM
    return placed if found is None and is_level and reach(sheet.spots, sheet.size) >= REACH_MIN else found
