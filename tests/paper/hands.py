"""Writers: each has one way of marking, one pen and one unsteadiness, kept over all their sheets."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from forms.layout import Box
from tests.paper import shapes
from tests.paper.pens import Pen, PenKind, some_pen
from tests.paper.shapes import Lines, Style, points
from tests.paper.strokes import Floats, Stroke, drawn, smooth


class Family(StrEnum):
    """Two sets of writers without a member in common."""

    CHOOSING = "choosing"
    """To choose constants by."""

    JUDGING = "judging"
    """For tests and measurements. Two of its styles no writer of the other family has."""


FAMILY_KEY = {Family.CHOOSING: 101, Family.JUDGING: 202}
"""What makes the families' streams of chance differ for the same seed."""

SHARES = {
    Style.TICK: 0.32,
    Style.CROSS: 0.25,
    Style.FILL: 0.09,
    Style.SCRIBBLE: 0.06,
    Style.SMALL_CROSS: 0.06,
    Style.BIG_TICK: 0.11,
    Style.CIRCLE: 0.02,
    Style.BLOB: 0.04,
    Style.SLASH: 0.05,
}
SHARES_JUDGING = SHARES | {Style.TICK: 0.29, Style.DASH: 0.02, Style.RING: 0.01}

FILLING = (Style.FILL, Style.SCRIBBLE, Style.BLOB)
"""The styles beside which a solid box does not stand out: they take an answer back by scratching it out."""


@dataclass(frozen=True, slots=True)
class Writer:
    """One person's hand. Lengths without a unit are in halves of a box."""

    family: Family
    seed: int
    style: Style
    pen: Pen
    tremor_mm: float
    slant: float
    """How far up strokes lean to the right, as a tangent."""
    size: float
    off: tuple[float, float]
    """Where this hand's marks lie on average, from the middle of the box."""
    spread: float
    """How much single marks differ in place and size."""

    def rng(self, *purpose: int) -> np.random.Generator:
        """Give this writer's stream of chance for a purpose: the same whenever it is asked for."""
        return np.random.default_rng([FAMILY_KEY[self.family], self.seed, *purpose])

    def mark(self, box: Box, rng: np.random.Generator, shift: tuple[float, float] = (0, 0)) -> list[Stroke]:
        """Give the mark that says "this one", in the writer's own style, `shift` halves of the box away from it."""
        lines = self._shape(box, rng)
        place = np.array(self.off) + np.array(shift) + rng.normal(0, self.spread, 2)
        scale = self.size * (1 + rng.normal(0, self.spread))
        if self.style in (Style.CIRCLE, Style.FILL):
            place, scale = np.array(shift) + rng.normal(0, 0.05, 2), 1 + rng.normal(0, 0.03)
        return self._strokes([scale * self._leaning(line) + place for line in lines], box, rng)

    def _shape(self, box: Box, rng: np.random.Generator) -> Lines:
        if self.style is Style.FILL:
            return shapes.fill(rng, self._pitch(box))
        return shapes.SHAPES[self.style](rng)

    def _pitch(self, box: Box) -> float:
        return self.pen.width_mm / (box.w / 2)

    def _leaning(self, line: Floats) -> Floats:
        lean = 0.0 if self.style in (Style.FILL, Style.CIRCLE) else self.slant
        return np.column_stack([line[:, 0] - lean * line[:, 1], line[:, 1]])

    def _strokes(self, lines: Lines, box: Box, rng: np.random.Generator) -> list[Stroke]:
        middle = np.array([box.x + box.w / 2, box.y + box.h / 2])
        return [drawn(line * np.array([box.w, box.h]) / 2 + middle, self.tremor_mm, rng) for line in lines]

    def solid(self, box: Box, rng: np.random.Generator) -> list[Stroke]:
        """Give a box filled in solid: what the form asks for to take an answer back."""
        across = shapes.fill(rng, self._pitch(box))
        down = [line[:, ::-1] for line in shapes.fill(rng, self._pitch(box) * 1.2)]
        return self._strokes([*across, *down], box, rng)

    def scratched(self, box: Box, rng: np.random.Generator) -> list[Stroke]:
        """Give a wild scribble that goes well over the box on both sides, to scratch a mark out."""
        line = shapes.hatch(int(rng.integers(10, 13)), 1.0, rng, 0.1) * points((1.75, 1.2))
        lean = np.column_stack([line[:, 0], line[:, 1] - 0.18 * line[:, 0]])
        return self._strokes([smooth(lean, 6)], box, rng)

    def struck(self, box: Box, rng: np.random.Generator) -> list[Stroke]:
        """Give two or three lines that run over the box and beyond, to cross a mark out."""
        levels = np.linspace(-0.42, 0.42, int(rng.integers(2, 4)))
        ends = [(rng.uniform(-2.0, -1.5), rng.uniform(1.5, 2.0)) for _ in levels]
        lines = [
            smooth(points((left, level + 0.12), (0, level), (right, level - 0.12)) + rng.normal(0, 0.05, (3, 2)))
            for level, (left, right) in zip(levels, ends, strict=True)
        ]
        return self._strokes(lines, box, rng)

    def dot(self, box: Box, rng: np.random.Generator) -> list[Stroke]:
        """Give the touch of a resting pen, within the box."""
        x, y = rng.uniform(-0.5, 0.5, 2)
        return self._strokes([points((x, y), (x + rng.uniform(0.01, 0.07), y + 0.02))], box, rng)

    def stray(self, box: Box, rng: np.random.Generator) -> list[Stroke]:
        """Give a slip of the pen that cuts a corner of the box."""
        sides = rng.choice([-1.0, 1.0], 2)
        line = points((1.45, 0.45), (0.95, 0.85), (0.5, 1.5)) * sides + rng.normal(0, 0.06, (3, 2))
        return self._strokes([smooth(line)], box, rng)


def writer(seed: int, family: Family) -> Writer:
    """Draw the writer of that seed."""
    rng = np.random.default_rng([FAMILY_KEY[family], seed])
    shares = SHARES if family is Family.CHOOSING else SHARES_JUDGING
    style = list(shares)[rng.choice(len(shares), p=list(shares.values()))]
    pen = some_pen(rng)
    if style in (Style.SMALL_CROSS, Style.RING) and pen.kind is PenKind.FELT:
        style = Style.TICK
    return Writer(
        family,
        seed,
        style,
        pen,
        tremor_mm=float(rng.choice([0.02, 0.05, 0.1, 0.18], p=[0.3, 0.4, 0.2, 0.1])),
        slant=float(rng.normal(0.08, 0.12)),
        size=float(np.clip(rng.normal(0.95, 0.12), 0.72, 1.2)),
        off=(float(np.clip(rng.normal(0.06, 0.12), -0.3, 0.4)), float(np.clip(rng.normal(-0.04, 0.1), -0.3, 0.25))),
        spread=float(rng.uniform(0.03, 0.09)),
    )
