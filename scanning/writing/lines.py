"""Printed lines taken out of pictures of cells; a stroke that crosses one is carried on over it."""

from typing import Final

import numpy as np

from forms.paper.editions import CELL_MM
from scanning.template import PX_PER_MM
from scanning.writing.cells import HALF_PX, LINE_MM, Ink

SPREAD_MM: Final = 0.18
"""How far beyond its drawn edges a printed line shows: blur, and what it may be out of place."""

SLOPES: Final = tuple(range(-4, 5))
"""By how many px a stroke may rise over a line's width: up to about 45° both ways."""

Band = tuple[int, int]
"""The first px of a line across a picture, and the one after its last."""


def _bands(inside_mm: float, half: int) -> tuple[Band, Band]:
    near = (inside_mm / 2 - SPREAD_MM) * PX_PER_MM
    far = (inside_mm / 2 + LINE_MM + SPREAD_MM) * PX_PER_MM
    first, last = round(near + 0.5), round(far - 0.5)
    return (half - last, half - first + 1), (half + first, half + last + 1)


ACROSS: Final = _bands(CELL_MM[0], HALF_PX[0])
DOWN: Final = _bands(CELL_MM[1], HALF_PX[1])


def without_lines(ink: Ink) -> Ink:
    """Give pictures of n cells without the lines printed around each."""
    cleared = ink.copy()
    for band in ACROSS:
        _carry_over(cleared, band)
    for band in DOWN:
        _carry_over(cleared.transpose(0, 2, 1), band)
    return cleared


def _carry_over(ink: Ink, band: Band) -> None:
    """Fill columns in place with strokes that go on from one side to the other, as straight as they come.

    A px is as dark as the fainter end of the darkest line through it from side to side.
    """
    first, end = band
    before, after = ({by: _moved(ink[:, :, at], by) for by in SLOPES} for at in (first - 1, end))
    width = end - first + 1
    for column in range(first, end):
        part = (column - first + 1) / width
        darkest = np.minimum(before[0], after[0])
        for slope in SLOPES:
            risen = round(part * slope)
            np.maximum(darkest, np.minimum(before[risen], after[risen - slope]), out=darkest)
        ink[:, :, column] = darkest


def _moved(columns: Ink, down: int) -> Ink:
    """Give columns moved down by some px, blank coming in."""
    if down == 0:
        return columns.copy()
    moved = np.zeros_like(columns)
    if down > 0:
        moved[:, down:] = columns[:, :-down]
    else:
        moved[:, :down] = columns[:, -down:]
    return moved
