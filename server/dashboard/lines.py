"""The twelve measures, each as one line: its figure, how sure it is, since when, and among whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.dashboard.history import Earlier
from server.figures.counts import Counts
from server.figures.directions import Direction
from server.figures.saying import Measured, measured, wording_of_change, wording_of_measure, wording_of_place
from server.figures.tallies import Tally
from server.figures.weighted import Weighed, weighted_figure
from server.reports.benchmarks import Group, Quartiles


@dataclass(frozen=True, slots=True)
class Line:
    """One measure."""

    code: str
    name: str
    tally: Tally
    of: Measured | None
    """None while nobody answered."""
    earlier: tuple[tuple[str, Measured], ...]
    """Earlier years with their figures, the oldest first."""
    quartiles: Quartiles | None
    weighted: Measured | None

    @property
    def share(self) -> str:
        """Give the figure as it is published, without its sign."""
        published = self.tally.share()
        return "" if published is None else str(published)

    @property
    def interval(self) -> str:
        """Give the figure with its interval in words."""
        return wording_of_measure(self.of)

    @property
    def change(self) -> str:
        """Give what has changed since the year before, in words; nothing where there is no such year."""
        if not self.earlier:
            return ""
        year, before = self.earlier[-1]
        return wording_of_change(self.of, before, year)

    @property
    def place(self) -> str:
        """Give where it stands among all landlords, in words; nothing where that is not known."""
        if self.quartiles is None:
            return ""
        return wording_of_place(self.of, (self.quartiles.low, self.quartiles.median, self.quartiles.high))


def lines_of(
    counts: Counts, rules: Direction, earlier: Sequence[Earlier], group: Group | None, weighed: Weighed | None = None
) -> tuple[Line, ...]:
    """Give a line for each measure of the Direction, in its order."""
    return tuple(_line(code, counts, rules, earlier, group, weighed) for code in rules.names)


def _line(
    code: str,
    counts: Counts,
    rules: Direction,
    earlier: Sequence[Earlier],
    group: Group | None,
    weighed: Weighed | None,
) -> Line:
    tally = counts.measures.get(code, Tally())
    population = counts.population or None
    top = rules.top_answers
    return Line(
        code=code,
        name=rules.names[code],
        tally=tally,
        of=measured(tally.satisfied(top), tally.valid, population),
        earlier=tuple((one.year, one.measures[code]) for one in earlier if code in one.measures),
        quartiles=group.measures.get(code) if group else None,
        weighted=weighted_figure(weighed, code, top, population) if weighed else None,
    )
