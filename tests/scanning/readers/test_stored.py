"""Boxes and rotations in the image as stored, whichever way the file has it turned."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.layout.model import Kind
from scanning.pages import PageImage
from scanning.readers.stored import as_stored
from scanning.readings import MarkFeatures, MarkReading, PageReading, State, WritingReading

WORKING = np.zeros((1754, 1240), dtype=np.uint8)
Box = tuple[float, float, float, float]


def reading(box: Box, rotation_deg: float) -> PageReading:
    mark = MarkReading("q", Kind.RADIO, "a", State.BLANK, MarkFeatures(), 1.0, box)
    writing = WritingReading("w", State.BLANK, 0.0, box)
    return PageReading("p", "f", "1", 1, None, rotation_deg, 0.0, (mark,), (writing,), {}, ())


def page(*rows: tuple[float, float, float]) -> PageImage:
    return PageImage(0, WORKING, np.array(rows, dtype=np.float64), (3508, 2480))


def test_a_halved_image_that_lies_on_its_side_is_told_as_it_is_stored() -> None:
    turned = page((0, 2, 0), (-2, 0, 2480))  # upright px (x, y) are stored at (2 y, 2480 - 2 x)
    found = as_stored(reading((100, 200, 30, 40), 1.0), turned)
    boxes = [found.marks[0].box_px, found.writings[0].box_px]
    assert boxes == [(400, 2220, 80, 60)] * 2
    assert found.rotation_deg == pytest.approx(-89)
    assert found.to_upright is not None
    a, b, c, d, e, f = found.to_upright
    x, y = 400 + 80 / 2, 2220 + 60 / 2
    assert (a * x + b * y + c, d * x + e * y + f) == pytest.approx(((100 + 30 / 2) / 1240, (200 + 40 / 2) / 1754))


@given(
    st.tuples(st.floats(0, 1200), st.floats(0, 1700), st.floats(1, 60), st.floats(1, 60)),
    st.integers(0, 3),
    st.booleans(),
    st.floats(0.3, 4),
)
def test_the_box_holds_what_its_corners_become_and_no_more(box: Box, turns: int, mirrored: bool, scale: float) -> None:
    turn = np.linalg.matrix_power(np.array([[0.0, -1.0], [1.0, 0.0]]), turns) * scale
    matrix = turn @ np.diag([-1.0 if mirrored else 1.0, 1.0])
    move = np.array([700.0, 900.0])
    rows = [(float(row[0]), float(row[1]), float(shift)) for row, shift in zip(matrix, move, strict=True)]
    x, y, w, h = as_stored(reading(box, 0.0), page(*rows)).marks[0].box_px
    corners = np.array([[box[0] + dx * box[2], box[1] + dy * box[3]] for dx in (0, 1) for dy in (0, 1)])
    there = corners @ matrix.T + move
    np.testing.assert_allclose([x, y, x + w, y + h], [*there.min(axis=0), *there.max(axis=0)], atol=1e-6)


@given(st.floats(-179, 179), st.integers(0, 3))
def test_turning_back_gives_the_rotation_again(angle: float, turns: int) -> None:
    turn = np.linalg.matrix_power(np.array([[0, -1], [1, 0]]), turns)
    there, back = ([(float(a), float(b), 0.0) for a, b in matrix] for matrix in (turn, turn.T))
    once = as_stored(reading((0, 0, 1, 1), angle), page(*there))
    again = as_stored(once, page(*back)).rotation_deg
    assert (again - angle) % 360 == pytest.approx(0, abs=1e-6) or (again - angle) % 360 == pytest.approx(360)
