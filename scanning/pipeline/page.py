"""The steps from an identified page to its readings, in their order: align, measure, judge, look between the boxes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np

from forms.codes.machine import MachineCode
from forms.layout import Box, Field
from scanning import alignment, marks, patches, surface
from scanning.looks import confidence_of
from scanning.pipeline.areas import answer_areas
from scanning.readings import MarkFeatures, MarkReading, PageReading, State, StrayInk, WritingReading
from scanning.registration import Registration
from scanning.settling import Measured, question_name, settle
from scanning.template import PX_PER_MM, Grey, PageTemplate, Points, Template, TickBox
from scanning.tone import Tone, tone_of

BoxPx: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height."""

HALF_PX: Final = 0.5
"""OpenCV puts the middle of the first px at 0; a box in an image is told from the image's corner."""

WHITE: Final = 255
HARSH_MIN: Final = 0.6
"""From this part of pure white on around the boxes a scan is taken to know only black and white: grey ones have noise,
or a paper that is not pure white."""

WRITING_INSET_MM: Final = 0.6
"""Left out along the inside of a place to write in: its own line."""

DIRT_MAX_MM2: Final = 0.3
"""Less ink in a place to write in is dirt."""

WRITTEN_MIN_MM2: Final = 1.5
WRITTEN_HIGH_MM: Final = 1.0
"""From this much ink and this height on somebody wrote: a 1 of 5 mm by a pen of 0.4 mm has 2 mm², a resting pen's dot
less, and two rows that a coarse fax has spoilt are 0.5 mm high."""


@dataclass(frozen=True)
class Prepared:
    """What is worked out once for each page of a printing."""

    around: marks.Mask | None
    """Where print is around each tick box; None where there is none."""
    blank: surface.Mask
    """Where nothing is printed."""
    areas: Mapping[str, Box]

    @classmethod
    def of(cls, page: PageTemplate) -> "Prepared":
        """Prepare a page."""
        return cls(_printed_around(page) if page.ticks else None, surface.blank_mask(page.reference), _areas(page))


@dataclass(frozen=True, slots=True)
class Settled:
    """How far each box lies from its place on the flat page, and how far the clear ones lie off a smooth page."""

    shifts_mm: Points
    residual_mm: float
    clear: alignment.Floats | None
    """How clearly each box's own lines are where it was settled; None where that has to be looked up."""


class IdentifiedPage:
    """One identified page on its way through the steps."""

    def __init__(
        self, image: Grey, registration: Registration, template: Template, page: PageTemplate, code: MachineCode
    ) -> None:
        self.image, self.registration, self.page, self.form, self.code = image, registration, page, template.form, code

    def reading(self) -> PageReading:
        """Align the boxes, measure what is in them, judge the questions, look for ink elsewhere."""
        features = self._features()
        boxes = self.page.ticks
        alone = Measured(boxes, features, self._residual, is_harsh=self._is_harsh)
        verdicts = settle(self.form, [alone])
        # Those that are doubted too: with its other pages the copy may clear the doubt.
        strays = self._strays([name for name, verdict in verdicts.items() if verdict.answer is None])
        if strays:
            verdicts = settle(self.form, [Measured(boxes, features, self._residual, strays, self._is_harsh)])
        states = {name: iter(verdict.states) for name, verdict in verdicts.items()}
        return PageReading(
            printing=self.code.printing,
            form=self.form.form,
            version=self.form.version_name,
            page=self.code.page,
            copy=self.code.copy,
            rotation_deg=self._rotation(),
            residual_mm=self._residual,
            marks=tuple(
                _mark(box, one, next(states[question_name(box)]), place)
                for box, one, place in zip(boxes, features, self._ticks_px(), strict=True)
            ),
            writings=tuple(map(self._writing, self.page.texts)),
            answers={question: verdict.answer for question, verdict in verdicts.items()},
            doubts=tuple(verdict.doubt for verdict in verdicts.values() if verdict.doubt is not None),
            strays=strays,
            is_harsh=self._is_harsh,
        )

    def _rotation(self) -> float:
        middle = np.array([[self.page.size.width_mm / 2, self.page.size.height_mm / 2]])
        dx, dy = self.registration.jacobian(middle)[0][:, 0]
        return float(np.degrees(np.arctan2(dy, dx)))

    @cached_property
    def _sides(self) -> float:
        """Give the inside of this page's boxes in mm: one edition has one size of box."""
        return self.page.ticks[0].side

    @cached_property
    def _tone(self) -> Tone:
        return tone_of(self.image, self.registration, self.page.fiducials)

    @cached_property
    def _prepared(self) -> Prepared:
        return prepared(self.page)

    @cached_property
    def _half(self) -> int:
        """Give half the side of a box's patch, in px."""
        return patches.half_px(self._sides)

    @cached_property
    def _first(self) -> tuple[Grey, marks.Ink]:
        """Give the straightened boxes where they are on the flat page, cut out with some slack, and their ink."""
        at_rest = np.zeros_like(self.page.centres)
        cut = self._cut(at_rest, self._half + patches.SLACK_PX)
        return cut, self._ink(cut, at_rest)

    @cached_property
    def _settled(self) -> Settled:
        at_rest = np.zeros_like(self.page.centres)
        if not self.page.ticks:
            return Settled(at_rest, 0.0, None)
        shifts, residual, clear = self._found(self._first[1], at_rest, alignment.SEARCH_MM)
        if not alignment.wants_again(shifts, clear):
            return Settled(shifts, residual, clear)
        ink = self._ink(self._cut(shifts, self._half), shifts)
        shifts, residual, _ = self._found(ink, shifts, alignment.AGAIN_MM)
        return Settled(shifts, residual, None)

    @property
    def _shifts(self) -> Points:
        return self._settled.shifts_mm

    @property
    def _residual(self) -> float:
        return self._settled.residual_mm

    def _found(self, ink: marks.Ink, start: Points, search_mm: float) -> tuple[Points, float, alignment.Floats]:
        """Look for every box around a start; give where each is, the page's residual, and how clear each was."""
        found, clear = alignment.found_shifts(ink, self._sides, search_mm)
        size = (self.page.size.width_mm, self.page.size.height_mm)
        shifts, residual = alignment.settled_shifts(self.page.centres, start + found, clear, size)
        return shifts, residual, clear

    def _cut(self, shifts: Points, half: int) -> Grey:
        return patches.cut(self.image, self.registration, self.page.centres, shifts, half)

    def _ink(self, cut: Grey, shifts: Points) -> marks.Ink:
        return self._tone.ink(cut, self.registration.to_px(self.page.centres + shifts))

    @cached_property
    def _boxes_ink(self) -> marks.Ink:
        """Give the ink of the straightened boxes where they were found: to a px from the first cut, if that will do."""
        steps = np.rint(self._shifts * PX_PER_MM).astype(np.int64)
        if np.abs(steps).max() <= patches.SLACK_PX:
            return patches.windows(self._first[1], steps, self._half)
        return self._ink(self._cut(self._shifts, self._half), self._shifts)

    @cached_property
    def _noise(self) -> float:
        return marks.noise_of(self._boxes_ink) if self.page.ticks else 0.0

    @cached_property
    def _is_harsh(self) -> bool:
        return bool(self.page.ticks) and _white(self._first[0]) >= HARSH_MIN

    def _features(self) -> list[MarkFeatures]:
        around = self._prepared.around
        if around is None:
            return []
        geometry = marks.BoxGeometry.of(self._half, self._sides)
        placed = self._settled.clear
        if placed is None:
            _, placed = alignment.found_shifts(self._boxes_ink, self._sides, alignment.PLACED_MM)
        return marks.features_of(self._boxes_ink, around, geometry, self._noise, placed)

    @cached_property
    def _surface(self) -> surface.Surface:
        least = marks.least_ink(self._noise)
        return surface.Surface(
            self.image, self.registration, self._tone, self._prepared.blank, self.page.centres, self._shifts, least
        )

    def _strays(self, questions: list[str]) -> dict[str, StrayInk]:
        """Give the ink in the areas of questions of which no box is marked, where there is some."""
        written = [field.box_mm for field in self.page.texts]
        found = {name: self._surface.stray_in(self._prepared.areas[name], written) for name in questions}
        return {name: stray for name, stray in found.items() if stray.extent_mm > 0}

    def _writing(self, field: Field) -> WritingReading:
        box, inset = field.box_mm, WRITING_INSET_MM
        place = Box(box.x + inset, box.y + inset, box.w - 2 * inset, box.h - 2 * inset)
        found = self._surface.stray_in(place)
        corners = np.array([[box.x, box.y], [box.right, box.y], [box.right, box.bottom], [box.x, box.bottom]])
        [bounds] = self._bounds_px(corners[None])
        return WritingReading(field.name, self._written(found, bounds), found.share, bounds)

    def _written(self, found: StrayInk, bounds: BoxPx) -> State:
        """Tell whether a place is written in; doubtful where part of it is not in the image."""
        left, top, wide, high = bounds
        height, width = self.image.shape
        if left < 0 or top < 0 or left + wide > width or top + high > height:
            return State.DOUBTFUL
        if found.area_mm2 < DIRT_MAX_MM2:
            return State.BLANK
        is_sure = found.area_mm2 >= WRITTEN_MIN_MM2 and found.high_mm >= WRITTEN_HIGH_MM
        return State.MARKED if is_sure else State.DOUBTFUL

    def _ticks_px(self) -> list[BoxPx]:
        """Give the bounds of the tick boxes where they were found."""
        square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) / 2
        sides = np.array([box.side for box in self.page.ticks]).reshape(-1, 1, 1)
        return self._bounds_px((self.page.centres + self._shifts)[:, None] + sides * square)

    def _bounds_px(self, corners_mm: Points) -> list[BoxPx]:
        """Give the bounds in the image of n quadrilaterals (n, 4, 2), from the image's top left corner."""
        found = self.registration.to_px(corners_mm)
        least, most = found.min(axis=1), found.max(axis=1)
        return [tuple(one) for one in np.hstack([least + HALF_PX, most - least]).tolist()]


def _white(image: Grey) -> float:
    return int(np.count_nonzero(image == WHITE)) / image.size


def _mark(box: TickBox, features: MarkFeatures, state: State, place: BoxPx) -> MarkReading:
    return MarkReading(box.name, box.kind, box.option, state, features, confidence_of(features, state), place)


_PREPARED: dict[tuple[str, int], Prepared] = {}


def prepared(page: PageTemplate) -> Prepared:
    """Give what is worked out once for each page of a printing."""
    key = (page.printing, page.number)
    if key not in _PREPARED:
        _PREPARED[key] = Prepared.of(page)
    return _PREPARED[key]


def _printed_around(page: PageTemplate) -> marks.Mask:
    flat = Registration(np.diag([PX_PER_MM, PX_PER_MM, 1.0]))
    half = patches.half_px(page.ticks[0].side)
    reference = patches.cut(page.reference, flat, page.centres, np.zeros_like(page.centres), half)
    return marks.printed(np.asarray((255 - reference) / 255, dtype=np.float32))


def _areas(page: PageTemplate) -> Mapping[str, Box]:
    return answer_areas(page) if page.ticks else {}
