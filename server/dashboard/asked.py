"""Which year, which homes and which weights a page of figures is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.figures.directions import Direction, Population, direction
from server.figures.years import ReportingYear
from server.queries.counted import Scope, scope_of
from server.queries.heard import first_day
from server.queries.measures import Split
from server.web.words import today

HOMES: Final[Mapping[Population, str]] = {
    Population.RENTED: "Rented homes",
    Population.SHARED: "Low-cost home ownership",
}
"""The homes that are reported, apart from each other."""

SPLITS: Final[Mapping[Split, str]] = {
    Split.CHANNEL: "Channel",
    Split.AREA: "Area",
    Split.SCHEME: "Scheme",
    Split.TENURE: "Tenure",
    Split.AGE_BAND: "Age band",
    Split.PROPERTY_TYPE: "Property type",
    Split.LANGUAGE: "Language",
    Split.HELPED: "Helped or not",
    Split.MONTH: "Month",
}
"""What a measure's page can be split by, with its words."""

PROFILE: Final = (Split.TENURE, Split.AGE_BAND, Split.AREA, Split.SCHEME, Split.PROPERTY_TYPE)
"""What is known of homes from their import: who is heard is told by these, and they are what can be weighted by."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, with what can be asked for instead."""

    landlord: str
    """Whose figures they are, by name."""
    scope: Scope
    rules: Direction
    years: tuple[str, ...]
    """Reporting years since the first campaign, the newest first."""
    weights: tuple[Split, ...] = ()

    @property
    def year(self) -> ReportingYear:
        """Give the year."""
        return self.scope.year


def asked(session: Session, landlord: str, arguments: Mapping[str, str], weights: Sequence[str] = ()) -> Asked:
    """Give what an address asks of a landlord's figures: this reporting year and rented homes unless it says otherwise.

    Raises `NotFoundError` for a year or homes that there are none of.
    """
    now, first, rules = ReportingYear.of(today()), first_day(session), direction()
    try:
        year = ReportingYear.named(arguments["year"]) if arguments.get("year") else now
        homes = Population(arguments.get("homes") or Population.RENTED)
        chosen = tuple(Split(name) for name in weights)
    except ValueError as error:
        raise NotFoundError("There are no such figures. Choose a year on the page of figures.") from error
    begins = min(ReportingYear.of(first).begins if first else now.begins, now.begins)
    years = tuple(str(ReportingYear(one)) for one in range(now.begins, begins - 1, -1))
    known = tuple(split for split in PROFILE if split in chosen)[: rules.weighting_characteristics_max]
    return Asked(landlord, scope_of(session, year, homes, rules), rules, years, known)
