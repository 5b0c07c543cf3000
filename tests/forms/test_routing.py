"""Routing leads the same way on the kiosk (asked) and on paper (skip_to)."""

import json
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.definition import Form
from forms.kinds import Question
from forms.loading import parse_form
from forms.routing import END, asked, is_told_by_arrows, skip_to
from tests.forms import every_kind

CHAIN = """
form: chain
version: "1"
title: Chain
languages: {en: final}
introduction: Hello.
closing: Goodbye.
sections:
  - id: main
    questions:
      - {id: pet, kind: yes_no, ask: A pet?}
      - {id: which, kind: one_choice, ask: Which?, show_if: {pet: yes}, choices: {dog: Dog, cat: Cat}}
      - {id: walks, kind: yes_no, ask: Walks?, show_if: {which: dog}}
      - {id: last, kind: yes_no, ask: Any more?}
      - {id: tell, kind: comment, ask: Tell us., show_if: {last: yes}}
"""


def chain() -> Form:
    return parse_form(CHAIN.encode(), "chain.yaml")


@pytest.mark.parametrize(
    ("answers", "reached"),
    [
        ({}, ["pet", "last"]),
        ({"pet": "yes"}, ["pet", "which", "last"]),
        ({"pet": "yes", "which": "dog"}, ["pet", "which", "walks", "last"]),
        ({"pet": "no", "which": "dog"}, ["pet", "last"]),
        ({"pet": "no", "last": "yes"}, ["pet", "last", "tell"]),
    ],
)
def test_only_what_the_answers_lead_to_is_asked(answers: dict[str, str], reached: list[str]) -> None:
    assert list(asked(chain(), answers)) == reached


def test_one_of_several_chosen_answers_is_enough_to_be_asked_more() -> None:
    more = CHAIN + "      - {id: toys, kind: several_choices, ask: Toys?, choices: {ball: Ball, bone: Bone}}\n"
    form = parse_form((more + "      - {id: ask, kind: comment, ask: Why?, show_if: {toys: bone}}\n").encode(), "c")
    assert "ask" in asked(form, {"toys": ("ball", "bone")})
    assert "ask" not in asked(form, {"toys": ("ball",)})


@pytest.mark.parametrize(
    ("question", "choice", "target"),
    [
        ("pet", "yes", None),
        ("pet", "no", "last"),
        ("which", "dog", None),
        ("which", "cat", "last"),
        ("walks", "no", None),
        ("last", "no", END),
        ("last", "yes", None),
    ],
)
def test_paper_says_where_to_go_when_it_is_not_the_next_question(question: str, choice: str, target: str) -> None:
    form = chain()
    assert skip_to(form, form.question(question), choice) == target


def test_questions_on_the_torn_off_page_count_for_themselves() -> None:
    assert every_kind().numbers["agree"] == 11
    assert every_kind().numbers["age"] == 1


ANSWERS = ("a", "b", "c")


@st.composite
def branching_forms(draw: st.DrawFn) -> Form:
    """Draw a form of choices in which questions hang on the answers to any earlier ones."""
    questions = []
    for number in range(draw(st.integers(2, 7))):
        earlier = draw(st.lists(st.integers(0, max(0, number - 1)), max_size=2, unique=True)) if number else []
        conditions = {
            f"q{one}": sorted(draw(st.sets(st.sampled_from(ANSWERS), min_size=1, max_size=3))) for one in earlier
        }
        kind = "one_choice"
        choices = {answer: answer.upper() for answer in ANSWERS}
        questions.append({"id": f"q{number}", "kind": kind, "ask": "Which?", "choices": choices, "show_if": conditions})
    form = {
        "form": "drawn",
        "version": "1",
        "title": "Drawn",
        "languages": {"en": "final"},
        "introduction": "Hello.",
        "closing": "Goodbye.",
        "sections": [{"id": "all", "questions": questions}],
    }
    return parse_form(json.dumps(form).encode(), "drawn.json")


def read_on_paper(form: Form, answers: Mapping[str, str], has_arrows: Callable[[Question], bool]) -> list[str]:
    """Give the questions that a person answers who reads from top to bottom, follows arrows and minds "only if"."""
    answered: list[str] = []
    leap: str | None = None
    for question in form.questions:
        if leap not in (None, question.id):
            continue
        leap = None
        told = not question.show_if or is_told_by_arrows(form, question, has_arrows)
        if not told and not all(
            earlier in answered and answers[earlier] in wanted for earlier, wanted in question.show_if.items()
        ):
            continue
        answered.append(question.id)
        leap = skip_to(form, question, answers[question.id]) if has_arrows(question) else None
    return answered


@settings(max_examples=120, deadline=None)
@given(branching_forms(), st.data())
def test_whoever_follows_the_paper_answers_just_what_is_asked(form: Form, data: st.DataObject) -> None:
    answers = {question.id: data.draw(st.sampled_from(ANSWERS)) for question in form.questions}
    with_arrows = data.draw(st.sets(st.sampled_from([question.id for question in form.questions])))
    read = read_on_paper(form, answers, lambda question: question.id in with_arrows)
    assert read == list(asked(form, answers))
