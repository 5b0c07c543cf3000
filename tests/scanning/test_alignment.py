"""Boxes are found where they are printed, whatever is written in them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanning.alignment import SEARCH_MM, found_shifts, smooth_shifts
from scanning.patches import half_px
from scanning.template import PX_PER_MM

SIDE_MM = 6.5
LINE_MM = 0.353
FINE = 12
"""Sub-samples of a px, to draw a box where it is to a fraction of one."""


def patch(x_mm: float, y_mm: float, *, solid: bool = False) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Draw a box that far from the middle of its patch, as ink from 0 to 1, each px averaged."""
    half = half_px(SIDE_MM)
    place = ((np.arange((2 * half + 1) * FINE) + 0.5) / FINE - half - 0.5) / PX_PER_MM
    across, down = np.abs(place - x_mm)[None, :], np.abs(place - y_mm)[:, None]
    out = np.maximum(across, down)
    drawn = (out > SIDE_MM / 2) & (out < SIDE_MM / 2 + LINE_MM)
    drawn |= solid & (out <= SIDE_MM / 2)
    size = 2 * half + 1
    averaged: np.ndarray[tuple[int, int], np.dtype[np.float32]] = (
        drawn.reshape(size, FINE, size, FINE).mean(axis=(1, 3)).astype(np.float32)
    )
    return averaged


shifts = st.floats(-SEARCH_MM + 0.3, SEARCH_MM - 0.3)


@settings(max_examples=40, deadline=None)
@given(shifts, shifts, st.booleans())
def test_a_box_is_found_to_a_twentieth_of_a_mm_blank_or_filled_in(x_mm: float, y_mm: float, solid: bool) -> None:
    found, clear = found_shifts(patch(x_mm, y_mm, solid=solid)[None], SIDE_MM)
    assert np.abs(found[0] - (x_mm, y_mm)).max() < 0.05
    assert clear[0] > 0.55


def test_a_patch_without_a_box_is_not_clear() -> None:
    half = half_px(SIDE_MM)
    _, clear = found_shifts(np.zeros((1, 2 * half + 1, 2 * half + 1), np.float32), SIDE_MM)
    assert clear[0] < 0.1


@pytest.mark.parametrize("count", [1, 2, 6, 40])
def test_a_bent_page_is_followed_and_a_hidden_box_takes_its_neighbours_shift(count: int) -> None:
    random = np.random.default_rng(count)
    centres = random.uniform((20, 20), (190, 270), (count, 2))
    bend = np.stack([0.4 * np.sin(centres[:, 1] / 150), 0.5 * np.cos(centres[:, 0] / 200)], axis=1)
    measured, clear = bend.copy(), np.ones(count)
    if count > 6:
        measured[3], clear[4] = (1.9, -1.9), 0.0
    field, residual = smooth_shifts(centres, measured, clear, (210, 297))
    assert np.abs(field - bend).max() < 0.05
    assert residual < 0.05


def test_a_page_without_any_clear_box_says_that_it_fits_nothing() -> None:
    _, residual = smooth_shifts(np.array([[50.0, 50.0]]), np.array([[0.1, 0.1]]), np.zeros(1), (210, 297))
    assert residual == float("inf")
