"""Routing leads the same way on the kiosk (asked) and on paper (skip_to)."""

import pytest

from forms import library
from forms.definition import Form
from forms.loading import parse_form
from forms.routing import END, asked, skip_to
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


@pytest.mark.parametrize("name", library.names())
def test_where_paper_leads_is_where_the_kiosk_leads(name: str) -> None:
    form = library.find(name)
    for question in form.questions:
        for choice in form.choices(question):
            target = skip_to(form, question, choice.id)
            if target not in (None, END):
                given = {question.id: choice.id, **_answers_that_lead_to(form, question.id)}
                assert target in asked(form, given) or form.question(str(target)).show_if


def _answers_that_lead_to(form: Form, identifier: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for earlier, wanted in form.question(identifier).show_if.items():
        found |= {earlier: wanted[0], **_answers_that_lead_to(form, earlier)}
    return found
