"""Benchmarks of several years: those that Sayso ships with, and those that an officer imported."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy.orm import Session

from server.models.base import now
from server.models.benchmarks import BenchmarkYear
from server.models.officers import Officer
from server.queries.benchmarks import imported_year, imported_years
from server.reports.benchmarks import (
    Benchmarks,
    Group,
    Origin,
    Own,
    benchmarks_of,
    find_year,
    published_benchmarks,
    published_years,
)
from server.reports.regulator.landlords import Homes, perceptions
from server.reports.regulator.workbook import read_sheets
from server.store import Store
from server.trail.recording import note

SOURCE_LENGTH: Final = 200
"""Of the column that keeps it."""


def import_workbook(
    store: Store, content: bytes, source: str, landlord: str, *, by: Officer | None = None
) -> tuple[Benchmarks, ...]:
    """Keep the benchmarks of a workbook (XLSX), one for each kind of homes in it.

    Raises `WorkbookError` when no figures can be read from it, or when it does not say of which year it is.
    """
    tables = [table for table in perceptions(read_sheets(content)) if table.homes != Homes.COMBINED]
    made = tuple(benchmarks_of(table, Origin(find_year(table), source), landlord) for table in tables)
    keep(store, made, by=by)
    return made


def keep(store: Store, made: Iterable[Benchmarks], *, by: Officer | None = None) -> None:
    """Keep benchmarks; those of the same year and homes are replaced."""
    with store.writing() as session:
        for one in made:
            _put(session, one, by)
            what, who = f"benchmarks {one.year}", by.uid if by else None
            note(store, session, "benchmarks imported", what, by=who, detail={"homes": one.homes})


def _put(session: Session, made: Benchmarks, by: Officer | None) -> None:
    row = imported_year(session, made.year, made.homes)
    if row is None:
        row = BenchmarkYear(year=made.year, homes=made.homes)
        session.add(row)
    row.source = made.source[:SOURCE_LENGTH]
    row.groups = {"groups": [group.model_dump(mode="json") for group in made.groups]}
    row.own = made.own.model_dump(mode="json") if made.own else {}
    row.imported_at, row.imported_by = now(), by.id if by else None
    session.flush()


def known_benchmarks(session: Session, landlord: str, homes: Homes = Homes.RENTED) -> tuple[Benchmarks, ...]:
    """Give the benchmarks of all years for one kind of homes, the newest first; an import stands before what ships.

    Own figures are among them only if they are that landlord's.
    """
    shipped = (published_benchmarks(year) for year in published_years())
    found = {one.year: one for one in shipped if one.homes == homes}
    found |= {row.year: _benchmarks(row) for row in imported_years(session) if row.homes == homes}
    return tuple(found[year].seen_by(landlord) for year in sorted(found, reverse=True))


def before(benchmarks: Sequence[Benchmarks], year: str) -> Benchmarks | None:
    """Give the newest of a year or of one before it; None when there are only later ones."""
    return next((one for one in benchmarks if one.year <= year), None)


def _benchmarks(row: BenchmarkYear) -> Benchmarks:
    groups = tuple(Group.model_validate(group) for group in row.groups["groups"])
    own = Own.model_validate(row.own) if row.own else None
    return Benchmarks(year=row.year, homes=row.homes, source=row.source, groups=groups, own=own)
