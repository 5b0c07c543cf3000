"""All that is counted of one year for one kind of homes: what pages, the return and the published table stand on."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.figures.directions import Method, Population
from server.figures.tallies import Tally
from server.figures.years import ReportingYear


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a year's responses: how many count in it, and what they answered."""

    answers: int
    measures: Mapping[str, Tally]
    filters: Mapping[str, tuple[int, int]]
    """How many said yes, and how many no, by the filter's name."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """Weighted counts, beside the unweighted ones."""

    characteristics: tuple[str, ...]
    points: Mapping[str, tuple[float, ...]]
    """The five weighted counts of each measure, best first."""
    not_applicable: Mapping[str, float]
    filters: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Counts:
    """One year's counts, of the responses that count."""

    year: ReportingYear
    homes: Population
    population: int
    """Homes whose tenants the measures are about."""
    answers: int
    excluded: int
    """Homes that no survey asked, for a reason."""
    is_census: bool
    measures: Mapping[str, Tally]
    filters: Mapping[str, tuple[int, int]]
    """How many said yes and how many no, by the filter's name."""
    by_method: Mapping[Method, int]
    overall_by_method: Mapping[Method, Tally]
    """The first measure's answers by method."""
    weighting: Weighting | None = None
