"""An image → the pages of ours in it: which copy's which page each is, and where it lies.

A page that fills its image is found by a look into the corners. All else (slips, torn and cropped pages) takes a search
of the whole image, then the codes say which page each is; where both codes of one are lost, its print does.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from forms.paper.editions import Size
from scanning.blankness import is_blank
from scanning.fiducials import marks_anywhere, marks_in_corners
from scanning.pipeline.identified import Identity, aside, identified, with_codes
from scanning.pipeline.library import Library
from scanning.pipeline.search import Search
from scanning.pipeline.slips import FITTING_MM, Sheet
from scanning.readings import Refusal, SetAside
from scanning.registration import MARKS, Registration, Spots, outline_mm
from scanning.template import Grey

__all__ = ["Identity", "identities"]

PHOTO_SHARE: Final = 0.52
"""The same for a page of which all four marks were found: a little more than half, as two A5 pages fill."""

ALONE_SHARE: Final = 0.7
"""From this part of the image on that a page fills, no other can lie beside it: two A5 pages fill half of A4 each."""


def identities(image: Grey, library: Library) -> Iterator[Identity | SetAside]:
    """Give every page of ours in an image (one sheet, or several slips), or why there is none."""
    alone = _filling(image, library, marks_in_corners(image))
    if alone is not None:
        yield alone
        return
    marks = marks_anywhere(image)
    once = {mark.number: mark.corners for mark in marks}
    alone = _filling(image, library, once) if len(marks) == len(once) == MARKS else None
    if alone is not None and _fills(image, alone):
        yield alone
        return
    found = Search(image, marks, library).found()
    if found:
        yield from found
    else:
        yield aside(Refusal.BLANK_PAGE if is_blank(image) else Refusal.NOTHING_FOUND)


def _filling(image: Grey, library: Library, spots: Spots) -> Identity | None:
    """Give the page that fills an image, or is alone on it with all of its marks, and has a code at its place."""
    if len(spots) < 2:
        return None
    sheets = [Sheet(size, spots) for size in library.sizes]
    for sheet in sorted((one for one in sheets if one.rank[1] <= FITTING_MM), key=lambda one: one.rank):
        if len(spots) == MARKS or _share(image, sheet) >= ALONE_SHARE:
            read = with_codes(image, sheet)
            if read.code is not None:
                found = identified(image, read, library)
                return found if isinstance(found, Identity) else None
    return None


def _fills(image: Grey, page: Identity) -> bool:
    """Tell whether a page leaves no room for another: a photo of a sheet shows the table, too."""
    return _share_of(image, page.registration, page.page.size) >= PHOTO_SHARE


def _share(image: Grey, sheet: Sheet) -> float:
    placed = sheet.registration
    return _share_of(image, placed, sheet.size) if placed is not None else 0.0


def _share_of(image: Grey, placed: Registration, size: Size) -> float:
    """Give the part of an image that a page fills, beyond its edges or not."""
    x, y = placed.to_px(outline_mm(size)).T
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2 / image.size)
