"""Ink that is not in a box, or not quite an answer, is judged by the person's own way of marking."""

from dataclasses import replace

import pytest

from scanning.judging import Asked, Verdict, judged
from scanning.readings import MarkFeatures, Reason, State
from scanning.weak_pen import is_broken_up
from tests.scanning.boxes import CIRCLED, EMPTY, OPTIONS, TICK, one, reason_of


def some(*features: MarkFeatures, most: int | None = None) -> Verdict:
    """Judge a list of which several may be chosen, by somebody who ticks."""
    asked = Asked("q", OPTIONS[: len(features)], several=True, most=most)
    others = {name: (Asked(name, OPTIONS), (TICK, EMPTY, EMPTY)) for name in ("one", "two", "three")}
    return judged({"q": (asked, features), **others})["q"]


def test_a_circle_that_shows_through_from_the_back_is_no_answer() -> None:
    assert reason_of(one(EMPTY, replace(CIRCLED, ring_dark=0.15), EMPTY)) is Reason.FAINT


def test_half_a_circle_beside_an_answer_may_be_another() -> None:
    assert reason_of(one(TICK, MarkFeatures(ring=0.62, ring_dark=0.8), EMPTY)) is Reason.BESIDE
    assert one(TICK, MarkFeatures(ring=0.62, ring_dark=0.1), EMPTY).answer == "a"


def test_a_mark_between_two_boxes_that_reaches_into_one_is_doubted() -> None:
    sliver = MarkFeatures(ink=0.07, extent=0.94, dark=0.7, ring=0.25, ring_dark=0.7)
    assert reason_of(one(MarkFeatures(ring=0.25, ring_dark=0.7), sliver)) is Reason.BESIDE
    assert one(EMPTY, sliver).answer == "b"


def test_a_mark_beside_a_box_of_a_list_is_doubted_though_another_is_ticked() -> None:
    assert reason_of(some(TICK, MarkFeatures(ring=0.38, ring_dark=0.8), EMPTY)) is Reason.BESIDE
    assert some(TICK, MarkFeatures(ring=0.12, ring_dark=0.8), EMPTY).answer == ("a",)


def test_a_pencil_mark_beside_an_ink_one_is_doubted_in_a_list_only() -> None:
    pencil = replace(TICK, dark=0.35)
    assert reason_of(some(TICK, pencil, EMPTY)) is Reason.FAINT
    assert some(TICK, replace(TICK, dark=0.16), EMPTY).answer == ("a",)


def test_a_box_of_a_list_filled_in_half_may_be_taken_back() -> None:
    assert reason_of(some(TICK, replace(TICK, ink=0.7, least_cell=0.42), EMPTY)) is Reason.HALF_FILLED
    assert some(TICK, replace(TICK, least_cell=0.05), EMPTY).answer == ("a", "b")


def test_a_box_that_was_not_found_is_doubtful_itself() -> None:
    verdict = one(TICK, replace(EMPTY, placed=0.1), EMPTY)
    assert reason_of(verdict) is Reason.MISALIGNED
    assert verdict.states[1] is State.DOUBTFUL


def test_one_whose_strokes_run_over_crosses_out_with_more() -> None:
    dash = replace(TICK, over_mm2=1.2)
    way = {name: (Asked(name, OPTIONS), (dash, EMPTY, EMPTY)) for name in ("one", "two", "three")}
    asked = Asked("q", OPTIONS)
    assert judged({"q": (asked, (EMPTY, dash, EMPTY)), **way})["q"].answer == "b"
    crossed = replace(dash, ink=0.4, over_mm2=2.6)
    assert reason_of(judged({"q": (asked, (EMPTY, crossed, EMPTY)), **way})["q"]) is Reason.TAKEN_BACK


def test_a_line_thinner_than_any_pen_is_not_taken_for_a_mark() -> None:
    spoilt = MarkFeatures(ink=0.03, extent=0.95, dark=0.9)
    assert reason_of(one(EMPTY, spoilt, EMPTY)) is Reason.LINE
    assert one(EMPTY, spoilt, TICK).answer == "c"


@pytest.mark.parametrize(("count", "broken"), [(20, 2), (4, 2), (1, 0)])
def test_a_pen_in_pieces_is_broken_up(count: int, broken: int) -> None:
    pieces = replace(TICK, trace_mm2=0.2)
    assert is_broken_up([*[TICK] * (count - broken), *[pieces] * broken]) is (broken > 0)


def test_a_circle_around_a_box_with_a_speck_in_it_is_an_answer() -> None:
    assert one(EMPTY, replace(CIRCLED, ink=0.01, extent=0.1, dark=0.5, over_mm2=3.0), EMPTY).answer == "b"


def test_a_level_line_right_across_a_box_is_not_taken_for_an_answer() -> None:
    spoilt = MarkFeatures(ink=0.08, extent=0.97, flat=0.09, dark=0.5)
    assert reason_of(some(TICK, spoilt, EMPTY)) is Reason.STRAY
    assert some(TICK, replace(spoilt, flat=0.3), EMPTY).answer == ("a", "b")
