"""Until when something must be done, by the working days of England."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.alerting.danger import Danger
from server.alerts.clocks import Step, Task, is_working_day, received, steps, working_days_after
from server.models.alerts import AlertKind
from server.web.words import ZONE

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def last_days(found: tuple[Step, ...]) -> dict[Task, date]:
    return {one.task: (one.due - timedelta(seconds=1)).astimezone(ZONE).date() for one in found}


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 12, 25),  # Friday
        date(2026, 12, 26),  # Saturday
        date(2026, 12, 28),  # for Boxing Day
        date(2027, 1, 1),
        date(2027, 3, 26),  # Good Friday
        date(2027, 3, 29),  # Easter Monday
        date(2027, 8, 30),  # late summer, which Scotland has not
        date(2026, 11, 29),  # a Sunday
    ],
)
def test_weekends_and_englands_bank_holidays_are_no_working_days(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2027, 1, 4), date(2026, 12, 24), date(2027, 8, 2)])
def test_other_days_are_those_of_scotland_among_them(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2026, 11, 26), 5, date(2026, 12, 3)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 12, 18), 5, date(2026, 12, 29)),
        (date(2026, 12, 18), 10, date(2027, 1, 6)),
        (date(2027, 3, 24), 2, date(2027, 3, 30)),
    ],
)
def test_the_day_that_something_comes_is_day_nought(start: date, count: int, last: date) -> None:
    assert working_days_after(start, count) == last


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(1, 40))
def test_there_are_as_many_working_days_up_to_the_last_as_were_asked_for(start: date, count: int) -> None:
    last = working_days_after(start, count)
    days = [start + timedelta(days=number) for number in range(1, (last - start).days + 1)]
    assert sum(map(is_working_day, days)) == count
    assert is_working_day(last)


def test_an_emergency_is_looked_at_within_a_day() -> None:
    (look,) = steps(AlertKind.DANGER, ["gas", "fall"], NOON, None)
    assert (look.task, look.due) == (Task.LOOK, NOON + timedelta(hours=24))


def test_damp_is_investigated_then_written_about_and_made_safe() -> None:
    assert last_days(steps(AlertKind.DANGER, ["damp"], NOON, None)) == {
        Task.INVESTIGATE: date(2026, 12, 10),
        Task.WRITE: date(2026, 12, 15),
        Task.MAKE_SAFE: date(2026, 12, 17),
    }


def test_damp_beside_an_emergency_has_both_clocks_the_shorter_first() -> None:
    found = steps(AlertKind.DANGER, ["damp", "no_heating"], NOON, None)
    assert [one.task for one in found] == [Task.LOOK, Task.INVESTIGATE, Task.WRITE, Task.MAKE_SAFE]


def test_a_complaint_is_answered_ten_working_days_after_it_was_acknowledged() -> None:
    assert last_days(steps(AlertKind.COMPLAINT, [], NOON, None)) == {
        Task.ACKNOWLEDGE: date(2026, 12, 3),
        Task.ANSWER: date(2026, 12, 17),
    }
    acknowledged = steps(AlertKind.COMPLAINT, [], NOON, NOON + timedelta(days=1))
    assert last_days(acknowledged) == {Task.ANSWER: date(2026, 12, 11)}


def test_time_runs_from_the_day_that_paper_came() -> None:
    assert received(NOON, date(2026, 11, 26)) == NOON
    assert received(NOON, date(2026, 11, 24)) == datetime(2026, 11, 24, tzinfo=UTC)
    assert received(datetime(2026, 7, 2, 12, tzinfo=UTC), date(2026, 7, 1)) == datetime(2026, 6, 30, 23, tzinfo=UTC)


def words(kind: AlertKind, danger: Danger | None, at: datetime) -> str:
    return steps(kind, [danger] if danger else [], NOON, None)[0].words(at)


@pytest.mark.parametrize(
    ("danger", "after", "said"),
    [
        (Danger.GAS, timedelta(hours=2, minutes=30), "look today: 21 hours left"),
        (Danger.GAS, timedelta(hours=23, minutes=30), "look now: 30 minutes left"),
        (Danger.GAS, timedelta(hours=24), "look now"),
        (Danger.GAS, timedelta(hours=25), "look now: 1 hour late"),
        (Danger.GAS, timedelta(days=4), "look now: 3 days late"),
        (Danger.DAMP, timedelta(), "investigate by Thursday 10 December"),
        (Danger.DAMP, timedelta(days=14), "investigate today"),
        (Danger.DAMP, timedelta(days=15), "investigate now: overdue since Thursday 10 December"),
        (None, timedelta(), "acknowledge by Thursday 3 December"),
    ],
)
def test_the_clock_is_told_in_words(danger: Danger | None, after: timedelta, said: str) -> None:
    kind = AlertKind.DANGER if danger else AlertKind.COMPLAINT
    assert words(kind, danger, NOON + after) == said


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.sets(st.sampled_from(list(Danger)), min_size=1))
def test_what_is_to_be_done_first_is_due_first_and_never_before_it_came(at: datetime, dangers: set[Danger]) -> None:
    since = at.replace(tzinfo=UTC)
    due = [one.due for one in steps(AlertKind.DANGER, dangers, since, None)]
    assert due == sorted(due)
    assert due[0] > since
