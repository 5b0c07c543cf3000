"""Who counts in a year, and why not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.figures.counting import Row, WhyNot, who_counts
from server.figures.directions import Population
from server.figures.years import ReportingYear

YEAR = ReportingYear(2026)
SAVED = datetime(2026, 6, 1, 9, tzinfo=UTC)
ROW = Row(1, 7, date(2026, 6, 1), SAVED, is_clash=False, population=Population.RENTED, has_valid_answer=True)


def reasons(*rows: Row) -> dict[int, WhyNot]:
    return dict(who_counts(rows, YEAR, Population.RENTED).why_not)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (replace(ROW, is_clash=True), WhyNot.CLASH),
        (replace(ROW, received_on=date(2026, 3, 31)), WhyNot.OUTSIDE_YEAR),
        (replace(ROW, household_id=None), WhyNot.NO_CODE),
        (replace(ROW, population=Population.SHARED), WhyNot.OTHER_POPULATION),
        (replace(ROW, has_valid_answer=False), WhyNot.NO_VALID_ANSWER),
    ],
)
def test_a_response_that_does_not_count_says_why(row: Row, reason: WhyNot) -> None:
    assert reasons(row) == {1: reason}


def test_the_latest_of_a_household_counts_and_the_others_are_second() -> None:
    later = replace(ROW, id=2, received_on=date(2026, 7, 1))
    assert reasons(later, ROW) == {1: WhyNot.SECOND}
    assert reasons(ROW, later) == {1: WhyNot.SECOND}


def test_a_later_one_without_a_valid_answer_does_not_push_out_an_earlier_one() -> None:
    empty = replace(ROW, id=2, received_on=date(2026, 7, 1), has_valid_answer=False)
    assert reasons(ROW, empty) == {2: WhyNot.NO_VALID_ANSWER}


def test_of_two_on_one_day_the_one_saved_later_counts_and_then_the_one_numbered_later() -> None:
    assert reasons(replace(ROW, id=2, saved_at=SAVED.replace(hour=8)), ROW) == {2: WhyNot.SECOND}
    assert reasons(replace(ROW, id=2), ROW) == {1: WhyNot.SECOND}


def test_reasons_are_counted_the_first_looked_at_first() -> None:
    rows = [replace(ROW, id=2), replace(ROW, id=3), replace(ROW, id=4, household_id=None), ROW]
    assert who_counts(rows, YEAR, Population.RENTED).reasons() == {WhyNot.NO_CODE: 1, WhyNot.SECOND: 2}


rows_ = st.lists(
    st.builds(
        Row,
        id=st.integers(1, 10_000),
        household_id=st.none() | st.integers(1, 4),
        received_on=st.dates(date(2026, 3, 20), date(2026, 5, 1)),
        saved_at=st.just(SAVED),
        is_clash=st.booleans(),
        population=st.sampled_from(Population),
        has_valid_answer=st.booleans(),
    ),
    max_size=30,
    unique_by=lambda row: row.id,
)


@given(rows_)
def test_each_response_either_counts_or_says_why_and_a_household_counts_at_most_once(rows: list[Row]) -> None:
    verdicts = who_counts(rows, YEAR, Population.RENTED)
    assert verdicts.counted.isdisjoint(verdicts.why_not)
    assert verdicts.counted | set(verdicts.why_not) == {row.id for row in rows}
    homes = [row.household_id for row in rows if row.id in verdicts.counted]
    assert len(homes) == len(set(homes))
    assert verdicts == who_counts(rows[::-1], YEAR, Population.RENTED)
