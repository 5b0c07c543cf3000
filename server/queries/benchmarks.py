"""Benchmarks that officers imported."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models.benchmarks import BenchmarkYear


def imported_years(session: Session) -> Sequence[BenchmarkYear]:
    """Give them all, the newest first."""
    return session.scalars(select(BenchmarkYear).order_by(BenchmarkYear.year.desc(), BenchmarkYear.homes)).all()


def imported_year(session: Session, year: str, homes: str) -> BenchmarkYear | None:
    """Give those of one year for one kind of homes; None when they were not imported."""
    return session.scalar(select(BenchmarkYear).where(BenchmarkYear.year == year, BenchmarkYear.homes == homes))
