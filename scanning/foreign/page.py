"""The steps from a placed page of somebody else's form to its readings: those of our own pages, on boxes of any kind.

Every box is brought to one square of the page's usual size before it is measured, whatever its shape; what is printed
in and around it is known from the drawing and does not count; and each is placed by the print around it, because not
every box has lines of its own.
"""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

import cv2
import numpy as np

from forms.codes.machine import MachineCode
from forms.layout.model import Box
from scanning import alignment, marks, patches, surface
from scanning.foreign.following import led_to
from scanning.foreign.library import Known
from scanning.foreign.matching import ALIKE_MIN, Floats, Found, Straight
from scanning.foreign.templates import ForeignPage
from scanning.looks import DARK_MIN, MARK_EXTENT_MIN, TRACE_MM2
from scanning.pipeline.page import IdentifiedPage, Prepared, Settled
from scanning.readings import MarkFeatures, StrayInk
from scanning.registration import Registration
from scanning.settling import question_name
from scanning.template import PX_PER_MM, Grey, PageTemplate, Points
from scanning.tone import Tone, tone_of

BOXES_MATCHED_MAX: Final = 120
"""Most boxes that are looked for one by one; of more the neighbours tell where they are."""

SEARCH_MM: Final = 2.0
"""How far off the plane a box is looked for."""

LEADING_MIN: Final = 12
"""The fewest pieces of print that lead to boxes on a bent page."""

SURE_ALIKE: Final = 0.6
"""From this correlation of the print around a box on it is where that was found."""

NEAR_MM: Final = 30.0
"""How far print reaches that vouches for a box which is hidden itself: a page bends by 0.1 mm over that."""

VOUCHED: Final = 0.8
"""How surely a box is in its place that print nearby vouches for, against its own print being found."""

PRINT_MIN: Final = 0.22
"""From this darkness on (paper 0, print 1) the drawing has print, which is no ink."""

SHADE_MAX: Final = 0.45
"""A box's inside may be tinted as dark as this; what is darker is print."""

PRINT_GROW_PX: Final = 5
"""Print is grown to this many px around in all before it is left out: what a scan's blur makes of its edges."""

NEIGHBOUR_GROW_MM: Final = 0.5
"""What stands in another box, or so near to it, is that one's."""

CIRCLED_PART: Final = 0.375
"""Ink in so many directions around an empty box (three of eight) may be a circle, of which print hides the rest."""

SPREAD_PART, STAIN_PART = 0.5, 0.75
STAIN_DARK: Final = 0.5 * DARK_MIN
"""Ink all around a box as well as in it, and so much lighter than the page's marks, may be a stain: it is taken for
too faint to be sure of."""

AREA_MM: Final = 1.2
"""How far around its boxes ink may belong to a question: other people's answers stand close together."""

SPOTS_MIN, SPOTS_MAX = 25, 600
DARK_MAX, BLACK_PERCENT = 90, 25
"""Print's black is taken at so many places, where the drawing is darker than that all around, at this percentile."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is worked out once for each page: its print in and around each box, as masks of patches."""

    prepared: Prepared
    inside: marks.Mask
    """Print that is no ink, (n, h, w)."""
    shade: Floats
    """How dark the inside of each box is printed, (n,)."""
    spots_mm: Points
    """Where black is seen."""


class ForeignReading(IdentifiedPage):
    """One page of somebody else's form on its way through the steps."""

    def __init__(
        self,
        image: Grey,
        registration: Registration,
        known: Known,
        code: MachineCode,
        straight: Straight,
        pieces: Found,
        *,
        is_sure: bool = True,
    ) -> None:
        super().__init__(image, registration, known.template, known.page, code)
        self._is_sure = is_sure
        self._known, self._straight, self._pieces, self._foreign = known, straight, pieces, known.page

    @cached_property
    def _sides(self) -> float:
        return self._foreign.side_mm

    @cached_property
    def _tone(self) -> Tone:
        return tone_on(self.image, self.registration, self._foreign)

    @cached_property
    def _around(self) -> Around:
        return around_of(self._foreign)

    @cached_property
    def _prepared(self) -> Prepared:
        return self._around.prepared

    @cached_property
    def _settled(self) -> Settled:
        """Place every box by the print around it, and by what is found nearby where that is hidden."""
        centres = self.page.centres
        if not len(centres):
            return Settled(centres.copy(), 0.0, None)
        looked = np.zeros(len(centres), dtype=bool)
        looked[np.linspace(0, len(centres) - 1, min(len(centres), BOXES_MATCHED_MAX)).astype(int)] = True
        boxes = self._straight.found(self._known.printed, centres[looked], SEARCH_MM, self._bent(centres[looked]))
        shifts, alike = np.zeros_like(centres), np.zeros(len(centres))
        shifts[looked], alike[looked] = boxes.shifts_mm, boxes.alike
        everything = np.concatenate([centres, self._pieces.places_mm])
        all_shifts = np.concatenate([shifts, self._pieces.shifts_mm])
        all_alike = np.concatenate([alike, self._pieces.alike])
        clear = np.where(all_alike >= SURE_ALIKE, all_alike, 0.0)
        size = (self.page.size.width_mm, self.page.size.height_mm)
        settled, residual = alignment.settled_shifts(everything, all_shifts, clear, size)
        return Settled(settled[: len(centres)], residual, self._vouched(everything, clear))

    def _bent(self, centres: Points) -> Points | None:
        """Give how far off the plane the print around boxes leads to expect them; None where the page lies flat."""
        known = (self._pieces.alike >= ALIKE_MIN) & self._known.printed.telling
        if int(known.sum()) < LEADING_MIN or np.abs(self._pieces.shifts_mm[known]).max() < SEARCH_MM / 2:
            return None
        places = self._pieces.places_mm[known]
        apart = np.linalg.norm(centres[:, None] - places[None], axis=2)
        return led_to(centres, places, self._pieces.shifts_mm[known], apart)

    def _vouched(self, places: Points, clear: Floats) -> Floats:
        """Give how surely each box is where it was settled, 0 to 1."""
        count = len(self.page.centres)
        apart = np.linalg.norm(places[:count, None] - places[None], axis=2)
        near = ((apart <= NEAR_MM) & (clear >= SURE_ALIKE)).sum(axis=1)
        return np.maximum(clear[:count], np.where(near >= 2, VOUCHED, np.where(near == 1, ALIKE_MIN, 0.0)))

    def _cut(self, shifts: Points, half: int) -> Grey:
        return cut_squared(self.image, self.registration, self._foreign, shifts, half)

    @cached_property
    def _boxes_ink(self) -> marks.Ink:
        """Give the ink of the squared boxes where they were found, without print and the box's own tint."""
        ink = self._ink(self._cut(self._shifts, self._half), self._shifts)
        shade = self._around.shade.astype(np.float32)[:, None, None]
        ink = np.clip((ink - shade) / (1 - shade), 0, 1)
        ink[self._around.inside] = 0
        return np.asarray(ink, dtype=np.float32)

    def _features(self) -> list[MarkFeatures]:
        """Measure every box, and make doubtful by its features what on other people's pages is not sure."""
        found = super()._features()
        parts = np.minimum(np.sqrt(self._foreign.sides_mm.prod(axis=1)) / self._sides, 1.0) ** 2
        usual = float(np.median([one.dark for one in found if one.extent >= MARK_EXTENT_MIN] or [0.0]))
        return [
            _careful(one, part, usual, is_unsure=preset or not self._is_sure)
            for one, part, preset in zip(found, parts.tolist(), self._foreign.preset, strict=True)
        ]

    def _strays(self, questions: list[str]) -> dict[str, StrayInk]:
        """Give the ink close around the boxes of questions of which none is marked."""
        others = [field.box_mm for field in self.page.texts]
        found = {}
        for name in questions:
            own = [at for at, box in enumerate(self.page.ticks) if question_name(box) == name]
            without = [*others, *(_grown(box) for at, box in enumerate(self._foreign.insides) if at not in own)]
            areas = [_grown(self._foreign.insides[at], AREA_MM) for at in own]
            found[name] = max(
                (self._surface.stray_in(area, [one for one in without if _meet(one, area)]) for area in areas),
                key=lambda one: one.extent_mm,
            )
        return {name: stray for name, stray in found.items() if stray.extent_mm > 0}

    def _ticks_px(self) -> list[tuple[float, float, float, float]]:
        square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) / 2
        return self._bounds_px((self.page.centres + self._shifts)[:, None] + self._foreign.sides_mm[:, None] * square)


def _careful(one: MarkFeatures, part: float, usual: float, *, is_unsure: bool) -> MarkFeatures:
    """Give the features of a box so that what may be something else is doubted, on its page and in its copy.

    In a box that is smaller than the page's usual ones (`part` of their area) the same pen leaves less white.
    """
    one = replace(one, least_cell=one.least_cell * part)
    if is_unsure:
        return replace(one, placed=0.0)
    if one.extent == 0 and one.ring >= CIRCLED_PART:
        return replace(one, trace_mm2=max(one.trace_mm2, TRACE_MM2))
    if one.extent > 0 and one.ring >= SPREAD_PART and one.dark < STAIN_PART * usual:
        return replace(one, dark=min(one.dark, STAIN_DARK))
    return one


def tone_on(image: Grey, registration: Registration, page: PageTemplate) -> Tone:
    """Give paper over a page, and black: in the marks of a page of ours, where the drawing of others' is black."""
    if not isinstance(page, ForeignPage):
        return tone_of(image, registration, page.fiducials)
    found = tone_of(image, registration, np.zeros((0, 4, 2)))
    return replace(found, black=_black(image, registration.to_px(around_of(page).spots_mm)))


def cut_squared(image: Grey, registration: Registration, page: ForeignPage, shifts_mm: Points, half: int) -> Grey:
    """Give a patch for each box as (n, 2 half + 1, 2 half + 1), stretched so that all insides are one square."""
    side = 2 * half + 1
    found = np.empty((len(page.ticks), side, side), dtype=np.uint8)
    centres = page.centres + shifts_mm
    places = registration.to_px(centres)
    stretch = page.sides_mm / page.side_mm
    jacobians = registration.jacobian(centres) * stretch[:, None, :] / PX_PER_MM
    middle = np.array([half, half])
    for patch, place, jacobian in zip(found, places, jacobians, strict=True):
        matrix = np.column_stack([jacobian, place - jacobian @ middle])
        cv2.warpAffine(image, matrix, (side, side), patch, patches.FLAGS, cv2.BORDER_REPLICATE)
    return found


@lru_cache(256)
def around_of(page: ForeignPage) -> Around:
    """Give what is printed in and around the boxes of a page."""
    flat = Registration(np.array([[PX_PER_MM, 0, -0.5], [0, PX_PER_MM, -0.5], [0, 0, 1]]))
    spots = _spots(page.reference)
    blank = surface.blank_mask(page.reference)
    if not page.ticks:
        nothing = np.zeros((0, 1, 1), dtype=bool)
        return Around(Prepared(None, blank, {}), nothing, np.zeros(0), spots)
    half = patches.half_px(page.side_mm)
    cut = cut_squared(page.reference, flat, page, np.zeros_like(page.centres), half)
    ink = np.asarray((255 - cut) / 255, dtype=np.float32)
    reach = max(round((page.side_mm / 2 - marks.INSET_MM) * PX_PER_MM), 1)
    middle = slice(half - reach, half + reach + 1)
    shade = np.median(ink[:, middle, middle], axis=(1, 2))
    shade = np.where(shade <= SHADE_MAX, shade, 0.0)
    printed = ink > shade[:, None, None] + PRINT_MIN
    grown = np.array([cv2.dilate(one.astype(np.uint8), np.ones((PRINT_GROW_PX, PRINT_GROW_PX))) for one in printed])
    mask = grown.astype(bool)
    tints = np.asarray(shade, dtype=np.float64)
    return Around(Prepared(mask | _neighbours(page, half), blank, {}), mask, tints, spots)


def _neighbours(page: ForeignPage, half: int) -> marks.Mask:
    """Give where in each box's patch other boxes and places to write are, (n, h, w)."""
    side = 2 * half + 1
    found = np.zeros((len(page.ticks), side, side), dtype=bool)
    texts = [field.box_mm for field in page.texts]
    for at, (mask, (x, y), (wide, high)) in enumerate(zip(found, page.centres, page.sides_mm, strict=True)):
        scale = page.side_mm / np.array([wide, high]) * PX_PER_MM
        others = [_grown(box) for number, box in enumerate(page.insides) if number != at]
        for box in (*others, *texts):
            left, top = np.floor((np.array([box.x - x, box.y - y])) * scale + half).astype(int)
            right, bottom = np.ceil((np.array([box.right - x, box.bottom - y])) * scale + half + 1).astype(int)
            mask[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = True
    return found


def _grown(box: Box, by_mm: float = NEIGHBOUR_GROW_MM) -> Box:
    return Box(box.x - by_mm, box.y - by_mm, box.w + 2 * by_mm, box.h + 2 * by_mm)


def _meet(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _spots(reference: Grey) -> Points:
    """Give places (n, 2) in mm where a drawing is dark all around; where it is at all, if that is nowhere."""
    for size in (5, 3, 1):
        dark = cv2.dilate(reference, np.ones((size, size), np.uint8)) < DARK_MAX
        y, x = np.nonzero(dark)
        if len(x) >= SPOTS_MIN:
            chosen = np.linspace(0, len(x) - 1, min(len(x), SPOTS_MAX)).astype(int)
            return np.stack([x[chosen] + 0.5, y[chosen] + 0.5], axis=1) / PX_PER_MM
    return np.zeros((0, 2))


def _black(image: Grey, places_px: Points) -> float:
    """Give the lightness of print in an image at n places."""
    height, width = image.shape
    x, y = np.rint(places_px).astype(int).T if len(places_px) else (np.zeros(0, int), np.zeros(0, int))
    inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    levels = image[y[inside], x[inside]]
    return float(np.percentile(levels, BLACK_PERCENT)) if len(levels) >= SPOTS_MIN else 0.0
