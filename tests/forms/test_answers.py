"""Answers are typed and checked in one way, whatever channel they come by; routing decides what counts."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forms
from forms import wording
from forms.answers import Problem, as_json, collect, parse_answer
from forms.kinds.base import AnswerError
from forms.kinds.contact import Contact
from tests.forms import every_kind


def parsed(question: str, raw: object) -> object:
    return parse_answer(every_kind(), question, raw)


def refused(question: str, raw: object) -> str:
    with pytest.raises(AnswerError) as caught:
        parsed(question, raw)
    return caught.value.code


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        ("repair", "yes", "yes"),
        ("repair", ["dont_know"], "dont_know"),
        ("overall", " neither ", "neither"),
        ("overall", "not_applicable", "not_applicable"),
        ("way", "online", "online"),
        ("topics", ["safety", "homes", "safety"], ("homes", "safety")),
        ("topics", "none_of_these", ("none_of_these",)),
        ("years", "12", 12),
        ("years", 0, 0),
        ("years", "٣٤", 34),
        ("day", datetime(2026, 4, 1, 9, 30), date(2026, 4, 1)),
        ("reach", {"phone": "(01664) 502502 ext 3"}, Contact(phone="(01664) 502502 ext 3")),
        ("day", "2026-04-01", date(2026, 4, 1)),
        ("day", "1/4/2026", date(2026, 4, 1)),
        ("day", "01042026", date(2026, 4, 1)),
        ("day", {"day": "1", "month": "04", "year": "2026"}, date(2026, 4, 1)),
        ("postcode", "le13 ouh", "LE13 0UH"),
        ("street", "  Sysonby \n Street ", "Sysonby Street"),
        ("why", " One.\r\nTwo.\x00 ", "One.\nTwo."),
        ("reach", {"name": "Ada", "phone": ""}, Contact(name="Ada")),
        ("agree", "given", True),
        ("agree", False, None),
    ],
)
def test_an_answer_becomes_a_value_of_its_kinds_type(question: str, raw: object, value: object) -> None:
    assert parsed(question, raw) == value


BLANKS: dict[str, tuple[object, ...]] = {"reach": (None, "", {}, {"name": " "}), "day": (None, "", "  ", [], {})}


@pytest.mark.parametrize("question", [question.id for question in every_kind().questions])
def test_nothing_is_an_answer_to_every_question(question: str) -> None:
    for blank in BLANKS.get(question, (None, "", "  ", [], [""])):
        assert parsed(question, blank) is None


@pytest.mark.parametrize(
    ("question", "raw", "code"),
    [
        ("repair", "perhaps", "not_a_choice"),
        ("repair", ["yes", "no"], "more_than_one"),
        ("overall", {"a": 1}, "not_understood"),
        ("topics", ["homes", "gardens", "safety"], "too_many"),
        ("topics", ["homes", "none_of_these"], "stands_alone"),
        ("topics", ["homes", "pets"], "not_a_choice"),
        ("topics", [7], "not_understood"),
        ("years", "twelve", "not_a_number"),
        ("years", "100", "out_of_range"),
        ("years", "1.5", "not_a_number"),
        ("years", "1,5", "not_a_number"),
        ("years", "3 4", "not_a_number"),
        ("years", "1,000", "out_of_range"),
        ("day", "1/4/26", "not_a_date"),
        ("day", {"day": "1", "month": "4", "year": "26"}, "not_a_date"),
        ("day", {"day": "1_0", "month": "4", "year": "2026"}, "not_a_date"),
        ("years", True, "not_understood"),
        ("day", "31/2/2026", "not_a_date"),
        ("day", {"day": "1", "month": "", "year": "2026"}, "not_a_date"),
        ("day", date.today() + timedelta(days=1), "too_late"),
        ("postcode", "LE13", "not_a_postcode"),
        ("street", "x" * 41, "too_long"),
        ("why", "x" * 2001, "too_long"),
        ("reach", {"phone": "ring me"}, "not_a_phone"),
        ("reach", {"email": "me@home"}, "not_a_email"),
        ("reach", {"address": "1 High Street"}, "not_understood"),
        ("agree", "no", "not_understood"),
    ],
)
def test_an_answer_that_cannot_stand_is_refused_with_its_reason(question: str, raw: object, code: str) -> None:
    assert refused(question, raw) == code


def test_every_refusal_has_a_sentence_in_every_language() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(forms.__path__[0]).glob("[ck][oi]*/*.py"))
    codes = set(re.findall(r'(?:AnswerError\(|wrong(?:: str)? = ?|wrong=)"(\w+)"', source))
    codes |= {f"not_a_{part}" for part in ("phone", "email", "best_way", "best_time")}
    details: dict[str, str | int | date] = {"most": 2, "least": 1, "day": date(2026, 4, 1)}
    assert len(codes) > 15
    for language in wording.languages():
        assert all(Problem("q", code, details).message(language) for code in codes)


def test_a_refusal_writes_dates_as_people_do() -> None:
    problem = Problem("day", "too_late", {"day": date(2026, 11, 22)})
    assert problem.message("en") == "This date is too late. The last day it can be is 22 November 2026."


def test_answers_past_the_routing_are_kept_and_not_counted() -> None:
    answers = collect(every_kind(), {"repair": "no", "overall": "neither", "why": "Because.", "years": "many"})
    assert answers.values == {"repair": "no", "why": "Because."}
    assert answers.not_asked == {"overall": "neither"}
    assert [(problem.question, problem.code) for problem in answers.problems] == [("years", "not_a_number")]


def test_an_unanswered_filter_leads_to_nothing_that_hangs_on_it() -> None:
    assert collect(every_kind(), {"overall": "neither"}).not_asked == {"overall": "neither"}


def test_an_answer_to_an_unknown_question_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        collect(every_kind(), {"no_such_question": "yes"})


raws = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.sampled_from([question.id for question in every_kind().questions]), raws)
def test_whatever_is_delivered_is_a_value_or_a_refusal_and_its_json_parses_back(question: str, raw: object) -> None:
    try:
        value = parsed(question, raw)
    except AnswerError:
        return
    assert parsed(question, as_json(value)) == value
