"""Officers, their sessions, and the slowing down of whoever guesses at passwords."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import SHA256_LENGTH, Base, Named, now


class Role(StrEnum):
    """What somebody may do; each role may do what those before it may."""

    VIEWER = "viewer"
    """A councillor or panel member: figures only."""
    OFFICER = "officer"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"

    @property
    def rank(self) -> int:
        """Give the role's place, the least first."""
        return list(Role).index(self)

    def includes(self, other: "Role") -> bool:
        """Tell whether this role may do what another may."""
        return self.rank >= other.rank


class Officer(Named, Base):
    """Somebody who signs in."""

    __tablename__ = "officers"

    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(String(14))
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_pending: Mapped[str | None] = mapped_column(String(64))
    """A secret that is shown and not yet in force: no code of it was entered so far."""
    totp_last_step: Mapped[int] = mapped_column(default=0)
    """The time step of the last code that was taken: none is taken twice."""
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    signed_in_at: Mapped[datetime | None]

    sessions: Mapped[list["OfficerSession"]] = relationship(back_populates="officer", cascade="all, delete-orphan")


class OfficerSession(Base):
    """One sign-in; removed at sign-out, at a change of password and when the account is disabled."""

    __tablename__ = "officer_sessions"

    token_sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(default=now)

    officer: Mapped[Officer] = relationship(back_populates="sessions")


class Throttle(Base):
    """Failed sign-ins under one name or from one address, by a keyed hash of it."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(String(SHA256_LENGTH), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime]
