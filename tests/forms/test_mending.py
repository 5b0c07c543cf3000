"""What an officer puts right in a draft of somebody else's form."""

import json

import pytest

from forms.adopting import AdoptingError, Binding, Bound, Draft
from forms.adopting.mending import (
    asked_otherwise,
    boxes_of,
    merged,
    question_of,
    questions_of,
    split,
    with_box_at,
    with_new_box,
    without_box,
    without_question,
)
from forms.layout.model import Box, Kind
from forms.loading import parse_form


def _tick(name: str, question: str, choice: str) -> Bound:
    return Bound(name, 1, Kind.CHECK, "On", question, choice, "", Box(10, 10, 4, 4))


@pytest.fixture
def draft() -> Draft:
    questions = [
        {"id": "heat", "kind": "several_choices", "ask": "What heats it?", "choices": {"gas": "Gas", "oil": "Oil"}},
        {"id": "damp", "kind": "consent", "ask": "Damp"},
        {"id": "mould", "kind": "consent", "ask": "Mould"},
        {"id": "name", "kind": "short_text", "ask": "Name", "max_length": 20},
    ]
    fields = (
        _tick("a", "heat", "gas"),
        _tick("b", "heat", "oil"),
        _tick("c", "damp", "given"),
        _tick("d", "mould", "given"),
        Bound("e", 1, Kind.TEXT, "", "name", "", "", Box(10, 40, 60, 8)),
    )
    definition = {
        "form": "theirs",
        "version": "1",
        "title": "Theirs",
        "languages": {"en": "final"},
        "introduction": "Please.",
        "closing": "Thank you.",
        "sections": [{"id": "page_1", "title": "Page 1", "questions": questions}],
    }
    return Draft(definition, Binding("0" * 64, fields))


def _is_a_form(draft: Draft) -> bool:
    return bool(parse_form(json.dumps(draft.definition).encode(), "draft").questions)


def test_words_and_kind_of_a_question_are_put_right(draft: Draft) -> None:
    told = asked_otherwise(draft, "heat", "one_choice", "What is your heating?", {1: "Heating oil"})
    question = question_of(told, "heat")
    assert (question["kind"], question["ask"]) == ("one_choice", "What is your heating?")
    assert list(question["choices"].values()) == ["Gas", "Heating oil"]
    assert [one.choice for one in told.binding.fields[:2]] == list(question["choices"])
    assert _is_a_form(told)


def test_two_boxes_become_yes_and_no_by_their_words_else_by_their_order(draft: Draft) -> None:
    told = asked_otherwise(draft, "heat", "yes_no", "Is it warm?", {0: "No", 1: "Yes"})
    assert [one.choice for one in told.binding.fields[:2]] == ["no", "yes"]
    by_order = asked_otherwise(draft, "heat", "yes_no", "Is it warm?", {})
    assert [one.choice for one in by_order.binding.fields[:2]] == ["yes", "no"]
    assert _is_a_form(told)
    assert _is_a_form(by_order)
    for words in ({0: "No", 1: "Sometimes"}, {0: "Yes", 1: "Don't know"}):  # never "no" for what says something else
        with pytest.raises(AdoptingError, match="the first of them is yes"):
            asked_otherwise(draft, "heat", "yes_no", "Is it warm?", words)


def test_merged_questions_have_the_answers_of_both(draft: Draft) -> None:
    told = merged(draft, "damp")
    question = question_of(told, "damp")
    assert question["kind"] == "several_choices"
    assert list(question["choices"].values()) == ["Damp", "Mould"]
    assert boxes_of(told, "damp") == [2, 3]
    assert [one["id"] for one in questions_of(told)] == ["heat", "damp", "name"]
    assert _is_a_form(told)


def test_what_is_ticked_and_what_is_written_are_never_merged(draft: Draft) -> None:
    with pytest.raises(AdoptingError, match="cannot be one question"):
        merged(draft, "mould")


def test_a_question_is_split_at_a_box(draft: Draft) -> None:
    told = split(draft, "heat", 1)
    assert [(one["ask"], one["kind"]) for one in questions_of(told)[:2]] == [
        ("What heats it?", "consent"),
        ("Oil", "consent"),
    ]
    assert [one.choice for one in told.binding.fields[:2]] == ["given", "given"]
    assert _is_a_form(told)
    with pytest.raises(AdoptingError):
        split(draft, "heat", 0)


def test_what_is_left_out_leaves_its_boxes_unread(draft: Draft) -> None:
    told = without_question(draft, "heat")
    assert [one.field for one in told.binding.fields] == ["c", "d", "e"]
    fewer = without_box(draft, 0)
    assert question_of(fewer, "heat")["kind"] == "consent"
    assert [one["id"] for one in questions_of(without_box(fewer, 0))] == ["damp", "mould", "name"]


def test_a_box_is_put_elsewhere_and_a_missed_one_added(draft: Draft) -> None:
    told = with_box_at(draft, 4, Box(12, 41, 50, 7))
    assert told.binding.fields[4].box_mm == Box(12, 41, 50, 7)
    more = with_new_box(told, 2, Box(20, 20, 5, 5), is_ticked=True)
    assert (more.binding.fields[-1].page, questions_of(more)[-1]["kind"]) == (2, "consent")
    assert _is_a_form(more)
    for wrong in (Box(12, 41, 0.2, 7), Box(float("nan"), 41, 50, 7), Box(12, float("inf"), 50, 7), Box(-1, 41, 50, 7)):
        with pytest.raises(AdoptingError, match="lies on its page"):
            with_box_at(draft, 4, wrong)


def test_a_kind_that_boxes_cannot_have_is_refused(draft: Draft) -> None:
    for question, kind in (("heat", "comment"), ("name", "yes_no"), ("heat", "consent"), ("damp", "one_choice")):
        with pytest.raises(AdoptingError):
            asked_otherwise(draft, question, kind, "Words", {})


def test_the_words_of_a_list_to_pick_from_are_put_right_and_its_answers_stay(draft: Draft) -> None:
    listed = {"id": "name", "kind": "one_choice", "ask": "Title", "choices": {"mr": "Mr", "ms": "Ms"}}
    questions = [*questions_of(draft)[:3], listed]
    sections = [{"id": "page_1", "title": "Page 1", "questions": questions}]
    told = asked_otherwise(
        Draft(draft.definition | {"sections": sections}, draft.binding), "name", "one_choice", "Your title", {}
    )
    assert question_of(told, "name") == listed | {"ask": "Your title"}
    assert _is_a_form(told)
