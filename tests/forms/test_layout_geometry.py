"""From points of the page to mm on the visible page."""

from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from forms.layout.geometry import MM_PER_POINT, VisiblePage, rect_of
from forms.layout.model import Box

SIZES = st.floats(min_value=20, max_value=2000)
OFFSETS = st.floats(min_value=-500, max_value=500)
SHARES = st.floats(min_value=0, max_value=0.9)

Pair = tuple[float, float]


def pairs(of: st.SearchStrategy[float]) -> st.SearchStrategy[Pair]:
    return st.tuples(of, of)


def page(media: list[float], **keys: Any) -> pikepdf.Dictionary:
    return Dictionary(Type=Name.Page, MediaBox=Array(media), **keys)


def near(box: Box) -> object:
    return pytest.approx((box.x, box.y, box.w, box.h), abs=1e-6)


def tuple_of(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.w, box.h


@given(pairs(SIZES), pairs(OFFSETS), pairs(SHARES), st.sampled_from([0, 90, 180, 270]))
def test_a_box_seen_on_a_turned_page_is_the_same_box_when_the_page_is_turned_back(
    size: Pair, corner: Pair, share: Pair, rotation: int
) -> None:
    (width, height), (left, bottom) = size, corner
    crop = [left, bottom, left + width, bottom + height]
    media = [left - 30, bottom - 40, left + width + 50, bottom + height + 60]
    x, y = left + share[0] * width, bottom + share[1] * height
    rect = (x, y, x + width / 20, y + height / 30)
    straight = VisiblePage.of(page(media, CropBox=Array(crop))).box(rect)
    turned_page = VisiblePage.of(page(media, CropBox=Array(crop), Rotate=rotation))
    seen_width = turned_page.page(1).width_mm
    seen_height = turned_page.page(1).height_mm
    turned = turned_page.box(rect)
    assert turned.x >= -1e-6
    assert turned.right <= seen_width + 1e-6
    assert turned.y >= -1e-6
    assert turned.bottom <= seen_height + 1e-6
    assert tuple_of(_back(turned, rotation, seen_width, seen_height)) == near(straight)


@given(pairs(SIZES), pairs(OFFSETS), st.sampled_from([0, 90, 180, 270]), st.sampled_from([1.0, 1.5]))
def test_a_box_on_a_page_as_seen_has_its_rectangle_in_the_page_s_own_points(
    size: Pair, corner: Pair, rotation: int, unit: float
) -> None:
    media = [*corner, corner[0] + size[0] + 50, corner[1] + size[1] + 60]
    crop = [media[0] + 10, media[1] + 20, media[2] - 25, media[3] - 5]
    seen = VisiblePage.of(page(media, CropBox=Array(crop), Rotate=rotation, UserUnit=unit))
    box = Box(3.0, 7.0, 4.0, 5.0)
    assert tuple_of(seen.box(seen.rect_of(box))) == near(box)


def _back(box: Box, rotation: int, width_mm: float, height_mm: float) -> Box:
    """Turn a seen page back by quarter turns against the clock."""
    for _ in range(rotation // 90):
        box = Box(box.y, width_mm - box.right, box.h, box.w)
        width_mm, height_mm = height_mm, width_mm
    return box


@given(OFFSETS, OFFSETS)
def test_where_the_page_lies_in_user_space_does_not_matter(left: float, bottom: float) -> None:
    here = VisiblePage.of(page([0, 0, 400, 600])).box((40, 500, 90, 520))
    media = [left, bottom, left + 400, bottom + 600]
    there = VisiblePage.of(page(media)).box((left + 40, bottom + 500, left + 90, bottom + 520))
    assert tuple_of(there) == near(here)


def test_a_box_near_the_top_left_of_an_upright_page_has_small_numbers() -> None:
    box = VisiblePage.of(page([0, 0, 720, 720])).box((72, 576, 144, 648))
    assert tuple_of(box) == near(Box(25.4, 25.4, 25.4, 25.4))


def test_on_a_page_turned_clockwise_the_lower_left_corner_becomes_the_top_left() -> None:
    box = VisiblePage.of(page([0, 0, 500, 700], Rotate=90)).box((0, 0, 10, 20))
    assert tuple_of(box) == near(Box(0, 0, 20 * MM_PER_POINT, 10 * MM_PER_POINT))


def test_only_the_part_of_the_crop_box_within_the_media_box_is_visible() -> None:
    seen = VisiblePage.of(page([0, 0, 500, 700], CropBox=Array([100, -50, 900, 600])))
    assert seen.rect == (100, 0, 500, 600)


def test_a_crop_box_off_the_page_is_ignored() -> None:
    assert VisiblePage.of(page([0, 0, 500, 700], CropBox=Array([600, 0, 900, 600]))).rect == (0, 0, 500, 700)


def test_the_user_unit_scales_page_and_boxes() -> None:
    seen = VisiblePage.of(page([0, 0, 100, 100], UserUnit=2))
    assert seen.page(1).width_mm == pytest.approx(200 * MM_PER_POINT)
    assert seen.box((0, 90, 10, 100)).w == pytest.approx(20 * MM_PER_POINT)


def test_size_and_rotation_are_inherited_from_the_page_tree() -> None:
    tree = Dictionary(MediaBox=Array([0, 0, 300, 400]), Rotate=270)
    seen = VisiblePage.of(Dictionary(Type=Name.Page, Parent=tree))
    assert (seen.rect, seen.rotation) == ((0, 0, 300, 400), 270)


@pytest.mark.parametrize(("turn", "rotation"), [(-90, 270), (450, 90), (45, 0), (Name.Left, 0)])
def test_odd_rotations_are_what_viewers_make_of_them(turn: object, rotation: int) -> None:
    assert VisiblePage.of(page([0, 0, 9, 9], Rotate=turn)).rotation == rotation


def test_a_page_without_a_usable_size_is_taken_for_letter_paper() -> None:
    assert VisiblePage.of(page([0, 0, 0, 0])).rect == (0, 0, 612, 792)


def test_the_corners_of_a_rectangle_may_come_in_any_order() -> None:
    assert rect_of(Array([90, 20, 10, 80])) == (10, 20, 90, 80)


@pytest.mark.parametrize("absurd", [[1, 2, 1, 9], [1, 2, 3], [1, 2, "x", 4], [], [1, 2, 3, True]])
def test_a_rectangle_without_an_area_is_none(absurd: list[object]) -> None:
    assert rect_of(Array(absurd)) is None


def test_a_rectangle_of_numbers_too_large_for_a_page_is_none() -> None:
    assert rect_of(pikepdf.Object.parse(b"[0 0 " + b"9" * 400 + b".0 10]")) is None
