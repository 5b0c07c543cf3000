"""An alert and when it came → what is to be done about it, and by when.

Hazards: The Hazards in Social Housing (Prescribed Requirements) (England) Regulations 2025, "Awaab's Law". Complaints:
the Housing Ombudsman's Complaint Handling Code, 2024. A day's time runs until its end; the day something came is day 0.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from babel.dates import format_date

from server.alerting.danger import Danger
from server.models.alerts import AlertKind
from server.web.words import LOCALE, ZONE, many

EMERGENCY_HOURS: Final = 24
"""To look at an emergency and make it safe, from when the landlord hears of it."""

INVESTIGATE_DAYS: Final = 10
SUMMARY_DAYS: Final = 3
SAFE_DAYS: Final = 5
"""Working days: to investigate damp and mould, then to write to the tenant, and to make it safe, after that."""

ACKNOWLEDGE_DAYS: Final = 5
ANSWER_DAYS: Final = 10
"""Working days: to acknowledge a complaint, and after that to answer it (stage 1)."""

LATE_IN_DAYS_FROM: Final = 48
"""Hours: from then on lateness is told in days."""

SATURDAY: Final = 5

NOT_EMERGENCIES: Final = frozenset({Danger.DAMP})
"""Dangers with a longer time; of all others nobody knows before somebody has looked."""


class Task(StrEnum):
    """What is to be done about an alert, in the words that a page gives it."""

    LOOK = "look"
    INVESTIGATE = "investigate"
    WRITE = "write to the tenant"
    MAKE_SAFE = "make safe"
    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and the moment before which it must be done."""

    task: Task
    due: datetime

    @property
    def is_by_the_hour(self) -> bool:
        """Tell whether its hours count, not only its day."""
        return self.task is Task.LOOK

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether its time is up."""
        return now >= self.due

    def words(self, now: datetime) -> str:
        """Say what is to be done and how much time is left, such as "look today: 21 hours left"."""
        if self.is_by_the_hour:
            return _hours(self, now)
        last = (self.due - timedelta(seconds=1)).astimezone(ZONE).date()
        if self.is_overdue(now):
            return f"{self.task} now: overdue since {_day(last)}"
        return f"{self.task} today" if last == now.astimezone(ZONE).date() else f"{self.task} by {_day(last)}"


def _hours(step: Step, now: datetime) -> str:
    hours, rest = divmod(abs(step.due - now), timedelta(hours=1))
    if step.is_overdue(now):
        late = many(hours // 24, "day") if hours >= LATE_IN_DAYS_FROM else many(hours, "hour")
        return f"{step.task} now: {late} late" if hours else f"{step.task} now"
    if hours:
        return f"{step.task} today: {many(hours, 'hour')} left"
    return f"{step.task} now: {many(rest.seconds // 60, 'minute')} left"


def _day(value: date) -> str:
    return format_date(value, "EEEE d MMMM", locale=LOCALE)


def received(came_at: datetime, received_on: date | None) -> datetime:
    """Give the moment from which time runs; of paper that came on an earlier day nobody knows more than the day.

    Where nobody has said on which day paper came, it is when its file did.
    """
    if received_on is None:
        return came_at
    is_earlier = received_on < came_at.astimezone(ZONE).date()
    return datetime.combine(received_on, time(), ZONE).astimezone(UTC) if is_earlier else came_at


def steps(
    kind: AlertKind, dangers: Collection[str], since: datetime, acknowledged_at: datetime | None
) -> tuple[Step, ...]:
    """Give what is to be done about an alert, in the order in which it is due; a step that was taken is left out."""
    if kind == AlertKind.COMPLAINT:
        return _complaint(since, acknowledged_at)
    found: tuple[Step, ...] = ()
    if not set(dangers) <= NOT_EMERGENCIES:
        found += (Step(Task.LOOK, since + timedelta(hours=EMERGENCY_HOURS)),)
    if Danger.DAMP in dangers:
        found += _damp(since)
    return found


def _complaint(since: datetime, acknowledged_at: datetime | None) -> tuple[Step, ...]:
    if acknowledged_at is not None:
        return (_by_day(Task.ANSWER, working_days_after(_on(acknowledged_at), ANSWER_DAYS)),)
    first = working_days_after(_on(since), ACKNOWLEDGE_DAYS)
    return _by_day(Task.ACKNOWLEDGE, first), _by_day(Task.ANSWER, working_days_after(first, ANSWER_DAYS))


def _damp(since: datetime) -> tuple[Step, ...]:
    seen = working_days_after(_on(since), INVESTIGATE_DAYS)
    return (
        _by_day(Task.INVESTIGATE, seen),
        _by_day(Task.WRITE, working_days_after(seen, SUMMARY_DAYS)),
        _by_day(Task.MAKE_SAFE, working_days_after(seen, SAFE_DAYS)),
    )


def _on(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def _by_day(task: Task, last: date) -> Step:
    return Step(task, datetime.combine(last + timedelta(days=1), time(), ZONE))


def working_days_after(start: date, count: int) -> date:
    """Give the day that is so many working days of England after another."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Tell whether a day is neither of a weekend nor a bank holiday in England."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415 (its calendars of all countries are loaded when a clock is)

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
