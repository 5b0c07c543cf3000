"""The rows of a box are told apart, whatever hangs down into the next."""

import cv2
import numpy as np
import pytest

from scanning.template import PX_PER_MM
from scanning.writing.lined import runs_out, without_rules
from scanning.writing.rows import rows_of

WIDE, HIGH = round(120 * PX_PER_MM), round(40 * PX_PER_MM)


def written(rows: int, slant: float = 0.0) -> np.ndarray:
    """Give the ink of rows of zigzags, 10 mm apart, every fifth of which hangs down far."""
    ink = np.zeros((HIGH, WIDE), np.float32)
    for row in range(rows):
        base = (row + 0.75) * 10 * PX_PER_MM
        for number, x in enumerate(range(30, WIDE - 60, 18)):
            low = base + (16 if number % 5 == 0 else 0) + slant * (x - WIDE / 2)
            points = np.array(
                [[x, base - 18 + slant * (x - WIDE / 2)], [x + 8, low], [x + 16, base - 18 + slant * (x - WIDE / 2)]]
            )
            cv2.polylines(ink, [np.rint(points).astype(np.int32)], False, 0.7, 2)
    return ink


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("slant", [0.0, 0.04])
def test_every_row_is_found_once(count: int, slant: float) -> None:
    rows = rows_of(written(count, slant))
    assert len(rows) == count
    assert [row.top for row in rows] == sorted(row.top for row in rows)


def test_a_box_without_ink_has_no_rows() -> None:
    assert rows_of(np.zeros((HIGH, WIDE), np.float32)) == []
    assert rows_of(np.full((HIGH, WIDE), 0.05, np.float32)) == []


def test_a_row_s_picture_is_dark_ink_on_white() -> None:
    [row] = rows_of(written(1))
    assert row.picture[0].min() == 255
    assert row.picture.min() < 60


def test_rules_to_write_on_go_and_writing_on_them_stays() -> None:
    ink = written(2)
    ruled = ink.copy()
    for y in (60, 120, 180):
        ruled[y : y + 2] = np.maximum(ruled[y : y + 2], 0.25)
    cleared = without_rules(ruled)
    assert cleared[180:182].max() < 0.05
    assert cleared[ink > 0.6].min() > 0.5


def test_writing_over_the_edge_of_its_box_runs_out() -> None:
    ink = written(1)
    assert not runs_out(ink)
    ink[40:60, -20:] = 0.7
    assert runs_out(ink)


def test_rows_that_touch_are_cut_apart() -> None:
    ink = written(2)
    ink[:, 200:203] = np.where(np.arange(HIGH)[:, None] < 110, 0.7, ink[:, 200:203])
    rows = rows_of(ink)
    assert len(rows) == 2
    assert min(row.picture.shape[1] for row in rows) > 0.8 * (WIDE - 90)
