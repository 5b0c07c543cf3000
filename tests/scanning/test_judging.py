"""What a person meant, judged question by question; whatever is not clear is a doubt with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.judging import Look, Style, judge_one, judge_several, look_of, stray_around, style_of
from scanning.readings import SENTENCES, MarkFeatures, Reason, State

OPTIONS = ("a", "b", "c")
FILLS, MARKS, UNKNOWN = Style.FILLS, Style.MARKS, Style.UNKNOWN
EMPTY, MARK, SOLID, UNSURE, FAINT, CIRCLED = Look.EMPTY, Look.MARK, Look.SOLID, Look.UNSURE, Look.FAINT, Look.CIRCLED


def features(**measured: float) -> MarkFeatures:
    blank = {"ink": 0.0, "extent": 0.0, "least_cell": 0.0, "ring": 0.0, "dark": 0.0}
    return MarkFeatures(**(blank | measured))


@pytest.mark.parametrize(
    ("measured", "look"),
    [
        ({}, EMPTY),
        ({"ring": 0.9}, CIRCLED),
        ({"ink": 0.1, "extent": 0.9, "dark": 0.8}, MARK),
        ({"ink": 0.9, "extent": 1.0, "least_cell": 0.8, "dark": 0.9}, SOLID),
        ({"ink": 0.6, "extent": 1.0, "least_cell": 0.3, "dark": 0.5}, SOLID),
        ({"ink": 0.5, "extent": 1.0, "least_cell": 0.18, "dark": 0.9}, UNSURE),
        ({"ink": 0.02, "extent": 0.2, "dark": 0.9}, UNSURE),
        ({"ink": 0.1, "extent": 0.9, "dark": 0.16}, FAINT),
    ],
)
def test_a_box_looks_like_what_was_done_to_it(measured: dict[str, float], look: Look) -> None:
    assert look_of(features(**measured)) is look


@pytest.mark.parametrize(
    ("looks", "style", "answer"),
    [
        ((EMPTY, MARK, EMPTY), MARKS, "b"),
        ((EMPTY, EMPTY, EMPTY), MARKS, None),
        ((EMPTY, CIRCLED, EMPTY), MARKS, "b"),
        ((SOLID, MARK, EMPTY), MARKS, "b"),
        ((SOLID, SOLID, MARK), MARKS, "c"),
        ((EMPTY, SOLID, EMPTY), FILLS, "b"),
        ((EMPTY, SOLID, EMPTY), UNKNOWN, "b"),
        ((SOLID, MARK, EMPTY), UNKNOWN, "b"),
    ],
)
def test_a_clear_answer_is_taken(looks: tuple[Look, ...], style: Style, answer: str | None) -> None:
    verdict = judge_one("q", OPTIONS, looks, style=style)
    assert verdict.answer == answer
    assert verdict.doubt is None


def test_a_filled_box_beside_a_tick_is_a_correction() -> None:
    verdict = judge_one("q", OPTIONS, (SOLID, MARK, EMPTY), style=MARKS)
    assert verdict.states == (State.CORRECTED, State.MARKED, State.BLANK)


@pytest.mark.parametrize(
    ("looks", "style", "reason"),
    [
        ((MARK, MARK, EMPTY), MARKS, Reason.TWO_MARKED),
        ((SOLID, EMPTY, EMPTY), MARKS, Reason.SOLID_ALONE),
        ((SOLID, SOLID, EMPTY), UNKNOWN, Reason.SOLID_AMONG_SOLIDS),
        ((SOLID, SOLID, EMPTY), FILLS, Reason.SOLID_AMONG_SOLIDS),
        ((SOLID, MARK, EMPTY), FILLS, Reason.SOLID_AMONG_SOLIDS),
        ((MARK, UNSURE, EMPTY), MARKS, Reason.STRAY),
        ((MARK, FAINT, EMPTY), MARKS, Reason.FAINT),
        ((FAINT, EMPTY, EMPTY), MARKS, Reason.FAINT),
    ],
)
def test_an_unclear_answer_is_doubted_with_its_reason(looks: tuple[Look, ...], style: Style, reason: Reason) -> None:
    verdict = judge_one("q", OPTIONS, looks, style=style)
    assert verdict.answer is None
    assert verdict.doubt is not None
    assert verdict.doubt.reason is reason
    assert verdict.doubt.detail == SENTENCES[reason]
    assert State.DOUBTFUL in verdict.states


def test_several_answers_are_a_list_and_too_many_are_doubted() -> None:
    two = judge_several("q", OPTIONS, (MARK, EMPTY, MARK), most=2, style=MARKS)
    three = judge_several("q", OPTIONS, (MARK, MARK, MARK), most=2, style=MARKS)
    assert two.answer == ("a", "c")
    assert three.doubt is not None
    assert three.doubt.reason is Reason.TOO_MANY


@given(st.lists(st.sampled_from(list(Look)), min_size=2, max_size=6), st.sampled_from(list(Style)))
def test_an_answer_and_a_doubt_never_come_together(looks: list[Look], style: Style) -> None:
    options = [f"o{number}" for number in range(len(looks))]
    verdict = judge_one("q", options, looks, style=style)
    assert verdict.answer is None or verdict.doubt is None
    assert (verdict.doubt is None) or State.DOUBTFUL in verdict.states
    if verdict.answer is not None:
        assert verdict.states.count(State.MARKED) == 1


def test_a_way_of_answering_is_seen_over_the_whole_page() -> None:
    assert style_of([[SOLID, EMPTY], [EMPTY, SOLID], [EMPTY, EMPTY]]) is FILLS
    assert style_of([[SOLID, EMPTY], [EMPTY, MARK], [MARK, EMPTY]]) is MARKS
    assert style_of([[SOLID, EMPTY], [MARK, EMPTY]]) is UNKNOWN


def test_ink_beside_the_boxes_of_a_blank_question_is_doubted() -> None:
    blank = judge_one("q", OPTIONS, (EMPTY, EMPTY, EMPTY), style=MARKS)
    beside = [features(ring=0.25), features(), features()]
    verdict = stray_around(beside, blank, "q")
    assert verdict.doubt is not None
    assert verdict.doubt.reason is Reason.BESIDE
    assert stray_around([features()] * 3, blank, "q") is blank


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
