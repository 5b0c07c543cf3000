"""A page that no machine could tell or place, with what a person said of it → the same steps as for any other page.

A person names the page and may point at the four corners of its sheet. That is where to look for its marks and its
print, not where it is taken to be: these place it, and have to be those of the page that was named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from forms.codes.machine import MachineCode
from forms.paper.editions import Size
from scanning import identification, likeness, refining
from scanning.fiducials import Mark, marks_anywhere
from scanning.hints import Hint
from scanning.pipeline import Located
from scanning.pipeline.by_print import PIECES_MIN, SEARCH_MM, UNLIKE_SHARE
from scanning.pipeline.identified import Identity, aside, settled, with_codes
from scanning.pipeline.library import Library
from scanning.pipeline.page import IdentifiedPage
from scanning.pipeline.slips import FITTING_MM, Scene, Sheet
from scanning.readings import Refusal, SetAside
from scanning.registration import MARKS, Registration, outline_mm, places_mm
from scanning.template import Grey, PageTemplate, Points, Template

NEAR_MM: Final = 12.0
"""How far from where the corners put it a mark is looked for: fingers and torn paper are a few mm off, and the next
mark of the same number is a whole slip away."""

OTHER_CODE: Final = "The code on this page says that it is page {page} of the printing {printing}, copy {copy}."
NOT_THIS: Final = (
    "What is printed on this page is not what the page that was named has there. "
    "Look whether it is another page, or put the four corners more exactly."
)
NOT_PLACED: Final = "Where this page lies cannot be told. Put its four corners by hand."


def read_by_hand(image: Grey, library: Library, hint: Hint) -> Located | SetAside:
    """Read the page that a person named in a grey image; a reason where that cannot be."""
    code = MachineCode(hint.printing, hint.page, hint.copy)
    known = library.page_of(code)
    if known is None:
        return aside(Refusal.UNKNOWN_PRINTING)
    template, page = known
    found = _identity(image, _Named(hint, code, template, page), library)
    if isinstance(found, SetAside):
        return found
    reading = IdentifiedPage(image, found.registration, template, page, found.code).reading()
    return Located(reading, found)


@dataclass(frozen=True, slots=True)
class _Named:
    """What a person said, and the page that this means."""

    hint: Hint
    code: MachineCode
    template: Template
    page: PageTemplate


def _identity(image: Grey, named: _Named, library: Library) -> Identity | SetAside:
    """Give the page where its marks, its print or its corners put it, once it looks as it should."""
    sheets = list(_sheets(image, named, library))
    wrong = next((sheet.code for sheet in sheets if sheet.code and not _agrees(sheet.code, named.code)), None)
    if wrong is not None:
        words = OTHER_CODE.format(page=wrong.page, printing=wrong.printing, copy=wrong.copy or "none")
        return SetAside(Refusal.NO_CODE, words)
    copy = named.code.copy or next((sheet.code.copy for sheet in sheets if sheet.code), None)
    tried = list(_placings(image, named, sheets))
    for placed in tried:
        if _looks_right(image, placed, named.page, library):
            return Identity(replace(named.code, copy=copy), named.template, named.page, placed)
    return SetAside(Refusal.NOTHING_FOUND, NOT_THIS if tried else NOT_PLACED)


def _sheets(image: Grey, named: _Named, library: Library) -> Iterator[Sheet]:
    """Give the sheets that what is found of marks and codes may belong to: near the corners, where these are given."""
    marks = marks_anywhere(image)
    size = named.page.size
    if named.hint.corners is not None:
        yield with_codes(image, _by_marks(marks, _by_corners(image, named), size))
        return
    codes = [identification.placed(image, found) for found in identification.codes_anywhere(image)]
    scene = Scene(marks, [found for found in codes if found is not None], library)
    for sheet in (*scene.coded(), *(with_codes(image, one) for one in scene.uncoded())):
        if sheet.size == size:
            yield sheet


def _by_marks(marks: list[Mark], rough: Registration, size: Size) -> Sheet:
    """Give the sheet of the marks that lie near where the corners put them, if they fit one; else one without any."""
    near: dict[int, Points] = {}
    for number in range(MARKS):
        wanted = places_mm(size)[number]
        offs = [
            (float(np.linalg.norm(rough.to_mm(one.corners) - wanted, axis=1).max()), one.corners)
            for one in marks
            if one.number == number
        ]
        off, corners = min(offs, key=lambda one: one[0], default=(np.inf, wanted))
        if off <= NEAR_MM:
            near[number] = corners
    if near and (sheet := Sheet(size, near)).rank[1] <= FITTING_MM:
        return sheet
    bare = Sheet(size, {})
    vars(bare).update(registration=rough)  # its codes are read where the corners put them
    return bare


def _agrees(code: MachineCode, said: MachineCode) -> bool:
    """Tell whether a code that was read leaves room for what was said; nobody has to know the copy."""
    return replace(code, copy=None) == replace(said, copy=None) and said.copy in (None, code.copy)


def _placings(image: Grey, named: _Named, sheets: list[Sheet]) -> Iterator[Registration]:
    """Give where the page may lie, what is surest first."""
    for sheet in sorted((one for one in sheets if one.spots), key=lambda one: one.rank):
        placed = settled(image, sheet, named.page)
        if placed is not None:
            yield placed
    rough = _by_corners(image, named)
    pieces = likeness.pieces(named.page)
    if len(pieces) >= refining.PIECES_MIN:
        found = refining.refined(image, rough, named.page, pieces, outline_mm(named.page.size))
        if found is not None:
            yield found
    if named.hint.corners is not None:
        yield rough


def _by_corners(image: Grey, named: _Named) -> Registration:
    """Give where the four corners put a page; without any it is taken to fill the image."""
    height, width = image.shape
    turned = np.roll([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)], named.hint.quarter_turns % 4, axis=0)
    corners = np.array(named.hint.corners or turned) * (width, height) - 0.5
    outline = outline_mm(named.page.size)
    matrix = cv2.getPerspectiveTransform(outline.astype(np.float32), corners.astype(np.float32))
    return Registration(np.asarray(matrix, dtype=np.float64))


def _looks_right(image: Grey, placed: Registration, page: PageTemplate, library: Library) -> bool:
    """Tell whether the print of the page that was named is there, and more of it than of any other page's."""
    share = _found_share(image, placed, page)
    if share is None:
        return True
    rivals = (one for one in library.pages() if one is not page and one.size == page.size)
    return share > UNLIKE_SHARE and all((_found_share(image, placed, one) or 0.0) < share for one in rivals)


def _found_share(image: Grey, placed: Registration, page: PageTemplate) -> float | None:
    """Give the part of a page's print within the image that is there; None for a page with hardly any print."""
    pieces = likeness.pieces(page)
    if len(pieces) < PIECES_MIN:
        return None
    height, width = image.shape
    x, y = placed.to_px(pieces).T
    inside = pieces[(x >= 0) & (y >= 0) & (x < width) & (y < height)]
    if len(inside) < PIECES_MIN:
        return 0.0
    match = likeness.matched(image, placed, page, inside, SEARCH_MM)
    return float(np.mean(match.alike >= likeness.ALIKE_MIN))
