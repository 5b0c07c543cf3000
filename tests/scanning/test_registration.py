"""Where a page lies: from marks, from codes, and from its print where both are few."""

import cv2
import numpy as np
import pytest

from forms.paper.editions import SIZES, SizeName
from scanning.registration import CODES, Registration, outline_mm, places_mm, register, residual_mm, spanned

A4 = SIZES[SizeName.A4]
TURNED = Registration(np.array([[-5.9, 0.4, 1400], [-0.4, -5.9, 1900], [0, 0, 1.0]]))
SLANTED = Registration(np.array([[5.0, 0.3, 100], [-0.2, 5.4, 150], [2e-4, -4e-4, 1.0]]))


def spots(truth: Registration, *places: int) -> dict[int, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    return {place: truth.to_px(places_mm(A4)[place]) for place in places}


def furthest_mm(found: Registration | None, truth: Registration) -> float:
    assert found is not None
    corners = outline_mm(A4)
    return float(np.linalg.norm(found.to_mm(truth.to_px(corners)) - corners, axis=1).max())


@pytest.mark.parametrize("places", [(0,), (5,), (0, 1), CODES, (0, 2), (1, 4)])
def test_any_mark_or_code_tells_where_a_flat_page_lies(places: tuple[int, ...]) -> None:
    assert furthest_mm(register(spots(TURNED, *places), A4), TURNED) < 0.001


@pytest.mark.parametrize("places", [(0, 1, 2, 3), (0, 1, 2), (1, 3, 2), (0, 2, 4, 5)])
def test_three_corners_tell_how_a_page_is_slanted(places: tuple[int, ...]) -> None:
    assert furthest_mm(register(spots(SLANTED, *places), A4), SLANTED) < 0.01


def test_two_corners_and_the_code_between_them_tell_no_slant() -> None:
    noisy = {
        place: quad + np.random.default_rng(place).normal(0, 0.3, (4, 2))
        for place, quad in spots(TURNED, 0, 1, 4).items()
    }
    assert spanned(noisy, A4) < 0.05
    assert furthest_mm(register(noisy, A4), TURNED) < 0.5


def test_nothing_found_is_no_registration() -> None:
    assert register({}, A4) is None


def test_the_marks_of_one_size_do_not_fit_another() -> None:
    seen = spots(TURNED, 0, 1, 2, 3)
    for size in SIZES.values():
        found = register(seen, size)
        assert found is not None
        assert (residual_mm(found, seen, size) < 0.001) == (size == A4)


def test_there_and_back_is_the_same_place() -> None:
    points = np.array([[[10.0, 20.0], [200.0, 280.0]], [[0.0, 0.0], [105.0, 148.0]]])
    assert np.allclose(SLANTED.to_mm(SLANTED.to_px(points)), points)
    assert cv2.perspectiveTransform(points, SLANTED.matrix) == pytest.approx(SLANTED.to_px(points))
