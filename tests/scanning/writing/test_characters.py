"""What one cell holds, and how it is shown to the network."""

import numpy as np
import pytest

from scanning.writing.cells import HALF_PX
from scanning.writing.characters import CHARACTER_PX, SIDE_PX, Holds, written

SHAPE = (2 * HALF_PX[1] + 1, 2 * HALF_PX[0] + 1)
LEAST = 0.13


def inked(*places: tuple[slice, slice], dark: float = 0.6) -> np.ndarray:
    ink = np.zeros(SHAPE, np.float32)
    for place in places:
        ink[place] = dark
    return ink


STROKE = np.s_[20:50, 26:29]


def test_an_empty_cell_holds_nothing() -> None:
    found = written(inked(), LEAST)
    assert found.holds is Holds.NOTHING
    assert found.picture.max() == 0


def test_ink_below_the_noise_of_the_page_is_nothing() -> None:
    assert written(inked(STROKE, dark=0.1), LEAST).holds is Holds.NOTHING


def test_a_one_is_something_and_fills_the_height_of_its_picture() -> None:
    found = written(inked(STROKE), LEAST)
    assert found.holds is Holds.SOMETHING
    rows = np.flatnonzero(found.picture.max(axis=1) > 0.5)
    assert len(rows) == pytest.approx(CHARACTER_PX, abs=2)
    assert rows.mean() == pytest.approx((SIDE_PX - 1) / 2, abs=1)


def test_a_faint_stroke_looks_like_a_dark_one() -> None:
    faint, dark = (written(inked(STROKE, dark=one), LEAST).picture for one in (0.3, 0.9))
    assert np.abs(faint - dark).max() < 0.1


def test_a_dot_cannot_be_told_from_dirt_for_sure() -> None:
    assert written(inked(np.s_[34:38, 27:31]), LEAST).holds is Holds.UNSURE


def test_what_runs_over_from_the_next_cell_is_not_this_one_s() -> None:
    beyond = np.s_[20:50, SHAPE[1] - 4 : SHAPE[1]]
    assert written(inked(beyond), LEAST).holds is Holds.NOTHING
    assert np.array_equal(written(inked(beyond, STROKE), LEAST).picture, written(inked(STROKE), LEAST).picture)


def test_a_stroke_to_the_edge_of_what_is_looked_at_runs_out() -> None:
    assert written(inked(np.s_[20:23, 20 : SHAPE[1]]), LEAST).runs_out
    assert not written(inked(STROKE), LEAST).runs_out
