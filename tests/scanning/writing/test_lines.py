"""Printed lines go, strokes that cross them stay."""

import numpy as np

from scanning.writing.cells import HALF_PX
from scanning.writing.lines import ACROSS, DOWN, without_lines

SHAPE = (1, 2 * HALF_PX[1] + 1, 2 * HALF_PX[0] + 1)


def cell() -> np.ndarray:
    """Give the ink of an empty cell: its four lines, two px wide."""
    ink = np.zeros(SHAPE, np.float32)
    for first, end in ACROSS:
        ink[:, :, (first + end) // 2 - 1 : (first + end) // 2 + 1] = 1
    for first, end in DOWN:
        ink[:, (first + end) // 2 - 1 : (first + end) // 2 + 1, :] = 1
    return ink


def test_nothing_is_left_of_an_empty_cell() -> None:
    assert without_lines(cell()).max() == 0


def test_a_stroke_that_crosses_a_line_is_carried_on_over_it() -> None:
    ink = cell()
    middle = HALF_PX[1]
    ink[:, middle : middle + 3, 10:] = 0.8
    kept = without_lines(ink)[0]
    assert kept[middle + 1, 15:].min() > 0.7
    assert kept[middle - 6 : middle - 1].max() == 0


def test_a_slanting_stroke_is_carried_on_as_it_slants() -> None:
    ink = cell()
    first, end = ACROSS[1]
    for column in range(first - 12, SHAPE[2]):
        row = HALF_PX[1] + (column - first) // 2
        ink[:, row : row + 3, column] = 0.8
    kept = without_lines(ink)[0]
    crossing = [(HALF_PX[1] + (column - first) // 2 + 1, column) for column in range(first, end)]
    assert min(float(kept[max(row - 1, 0) : row + 2, column].max()) for row, column in crossing) > 0.7


def test_the_picture_that_was_given_is_left_as_it_was() -> None:
    ink = cell()
    without_lines(ink)
    assert ink.max() == 1
