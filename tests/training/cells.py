"""Real strokes → cells of a comb filled in by a pen, on sheets that are then worn and cut up as the product does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from forms.layout import Box
from forms.paper.editions import CELL_MM, CELL_PITCH_MM, MARK_MM
from scanning.marks import least_ink, noise_of
from scanning.registration import Registration
from scanning.tone import tone_of
from scanning.writing.cells import LINE_MM, Ink, Sheet, cut
from scanning.writing.characters import Written, written
from scanning.writing.lines import without_lines
from tests.bench.scoring import working
from tests.paper.pens import Image, Pen, put_ink, some_pen
from tests.paper.returns import ReturnedPage
from tests.paper.sheets import FilledPage
from tests.paper.strokes import Floats, Stroke, evenly, wobble
from tests.paper.truth import PageTruth
from tests.paper.wear import Wear
from tests.training.characters import Handwritten

SIZE_MM = (210.0, 297.0)
PX_PER_MM = 300 / 25.4
COLUMNS, ROWS = 18, 18
LEFT_MM, TOP_MM, ROW_MM = 26.0, 28.0, 14.0
CELLS = COLUMNS * ROWS
LINE_GREY = 34
"""Of the printed lines: #14262b."""

STEP_MM = 0.14
MISPLACED_MM = 0.08
"""How far, about, the product is off when it finds a cell."""

NOT_ONE = "\0"
"""The label of what is no single character: struck out, or a scribble."""


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """What is put into one cell: strokes in mm from its middle."""

    label: str
    strokes: tuple[Floats, ...]


def centres() -> Floats:
    """Give the middles of a sheet's cells, in mm."""
    x = LEFT_MM + (np.arange(COLUMNS) + 0.5) * CELL_PITCH_MM - 4
    y = TOP_MM + np.arange(ROWS) * ROW_MM
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def placed(one: Handwritten, rng: np.random.Generator) -> Filled:
    """Write a character into a cell, as large and as straight as people do."""
    every = np.vstack(one.strokes)
    low, high = every.min(axis=0), every.max(axis=0)
    tall, wide = max(high[1] - low[1], 1e-6), max(high[0] - low[0], 1e-6)
    scale = np.clip(rng.normal(5.6, 0.9), 3.0, 8.0) / max(tall, wide * 0.75)
    stretch = np.array([rng.uniform(0.85, 1.15), 1.0]) * scale
    stretch[0] = min(stretch[0], 8.0 / wide)
    lean, turn = rng.normal(0, 0.07), rng.normal(0, 0.05)
    shape = np.array([[np.cos(turn), np.sin(turn) - lean], [-np.sin(turn), np.cos(turn)]])
    middle, off = (low + high) / 2, rng.normal(0, (0.45, 0.55))
    return Filled(one.label, tuple(((stroke - middle) * stretch) @ shape.T + off for stroke in one.strokes))


def struck(one: Filled, rng: np.random.Generator) -> Filled:
    """Give a character that was struck out, or a scribble in its place."""
    way = rng.integers(4)
    x, y = rng.uniform(2.2, 3.4), rng.uniform(2.0, 3.4)
    if way == 0:
        lines = [np.array([[-x, y * s], [x, -y * s]]) + rng.normal(0, 0.3, (2, 2)) for s in (1, -1)]
    elif way == 1:
        lines = [np.array([[-x, at], [x, at]]) + rng.normal(0, 0.3, (2, 2)) for at in (-0.6, 0.7)]
    else:
        turns = int(rng.integers(5, 12))
        across = np.linspace(-x, x, turns) if way == 2 else rng.uniform(-x, x, turns)
        lines = [np.column_stack([across, np.where(np.arange(turns) % 2, -y, y) + rng.normal(0, 0.4, turns)])]
    base = () if way == 3 and rng.random() < 0.5 else one.strokes
    return Filled(NOT_ONE, (*base, *lines))


def sheet_of(cells: Sequence[Filled | None], rng: np.random.Generator, pens: Sequence[Pen] = ()) -> FilledPage:
    """Give a sheet with those cells filled in, each by a pen of its own or the one given; None stays empty."""
    size = tuple(round(side * PX_PER_MM) for side in SIZE_MM)
    printed: Image = np.full(size[::-1], 255, np.uint8)
    for x, y in _marks():
        _rectangle(printed, Box(x, y, MARK_MM, MARK_MM), 0)
    outer = [side + 2 * LINE_MM for side in CELL_MM]
    for x, y in centres():
        _rectangle(printed, Box(x - outer[0] / 2, y - outer[1] / 2, outer[0], outer[1]), LINE_GREY)
        _rectangle(printed, Box(x - CELL_MM[0] / 2, y - CELL_MM[1] / 2, *CELL_MM), 255)
    image = printed.copy()
    for number, (cell, centre) in enumerate(zip(cells, centres(), strict=False)):
        if cell is not None:
            pen = pens[number] if pens else some_pen(rng)
            put_ink(image, (PX_PER_MM, PX_PER_MM), [stroke_of(line + centre, rng) for line in cell.strokes], pen, rng)
    return FilledPage(image, printed, (PX_PER_MM, PX_PER_MM), SIZE_MM, PageTruth("", None, 1, (), (), ()))


def scanned(page: FilledPage, wear: Wear, back: FilledPage | None, rng: np.random.Generator) -> tuple[Ink, float]:
    """Wear a sheet and cut its cells out, about as exactly as the product finds them; give their ink and its least."""
    page, back = (in_colour(page), back and in_colour(back)) if wear.colour else (page, back)
    returned = ReturnedPage(wear(page, rng, back), page.truth)
    grey, factors = working(returned)
    grid = np.stack(np.meshgrid(np.linspace(8, 202, 12), np.linspace(8, 289, 16)), axis=-1).reshape(-1, 2)
    matrix, _ = cv2.findHomography(grid, returned.mapping(grid) / factors - 0.5)
    registration = Registration(np.asarray(matrix, np.float64))
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * MARK_MM
    tone = tone_of(grey, registration, np.array([np.array(place) + square for place in _marks()]))
    shifts = registration.to_mm(returned.mapping(centres()) / factors - 0.5) - centres()
    shifts = shifts + rng.normal(0, MISPLACED_MM, shifts.shape)
    ink = cut(Sheet(grey, registration, tone), centres(), shifts)
    return ink, least_ink(noise_of(ink))


def read_cells(page: FilledPage, wear: Wear, back: FilledPage | None, rng: np.random.Generator) -> Iterator[Written]:
    """Give what the product sees in each cell of a worn sheet."""
    ink, least = scanned(page, wear, back, rng)
    for one in without_lines(ink):
        yield written(one, least)


def in_colour(page: FilledPage) -> FilledPage:
    """Give a grey page in colour, as some wears take it."""
    image, printed = (cv2.cvtColor(one, cv2.COLOR_GRAY2BGR).astype(np.uint8) for one in (page.image, page.printed))
    return replace(page, image=image, printed=printed)


def _marks() -> tuple[tuple[float, float], ...]:
    across, down = SIZE_MM[0] - 9 - MARK_MM, SIZE_MM[1] - 9 - MARK_MM
    return (9, 9), (across, 9), (across, down), (9, down)


def _rectangle(image: Image, box: Box, grey: int) -> None:
    corner, far = (
        [round((at * PX_PER_MM - 0.5) * 16) for at in ends] for ends in ((box.x, box.y), (box.right, box.bottom))
    )
    points = np.array([corner, [far[0], corner[1]], far, [corner[0], far[1]]], np.int32)
    cv2.fillConvexPoly(image, points, grey, cv2.LINE_AA, 4)


def stroke_of(line: Floats, rng: np.random.Generator) -> Stroke:
    """Give a line as a steady hand draws it."""
    line = line if len(line) > 1 else np.vstack([line, line + 0.05])
    points = evenly(line, STEP_MM)
    pressure = 1 + 0.12 * wobble(len(points), 4 / STEP_MM, rng)
    return Stroke(points, pressure)
