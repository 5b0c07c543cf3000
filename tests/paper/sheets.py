"""An intention → filled-in pages: the writer's ink on the printed pages of one copy, with the truth of each."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from forms.layout import Box, Field, Layout
from forms.layout.model import Kind
from forms.paper.printing import Printing
from tests.paper.hands import Writer
from tests.paper.handwriting import written
from tests.paper.intentions import Intention
from tests.paper.pens import Image, put_ink
from tests.paper.plans import Act, BoxPlan
from tests.paper.printed import form_and_layout, printed_pages
from tests.paper.strokes import Stroke
from tests.paper.truth import BoxTruth, PageTruth, WritingTruth

AROUND_MM = 3.0
"""How far around its box a mark's ink is counted: half the way to the next box."""


@dataclass(frozen=True, slots=True)
class FilledPage:
    """A filled-in page before any wear. `printed` is the same page without ink."""

    image: Image
    printed: Image
    px_per_mm: tuple[float, float]
    size_mm: tuple[float, float]
    truth: PageTruth

    def box_px(self, box: Box) -> tuple[float, float, float, float]:
        """Give a box as x, y, width and height in px of `image`."""
        x, y = self.px_per_mm
        return box.x * x, box.y * y, box.w * x, box.h * y


def filled(
    printing: Printing, writer: Writer, meant: Intention, copy: str, *, dpi: float = 300, colour: bool = False
) -> list[FilledPage]:
    """Give the pages of one copy as the writer filled them in, blank backs left out."""
    layout = form_and_layout(printing)[1]
    pages = []
    for number, printed in printed_pages(printing, copy, dpi, colour=colour):
        page = layout.pages[number - 1]
        px_per_mm = printed.shape[1] / page.width_mm, printed.shape[0] / page.height_mm
        image = printed.copy()
        hand = _Hand(image, px_per_mm, writer, layout)
        fields = [(index, field) for index, field in enumerate(layout.fields) if field.page == number]
        for index, field in fields:
            hand.fill_in(index, field, meant)
        bears = copy if number not in printing.torn_off_pages else None
        truth = _truth(printing.name, bears, number, fields, meant, _Ink(image, printed, px_per_mm))
        pages.append(FilledPage(image, printed, px_per_mm, (page.width_mm, page.height_mm), truth))
    return pages


@dataclass(frozen=True, slots=True)
class _Hand:
    """The writer at work on one page."""

    image: Image
    px_per_mm: tuple[float, float]
    writer: Writer
    layout: Layout

    def fill_in(self, index: int, field: Field, meant: Intention) -> None:
        """Do at one field what is meant."""
        rng = self.writer.rng(index)
        if index in meant.written:
            put_ink(self.image, self.px_per_mm, written(field, self.writer, rng), self.writer.pen, rng)
        plan = meant.boxes.get(index)
        for act in plan.acts if plan else ():
            if act is Act.SMUDGE:
                self._smudge(field.box_mm, rng)
            elif plan:
                put_ink(self.image, self.px_per_mm, self._strokes(act, field.box_mm, plan, rng), self.writer.pen, rng)

    def _strokes(self, act: Act, box: Box, plan: BoxPlan, rng: np.random.Generator) -> list[Stroke]:
        writer = self.writer
        match act:
            case Act.BESIDE:
                return writer.mark(box, rng, (-rng.uniform(0.75, 1.05) - writer.off[0], -writer.off[1]))
            case Act.BETWEEN:
                return writer.mark(box, rng, self._halfway(box, plan))
            case Act.SOLID:
                return writer.solid(box, rng)
            case Act.SCRATCH:
                return writer.scratched(box, rng)
            case Act.STRIKE:
                return writer.struck(box, rng)
            case Act.DOT:
                return writer.dot(box, rng)
            case Act.STRAY:
                return writer.stray(box, rng)
            case _:
                return writer.mark(box, rng)

    def _halfway(self, box: Box, plan: BoxPlan) -> tuple[float, float]:
        """Give the way to the middle between two boxes, in halves of a box."""
        if plan.toward is None:
            raise ValueError("a mark between two boxes needs the other box")
        other, off = self.layout.fields[plan.toward].box_mm, self.writer.off
        return (other.x - box.x) / box.w - off[0], (other.y - box.y) / box.h - off[1]

    def _smudge(self, box: Box, rng: np.random.Generator) -> None:
        """Darken the paper as a finger does that has touched fresh ink."""
        x, y = self.px_per_mm
        reach = 5.0
        top, left = round((box.y - reach) * y), round((box.x - reach) * x)
        high, wide = round((box.h + 2 * reach) * y), round((box.w + 2 * reach) * x)
        patch = self.image[max(top, 0) : top + high, max(left, 0) : left + wide]
        rows, columns = np.mgrid[-1 : 1 : patch.shape[0] * 1j, -1 : 1 : patch.shape[1] * 1j]
        along = columns * np.cos(0.5) - rows * np.sin(0.5)
        across = columns * np.sin(0.5) + rows * np.cos(0.5)
        streaks = cv2.GaussianBlur(rng.standard_normal(rows.shape), (0, 0), 0.5 * x, sigmaY=0.15 * y)
        depth = rng.uniform(0.05, 0.12) * np.exp(-((along / 0.6) ** 2) - (across / 0.25) ** 2)
        kept = 1 - np.clip(depth * (1 + 2 * streaks), 0, 0.3)
        patch[:] = (patch * (kept if patch.ndim == 2 else kept[..., None])).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class _Ink:
    """Measures the ink that lies on one page."""

    image: Image
    printed: Image
    px_per_mm: tuple[float, float]

    def mm2(self, box: Box, around_mm: float = AROUND_MM) -> float:
        """Give the area of ink in and around a box, counted by its darkness."""
        x, y = self.px_per_mm
        rows = slice(max(0, round((box.y - around_mm) * y)), round((box.bottom + around_mm) * y))
        columns = slice(max(0, round((box.x - around_mm) * x)), round((box.right + around_mm) * x))
        before, after = _grey(self.printed[rows, columns]), _grey(self.image[rows, columns])
        return float(before.sum(dtype=np.int64) - after.sum(dtype=np.int64)) / 255 / (x * y)


def _grey(patch: Image) -> npt.NDArray[np.uint8]:
    return patch if patch.ndim == 2 else cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)


def _truth(
    printing: str, copy: str | None, number: int, fields: list[tuple[int, Field]], meant: Intention, ink: _Ink
) -> PageTruth:
    questions = tuple(question for question in meant.questions if number in question.pages)
    boxes, writings = [], []
    for index, field in fields:
        if field.kind is Kind.TEXT:
            writings.append(WritingTruth(field.name, number, field.box_mm, index in meant.written))
            continue
        plan = meant.boxes.get(index, BoxPlan())
        name = next(one.question for one in questions if field.name == one.question or _is_part(field, one.question))
        amount = ink.mm2(field.box_mm)
        boxes.append(
            BoxTruth(field.name, field.options[0], name, number, field.box_mm, plan.state, plan.disturbance, amount)
        )
    return PageTruth(printing, copy, number, tuple(boxes), questions, tuple(writings))


def _is_part(field: Field, question: str) -> bool:
    return field.kind is Kind.CHECK and field.name.startswith(f"{question}/")
