"""Pen strokes as points in mm with the pressure at each, and the unsteadiness of a hand."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

STEP_MM = 0.14
"""Between the points of a stroke: a third of the thinnest line."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One pull of the pen: n points [x, y] in mm of the page, and the pressure (about 1) at each."""

    points: Floats
    pressure: Floats

    @property
    def length_mm(self) -> float:
        """Give the length of the line."""
        return float(np.hypot(*np.diff(self.points, axis=0).T).sum())


def smooth(corners: Floats, per_part: int = 10) -> Floats:
    """Give a Catmull-Rom curve through n ≥ 2 points."""
    padded = np.vstack([2 * corners[0] - corners[1], corners, 2 * corners[-1] - corners[-2]])
    t = np.linspace(0, 1, per_part, endpoint=False)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True)
    ]
    return np.vstack([*parts, corners[-1:]])


def evenly(points: Floats, step_mm: float = STEP_MM) -> Floats:
    """Give the same line with points at equal distances."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    count = max(2, int(along[-1] / step_mm) + 1)
    at = np.linspace(0, along[-1], count)
    return np.column_stack([np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])])


def wobble(count: int, wave_points: float, rng: np.random.Generator) -> Floats:
    """Give `count` values of smooth noise of deviation about 1, whose waves are about `wave_points` long."""
    knots = rng.standard_normal(int(count / wave_points * 2) + 4)
    phase = rng.random()
    return np.interp(np.arange(count) * 2 / wave_points + phase, np.arange(len(knots)), knots) * 1.2


def drawn(line: Floats, tremor_mm: float, rng: np.random.Generator, *, step_mm: float = STEP_MM) -> Stroke:
    """Give the stroke that an unsteady hand makes of a line: it shakes, presses unevenly, lands and lifts lightly."""
    points = evenly(line, step_mm)
    count = len(points)
    shake = np.column_stack([wobble(count, 1.6 / step_mm, rng), wobble(count, 1.6 / step_mm, rng)])
    ends = np.minimum(np.arange(count), np.arange(count)[::-1]) * step_mm
    pressure = (1 + 0.12 * wobble(count, 4 / step_mm, rng)) * (0.72 + 0.28 * np.minimum(ends / 0.7, 1))
    return Stroke(points + tremor_mm * shake, pressure)
