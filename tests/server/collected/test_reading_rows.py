"""A table of answers → responses that can stand, and what is wrong with each row that cannot."""

from datetime import date

import pytest

from server.collected.matching import (
    COPY_CODE,
    HOUSEHOLD,
    LANGUAGE,
    LEAVE_OUT,
    METHOD,
    RECEIVED_ON,
    guessed,
    mistakes,
)
from server.collected.rows import Known, Read, Setup, read_rows
from server.collected.values import Direction, UnreadError, answer_of
from server.figures.directions import direction
from server.households.tables import read_table
from server.results.wording import Worded
from tests.server.filling import TSM, form_of

DETAILS = {"landlord": "the Council", "newsletter": "News", "phone": "1"}
TODAY = date(2026, 11, 26)
KNOWN = Known(frozenset({"3467 9CFH"}), {"H1": 11}, frozenset({"H2"}))
TENANTS = Worded(form_of(TSM), DETAILS)
PRIORITIES = Worded(form_of("priorities"), DETAILS)


def read(text: str, worded: Worded = TENANTS, how: Direction = Direction.WORDS, **columns: str) -> Read:
    table = read_table(text.encode())
    matched = {**guessed(table.headings, worded), **columns}
    setup = Setup(matched, "telephone", date(2026, 11, 1), how)
    return read_rows(table, setup, worded, KNOWN, direction(), TODAY)


def words_of(found: Read) -> list[str]:
    return [problem.words for problem in found.problems]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("overall", "overall"),
        ("TP01", "overall"),
        ("Repairs (TP02)", "repairs_service"),
        ("Q1", "overall"),
        ("2", "repair_done"),
        ("Has the Council carried out a repair to your home in the last twelve months?", "repair_done"),
        ("Interview date", RECEIVED_ON),
        ("UPRN", HOUSEHOLD),
        ("mode", METHOD),
        ("Form code", COPY_CODE),
        ("Language", LANGUAGE),
        ("Interviewer", LEAVE_OUT),
        ("Q99", LEAVE_OUT),
        ("age_band", "age_band"),
    ],
)
def test_a_heading_is_guessed_by_id_measure_words_or_number(heading: str, target: str) -> None:
    assert guessed([heading], TENANTS) == {heading: target}


def test_no_two_columns_are_guessed_to_answer_one_question_but_those_of_several_choices() -> None:
    assert guessed(["TP01", "overall"], TENANTS) == {"TP01": "overall", "overall": LEAVE_OUT}
    both = ["Repairs to your home", "Gardens and green spaces"]
    assert set(guessed(both, PRIORITIES).values()) == {"priorities"}


def test_wrong_matches_are_told_by_their_headings() -> None:
    wrong = mistakes({"a": "overall", "b": "overall", "c": "nothing", "d": "repairs_service"}, TENANTS)
    assert set(wrong) == {"b", "c", "d"}
    assert "Has the Council carried out a repair" in wrong["d"]
    assert mistakes({"a": METHOD}, TENANTS) == {"": "Match at least one column with a question."}


SCALE = form_of(TSM).question("safe_home")


@pytest.mark.parametrize(
    ("cell", "how", "answer"),
    [
        ("Very satisfied", Direction.WORDS, "very_satisfied"),
        ("VERY  SATISFIED.", Direction.WORDS, "very_satisfied"),
        ("Bardzo zadowolony(-a)", Direction.WORDS, "very_satisfied"),
        ("very_dissatisfied", Direction.WORDS, "very_dissatisfied"),
        ("Neither", Direction.WORDS, "neither"),
        ("1", Direction.BEST_FIRST, "very_satisfied"),
        ("1", Direction.BEST_LAST, "very_dissatisfied"),
        ("5", Direction.BEST_LAST, "very_satisfied"),
        ("b", Direction.WORDS, "fairly_satisfied"),
        ("Don't know", Direction.WORDS, "not_applicable"),
        ("", Direction.WORDS, None),
        ("refused", Direction.WORDS, None),
    ],
)
def test_a_cell_is_read_by_words_letter_or_number(cell: str, how: Direction, answer: str | None) -> None:
    assert answer_of(cell, SCALE, TENANTS, how) == answer


@pytest.mark.parametrize(
    ("cell", "how"),
    [("1", Direction.WORDS), ("6", Direction.BEST_FIRST), ("0", Direction.BEST_LAST), ("Happy", Direction.WORDS),
     ("Very", Direction.WORDS), ("Fairl", Direction.WORDS)],
)  # fmt: skip
def test_a_cell_that_may_mean_two_things_is_not_read(cell: str, how: Direction) -> None:
    with pytest.raises(UnreadError):
        answer_of(cell, SCALE, TENANTS, how)


def test_not_applicable_where_it_is_no_answer_is_blank() -> None:
    assert answer_of("N/A", form_of(TSM).question("overall"), TENANTS, Direction.WORDS) is None


@pytest.mark.parametrize(("cell", "answer"), [("Yes", "yes"), ("1", "yes"), ("2", "no"), ("N", "no"), ("Tak", "yes")])
def test_yes_and_no_are_read_in_the_ways_that_surveys_write_them(cell: str, answer: str) -> None:
    assert answer_of(cell, form_of(TSM).question("repair_done"), TENANTS, Direction.WORDS) == answer


def test_several_choices_come_from_one_cell_or_from_a_column_each() -> None:
    one = read("priorities\nRepairs to your home; gardens\n", PRIORITIES)
    each = read(
        "Repairs to your home,Gardens and green spaces,engagement\n1,yes,0\n", PRIORITIES, engagement="priorities"
    )
    assert [ready.answers.values for found in (one, each) for ready in found.ready] == [
        {"priorities": ("repairs", "gardens")}
    ] * 2


def test_more_choices_than_the_form_allows_are_refused_with_the_forms_own_words() -> None:
    found = read("priorities\nrepairs; gardens; engagement; communications\n", PRIORITIES)
    assert not found.ready
    assert "3" in words_of(found)[0]


def test_a_row_has_its_own_day_method_home_and_language_or_those_of_all() -> None:
    found = read("TP01,date,mode,uprn,language\nneither,22/11/2026,CATI,H1,Polish\nneither,,,,\n")
    first, second = found.ready
    assert (first.received_on, first.method, first.home, first.language) == (date(2026, 11, 22), "CATI", 11, "pl")
    assert (second.received_on, second.method, second.home, second.language) == (
        date(2026, 11, 1), "telephone", None, "en",
    )  # fmt: skip


def test_everything_wrong_with_a_row_is_told_at_once_and_other_rows_stand() -> None:
    found = read(
        "TP01,date,mode,uprn,form code,language\n"
        "Happy,1/12/2026,pigeon,H9,1111 1111,Dutch\nneither,,,H2,,\nneither,,,,34679cfh,\n"
    )
    assert [problem.heading for problem in found.problems if problem.row == 2] == [
        "date", "mode", "language", "form code", "uprn", "TP01",
    ]  # fmt: skip
    assert [problem.words for problem in found.problems if problem.row == 3] == [
        "This campaign has not invited this home, so its answers would not count. Invite it first."
    ]
    assert [(ready.row, ready.copy_code) for ready in found.ready] == [(4, "3467 9CFH")]
    assert found.refused == {2, 3}


def test_a_row_without_an_answer_is_refused_and_answers_past_a_filter_are_told() -> None:
    found = read("repair_done,repairs_service,comment\nno,neither,\n,,\nyes,neither,Slow.\n", uprn=LEAVE_OUT)
    assert (len(found.ready), found.not_asked) == (2, 1)
    assert "repairs_service" not in found.ready[0].answers.values
    assert not words_of(found) or words_of(found) == ["There is no answer in this row."]
