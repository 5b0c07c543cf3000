"""The audit log: each event seals the one before it, and the head says where the log begins and ends.

It holds ids only, so that erasing a person leaves the chain whole.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import SHA256_LENGTH, Base, Numbered, now


class AuditEvent(Base):
    """Something that was done."""

    __tablename__ = "audit_events"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    officer_uid: Mapped[str | None] = mapped_column(String(36), index=True)
    """Who did it; none where the command line or Sayso itself did."""
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(120), index=True)
    """What it was done to, as `campaign 12`."""
    detail: Mapped[str]
    """More of it as JSON; ids, numbers and names of fields, never words about a person."""
    seal: Mapped[str] = mapped_column(String(SHA256_LENGTH))
    """HMAC-SHA256 over the event and the seal before it."""


class AuditHead(Base):
    """Where the log begins and ends, sealed too: without it events could be cut off at either end."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_number: Mapped[int]
    before_first: Mapped[str] = mapped_column(String(SHA256_LENGTH))
    """The seal of the event before the first that is kept: retention removes old ones from the front."""
    last_number: Mapped[int]
    last_seal: Mapped[str] = mapped_column(String(SHA256_LENGTH))
    seal: Mapped[str] = mapped_column(String(SHA256_LENGTH))


class Erasure(Numbered, Base):
    """Somebody about whom everything was erased, by uids only: a backup restored later is erased by it again."""

    __tablename__ = "erasures"

    made_at: Mapped[datetime] = mapped_column(default=now)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    household_uid: Mapped[str | None] = mapped_column(String(36), index=True)
    response_uids: Mapped[list[str]]
