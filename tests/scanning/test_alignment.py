"""Boxes are found where they are printed, whatever is written in them, and a page is followed however it bends."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scanning.alignment import SEARCH_MM, Floats, found_shifts, settled_shifts, smooth_shifts, wants_again
from scanning.patches import half_px
from scanning.template import PX_PER_MM, Points

SIDE_MM = 6.5
LINE_MM = 0.353
FINE = 12
"""Sub-samples of a px, to draw a box where it is to a fraction of one."""

PAGE_MM = (210.0, 297.0)
TWENTIETH_MM = 0.05

Patch = np.ndarray[tuple[int, int], np.dtype[np.float32]]


def patch(x_mm: float, y_mm: float, *, solid: bool = False, side_mm: float = SIDE_MM, dark: float = 1.0) -> Patch:
    """Draw a box that far from the middle of its patch, as ink from 0 to 1, each px averaged."""
    half = half_px(side_mm)
    place = ((np.arange((2 * half + 1) * FINE) + 0.5) / FINE - half - 0.5) / PX_PER_MM
    across, down = np.abs(place - x_mm)[None, :], np.abs(place - y_mm)[:, None]
    out = np.maximum(across, down)
    drawn = (out > side_mm / 2) & (out < side_mm / 2 + LINE_MM)
    drawn |= solid & (out <= side_mm / 2)
    size = 2 * half + 1
    averaged: Patch = (dark * drawn.reshape(size, FINE, size, FINE).mean(axis=(1, 3))).astype(np.float32)
    return averaged


def scattered(count: int, seed: int) -> Points:
    """Give the middles of boxes all over a page."""
    return np.random.default_rng(seed).uniform((15, 15), (195, 280), (count, 2))


def cubic(centres: Points, terms: Floats) -> Points:
    """Give a cubic's shift, (n, 2), at points of a page; (10, 2) terms, in mm at the page's edges."""
    x, y = (2 * centres / PAGE_MM - 1).T
    powers = [x**i * y**j for i in range(4) for j in range(4 - i)]
    return np.stack(powers, axis=1) @ terms


shifts = st.floats(-SEARCH_MM + 0.3, SEARCH_MM - 0.3)
seeds = st.integers(0, 10_000)


@settings(max_examples=40, deadline=None)
@given(shifts, shifts, st.booleans(), st.sampled_from([4.5, 6.5, 8.0]), st.floats(0.6, 1.0))
@example(SEARCH_MM - 0.3, -SEARCH_MM + 0.3, False, SIDE_MM, 1.0)
def test_a_box_is_found_to_a_twentieth_of_a_mm_blank_or_filled_in(
    x_mm: float, y_mm: float, solid: bool, side_mm: float, dark: float
) -> None:
    drawn = patch(x_mm, y_mm, solid=solid, side_mm=side_mm, dark=dark)
    found, clear = found_shifts(drawn[None], side_mm)
    assert np.abs(found[0] - (x_mm, y_mm)).max() < TWENTIETH_MM
    assert clear[0] > 0.5 * dark


@settings(max_examples=25, deadline=None)
@given(shifts, shifts, seeds)
def test_a_cross_over_a_box_does_not_move_it(x_mm: float, y_mm: float, seed: int) -> None:
    drawn, size = patch(x_mm, y_mm), 2 * half_px(SIDE_MM) + 1
    lean = np.random.default_rng(seed).uniform(0.7, 1.4)
    rows, columns = np.mgrid[:size, :size] - half_px(SIDE_MM)
    for way in (lean, -lean):
        off = np.abs(rows - y_mm * PX_PER_MM - way * (columns - x_mm * PX_PER_MM)) / np.hypot(1, way)
        drawn = np.maximum(drawn, (off < 1.5) * np.float32(0.8))
    found, clear = found_shifts(drawn[None], SIDE_MM)
    assert np.abs(found[0] - (x_mm, y_mm)).max() < TWENTIETH_MM
    assert clear[0] > 0.5


def test_many_boxes_are_found_as_each_would_be_alone() -> None:
    places = np.random.default_rng(3).uniform(-1.5, 1.5, (6, 2))
    patches = np.stack([patch(x, y) for x, y in places])
    together, _ = found_shifts(patches, SIDE_MM)
    alone = [found_shifts(one[None], SIDE_MM)[0][0] for one in patches]
    assert together == pytest.approx(np.array(alone))


def test_a_box_is_not_found_beyond_where_it_is_looked_for() -> None:
    found, clear = found_shifts(patch(1.2, 0.0)[None], SIDE_MM, search_mm=0.5)
    assert np.abs(found).max() < 0.7
    assert clear[0] < 0.3


def test_a_patch_without_a_box_is_not_clear() -> None:
    half = half_px(SIDE_MM)
    _, clear = found_shifts(np.zeros((1, 2 * half + 1, 2 * half + 1), np.float32), SIDE_MM)
    assert clear[0] < 0.1


@pytest.mark.parametrize(("shift_mm", "clear", "again"), [(0.1, 0.9, False), (1.8, 0.9, True), (0.1, 0.05, True)])
def test_a_second_look_is_wanted_where_boxes_lie_far_off_or_are_not_seen(
    shift_mm: float, clear: float, again: bool
) -> None:
    shifts_mm = np.array([[0.0, 0.1], [0.1, -shift_mm]])
    assert wants_again(shifts_mm, np.array([0.9, clear])) is again


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_a_smooth_field_gives_back_a_cubic(seed: int) -> None:
    centres = scattered(60, seed)
    bend = cubic(centres, np.random.default_rng(seed).uniform(-0.15, 0.15, (10, 2)))
    field, residual = smooth_shifts(centres, bend, np.ones(60), PAGE_MM)
    assert np.abs(field - bend).max() < TWENTIETH_MM
    assert residual < TWENTIETH_MM


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_a_smooth_field_does_not_follow_boxes_that_were_taken_for_others(seed: int) -> None:
    centres = scattered(60, seed)
    bend = cubic(centres, np.random.default_rng(seed).uniform(-0.1, 0.1, (10, 2)))
    measured = bend.copy()
    measured[:4] += (1.5, -1.5)
    field, residual = smooth_shifts(centres, measured, np.ones(60), PAGE_MM)
    # A box beyond all others has nothing but the cubic to hold it.
    assert np.quantile(np.abs(field - bend)[4:], 0.9) < 0.1
    assert residual < TWENTIETH_MM


@pytest.mark.parametrize("count", [1, 2, 6, 40])
def test_a_bent_page_is_followed_and_a_hidden_box_takes_its_neighbours_shift(count: int) -> None:
    random = np.random.default_rng(count)
    centres = random.uniform((20, 20), (190, 270), (count, 2))
    bend = np.stack([0.4 * np.sin(centres[:, 1] / 150), 0.5 * np.cos(centres[:, 0] / 200)], axis=1)
    measured, clear = bend.copy(), np.ones(count)
    if count > 6:
        measured[3], clear[4] = (1.9, -1.9), 0.0
    field, residual = smooth_shifts(centres, measured, clear, PAGE_MM)
    assert np.abs(field - bend).max() < TWENTIETH_MM
    assert residual < TWENTIETH_MM


def test_a_hidden_box_among_neighbours_that_slipped_together_slips_with_them() -> None:
    centres = np.array([[x, y] for y in np.arange(30.0, 270.0, 12.0) for x in (50.0, 58.0, 66.0)])
    slipped = centres[:, 1] > 150
    truth = np.where(slipped[:, None], (0.0, 1.2), (0.0, 0.0))
    measured, clear = truth.copy(), np.full(len(centres), 0.9)
    hidden = int(slipped.argmax()) + 4
    measured[hidden], clear[hidden] = (1.7, -1.7), 0.05
    found, _ = settled_shifts(centres, measured, clear, PAGE_MM)
    assert np.delete(found, hidden, axis=0) == pytest.approx(np.delete(truth, hidden, axis=0))
    field, _ = smooth_shifts(centres, measured, clear, PAGE_MM)
    assert np.abs(found - truth)[hidden].max() < 0.75 * np.abs(field - truth)[hidden].max()


def test_a_page_without_any_clear_box_says_that_boxes_may_be_anywhere_they_are_looked_for() -> None:
    _, residual = smooth_shifts(np.array([[50.0, 50.0]]), np.array([[0.1, 0.1]]), np.zeros(1), PAGE_MM)
    assert residual == SEARCH_MM
