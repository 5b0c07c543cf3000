"""What the machine doubts, and what officers decided."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Numbered, now

CHECKED: Final = "checked"
"""The reason of a doubt about an answer that the machine accepted, and that officers who checked it read otherwise."""


class DoubtState(StrEnum):
    """Whether an officer has decided."""

    OPEN = "open"
    SETTLED = "settled"


class Doubt(Numbered, Base):
    """One answer that an officer must decide on."""

    __tablename__ = "doubts"
    __table_args__ = (
        Index("ix_doubts_state_question_id", "state", "question", "id"),
        Index("ix_doubts_state_return_id", "state", "return_id", "reading_id"),
        Index("ix_doubts_batch_id_state", "batch_id", "state", "question", "id"),
        {"sqlite_autoincrement": True},
    )

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id", ondelete="CASCADE"), unique=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id", ondelete="CASCADE"), index=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"))
    question: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(40))
    state: Mapped[DoubtState] = mapped_column(String(10), default=DoubtState.OPEN)
    leased_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    leased_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column()
    """Two officers at once: the second is told."""

    __mapper_args__: Any = {"version_id_col": version}


class Correction(Numbered, Base):
    """What an officer decided, beside what the machine had read."""

    __tablename__ = "corrections"

    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), index=True)
    doubt_id: Mapped[int | None] = mapped_column(ForeignKey("doubts.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(60))
    machine: Mapped[Any] = mapped_column(JSON)
    decided: Mapped[Any] = mapped_column(JSON)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    decided_at: Mapped[datetime] = mapped_column(default=now)
    noted: Mapped[list[str]] = mapped_column(default=list)
    """What the officer saw besides: words of `server.returns.decisions.Noted`."""
    undone_at: Mapped[datetime | None]
    """When the officer took it back; the doubt was open again from then on."""


class LookKind(StrEnum):
    """Whose reading is checked."""

    ACCEPTED = "accepted"
    """The machine's, of an answer that it did not doubt."""
    DECIDED = "decided"
    """An officer's, of a doubt."""
    THIRD = "third"
    """Another's, of an answer on which the first two readings differ: it settles who was wrong."""


class SecondLook(Numbered, Base):
    """A blind second reading of one answer, to measure how many are wrong."""

    __tablename__ = "second_looks"
    __table_args__ = (Index("ix_second_looks_batch_id_kind", "batch_id", "kind"), {"sqlite_autoincrement": True})

    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"))
    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id", ondelete="CASCADE"), index=True)
    kind: Mapped[LookKind] = mapped_column(String(10))
    first: Mapped[Any] = mapped_column(JSON)
    """What was accepted or decided."""
    first_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    second: Mapped[Any] = mapped_column(JSON)
    second_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    looked_at: Mapped[datetime | None]
    agrees: Mapped[bool | None]
    leased_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    leased_until: Mapped[datetime | None]
    drawn_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column()

    __mapper_args__: Any = {"version_id_col": version}
