"""The same ink means other things from people who mark in other ways."""

from dataclasses import replace

import pytest

from scanning.hand import Hand, hand_of
from scanning.judging import Asked, Verdict, judged
from scanning.readings import MarkFeatures, Reason, State
from tests.scanning.boxes import (
    BESIDE,
    CIRCLED,
    CROSSED,
    DOT,
    EMPTY,
    LINE,
    NEAR,
    OPTIONS,
    SMUDGE,
    SOLID,
    TICK,
    one,
    reason_of,
)


def test_a_solid_box_of_a_person_who_draws_circles_is_doubted() -> None:
    assert reason_of(one(SOLID, EMPTY, EMPTY, others=[CIRCLED, CIRCLED])) is Reason.TAKEN_BACK
    assert one(SOLID, EMPTY, EMPTY, others=[SOLID, SOLID]).answer == "a"


def test_a_filled_box_beside_a_tick_is_a_correction() -> None:
    verdict = one(SOLID, TICK, EMPTY, others=[TICK] * 3)
    assert verdict == Verdict("b", (State.CORRECTED, State.MARKED, State.BLANK))


def test_a_filled_box_beside_a_tick_is_a_correction_even_when_nothing_else_was_answered() -> None:
    assert one(SOLID, TICK, EMPTY) == Verdict("b", (State.CORRECTED, State.MARKED, State.BLANK))


def test_a_filled_box_is_no_sure_correction_beside_what_may_be_no_mark_of_the_same_pen() -> None:
    pale, beside = replace(TICK, dark=0.3), replace(TICK, ring=0.25, ring_dark=0.8)
    assert reason_of(one(SOLID, pale, EMPTY)) is Reason.HALF_FILLED
    assert reason_of(one(SOLID, beside, EMPTY)) is Reason.HALF_FILLED
    assert one(CROSSED, beside, EMPTY).answer == "b"  # crossed out is crossed out


def test_a_filled_box_of_one_who_scribbles_is_no_sure_correction() -> None:
    scribble = replace(SOLID, ink=0.8, least_cell=0.42)
    asked = Asked("q", OPTIONS, several=True)
    assert reason_of(one(SOLID, scribble, EMPTY, asked=asked, others=[scribble] * 3)) is Reason.HALF_FILLED
    assert reason_of(one(SOLID, scribble, EMPTY, others=[scribble] * 3)) is Reason.HALF_FILLED
    assert one(SOLID, scribble, EMPTY, others=[replace(scribble, least_cell=0.1)] * 3).answer == "b"
    assert one(replace(CROSSED, ink=0.9), scribble, EMPTY, others=[scribble] * 3).answer == "b"


def test_of_several_answers_a_filled_one_is_no_sure_correction_where_nothing_shows_the_persons_way() -> None:
    asked = Asked("q", OPTIONS, several=True)
    assert reason_of(one(SOLID, TICK, EMPTY, asked=asked)) is Reason.HALF_FILLED
    assert one(SOLID, TICK, EMPTY, asked=asked, others=[TICK] * 2).answer == ("b",)
    assert one(CROSSED, TICK, EMPTY, asked=asked).answer == ("b",)


def test_the_only_other_answer_hints_at_a_persons_way() -> None:
    assert one(SOLID, EMPTY, EMPTY, others=[SOLID]).answer == "a"
    assert reason_of(one(SOLID, EMPTY, EMPTY, others=[TICK])) is Reason.HALF_FILLED
    assert one(SOLID, TICK, EMPTY, others=[TICK]).answer == "b"
    assert reason_of(one(SOLID, TICK, EMPTY, others=[SOLID])) is Reason.HALF_FILLED


def test_a_crossed_out_mark_beside_a_tick_is_a_correction() -> None:
    assert one(EMPTY, TICK, CROSSED).states == (State.BLANK, State.MARKED, State.CORRECTED)


def test_a_filled_box_by_one_who_fills_boxes_is_an_answer() -> None:
    verdict = one(EMPTY, SOLID, EMPTY, others=[SOLID] * 3)
    assert verdict == Verdict("b", (State.BLANK, State.MARKED, State.BLANK))


def test_a_filled_box_alone_by_one_who_ticks_is_doubted() -> None:
    assert reason_of(one(EMPTY, SOLID, EMPTY, others=[TICK] * 3)) is Reason.TAKEN_BACK


def test_two_filled_boxes_by_one_who_fills_boxes_are_two_answers() -> None:
    assert reason_of(one(SOLID, SOLID, EMPTY, others=[SOLID] * 3)) is Reason.TWO_MARKED


def test_faint_ink_far_lighter_than_the_persons_pen_is_a_smudge_beside_an_answer_only() -> None:
    pencil = [replace(TICK, dark=0.25)] * 3
    assert one(SMUDGE, pencil[0], EMPTY, others=pencil).answer == "b"
    assert reason_of(one(SMUDGE, EMPTY, EMPTY, others=pencil)) is Reason.FAINT


def test_ink_beside_the_boxes_that_is_far_lighter_than_the_persons_pen_is_not_theirs() -> None:
    dark_pen = [replace(TICK, dark=0.95)] * 3
    pale = replace(BESIDE, dark=0.15)
    assert one(EMPTY, EMPTY, EMPTY, others=dark_pen, stray=pale) == Verdict(None, (State.BLANK,) * 3)
    assert reason_of(one(EMPTY, EMPTY, EMPTY, others=dark_pen, stray=BESIDE)) is Reason.BESIDE


def test_a_persons_way_is_the_middle_of_several_marks_and_only_hinted_at_by_one() -> None:
    assert hand_of(iter([])) == Hand()
    assert hand_of(iter([SOLID])) == Hand(hinted_cell=SOLID.least_cell)
    fills = hand_of(iter([SOLID, SOLID, TICK]))
    assert (fills.least_cell, fills.dark) == (SOLID.least_cell, SOLID.dark)


def test_a_filled_box_does_not_vouch_for_itself_that_its_person_fills_boxes() -> None:
    assert reason_of(one(SOLID, EMPTY, EMPTY, others=[SOLID, TICK])) is Reason.HALF_FILLED
    assert one(SOLID, EMPTY, EMPTY, others=[SOLID, SOLID]).answer == "a"


SMALL = MarkFeatures(ink=0.09, extent=0.42, flat=0.4, dark=0.9)
RISING = replace(TICK, flat=0.8)
ROW = MarkFeatures(ink=0.061, extent=0.76, flat=0.08, dark=0.45)
COFFEE = MarkFeatures(ink=0.45, extent=1.0, flat=0.8, dark=0.15, peak=0.18)
LONE_SPECK = replace(EMPTY, speck_mm2=0.08)


def test_ink_as_large_as_a_persons_small_marks_is_one_of_them() -> None:
    small = replace(SMALL, ink=0.078, extent=0.35, flat=0.32)
    assert one(small, EMPTY, EMPTY, others=[SMALL] * 3).answer == "a"
    assert reason_of(one(small, EMPTY, EMPTY, others=[RISING] * 3)) is Reason.STRAY
    level = replace(small, flat=0.15)  # a piece of a line, or a long dot
    assert reason_of(one(level, EMPTY, EMPTY, others=[SMALL] * 3)) is Reason.STRAY


PIECE = MarkFeatures(ink=0.05, extent=0.28, flat=0.22, dark=0.8)


def test_a_broad_pens_dot_is_small_beside_its_marks() -> None:
    felt = replace(RISING, ink=0.5)
    assert one(PIECE, felt, EMPTY, others=[felt] * 3).answer == "b"
    assert reason_of(one(PIECE, EMPTY, EMPTY, others=[felt] * 3)) is Reason.STRAY
    assert reason_of(one(PIECE, RISING, EMPTY, others=[RISING] * 3)) is Reason.STRAY  # a thin pen has no such dots


@pytest.mark.parametrize(
    "piece",
    [
        replace(PIECE, speck_mm2=0.08),
        replace(PIECE, trace_mm2=0.03),
        replace(PIECE, flat=0.15),
        replace(PIECE, ink=0.1),
    ],
)
def test_what_a_scan_may_have_left_of_a_mark_is_no_dot(piece: MarkFeatures) -> None:
    felt = replace(RISING, ink=0.5)
    assert reason_of(one(piece, felt, EMPTY, others=[felt] * 3)) is Reason.STRAY


def test_a_mark_between_two_boxes_is_doubted_where_print_hides_most_of_it() -> None:
    touched = replace(NEAR, ring=0.125, ring_dark=0.8)
    assert reason_of(one(touched, touched, EMPTY, others=[TICK] * 3)) is Reason.BESIDE
    assert one(touched, EMPTY, EMPTY, others=[TICK] * 3).doubt is None
    pale = replace(touched, ring_dark=0.4)
    assert one(pale, pale, EMPTY, others=[TICK] * 3).doubt is None


def test_a_spoilt_row_beside_an_answer_is_none_for_one_whose_marks_rise() -> None:
    assert one(ROW, RISING, EMPTY, others=[RISING] * 3).answer == "b"
    assert reason_of(one(ROW, EMPTY, EMPTY, others=[RISING] * 3)) is Reason.LINE
    dashes = [replace(TICK, flat=0.1)] * 3
    assert reason_of(one(ROW, dashes[0], EMPTY, others=dashes)) is Reason.TWO_MARKED
    assert reason_of(one(replace(ROW, dark=0.8), RISING, EMPTY, others=[RISING] * 3)) is Reason.STRAY


def test_a_line_through_a_list_is_no_answer_of_one_whose_marks_rise() -> None:
    asked = Asked("q", OPTIONS, several=True)
    assert one(LINE, RISING, EMPTY, others=[RISING] * 3, asked=asked).answer == ("b",)
    assert reason_of(one(LINE, EMPTY, EMPTY, others=[RISING] * 3, asked=asked)) is Reason.LINE
    dashes = [replace(TICK, flat=0.1)] * 3
    assert reason_of(one(LINE, dashes[0], EMPTY, others=dashes, asked=asked)) is Reason.LINE


def test_most_of_a_circle_beside_answers_may_be_one_more_whatever_it_leaves_in_its_box() -> None:
    asked = Asked("q", OPTIONS, several=True)
    circle = MarkFeatures(ring=0.75, ring_dark=0.65, ring_peak=0.9)
    grazed = replace(circle, ink=0.02, extent=0.23, flat=0.14, dark=0.57)
    coffee = replace(circle, extent=0.9, dark=0.2)
    for seen in (circle, grazed, coffee):
        assert reason_of(one(CIRCLED, seen, EMPTY, others=[CIRCLED] * 3)) is Reason.BESIDE, seen
    for seen in (circle, grazed):
        assert reason_of(one(CIRCLED, seen, EMPTY, others=[CIRCLED] * 3, asked=asked)) is Reason.BESIDE, seen
    assert one(CIRCLED, replace(LINE, ring=0.5, ring_dark=0.8), EMPTY, others=[CIRCLED] * 3).doubt is None


def test_a_circle_of_a_paler_pen_may_be_one_more_of_several_answers() -> None:
    pale = replace(CIRCLED, ring_dark=0.3)
    asked = Asked("q", OPTIONS, several=True)
    assert reason_of(one(TICK, pale, EMPTY, others=[TICK] * 3, asked=asked)) is Reason.FAINT
    assert one(TICK, pale, EMPTY, others=[TICK] * 3).answer == "a"


def test_a_fold_through_a_circled_box_leaves_it_circled() -> None:
    assert one(replace(LINE, dark=0.2, ring=1.0, ring_dark=0.8), EMPTY, EMPTY, others=[CIRCLED] * 3).answer == "a"


def test_coffee_is_nothing_to_one_whose_pen_is_far_darker() -> None:
    assert one(COFFEE, EMPTY, EMPTY, others=[TICK] * 3) == Verdict(None, (State.BLANK,) * 3)
    assert reason_of(one(COFFEE, EMPTY, EMPTY, others=[replace(TICK, dark=0.4)] * 3)) is Reason.FAINT
    between = replace(COFFEE, ring=0.6, ring_dark=0.2, ring_peak=0.7)
    assert reason_of(one(between, EMPTY, EMPTY, others=[TICK] * 3)) is Reason.FAINT
    hides = replace(COFFEE, peak=0.6)  # part of it is as dark as the pen
    assert reason_of(one(hides, EMPTY, EMPTY, others=[TICK] * 3)) is Reason.FAINT


def test_a_fold_lighter_than_the_pen_is_nothing_and_a_line_as_dark_is_doubted() -> None:
    fold = replace(LINE, dark=0.25, peak=0.3)
    assert one(fold, fold, fold, others=[TICK] * 3).doubt is None
    assert reason_of(one(LINE, LINE, LINE, others=[TICK] * 3)) is Reason.LINE


def test_a_pale_dot_in_a_list_is_no_answer() -> None:
    pale_dot = replace(DOT, dark=0.35)
    asked = Asked("q", OPTIONS, several=True)
    assert one(pale_dot, TICK, EMPTY, others=[TICK] * 3, asked=asked).answer == ("b",)
    assert reason_of(one(replace(pale_dot, extent=0.5), TICK, EMPTY, others=[TICK] * 3, asked=asked)) is Reason.FAINT


def test_a_speck_is_doubted_even_on_a_page_that_has_larger_ones_everywhere() -> None:
    larger = replace(LONE_SPECK, speck_mm2=0.11)
    sheet = {str(at): (Asked(str(at), OPTIONS), (TICK, larger, EMPTY)) for at in range(5)}
    dot_of_two_copies = replace(LONE_SPECK, speck_mm2=0.028)
    verdicts = judged({"q": (Asked("q", OPTIONS), (EMPTY, dot_of_two_copies, EMPTY)), **sheet})
    assert reason_of(verdicts["q"]) is Reason.STRAY
    assert all(verdicts[name].doubt is None for name in sheet)


def test_a_spoilt_row_beside_the_boxes_is_no_answer_of_one_whose_marks_rise() -> None:
    row = replace(BESIDE, extent_mm=27.0, high_mm=0.4)
    assert one(EMPTY, EMPTY, EMPTY, others=[RISING] * 3, stray=row).doubt is None
    high = replace(row, high_mm=2.0)
    assert reason_of(one(EMPTY, EMPTY, EMPTY, others=[RISING] * 3, stray=high)) is Reason.BESIDE
    assert reason_of(one(EMPTY, EMPTY, EMPTY, stray=row)) is Reason.BESIDE


def test_a_mark_with_more_ink_than_others_on_both_sides_too_may_be_crossed_out() -> None:
    crossed = replace(TICK, ink=0.24, over_mm2=0.3)
    assert reason_of(one(crossed, EMPTY, EMPTY, others=[TICK] * 3)) is Reason.HALF_FILLED
    assert one(replace(crossed, ink=0.15), EMPTY, EMPTY, others=[TICK] * 3).answer == "a"
    assert one(crossed, EMPTY, EMPTY, others=[crossed] * 3).answer == "a"


def test_a_dot_with_much_of_the_ink_of_a_mark_may_be_what_is_left_of_one() -> None:
    stump = replace(DOT, ink=0.05, extent=0.23)
    assert reason_of(one(TICK, stump, EMPTY, others=[TICK] * 3)) is Reason.STRAY
    assert reason_of(one(TICK, stump, EMPTY)) is Reason.STRAY  # held against the mark beside it
    assert one(TICK, DOT, EMPTY, others=[TICK] * 3).answer == "a"
    felt = replace(TICK, ink=0.4)
    assert one(felt, stump, EMPTY, others=[felt] * 3).answer == "a"


def test_a_thin_level_line_alone_is_no_sure_answer_where_nothing_shows_the_persons_way() -> None:
    level = MarkFeatures(ink=0.05, extent=0.91, flat=0.06, dark=0.7)
    assert reason_of(one(level, EMPTY, EMPTY)) is Reason.STRAY
    assert one(replace(level, ink=0.08), EMPTY, EMPTY).answer == "a"
    assert one(level, EMPTY, EMPTY, others=[level] * 3).answer == "a"


def test_how_dark_somebody_writes_is_judged_by_the_page() -> None:
    """One page of a copy may be copied much paler than the others: what is pale there is pale beside them only."""
    pale = replace(TICK, dark=0.25)
    asked = {
        f"q{at}": (Asked(f"q{at}", OPTIONS), (mark, EMPTY, EMPTY)) for at, mark in enumerate([TICK] * 4 + [pale] * 3)
    }
    two = {"two": (Asked("two", OPTIONS), (replace(TICK, dark=0.45), pale, EMPTY))}
    pages = {name: int(name[1:]) // 4 for name in asked} | {"two": 1}
    assert judged(asked | two)["two"].answer == "a"
    assert reason_of(judged(asked | two, pages=pages)["two"]) is Reason.TWO_MARKED


def test_who_makes_small_marks_makes_none_much_larger_beside_the_boxes() -> None:
    blob, ink = MarkFeatures(ink=0.14, extent=0.43, flat=0.4, dark=0.8), replace(BESIDE, extent_mm=2.3)
    assert reason_of(one(EMPTY, EMPTY, EMPTY, others=[blob] * 3, stray=ink)) is Reason.BESIDE
    assert one(EMPTY, EMPTY, EMPTY, others=[TICK] * 3, stray=ink).doubt is None
    assert one(EMPTY, EMPTY, EMPTY, stray=ink).doubt is None


def test_a_dot_with_ink_of_the_same_pen_outside_its_box_may_be_a_mark_across_the_line() -> None:
    asked, lists = Asked("q", OPTIONS), Asked("q", OPTIONS, several=True)
    astride = replace(DOT, ink=0.03, ring_dark=DOT.dark)
    for question in (asked, lists):
        assert reason_of(one(astride, TICK, EMPTY, asked=question, others=[TICK] * 2)) is Reason.STRAY
        assert one(DOT, TICK, EMPTY, asked=question, others=[TICK] * 2).doubt is None
        coffee, slip = replace(astride, ring_dark=DOT.dark / 3), replace(astride, ink=0.01)
        assert one(slip, TICK, EMPTY, asked=question, others=[TICK] * 2).doubt is None
        assert one(coffee, TICK, EMPTY, asked=question, others=[TICK] * 2).doubt is None


def test_what_runs_through_a_box_and_is_lighter_than_the_persons_marks_may_be_coffee() -> None:
    pencil = replace(TICK, dark=0.34)
    coffee = MarkFeatures(ink=0.054, extent=0.4, flat=0.29, dark=0.2, ring=0.5, ring_dark=0.15)
    assert reason_of(one(coffee, EMPTY, EMPTY, others=[pencil] * 3)) is Reason.FAINT
    assert reason_of(one(coffee, EMPTY, EMPTY)) is Reason.FAINT
    within = replace(coffee, ring=0.0)
    assert one(within, EMPTY, EMPTY, others=[pencil] * 3).answer == "a"
    assert one(replace(coffee, dark=0.3), EMPTY, EMPTY, others=[pencil] * 3).answer == "a"


def test_a_mark_that_runs_over_with_no_more_ink_than_others_may_not_be_crossed_out() -> None:
    lists, cross = Asked("q", OPTIONS, several=True), replace(TICK, ink=0.41)
    over = replace(cross, ink=0.4, over_mm2=1.0)
    assert reason_of(one(over, cross, EMPTY, asked=lists, others=[cross] * 3)) is Reason.STRAY
    assert reason_of(one(over, cross, EMPTY, asked=lists)) is Reason.STRAY
    assert one(replace(over, ink=0.6), cross, EMPTY, asked=lists, others=[cross] * 3).answer == ("b",)
    filled = replace(SOLID, ink=0.9)
    assert one(replace(SOLID, over_mm2=2.0), filled, EMPTY, others=[filled] * 3).answer == "b"
