"""An image → the pages of ours in it: which copy's which page each is, and where it lies.

A page that fills its image is found by a look into the corners. All else (slips, torn and cropped pages) takes a search
of the whole image, then the codes say which page each is; where both codes of one are lost, its print does.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from scanning.blankness import is_blank
from scanning.fiducials import marks_in_corners
from scanning.pipeline.identified import Identity, aside, identified, with_codes
from scanning.pipeline.library import Library
from scanning.pipeline.search import Search
from scanning.pipeline.slips import FITTING_MM, Sheet
from scanning.readings import Refusal, SetAside
from scanning.registration import MARKS, outline_mm
from scanning.template import Grey

__all__ = ["Identity", "identities"]

ALONE_SHARE: Final = 0.7
"""From this part of the image on that a page fills, no other can lie beside it: two A5 pages fill half of A4 each."""


def identities(image: Grey, library: Library) -> Iterator[Identity | SetAside]:
    """Give every page of ours in an image (one sheet, or several slips), or why there is none."""
    alone = _filling(image, library)
    if alone is not None:
        yield alone
        return
    found = Search(image, library).found()
    if found:
        yield from found
    else:
        yield aside(Refusal.BLANK_PAGE if is_blank(image) else Refusal.NOTHING_FOUND)


def _filling(image: Grey, library: Library) -> Identity | None:
    """Give the page that fills an image, by the marks in its corners and a code at its place."""
    spots = marks_in_corners(image)
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


def _share(image: Grey, sheet: Sheet) -> float:
    """Give the part of an image that a sheet fills, beyond its edges or not."""
    placed = sheet.registration
    if placed is None:
        return 0.0
    x, y = placed.to_px(outline_mm(sheet.size)).T
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2 / image.size)
