"""The steps from an identified page to its readings, in their order: align, measure, judge."""

from functools import cached_property
from typing import Final

import numpy as np

from forms.codes.machine import MachineCode
from scanning import alignment, marks, patches
from scanning.readings import MarkFeatures, MarkReading, PageReading, State
from scanning.registration import Registration
from scanning.settling import Measured, question_name, settle
from scanning.template import PX_PER_MM, Grey, PageTemplate, Points, Template, TickBox
from scanning.tone import Tone, tone_of

HALF_PX: Final = 0.5
"""OpenCV puts the middle of the first px at 0; a box in an image is told from the image's corner."""


class IdentifiedPage:
    """One identified page on its way through the steps."""

    def __init__(
        self, image: Grey, registration: Registration, template: Template, page: PageTemplate, code: MachineCode
    ) -> None:
        self.image, self.registration, self.page, self.form, self.code = image, registration, page, template.form, code

    def reading(self) -> PageReading:
        """Align the boxes, measure what is in them, judge the questions."""
        shifts, residual = self._shifts()
        features = self._features(shifts)
        verdicts = settle(self.form, [Measured(self.page.ticks, features, residual)])
        states = {name: iter(verdict.states) for name, verdict in verdicts.items()}
        return PageReading(
            printing=self.code.printing,
            form=self.form.form,
            version=self.form.version_name,
            page=self.code.page,
            copy=self.code.copy,
            rotation_deg=self._rotation(),
            residual_mm=residual,
            marks=tuple(
                self._mark(number, box, features[number], next(states[question_name(box)]), shifts)
                for number, box in enumerate(self.page.ticks)
            ),
            writings=(),
            answers={question: verdict.answer for question, verdict in verdicts.items()},
            doubts=tuple(verdict.doubt for verdict in verdicts.values() if verdict.doubt is not None),
        )

    def _rotation(self) -> float:
        dx, dy = self.registration.jacobian(np.array([[self.page.size.width_mm / 2, self.page.size.height_mm / 2]]))[0][
            :, 0
        ]
        return float(np.degrees(np.arctan2(dy, dx)))

    @cached_property
    def _sides(self) -> float:
        """Give the inside of this page's boxes in mm: one edition has one size of box."""
        return self.page.ticks[0].side

    @cached_property
    def _tone(self) -> Tone:
        return tone_of(self.image, self.registration, self.page.fiducials)

    def _ink(self, shifts: Points) -> marks.Ink:
        half = patches.half_px(self._sides)
        cut = patches.cut(self.image, self.registration, self.page.centres, shifts, half)
        return self._tone.ink(cut, self.registration.to_px(self.page.centres + shifts))

    def _shifts(self) -> tuple[Points, float]:
        if not self.page.ticks:
            return np.zeros((0, 2)), 0.0
        shifts, residual, clear = self._found(np.zeros_like(self.page.centres), alignment.SEARCH_MM)
        if alignment.wants_again(shifts, clear):
            shifts, residual, _ = self._found(shifts, alignment.AGAIN_MM)
        return shifts, residual

    def _found(self, start: Points, search_mm: float) -> tuple[Points, float, alignment.Floats]:
        """Look for every box around a start; give where each is, the page's residual, and how clear each was."""
        found, clear = alignment.found_shifts(self._ink(start), self._sides, search_mm)
        size = (self.page.size.width_mm, self.page.size.height_mm)
        shifts, residual = alignment.settled_shifts(self.page.centres, start + found, clear, size)
        return shifts, residual, clear

    def _features(self, shifts: Points) -> list[MarkFeatures]:
        if not self.page.ticks:
            return []
        ink = self._ink(shifts)
        geometry = marks.BoxGeometry.of(patches.half_px(self._sides), self._sides)
        _, placed = alignment.found_shifts(ink, self._sides, alignment.PLACED_MM)
        return marks.features_of(ink, printed_around(self.page), geometry, marks.noise_of(ink), placed)

    def _mark(self, number: int, box: TickBox, features: MarkFeatures, state: State, shifts: Points) -> MarkReading:
        square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * box.side + (box.x, box.y) + shifts[number]
        corners = self.registration.to_px(square)
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        px = (float(left) + HALF_PX, float(top) + HALF_PX, float(right - left), float(bottom - top))
        return MarkReading(
            box.name, box.kind, box.option, state, features, 1.0 if state is not State.DOUBTFUL else 0.5, px
        )


_PRINTED: dict[tuple[str, int], marks.Mask] = {}


def printed_around(page: PageTemplate) -> marks.Mask:
    """Give where print is around each box of a page; worked out once for each page of a printing."""
    key = (page.printing, page.number)
    if key not in _PRINTED:
        flat = Registration(np.diag([PX_PER_MM, PX_PER_MM, 1.0]))
        half = patches.half_px(page.ticks[0].side)
        reference = patches.cut(page.reference, flat, page.centres, np.zeros_like(page.centres), half)
        _PRINTED[key] = marks.printed(np.asarray((255 - reference) / 255, dtype=np.float32))
    return _PRINTED[key]
