"""One year at a glance: where it stands, and its measures."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from server.dashboard.asked import Asked
from server.dashboard.history import Earlier, benchmarks_for, earlier_years
from server.dashboard.lines import Line, lines_of
from server.dashboard.weighing import weighed_as_asked
from server.figures.accuracy import Standing, standing
from server.figures.counting import WhyNot
from server.figures.counts import Counts
from server.figures.weighted import Weighed
from server.queries.counted import why_not_counted
from server.queries.measures import counts_of
from server.reports.benchmarks import Benchmarks, By
from server.reports.keeping import before

WHY_NOT: Mapping[WhyNot, str] = {
    WhyNot.CLASH: "wait for an officer: the same response came twice, with other answers",
    WhyNot.OUTSIDE_YEAR: "came outside the reporting year",
    WhyNot.NO_CODE: "came without the code of an invited household",
    WhyNot.OTHER_POPULATION: "are of homes that are reported apart, or not at all",
    WhyNot.NO_VALID_ANSWER: "answered none of the measures",
    WhyNot.SECOND: "are earlier answers of a household that answered again",
}
"""Why responses do not count, as what follows their number."""


@dataclass(frozen=True, slots=True)
class Year:
    """What is known of one year."""

    asked: Asked
    counts: Counts
    standing: Standing
    lines: tuple[Line, ...]
    earlier: tuple[Earlier, ...]
    benchmarks: Benchmarks | None
    """The newest that are not of a later year; None where there are none."""
    why_not: tuple[tuple[int, str], ...]
    weighed: Weighed | None

    @property
    def has_campaigns(self) -> bool:
        """Tell whether any campaign of the year asks the measures."""
        return bool(self.asked.scope.campaigns)


def year_of(session: Session, asked: Asked) -> Year:
    """Give it, with its measures weighted where that was asked for."""
    rules = asked.rules
    counts = counts_of(session, asked.scope, rules)
    known = benchmarks_for(session, asked)
    nearest, earlier = before(known, str(asked.year)), earlier_years(session, asked, known)
    weighed = weighed_as_asked(session, asked)
    group = nearest.group(By.ALL) if nearest else None
    return Year(
        asked=asked,
        counts=counts,
        standing=standing(counts.population, counts.answers, rules.bands, rules.census_is_enough_up_to),
        lines=lines_of(counts, rules, earlier, group, weighed),
        earlier=earlier,
        benchmarks=nearest,
        why_not=tuple((number, WHY_NOT[why]) for why, number in why_not_counted(session, asked.scope).items()),
        weighed=weighed,
    )
