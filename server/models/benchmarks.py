"""Benchmarks: what other landlords' tenants said in a year, worked out from the regulator's workbook."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Numbered, now


class BenchmarkYear(Numbered, Base):
    """The benchmarks of one year for one kind of homes."""

    __tablename__ = "benchmark_years"
    __table_args__ = (UniqueConstraint("year", "homes"), {"sqlite_autoincrement": True})

    year: Mapped[str] = mapped_column(String(7))
    """As 2024-25."""
    homes: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(200))
    groups: Mapped[dict[str, Any]]
    """Quartiles by group of landlords and by measure."""
    own: Mapped[dict[str, Any]]
    """This landlord's own published figures, by measure."""
    imported_at: Mapped[datetime] = mapped_column(default=now)
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
