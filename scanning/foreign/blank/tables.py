"""Which cells of a table are its headings: words that name a row or a column, with the cells to fill in beside them."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from forms.layout.model import Box
from scanning.foreign.blank.frames import Cell
from scanning.foreign.blank.places import INK, is_same
from scanning.template import Grey

SIGN_MM: Final = 3.0
"""What is no wider is a sign before what is written (+, =, £), not words."""

LEVEL_MM: Final = 0.6
"""How far the edges of cells in one row or column may be apart."""

BETWEEN_MM: Final = 2.5
"""The widest gap between the head of a table and its first row."""

THROUGH_MIN: Final = 0.9
"""The part of the way between two cells of a row on which its lines must run."""


def headings(image: Grey, cells: Sequence[Cell], px: float) -> list[Cell]:
    """Give the cells that are headings: a reader writes in the cells beside or below them, not beside their words.

    The head of a table has several of them side by side; one alone may be the words above a box.
    """
    worded = [cell for cell in cells if cell.words_mm > SIGN_MM]
    empty = [cell for cell in cells if cell.words_mm <= SIGN_MM and cell.free is not None]
    found = [cell for cell in worded if _names_row(image, cell, empty, worded, px)]
    over = [cell for cell in worded if _is_over(cell, [*empty, *found])]
    return found + [cell for cell in over if any(_is_beside(cell.box_mm, one.box_mm) for one in over)]


def _names_row(image: Grey, cell: Cell, empty: Sequence[Cell], worded: Sequence[Cell], px: float) -> bool:
    box = cell.box_mm
    after = [one for one in empty if _in_row(box, one.box_mm) and one.box_mm.x > box.right - LEVEL_MM]
    if not after:
        return False
    nearest = min(after, key=lambda one: one.box_mm.x).box_mm
    if any(_in_row(box, one.box_mm) and box.right - LEVEL_MM < one.box_mm.x < nearest.x for one in worded):
        return False
    return all(_runs_through(image, y, box.right, nearest.x, px) for y in (box.y, box.bottom))


def _runs_through(image: Grey, y_mm: float, left_mm: float, right_mm: float, px: float) -> bool:
    """Tell whether a level line goes from one cell to the next."""
    near = max(round(LEVEL_MM * px), 1)
    y, left, right = (round(one * px) for one in (y_mm, left_mm, right_mm))
    band = image[max(y - near, 0) : y + near + 1, left : right + 1]
    return band.size == 0 or float(np.mean(band.min(axis=0) < INK)) >= THROUGH_MIN


def _in_row(one: Box, other: Box) -> bool:
    return abs(one.y - other.y) <= LEVEL_MM and abs(one.bottom - other.bottom) <= LEVEL_MM


def _is_beside(one: Box, other: Box) -> bool:
    return _in_row(one, other) and not is_same(one, other)


def _is_over(cell: Cell, below: Sequence[Cell]) -> bool:
    box = cell.box_mm
    return any(
        abs(one.box_mm.x - box.x) <= LEVEL_MM
        and abs(one.box_mm.right - box.right) <= LEVEL_MM
        and -LEVEL_MM <= one.box_mm.y - box.bottom <= BETWEEN_MM
        for one in below
    )
