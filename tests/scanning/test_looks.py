"""What one box looks like by itself."""

from dataclasses import replace

import pytest

from scanning.looks import Look, look_of
from scanning.readings import MarkFeatures
from tests.scanning.boxes import CIRCLED, CROSSED, DOT, EMPTY, FAINT, LINE, NEAR, SOLID, SPECK, TICK


@pytest.mark.parametrize(
    ("features", "look"),
    [
        (EMPTY, Look.EMPTY),
        (TICK, Look.MARK),
        (SOLID, Look.MARK),
        (DOT, Look.DOT),
        (FAINT, Look.FAINT),
        (CIRCLED, Look.CIRCLED),
        (CROSSED, Look.CROSSED),
        (LINE, Look.LINE),
        (NEAR, Look.EMPTY),
    ],
)
def test_a_box_looks_like_what_was_done_to_it(features: MarkFeatures, look: Look) -> None:
    assert look_of(features) is look


def test_ink_between_a_dot_and_a_mark_is_not_sure_to_be_either() -> None:
    assert look_of(SPECK) is Look.UNSURE
    assert look_of(replace(DOT, extent=0.26)) is Look.DOT
    assert look_of(replace(DOT, extent=0.29)) is Look.UNSURE  # the smallest of crosses, or what a fax left of one


def test_most_of_a_circle_that_grazes_its_box_is_not_crossed_out() -> None:
    circle = MarkFeatures(ink=0.011, extent=0.17, flat=0.11, dark=0.5, ring=0.75, ring_dark=0.49, over_mm2=1.86)
    assert look_of(circle) is Look.UNSURE
    assert look_of(replace(circle, ink=0.4, extent=1.0, flat=0.9)) is Look.CROSSED


def test_a_level_sliver_is_not_sure_to_be_a_mark() -> None:
    sliver = MarkFeatures(ink=0.024, extent=0.4, flat=0.09, dark=0.67)
    assert look_of(sliver) is Look.UNSURE
    assert look_of(replace(sliver, ink=0.06)) is Look.MARK
    assert look_of(replace(sliver, ring=1.0)) is Look.MARK  # a circle around the box that grazes its inside
