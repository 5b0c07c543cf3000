"""Real handwritten lines → boxes of one or several lines, written by a pen."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.paper.pens import Image, Pen, put_ink
from tests.paper.strokes import Floats, Stroke, evenly, wobble

PITCH_MM = 10.0
"""Between the lines of a comment box."""

TALL_MM, WIDE_MM = 9.0, 168.0
"""The most that a line is high and wide: larger ones, as from a tablet, are made smaller."""

STEP_MM = 0.14


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line: what it says, and its strokes in mm, y down, from its own top left corner."""

    text: str
    writer: str
    strokes: tuple[Floats, ...]
    size_mm: tuple[float, float]


def lines(path: Path) -> Iterator[Line]:
    """Give the lines of a file of JSON lines, packed: `text`, `writer`, `points_per_mm`, `strokes`, y points up."""
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in rows:
            told = json.loads(row)
            scale = np.array(told["points_per_mm"], np.float64)
            strokes = [
                np.array(stroke, np.float64) * (1.0, -1.0) / np.where(scale > 0, scale, 1.0)
                for stroke in told["strokes"]
            ]
            yield _fitted(told["text"], told["writer"], strokes, is_measured=bool((scale > 0).all()))


def _fitted(text: str, writer: str, strokes: Sequence[Floats], *, is_measured: bool) -> Line:
    every = np.vstack(strokes)
    low, high = every.min(axis=0), every.max(axis=0)
    wide, tall = np.maximum(high - low, 1e-6)
    fits = min(TALL_MM / tall, WIDE_MM / wide)
    scale = min(1.0, fits) if is_measured else fits
    moved = tuple((stroke - low) * scale for stroke in strokes)
    return Line(text, writer, moved, (float(wide * scale), float(tall * scale)))


def box_of(several: Sequence[Line], pen: Pen, px_per_mm: float, rng: np.random.Generator) -> Image:
    """Give a picture of a box with those lines below each other."""
    wide = max(line.size_mm[0] for line in several) + 8
    image: Image = np.full((round((len(several) * PITCH_MM + 4) * px_per_mm), round(wide * px_per_mm)), 255, np.uint8)
    for number, line in enumerate(several):
        corner = (3 + rng.uniform(0, 2), 2 + number * PITCH_MM + (PITCH_MM - line.size_mm[1]) / 2)
        strokes = [_stroke(stroke + corner, rng) for stroke in line.strokes]
        put_ink(image, (px_per_mm, px_per_mm), strokes, pen, rng)
    return image


def _stroke(points: Floats, rng: np.random.Generator) -> Stroke:
    points = evenly(points if len(points) > 1 else np.vstack([points, points + 0.05]), STEP_MM)
    return Stroke(points, 1 + 0.12 * wobble(len(points), 4 / STEP_MM, rng))
