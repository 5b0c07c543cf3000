"""Real words in a writer's own hand, so that an officer can read them: letters as pen strokes, laid on printed lines.

The pen model's own writing (`tests.paper.handwriting`) is scribble that says nothing: enough to measure marks beside.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from forms.layout import Box
from tests.paper.hands import Writer
from tests.paper.handwriting import LINE_PITCH_MM
from tests.paper.strokes import Floats, Stroke, drawn, smooth

LETTERS: Final = {
    "a": "7,1 4,0 1,2 0,6 2,10 5,9 7,5 7,1 7,8 9,10", "b": "1,-9 0,4 0,10/0,5 3,1 6,3 6,7 3,10 0,9",
    "c": "6,2 3,0 0,3 0,7 3,10 6,9", "d": "7,2 3,0 0,4 1,9 4,10 7,6/7,-9 7,5 8,10",
    "e": "0,5 6,4 5,1 3,0 0,3 0,7 3,10 7,8", "f": "6,-8 3,-9 2,-4 2,10/0,0 5,0",
    "g": "7,1 3,0 0,4 2,9 5,8 7,2 7,12 5,17 1,16", "h": "1,-9 0,5 0,10/0,4 3,0 6,2 6,10",
    "i": "1,0 1,8 3,10/1,-4 1.4,-3.4", "j": "3,0 3,12 1,16 -1,14/3,-4 3.4,-3.4", "k": "1,-9 0,10/6,0 0,6 3,5 7,10",
    "l": "1,-9 0,5 1,9 3,10", "m": "0,0 0,10/0,4 2,0 5,1 5,10/5,4 7,0 10,1 10,10", "n": "0,0 0,10/0,4 3,0 6,2 6,10",
    "o": "4,0 1,1 0,6 3,10 6,8 7,3 4,0", "p": "0,0 0,18/0,4 3,0 6,3 5,8 2,10 0,8",
    "q": "7,1 3,0 0,4 2,9 5,8 7,2 7,18", "r": "0,0 0,10/0,4 2,1 5,0", "s": "6,1 3,0 0,2 2,5 5,6 6,8 3,10 0,9",
    "t": "2,-6 2,7 4,10 6,9/0,0 5,0", "u": "0,0 0,7 2,10 5,8 6,0/6,4 6,8 8,10", "v": "0,0 3,10/3,10 6,0",
    "w": "0,0 2,10/2,10 5,2/5,2 7,10/7,10 10,0", "x": "0,0 6,10/6,0 0,10", "y": "0,0 1,7 4,8 6,0/6,0 6,11 4,17 0,16",
    "z": "0,0 6,0/6,0 0,10/0,10 6,10", "A": "0,10 5,-8/5,-8 9,10/2,4 8,4",
    "B": "0,-8 0,10/0,-8 5,-7 5,-1 0,0/0,0 6,1 6,9 0,10", "C": "8,-6 4,-8 0,-3 0,5 4,10 8,8",
    "D": "0,-8 0,10/0,-8 6,-6 8,1 6,8 0,10", "E": "7,-8 0,-8/0,-8 0,10/0,1 5,1/0,10 7,10",
    "F": "7,-8 0,-8/0,-8 0,10/0,1 5,1", "G": "8,-6 4,-8 0,-3 0,5 4,10 8,8 8,2/5,2 9,2",
    "H": "0,-8 0,10/8,-8 8,10/0,1 8,1", "I": "0,-8 0,10", "J": "5,-8 5,6 3,10 0,8", "L": "0,-8 0,10/0,10 6,10",
    "M": "0,10 1,-8/1,-8 5,5/5,5 9,-8/9,-8 10,10", "N": "0,10 0,-8/0,-8 8,10/8,10 8,-8",
    "O": "4,-8 0,-3 0,5 4,10 8,6 8,-4 4,-8", "P": "0,-8 0,10/0,-8 6,-7 6,0 0,1",
    "R": "0,-8 0,10/0,-8 6,-7 6,-1 0,1/2,1 7,10", "S": "7,-6 3,-8 0,-5 3,0 7,4 5,10 0,8", "T": "0,-8 9,-8/4,-8 4,10",
    "U": "0,-8 0,5 4,10 8,5 8,-8", "V": "0,-8 4,10/4,10 8,-8", "W": "0,-8 2,10/2,10 6,-4/6,-4 9,10/9,10 12,-8",
    "Y": "0,-8 4,1/8,-8 4,1 4,10", "0": "4,-8 0,-3 0,5 4,10 7,5 7,-3 4,-8", "1": "1,-5 4,-8/4,-8 4,10",
    "2": "0,-5 4,-8 7,-4 0,10/0,10 8,10", "3": "0,-7 5,-8 6,-3 2,0 7,4 5,10 0,9", "4": "5,-8 0,4 8,4/6,-2 5,10",
    "5": "7,-8 1,-8/1,-8 0,-1 6,1 6,8 0,9", "6": "6,-8 1,-1 1,8 5,10 7,5 4,1 1,4", "7": "0,-8 7,-8/7,-8 2,10",
    "8": "6,-6 2,-8 1,-4 6,3 4,10 0,6 6,-3 6,-6", "9": "6,-5 3,-8 0,-5 2,-1 6,-4/6,-5 5,10", ".": "0,9.4 0.6,10",
    ",": "1,9 0,13", "'": "1,-9 0,-5", "-": "0,4 5,4",
}  # fmt: skip
"""Each letter as strokes, parted by a slash; 10 units are the height of an x, y runs down from its top."""

X_HEIGHT_MM: Final = 2.5
GAP, SPACE = 2.6, 6.0
"""Between letters and between words, in the same units."""

INDENT_MM: Final = 3.0
BASE: Final = 0.74
"""Where the writing stands in its line, as a part of the line's height."""


def wrapped(words: str, width_mm: float) -> list[str]:
    """Give the words in lines no longer than that."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer) * X_HEIGHT_MM / 10 > width_mm:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def written_words(words: str, box: Box, writer: Writer, rng: np.random.Generator) -> list[Stroke]:
    """Give the strokes of words in a place to write, in mm of the page; `ValueError` where they do not fit."""
    rows = max(1, round(box.h / LINE_PITCH_MM))
    lines = wrapped(words, box.w - 2 * INDENT_MM)
    if len(lines) > rows:
        raise ValueError(f"{len(lines)} lines of words do not fit {rows}")
    strokes: list[Stroke] = []
    for row, line in enumerate(lines):
        top = box.y + (row + BASE) * box.h / rows - X_HEIGHT_MM
        strokes += _line(line, np.array([box.x + INDENT_MM, top]), writer, rng)
    return strokes


def _line(line: str, start: Floats, writer: Writer, rng: np.random.Generator) -> Iterator[Stroke]:
    scale = X_HEIGHT_MM / 10
    slope = rng.normal(0, 0.006)
    across = 0.0
    for letter in line:
        if letter != " ":
            lift = rng.normal(0, 0.35)
            for points in _shapes(letter):
                leaning = np.column_stack([points[:, 0] - (writer.slant + 0.12) * (points[:, 1] - 10), points[:, 1]])
                shaken = leaning + rng.normal(0, 0.28, leaning.shape) + [across, lift + slope * across]
                yield drawn(smooth(shaken) * scale + start, min(writer.tremor_mm, 0.06), rng)
        across += _advance(letter) * rng.uniform(0.96, 1.04)


def _shapes(letter: str) -> list[Floats]:
    return [np.array([point.split(",") for point in one.split()], float) for one in LETTERS[letter].split("/")]


def _advance(letter: str) -> float:
    return SPACE if letter == " " else max(float(shape[:, 0].max()) for shape in _shapes(letter)) + GAP


def _width(words: str) -> float:
    return sum(map(_advance, words))
