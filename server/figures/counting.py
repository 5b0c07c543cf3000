"""Who counts in a reporting year, and why not: the rule itself, over light rows.

The database applies the same rule in `server.queries.counted`; a test holds the two together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from server.figures.directions import Population
from server.figures.years import ReportingYear


class WhyNot(StrEnum):
    """Why a response is not counted, the reason that is looked at first at the top."""

    CLASH = "clash"
    """It waits for an officer: another response came under its id."""
    OUTSIDE_YEAR = "outside_year"
    NO_CODE = "no_code"
    """It carries no code of an invited household: anybody may have given it."""
    OTHER_POPULATION = "other_population"
    """Its home is reported apart, or not at all."""
    NO_VALID_ANSWER = "no_valid_answer"
    """None of the measures was answered with one of the five points."""
    SECOND = "second"
    """Another one of the same household came later, and counts."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a response when it is decided whether it counts."""

    id: int
    household_id: int | None
    received_on: date
    saved_at: datetime
    is_clash: bool
    population: Population
    has_valid_answer: bool


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Which responses count, and why the others do not."""

    counted: frozenset[int]
    why_not: Mapping[int, WhyNot]

    def reasons(self) -> dict[WhyNot, int]:
        """Give how many were left out for each reason there is."""
        counts = Counter(self.why_not.values())
        return {reason: counts[reason] for reason in WhyNot if counts[reason]}


def who_counts(rows: Iterable[Row], year: ReportingYear, population: Population) -> Verdicts:
    """Decide for each response: a household counts once, by its latest complete and valid one."""
    why_not = dict[int, WhyNot]()
    latest = dict[int, Row]()
    for row in rows:
        reason = _alone(row, year, population)
        if reason is not None or row.household_id is None:
            why_not[row.id] = reason or WhyNot.NO_CODE
            continue
        other = latest.get(row.household_id)
        earlier, later = sorted((other, row), key=_order) if other else (None, row)
        latest[row.household_id] = later
        if earlier:
            why_not[earlier.id] = WhyNot.SECOND
    return Verdicts(frozenset(row.id for row in latest.values()), why_not)


def _alone(row: Row, year: ReportingYear, population: Population) -> WhyNot | None:
    """Give why a response would not count even if it were its household's only one."""
    tests: Sequence[tuple[WhyNot, bool]] = (
        (WhyNot.CLASH, row.is_clash),
        (WhyNot.OUTSIDE_YEAR, row.received_on not in year),
        (WhyNot.NO_CODE, row.household_id is None),
        (WhyNot.OTHER_POPULATION, row.population != population),
        (WhyNot.NO_VALID_ANSWER, not row.has_valid_answer),
    )
    return next((reason for reason, holds in tests if holds), None)


def _order(row: Row) -> tuple[date, datetime, int]:
    return row.received_on, row.saved_at, row.id
