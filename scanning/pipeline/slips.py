"""All marks and codes of an image → sheets: which of them belong together, by where a sheet has them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import cv2
import numpy as np

from forms.codes.machine import MachineCode
from forms.paper.editions import Size
from scanning.fiducials import Mark
from scanning.identification import FoundCode
from scanning.pipeline.library import Library
from scanning.registration import CODES, Registration, Spots, outline_mm, places_mm, register, residual_mm
from scanning.template import Points

NEAR_MM: Final = 2.0
NEAR_PART: Final = 0.08
"""How far from where it should be a mark or code may be to belong to a sheet: 2 mm, and 8 % of the way to the nearest
that is known. The direction of a code is known to 1°, a photo's slant moves the far end by 5 %; the next slip's mark of
the same number is a whole slip away."""

FITTING_MM: Final = 1.5
"""The largest residual of a sheet's marks and codes: a curled photo's have up to 1."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """Marks and codes that lie as those of one page of this size do."""

    size: Size
    spots: Spots
    code: MachineCode | None = None

    @cached_property
    def registration(self) -> Registration | None:
        """Give where it lies by all of them together."""
        return register(self.spots, self.size)

    def named(self, code: MachineCode) -> "Sheet":
        """Give the sheet with its code: it lies where it lay, which need not be found again."""
        sheet = replace(self, code=code)
        vars(sheet).update(registration=self.registration)
        return sheet

    def covers(self, corners_px: Points) -> bool:
        """Tell whether the middle of something lies on this sheet."""
        placed = self.registration
        if placed is None:
            return False
        outline = placed.to_px(outline_mm(self.size)).astype(np.float32)
        x, y = map(float, corners_px.mean(axis=0))
        return cv2.pointPolygonTest(outline, (x, y), measureDist=False) >= 0

    @cached_property
    def rank(self) -> tuple[int, float]:
        """Give how well it holds together, the best being the least."""
        placed = self.registration
        return -len(self.spots), residual_mm(placed, self.spots, self.size) if placed is not None else np.inf


class Scene:
    """What was found in an image; sheets are taken out of it one by one."""

    def __init__(self, marks: Sequence[Mark], codes: Sequence[FoundCode], library: Library) -> None:
        self._marks, self._codes, self._library = list(marks), list(codes), library

    def coded(self) -> Iterator[Sheet]:
        """Take out every sheet with a code that was read: one place for it, or two where both are as likely."""
        while self._codes:
            seed = self._codes[0]
            sheets = [
                self._grown(Sheet(size, {place: seed.corners}, seed.code))
                for size in self._sizes_of(seed.code)
                for place in CODES
            ]
            best = min(sheets, key=lambda sheet: sheet.rank)
            self._take(best)
            yield best

    def uncoded(self) -> Iterator[Sheet]:
        """Take out what marks are left, as sheets whose codes could not be read."""
        while self._marks:
            seed = self._marks[0]
            sizes = self._library.sizes_first
            best = min(
                (self._grown(Sheet(size, {seed.number: seed.corners})) for size in sizes), key=lambda one: one.rank
            )
            self._take(best)
            yield best

    def _sizes_of(self, code: MachineCode) -> tuple[Size, ...]:
        known = self._library.page_of(code)
        return (known[1].size,) if known is not None else self._library.sizes_first

    def _grown(self, sheet: Sheet) -> Sheet:
        """Give the sheet with all that fits it, the nearest first, each leading to the next."""
        while (placed := sheet.registration) is not None:
            found = min(self._fitting(sheet, placed), key=lambda one: one[0], default=None)
            if found is None:
                break
            grown = replace(sheet, spots={**sheet.spots, found[1]: found[2]})
            if grown.rank[1] > FITTING_MM:
                break
            sheet = grown
        return sheet

    def _fitting(self, sheet: Sheet, placed: Registration) -> Iterator[tuple[float, int, Points]]:
        """Give what may belong to a sheet: how far it is off, as a part of what is allowed; its place; its corners."""
        known = np.array([places_mm(sheet.size)[place].mean(axis=0) for place in sheet.spots])
        taken = [id(corners) for corners in sheet.spots.values()]
        for place, corners in self._candidates(sheet.code):
            if place in sheet.spots or id(corners) in taken:
                continue
            wanted = places_mm(sheet.size)[place]
            allowed = NEAR_MM + NEAR_PART * float(np.linalg.norm(known - wanted.mean(axis=0), axis=1).min())
            off = float(np.linalg.norm(placed.to_mm(corners) - wanted, axis=1).max())
            if off <= allowed:
                yield off / allowed, place, corners

    def _candidates(self, code: MachineCode | None) -> Iterator[tuple[int, Points]]:
        yield from ((mark.number, mark.corners) for mark in self._marks)
        yield from ((place, found.corners) for found in self._codes for place in CODES if found.code == code)

    def _take(self, sheet: Sheet) -> None:
        """Leave out what belongs to a sheet, and whatever else seems to be on it."""
        used = {id(corners) for corners in sheet.spots.values()}
        lone = len(sheet.spots) == 1
        self._marks = [
            one for one in self._marks if id(one.corners) not in used and (lone or not sheet.covers(one.corners))
        ]
        self._codes = [
            one
            for one in self._codes
            if id(one.corners) not in used and (lone or one.code != sheet.code or not sheet.covers(one.corners))
        ]
