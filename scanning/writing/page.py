"""A page that was read → drafts of what is written on it: cells first, then lines of writing and print."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from forms.layout import Box, Field
from forms.paper.fields import PART
from scanning.marks import least_ink, noise_of
from scanning.pipeline import Located
from scanning.pipeline.page import prepared
from scanning.readings import PageReading, State
from scanning.registration import Registration
from scanning.surface import Surface
from scanning.template import Grey, PageTemplate, Points, TickBox
from scanning.tone import tone_of
from scanning.writing import cells
from scanning.writing.cells import Sheet
from scanning.writing.combs import Combs, read_combs
from scanning.writing.decoding import Decoded, Expected
from scanning.writing.drafts import By, Draft, Unsure
from scanning.writing.engines import Engines
from scanning.writing.expected import Lists, expected_of
from scanning.writing.lined import read_lines

REACH_MM: Final = 25.0
"""How far a tick box reaches that says how the page is bent around it."""

HALF_PX: Final = 0.5
"""Bounds are told from the image's corner, points from the middle of its first px."""


def drafts(image: Grey, located: Located, lists: Lists, engines: Engines) -> list[Draft]:
    """Give a draft for each question of a page in which something is written, then for those it is written beside."""
    writing = _Writing(image, located, lists, engines)
    return [*writing.drafts(), *writing.beside()]


BESIDE_WIDE_MM: Final = 18.0
BESIDE_MM2: Final = 8.0
"""From this reach and this much ink on somebody wrote beside the boxes: a large tick reaches 10 mm, "see letter" 25."""

SLICE_MM: Final = 6.0
SLICE_HIGH_MM: Final = 1.2
"""Writing is looked for slice by slice, as its letters stand apart; lower ink is a fold or a row that a fax spoilt."""

MARK_REACH_MM: Final = 3.5
"""How far marks run over their boxes."""


class _Writing:
    """The places to write in of one page."""

    def __init__(self, image: Grey, located: Located, lists: Lists, engines: Engines) -> None:
        identity = located.identity
        self.page, self.form, self.reading = identity.page, identity.template.form, located.reading
        self.lists, self.engines = lists, engines
        self.sheet = Sheet(image, identity.registration, tone_of(image, identity.registration, self.page.fiducials))
        self.bent = _bent(self.page, self.reading, identity.registration)

    def drafts(self) -> Iterator[Draft]:
        states = {one.name: one.state for one in self.reading.writings}
        combs, lines = [], []
        for name, fields in _by_question(self.page).items():
            filled = [field for field in fields if states.get(field.name, State.BLANK) is not State.BLANK]
            question = self.form.question(name.split(PART, maxsplit=1)[0])
            expected = expected_of(question, self.lists) if filled and question is not None else None
            if expected is not None and all(field.comb_cells for field in fields):
                combs.append(self._combs(name, fields, expected))
            else:
                lines += filled
        for one, (found, strip) in zip(combs, read_combs(self.sheet, combs, self.page.reference), strict=True):
            yield _of_cells(one.name, found, strip)
        for field in lines:
            yield read_lines(self.sheet, field, self._shift(_middle(field))[0], self.engines)

    def _combs(self, name: str, fields: Sequence[Field], expected: Expected) -> Combs:
        shifts = tuple(self._shift(cells.centres_mm(field)) for field in fields)
        return Combs(name, tuple(fields), shifts, expected, self._least(fields))

    def beside(self) -> Iterator[Draft]:
        """Give a draft without words for each question with boxes that somebody wrote beside."""
        if not self.page.ticks:
            return
        least = least_ink(noise_of(cells.cut(self.sheet, self.page.centres, self.bent[1])))
        ready = prepared(self.page)
        whole = Surface(self.sheet.image, self.sheet.registration, self.sheet.tone, ready.blank, *self.bent, least)
        without = [_around(box) for box in self.page.ticks] + [field.box_mm for field in self.page.texts]
        for question, area in ready.areas.items():
            if _is_written_in(whole, area, without):
                yield Draft(question, By.HAND, "", unsure=Unsure.BESIDE_BOXES)

    def _shift(self, places: Points) -> Points:
        centres, shifts = self.bent
        if not len(centres):
            return np.zeros_like(places)
        away = np.linalg.norm(centres - places[:, None], axis=2)
        near = np.exp(-(((away - away.min(axis=1, keepdims=True)) / REACH_MM) ** 2))
        return np.asarray(near @ shifts / near.sum(axis=1, keepdims=True), dtype=np.float64)

    def _least(self, fields: Sequence[Field]) -> float:
        """Give how dark ink is at least on this page, by the noise around these fields."""
        places = np.concatenate([cells.centres_mm(field) for field in fields])
        return least_ink(noise_of(cells.cut(self.sheet, places, self._shift(places))))


def _is_written_in(whole: Surface, area: Box, without: Sequence[Box]) -> bool:
    """Tell whether ink as high as letters runs on through slices of an area of the page, far enough."""
    wide, area_mm2 = 0.0, 0.0
    for left in np.arange(area.x, area.right, SLICE_MM).tolist():
        stray = whole.stray_in(Box(left, area.y, min(SLICE_MM, area.right - left), area.h), without)
        is_written = stray.high_mm >= SLICE_HIGH_MM
        wide, area_mm2 = (wide + SLICE_MM, area_mm2 + stray.area_mm2) if is_written else (0.0, 0.0)
        if wide >= BESIDE_WIDE_MM and area_mm2 >= BESIDE_MM2:
            return True
    return False


def _by_question(page: PageTemplate) -> dict[str, list[Field]]:
    """Give the fields that belong together: the parts of a date are one, the parts of an address are not."""
    found: dict[str, list[Field]] = {}
    for field in page.texts:
        name = field.name.split(PART, maxsplit=1)[0] if field.comb_cells else field.name
        found.setdefault(name, []).append(field)
    return found


def _around(box: TickBox) -> Box:
    side = box.side + 2 * MARK_REACH_MM
    return Box(box.x - MARK_REACH_MM, box.y - MARK_REACH_MM, side, side)


def _middle(field: Field) -> Points:
    box = field.box_mm
    return np.array([[box.x + box.w / 2, box.y + box.h / 2]])


def _bent(page: PageTemplate, reading: PageReading, registration: Registration) -> tuple[Points, Points]:
    """Give the middles of the tick boxes on the flat page, and how far from there each was found, in mm."""
    if not reading.marks:
        return np.zeros((0, 2)), np.zeros((0, 2))
    boxes = np.array([mark.box_px for mark in reading.marks])
    places = registration.to_mm(boxes[:, :2] + boxes[:, 2:] / 2 - HALF_PX)
    return page.centres, places - page.centres


def _of_cells(name: str, found: Decoded, strip: str) -> Draft:
    readings = tuple(one.spelling for one in found.readings)
    value = found.accepted or (readings[0] if readings else "")
    return Draft(name, By.CELLS, value, found.accepted is not None, found.unsure, readings, (), strip)
