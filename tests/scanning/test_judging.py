"""What a person meant, judged question by question; whatever is not clear is a doubt with its reason."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.judging import Asked, judged
from scanning.looks import confidence_of
from scanning.readings import SENTENCES, MarkFeatures, Reason, State
from tests.scanning.boxes import (
    BESIDE,
    CIRCLED,
    CROSSED,
    DOT,
    EMPTY,
    FAINT,
    LINE,
    LOST,
    NEAR,
    OPTIONS,
    SOLID,
    SPECK,
    THINGS,
    TICK,
    TRACES,
    one,
    reason_of,
    several,
)


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


def test_a_mark_in_pieces_may_be_one_more_of_several_answers() -> None:
    asked = Asked("q", OPTIONS, several=True)
    assert reason_of(one(TICK, TRACES, EMPTY, others=[TICK] * 3, asked=asked)) is Reason.FAINT
    assert one(TICK, TRACES, EMPTY, others=[TICK] * 3).answer == "a"


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
