"""What a person meant, judged question by question; whatever is not clear is a doubt with its reason."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.hand import Hand, hand_of
from scanning.judging import NO_STRAY, Asked, Verdict, judged
from scanning.looks import Look, confidence_of, look_of
from scanning.readings import SENTENCES, MarkFeatures, Reason, State, StrayInk

OPTIONS = ("a", "b", "c")

EMPTY = MarkFeatures()
TICK = MarkFeatures(ink=0.12, extent=0.9, least_cell=0.0, dark=0.8)
SOLID = MarkFeatures(ink=0.97, extent=1.0, least_cell=0.93, dark=0.95)
DOT = MarkFeatures(ink=0.02, extent=0.15, least_cell=0.0, dark=0.8)
SPECK = MarkFeatures(ink=0.05, extent=0.35, least_cell=0.0, dark=0.8)
FAINT = MarkFeatures(ink=0.1, extent=0.9, least_cell=0.0, dark=0.1)
SMUDGE = replace(FAINT, dark=0.08)
CIRCLED = MarkFeatures(ring=1.0, ring_dark=0.8)
CROSSED = replace(TICK, ink=0.4, over_mm2=2.0)
LINE = MarkFeatures(ink=0.06, extent=1.0, least_cell=0.0, dark=0.6, line=True)
NEAR = MarkFeatures(ring=0.25)
LOST = replace(EMPTY, placed=0.1)
TRACES = replace(EMPTY, trace_mm2=1.0)
BESIDE = StrayInk(area_mm2=3.0, extent_mm=6.0, dark=0.8, share=0.05)

THINGS = (EMPTY, TICK, SOLID, DOT, SPECK, FAINT, CIRCLED, CROSSED, LINE, NEAR, LOST)


def one(
    *boxes: MarkFeatures, others: Sequence[MarkFeatures] = (), asked: Asked | None = None, stray: StrayInk = NO_STRAY
) -> Verdict:
    """Judge one question whose boxes hold this, on a sheet with other questions answered by these marks."""
    asked = asked or Asked("q", OPTIONS[: len(boxes)])
    sheet = {f"other {at}": (Asked(f"other {at}", OPTIONS), (mark, EMPTY, EMPTY)) for at, mark in enumerate(others)}
    return judged({asked.name: (asked, boxes), **sheet}, {asked.name: stray})[asked.name]


def several(*boxes: MarkFeatures, most: int | None = None, alone: frozenset[str] = frozenset()) -> Verdict:
    return one(*boxes, asked=Asked("q", OPTIONS, several=True, most=most, alone=alone))


def reason_of(verdict: Verdict) -> Reason | None:
    return verdict.doubt.reason if verdict.doubt else None


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


def test_a_level_sliver_is_not_sure_to_be_a_mark() -> None:
    sliver = MarkFeatures(ink=0.024, extent=0.4, flat=0.09, dark=0.67)
    assert look_of(sliver) is Look.UNSURE
    assert look_of(replace(sliver, ink=0.06)) is Look.MARK
    assert look_of(replace(sliver, ring=1.0)) is Look.MARK  # a circle around the box that grazes its inside


def test_a_solid_box_of_a_person_who_draws_circles_is_doubted() -> None:
    assert reason_of(one(SOLID, EMPTY, EMPTY, others=[CIRCLED, CIRCLED])) is Reason.TAKEN_BACK
    assert one(SOLID, EMPTY, EMPTY, others=[SOLID, SOLID]).answer == "a"


def test_a_faint_dot_alone_is_doubted_and_beside_an_answer_is_dirt() -> None:
    faint_dot = replace(EMPTY, speck_mm2=0.08)
    assert reason_of(one(EMPTY, faint_dot, EMPTY)) is Reason.STRAY
    assert one(TICK, faint_dot, EMPTY).answer == "a"


@pytest.mark.parametrize(
    ("boxes", "answer"),
    [
        ((EMPTY, TICK, EMPTY), "b"),
        ((EMPTY, EMPTY, CIRCLED), "c"),
        ((SOLID, EMPTY, EMPTY), "a"),
        ((EMPTY, EMPTY, EMPTY), None),
        ((DOT, TICK, EMPTY), "b"),
        ((CROSSED, EMPTY, TICK), "c"),
    ],
)
def test_a_clear_answer_is_taken(boxes: Sequence[MarkFeatures], answer: str | None) -> None:
    verdict = one(*boxes)
    assert verdict.doubt is None
    assert verdict.answer == answer


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


@pytest.mark.parametrize(
    ("boxes", "reason"),
    [
        ((TICK, TICK, EMPTY), Reason.TWO_MARKED),
        ((FAINT, EMPTY, EMPTY), Reason.FAINT),
        ((TICK, FAINT, EMPTY), Reason.FAINT),
        ((EMPTY, DOT, EMPTY), Reason.STRAY),
        ((TICK, SPECK, EMPTY), Reason.STRAY),
        ((CROSSED, EMPTY, EMPTY), Reason.TAKEN_BACK),
        ((EMPTY, LINE, EMPTY), Reason.LINE),
        ((TICK, EMPTY, LOST), Reason.MISALIGNED),
    ],
)
def test_an_unclear_answer_is_doubted_with_its_reason(boxes: Sequence[MarkFeatures], reason: Reason) -> None:
    verdict = one(*boxes)
    assert verdict.answer is None
    assert verdict.doubt is not None
    assert (verdict.doubt.question, verdict.doubt.reason) == ("q", reason)
    assert verdict.doubt.detail == SENTENCES[reason]


def test_ink_beside_the_boxes_is_doubted_where_no_box_is_marked() -> None:
    assert reason_of(one(EMPTY, EMPTY, EMPTY, stray=BESIDE)) is Reason.BESIDE
    assert one(EMPTY, TICK, EMPTY, stray=BESIDE).answer == "b"


def test_ink_beside_the_boxes_that_is_far_lighter_than_the_persons_pen_is_not_theirs() -> None:
    dark_pen = [replace(TICK, dark=0.95)] * 3
    pale = replace(BESIDE, dark=0.15)
    assert one(EMPTY, EMPTY, EMPTY, others=dark_pen, stray=pale) == Verdict(None, (State.BLANK,) * 3)
    assert reason_of(one(EMPTY, EMPTY, EMPTY, others=dark_pen, stray=BESIDE)) is Reason.BESIDE


def test_a_crumb_of_ink_is_nothing_far_from_the_boxes_and_doubted_right_beside_one() -> None:
    crumb = replace(BESIDE, extent_mm=1.7, area_mm2=0.5)
    assert one(EMPTY, EMPTY, EMPTY, stray=crumb).doubt is None
    assert reason_of(one(EMPTY, NEAR, EMPTY, stray=crumb)) is Reason.BESIDE


def test_traces_of_ink_are_doubted_as_a_faint_mark_where_no_box_is_marked() -> None:
    assert reason_of(one(EMPTY, TRACES, EMPTY)) is Reason.FAINT
    assert one(TICK, TRACES, EMPTY).answer == "a"


def test_confidence_is_lowest_in_doubt_and_full_far_from_it() -> None:
    assert confidence_of(TICK, State.DOUBTFUL) == 0.5
    assert confidence_of(TICK, State.MARKED) == confidence_of(EMPTY, State.BLANK) == 1.0
    assert 0.5 <= confidence_of(replace(TICK, dark=0.2), State.MARKED) < 0.8


def test_the_boxes_with_ink_are_doubtful_in_a_doubted_question_and_the_others_blank() -> None:
    assert one(TICK, TICK, EMPTY).states == (State.DOUBTFUL, State.DOUBTFUL, State.BLANK)


def test_a_line_across_other_boxes_leaves_a_single_answer_but_not_a_list() -> None:
    assert one(LINE, TICK, EMPTY).answer == "b"
    assert reason_of(several(LINE, TICK, EMPTY)) is Reason.LINE


def test_several_answers_are_a_list_in_printed_order() -> None:
    assert several(TICK, EMPTY, TICK).answer == ("a", "c")
    assert several(EMPTY, TICK, EMPTY).answer == ("b",)
    assert several(EMPTY, EMPTY, EMPTY).answer is None


def test_more_answers_than_are_allowed_are_doubted() -> None:
    assert several(TICK, EMPTY, TICK, most=2).answer == ("a", "c")
    assert reason_of(several(TICK, TICK, TICK, most=2)) is Reason.TOO_MANY


def test_an_answer_that_stands_alone_is_doubted_among_others_only() -> None:
    alone = frozenset({"c"})
    assert several(EMPTY, EMPTY, TICK, alone=alone).answer == ("c",)
    assert several(TICK, TICK, EMPTY, alone=alone).answer == ("a", "b")
    assert reason_of(several(TICK, EMPTY, TICK, alone=alone)) is Reason.STANDS_ALONE


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


def test_a_broad_pens_dot_is_small_beside_its_marks() -> None:
    dot, felt = MarkFeatures(ink=0.05, extent=0.28, flat=0.22, dark=0.8), replace(RISING, ink=0.5)
    assert one(dot, felt, EMPTY, others=[felt] * 3).answer == "b"
    assert reason_of(one(dot, EMPTY, EMPTY, others=[felt] * 3)) is Reason.STRAY
    assert reason_of(one(dot, RISING, EMPTY, others=[RISING] * 3)) is Reason.STRAY  # a thin pen has no such dots


PIECE = MarkFeatures(ink=0.05, extent=0.28, flat=0.22, dark=0.8)


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
    assert reason_of(one(replace(ROW, dark=0.8), RISING, EMPTY, others=[RISING] * 3)) is Reason.TWO_MARKED


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


def test_a_mark_in_pieces_may_be_one_more_of_several_answers() -> None:
    asked = Asked("q", OPTIONS, several=True)
    assert reason_of(one(TICK, TRACES, EMPTY, others=[TICK] * 3, asked=asked)) is Reason.FAINT
    assert one(TICK, TRACES, EMPTY, others=[TICK] * 3).answer == "a"


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


sheets_of_boxes = st.lists(st.lists(st.sampled_from(THINGS), min_size=1, max_size=5), min_size=1, max_size=5)


@given(sheets_of_boxes, st.booleans())
def test_an_answer_and_a_doubt_never_come_together(boxes: list[list[MarkFeatures]], is_several: bool) -> None:
    sheet = {
        str(number): (Asked(str(number), tuple(map(str, range(len(held)))), several=is_several), held)
        for number, held in enumerate(boxes)
    }
    for name, verdict in judged(sheet).items():
        marked = [
            option
            for option, state in zip(sheet[name][0].options, verdict.states, strict=True)
            if state is State.MARKED
        ]
        assert verdict.answer is None or verdict.doubt is None
        assert (verdict.answer is not None) == bool(marked)
        assert verdict.doubt is not None or State.DOUBTFUL not in verdict.states
        if verdict.answer is not None:
            assert marked == (list(verdict.answer) if is_several else [verdict.answer])


@given(st.permutations([EMPTY, TICK, DOT, EMPTY]))
def test_the_order_of_boxes_changes_no_judgement(boxes: list[MarkFeatures]) -> None:
    options = ("a", "b", "c", "d")
    assert one(*boxes, asked=Asked("q", options)).answer == options[boxes.index(TICK)]


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
