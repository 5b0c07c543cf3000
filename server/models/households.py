"""Households as imported, with how to reach them in a table of its own, apart from all answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base, Named, Numbered, now


class Household(Named, Base):
    """A home and what is known of it for comparing who answered with who was asked."""

    __tablename__ = "households"
    __table_args__ = (
        Index("ix_households_area_scheme", "area", "scheme"),
        Index("ix_households_here", "code", sqlite_where=text("is_here"), postgresql_where=text("is_here")),
        {"sqlite_autoincrement": True},
    )

    code: Mapped[str | None] = mapped_column(String(60), unique=True)
    """The landlord's own reference; none once the household was erased."""
    area: Mapped[str] = mapped_column(String(100), default="")
    scheme: Mapped[str] = mapped_column(String(100), default="")
    tenure: Mapped[str] = mapped_column(String(60), default="")
    age_band: Mapped[str] = mapped_column(String(40), default="")
    property_type: Mapped[str] = mapped_column(String(60), default="")
    profile: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Further columns of the import, by their heading."""
    wants_no_reminder: Mapped[bool] = mapped_column(default=False)
    is_here: Mapped[bool] = mapped_column(default=True)
    """Whether the last import still named it."""
    updated_at: Mapped[datetime] = mapped_column(default=now)

    contact: Mapped["HouseholdContact | None"] = relationship(back_populates="household", cascade="all, delete-orphan")


class HouseholdContact(Base):
    """Whom to write to, and where."""

    __tablename__ = "household_contacts"

    household_id: Mapped[int] = mapped_column(ForeignKey("households.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    name_folded: Mapped[str] = mapped_column(String(200), default="", index=True)
    """The name in small letters, to find it by."""
    address: Mapped[str] = mapped_column(String(600), default="")
    """Its lines, one beneath the other."""
    postcode: Mapped[str] = mapped_column(String(20), default="", index=True)
    phone: Mapped[str] = mapped_column(String(60), default="", index=True)
    email: Mapped[str] = mapped_column(String(200), default="", index=True)

    household: Mapped[Household] = relationship(back_populates="contact")


class HouseholdImport(Numbered, Base):
    """What one import of households did; its file is removed once the officer has settled it."""

    __tablename__ = "household_imports"

    made_at: Mapped[datetime] = mapped_column(default=now)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    """The uploaded file while its columns are being matched."""
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Heading → the field it was matched with."""
    applied_at: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    gone: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    oddities: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Row number, column and what was odd; never the cell's own words."""
