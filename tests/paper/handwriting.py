"""Words and characters that look written: for combs, lines and comment boxes. They say nothing."""

import numpy as np

from forms.layout import Field
from tests.paper.hands import Writer
from tests.paper.strokes import Floats, Stroke, drawn, smooth

LINE_PITCH_MM = 10.0
STEP_MM = 0.3
"""Writing may be coarser than marks: nobody measures it."""

CHARACTERS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": (((0.5, 0), (0.1, 0.4), (0.3, 1), (0.8, 0.8), (0.8, 0.2), (0.5, 0)),),
    "1": (((0.3, 0.25), (0.6, 0), (0.55, 1)),),
    "2": (((0.1, 0.25), (0.5, 0), (0.85, 0.3), (0.1, 1), (0.9, 0.95)),),
    "3": (((0.15, 0.1), (0.8, 0.15), (0.4, 0.45), (0.85, 0.75), (0.1, 0.95)),),
    "4": (((0.6, 0), (0.1, 0.65), (0.9, 0.62)), ((0.7, 0.3), (0.6, 1))),
    "5": (((0.8, 0), (0.25, 0.05), (0.2, 0.45), (0.8, 0.6), (0.6, 1), (0.1, 0.9)),),
    "6": (((0.7, 0), (0.2, 0.55), (0.4, 1), (0.8, 0.75), (0.25, 0.6)),),
    "7": (((0.1, 0.05), (0.9, 0), (0.4, 1)),),
    "8": (((0.7, 0.15), (0.3, 0.1), (0.75, 0.7), (0.4, 1), (0.2, 0.75), (0.75, 0.2)),),
    "9": (((0.75, 0.3), (0.3, 0.05), (0.25, 0.45), (0.75, 0.3), (0.65, 1)),),
    "A": (((0, 1), (0.5, 0), (1, 1)), ((0.2, 0.65), (0.8, 0.62))),
    "E": (((0.9, 0), (0.1, 0.02), (0.1, 1), (0.9, 0.98)), ((0.1, 0.5), (0.7, 0.48))),
    "L": (((0.15, 0), (0.1, 1), (0.85, 0.97)),),
    "T": (((0.05, 0.05), (0.95, 0)), ((0.5, 0.02), (0.48, 1))),
}
"""Each character as lines in a cell of 1 by 1, y down."""


def written(field: Field, writer: Writer, rng: np.random.Generator) -> list[Stroke]:
    """Give the strokes with which the writer fills in a text field: a character a cell, or words on its lines."""
    if field.comb_cells:
        return _comb(field, writer, rng)
    box = field.box_mm
    lines = max(1, round(box.h / LINE_PITCH_MM))
    used = int(rng.integers(1, lines + 1))
    strokes: list[Stroke] = []
    for number in range(used):
        bottom = box.y + (number + 0.72) * box.h / lines
        share = rng.uniform(0.3, 0.95) if number == used - 1 else rng.uniform(0.85, 0.95)
        strokes += words(box.x + 2, box.x + box.w * share, bottom, writer, rng)
    return strokes


def _comb(field: Field, writer: Writer, rng: np.random.Generator) -> list[Stroke]:
    """Give one character in each cell, but for some left over at the end."""
    cells, box = field.comb_cells or 1, field.box_mm
    pitch = box.w / cells
    strokes = []
    for cell in range(cells - int(rng.integers(0, 2)) * (cells > 4)):
        corner = np.array([box.x + pitch * (cell + 0.28), box.y + box.h * 0.2]) + rng.normal(0, 0.25, 2)
        size = np.array([pitch * 0.42, box.h * 0.58]) * rng.uniform(0.85, 1.15)
        drawing = CHARACTERS[str(rng.choice(list(CHARACTERS)))]
        strokes += [_stroke(smooth(np.array(line)) * size + corner, writer, rng) for line in drawing]
    return strokes


def words(left: float, right: float, bottom: float, writer: Writer, rng: np.random.Generator) -> list[Stroke]:
    """Give joined-up words from left to right, in mm."""
    strokes, x = [], left
    while x < right - 4:
        width = min(rng.uniform(5, 22), right - x)
        strokes.append(_stroke(_word(x, bottom, width, writer.slant, rng), writer, rng))
        x += width + rng.uniform(2, 4)
    return strokes


def _word(left: float, bottom: float, width: float, slant: float, rng: np.random.Generator) -> Floats:
    """Give a word: loops of uneven height, some of which rise or fall like those of l and g."""
    turns = max(2, int(width / 1.7))
    heights = rng.uniform(1.6, 2.4, turns)
    heights[rng.random(turns) < 0.22] *= 1.9
    lows = np.where(rng.random(turns) < 0.12, rng.uniform(1, 2, turns), 0.0)
    phase = np.linspace(0, turns - 0.01, turns * 9)
    letter, within = phase.astype(int), phase % 1
    height = heights[letter] * (1 - np.cos(2 * np.pi * within)) / 2
    up = height - lows[letter] * (within > 0.8) * np.sin(np.pi * (within - 0.8) / 0.2)
    across = left + width * phase / turns + 0.55 * np.sin(2 * np.pi * within) + (slant + 0.2) * up
    return np.column_stack([across, bottom - up])


def _stroke(line: Floats, writer: Writer, rng: np.random.Generator) -> Stroke:
    return drawn(line, min(writer.tremor_mm, 0.1), rng, step_mm=STEP_MM)
