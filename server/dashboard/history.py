"""The measures of earlier years: as the landlord published them, else from the answers that are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from server.dashboard.asked import Asked
from server.figures.directions import Population
from server.figures.saying import Measured, measured, measured_share
from server.figures.years import ReportingYear
from server.queries.counted import scope_of
from server.queries.measures import counts_of
from server.reports.benchmarks import Benchmarks, Own
from server.reports.keeping import known_benchmarks
from server.reports.regulator.landlords import Homes

YEARS_MAX = 5
"""Earlier years that are shown."""

NAMES = {Population.RENTED: Homes.RENTED, Population.SHARED: Homes.SHARED}


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier year's measures."""

    year: str
    measures: dict[str, Measured]
    is_published: bool


def benchmarks_for(session: Session, asked: Asked) -> tuple[Benchmarks, ...]:
    """Give the benchmarks of all years for the homes that are asked about, the newest first."""
    return known_benchmarks(session, asked.landlord, NAMES[asked.scope.homes])


def earlier_years(session: Session, asked: Asked, benchmarks: Sequence[Benchmarks]) -> tuple[Earlier, ...]:
    """Give the years before the one that is asked for, the oldest first."""
    published = {one.year: _published(one.year, one.own) for one in benchmarks if one.own}
    names = sorted({*published, *asked.years})
    before = [name for name in names if name < str(asked.year)][-YEARS_MAX:]
    found = [published.get(name) or _counted(session, asked, ReportingYear.named(name)) for name in before]
    return tuple(one for one in found if one.measures)


def _published(year: str, own: Own) -> Earlier:
    measures = dict[str, Measured]()
    for code, share in own.measures.items():
        of = measured_share(share, own.valid.get(code, own.answers or 0), own.population)
        if of is not None:
            measures[code] = of
    return Earlier(year, measures, is_published=True)


def _counted(session: Session, asked: Asked, year: ReportingYear) -> Earlier:
    counts = counts_of(session, scope_of(session, year, asked.scope.homes, asked.rules), asked.rules)
    found = {
        code: measured(tally.satisfied(asked.rules.top_answers), tally.valid, counts.population)
        for code, tally in counts.measures.items()
    }
    return Earlier(str(year), {code: of for code, of in found.items() if of}, is_published=False)
