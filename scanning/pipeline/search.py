"""The search of a whole image for sheets of ours: several slips, torn and cropped pages, lost codes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from scanning import identification
from scanning.fiducials import Mark
from scanning.pipeline.by_print import printed_identity
from scanning.pipeline.identified import Identity, aside, identified, settled, with_codes
from scanning.pipeline.library import Library
from scanning.pipeline.slips import Scene, Sheet
from scanning.readings import Refusal, SetAside
from scanning.registration import CODES
from scanning.template import Grey, Points

SAME_PART: Final = 0.25
"""Nearer than this part of its width two findings of one code are one page; the same page scanned twice lies beside."""

ROW_PART: Final = 0.5
"""Slips whose middles differ by less than this part of a slip's height lie in one row."""


class Search:
    """The search of one image."""

    def __init__(self, image: Grey, marks: Sequence[Mark], library: Library) -> None:
        self._image, self._library = image, library
        codes = [identification.placed(image, found) for found in identification.codes_anywhere(image)]
        self._scene = Scene(marks, [code for code in codes if code is not None], library)
        self._pages: list[Identity] = []
        self._asides: list[SetAside] = []

    def found(self) -> list[Identity | SetAside]:
        """Give the pages in reading order, then reasons for sheets that are none; nothing where there is neither."""
        for sheet in self._scene.coded():
            self._keep(self._coded(sheet))
        lone = []
        for sheet in self._scene.uncoded():
            if any(covers(page, sheet) for page in self._pages):
                continue
            if len(sheet.spots) == 1:
                lone.append(sheet)
            else:
                self._keep(self._uncoded(sheet))
        if lone and not self._asides:
            self._asides.append(aside(Refusal.NO_CODE))
        return [*in_reading_order(self._pages), *self._asides]

    def _coded(self, sheet: Sheet) -> Identity | SetAside:
        """Give the page of a sheet with a code; a code all alone may be either of the page's two."""
        if len(sheet.spots) > 1 or not set(sheet.spots) <= set(CODES):
            return identified(self._image, with_codes(self._image, sheet), self._library)
        [corners] = sheet.spots.values()
        tried = [identified(self._image, replace(sheet, spots={place: corners}), self._library) for place in CODES]
        return next((one for one in tried if isinstance(one, Identity)), tried[0])

    def _uncoded(self, sheet: Sheet) -> Identity | SetAside:
        """Give the page of a sheet whose codes were not read at first: straightened they may be, else its print is."""
        coded = with_codes(self._image, sheet)
        if coded.code is not None:
            return identified(self._image, coded, self._library)
        placed = sheet.registration
        known = printed_identity(self._image, placed, sheet.size, self._library) if placed is not None else None
        if known is None:
            return aside(Refusal.NO_CODE)
        code, template, page = known
        exact = settled(self._image, sheet, page)
        return Identity(code, template, page, exact) if exact is not None else aside(Refusal.NO_CODE)

    def _keep(self, found: Identity | SetAside) -> None:
        if isinstance(found, SetAside):
            self._asides.append(found)
        elif not any(_is_same(found, page) for page in self._pages):
            self._pages.append(found)


def covers(page: Identity, sheet: Sheet) -> bool:
    """Tell whether what was found of a sheet lies on a page."""
    middles = np.array([corners.mean(axis=0) for corners in sheet.spots.values()])
    on_page = page.registration.to_mm(middles)
    size = page.page.size
    return bool(((on_page >= 0) & (on_page <= (size.width_mm, size.height_mm))).all())


def _is_same(one: Identity, other: Identity) -> bool:
    if one.code != other.code:
        return False
    apart_mm = one.registration.to_mm(_middle_px(other)) - _middle_mm(one)
    return float(np.linalg.norm(apart_mm)) < SAME_PART * one.page.size.width_mm


def in_reading_order(pages: Sequence[Identity]) -> list[Identity]:
    """Give pages row by row from the top, each row from the left."""
    waiting, ordered = sorted(pages, key=lambda page: _middle_px(page)[1]), list[Identity]()
    while waiting:
        first = waiting[0]
        limit = _middle_px(first)[1] + ROW_PART * _height_px(first)
        row = [page for page in waiting if _middle_px(page)[1] <= limit]
        ordered += sorted(row, key=lambda page: _middle_px(page)[0])
        waiting = waiting[len(row) :]
    return ordered


def _middle_mm(page: Identity) -> Points:
    return np.array([page.page.size.width_mm, page.page.size.height_mm]) / 2


def _middle_px(page: Identity) -> Points:
    return page.registration.to_px(_middle_mm(page))


def _height_px(page: Identity) -> float:
    """Give how high a page is in its image, whichever way up."""
    size = page.page.size
    corners = np.array([[0, 0], [size.width_mm, 0], [size.width_mm, size.height_mm], [0, size.height_mm]])
    return float(np.ptp(page.registration.to_px(corners)[:, 1]))
