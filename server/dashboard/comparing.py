"""Our measures among those of other landlords, group by group."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from server.dashboard.asked import Asked
from server.dashboard.history import benchmarks_for
from server.figures.saying import Measured, measured, measured_share, wording_of_place
from server.queries.measures import counts_of
from server.reports.benchmarks import Benchmarks, By, Group, Quartiles
from server.reports.keeping import before

TYPES: Final = {"LA": "local authorities", "PRP": "housing associations and other private registered providers"}
"""What the workbook calls the types of landlords, in words."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure in one group."""

    code: str
    name: str
    quartiles: Quartiles
    published: Measured | None
    """Our own figure of the benchmarks' year, where it was published."""
    now: Measured | None
    """Our figure of the year that is looked at."""

    @property
    def place(self) -> str:
        """Give where we stand, in words: this year's figure, else the published one; nothing without either."""
        of = self.now or self.published
        return wording_of_place(of, (self.quartiles.low, self.quartiles.median, self.quartiles.high)) if of else ""


@dataclass(frozen=True, slots=True)
class Table:
    """One group of landlords."""

    name: str
    landlords: int
    lines: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The benchmarks of one year with where ours stands."""

    benchmarks: Benchmarks | None
    years: tuple[str, ...]
    """Years whose benchmarks there are, the newest first."""
    tables: tuple[Table, ...]


def compared(session: Session, asked: Asked, year: str) -> Comparison:
    """Give the comparison with a year's benchmarks; with the newest that is not of a later year when none is named."""
    known = benchmarks_for(session, asked)
    years = tuple(one.year for one in known)
    chosen = next((one for one in known if one.year == year), None) or before(known, str(asked.year))
    if chosen is None:
        return Comparison(None, years, ())
    now = _now(session, asked)
    return Comparison(chosen, years, tuple(_table(group, chosen, asked, now) for group in _like_ours(chosen)))


def _like_ours(chosen: Benchmarks) -> tuple[Group, ...]:
    """Give all landlords and those like ours; where ours is not among them, local authorities all the same."""
    found = chosen.like_ours()
    authorities = chosen.group(By.TYPE, "LA")
    return (*found, authorities) if authorities and authorities not in found else found


def _now(session: Session, asked: Asked) -> dict[str, Measured | None]:
    counts, top = counts_of(session, asked.scope, asked.rules), asked.rules.top_answers
    return {
        code: measured(tally.satisfied(top), tally.valid, counts.population or None)
        for code, tally in counts.measures.items()
    }


def _table(group: Group, chosen: Benchmarks, asked: Asked, now: dict[str, Measured | None]) -> Table:
    lines = tuple(
        Compared(code, asked.rules.names.get(code, code), quartiles, _published(chosen, code), now.get(code))
        for code, quartiles in group.measures.items()
    )
    return Table(_name(group), max((line.quartiles.landlords for line in lines), default=0), lines)


def _published(chosen: Benchmarks, code: str) -> Measured | None:
    own = chosen.own
    if own is None or code not in own.measures:
        return None
    return measured_share(own.measures[code], own.valid.get(code, own.answers or 0), own.population)


def _name(group: Group) -> str:
    words = {
        By.ALL: "All landlords",
        By.TYPE: TYPES.get(group.name, group.name).capitalize(),
        By.SIZE: f"Landlords of the same size: {group.name} homes",
        By.REGION: f"The same region: {group.name}",
    }
    return words[group.by]
