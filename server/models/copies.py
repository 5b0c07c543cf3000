"""Paper that was printed: runs of numbered copies, and which copy went to which household."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import SHA256_LENGTH, Base, Numbered, now
from server.models.campaigns import Campaign
from server.models.form_versions import PrintedForm


class RunKind(StrEnum):
    """For whom a run is printed."""

    COPIES = "copies"
    """To hand out: the copies belong to nobody."""
    HOUSEHOLDS = "households"
    REMINDER = "reminder"
    """To the invited households that have not answered."""


class RunState(StrEnum):
    """How far a run has come."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class PrintRun(Numbered, Base):
    """One print-ready file of numbered copies."""

    __tablename__ = "print_runs"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    printed_form_id: Mapped[int | None] = mapped_column(ForeignKey("printed_forms.id"))
    kind: Mapped[RunKind] = mapped_column(String(12))
    edition: Mapped[str] = mapped_column(String(20))
    size: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(20))
    copies_wanted: Mapped[int]
    letter: Mapped[str] = mapped_column(default="")
    """The words of the cover letter; none where there is no letter."""
    state: Mapped[RunState] = mapped_column(String(10), default=RunState.WAITING)
    failed_because: Mapped[str | None]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    ready_at: Mapped[datetime | None]
    pdf_sha256: Mapped[str | None] = mapped_column(String(SHA256_LENGTH))
    labels_sha256: Mapped[str | None] = mapped_column(String(SHA256_LENGTH))
    """Names and addresses of its households for envelopes; none for a run to hand out, or once they were removed."""
    letters_sha256: Mapped[str | None] = mapped_column(String(SHA256_LENGTH))
    """Their cover letters; the same holds."""

    campaign: Mapped[Campaign] = relationship()
    printed_form: Mapped[PrintedForm | None] = relationship()


class Copy(Numbered, Base):
    """One numbered copy; its code is what the household types at a kiosk."""

    __tablename__ = "copies"
    __table_args__ = (UniqueConstraint("print_run_id", "number"), {"sqlite_autoincrement": True})

    code: Mapped[str | None] = mapped_column(String(20), unique=True)
    """As printed; none once its household was erased."""
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    print_run_id: Mapped[int] = mapped_column(ForeignKey("print_runs.id"))
    number: Mapped[int]
    """Its place in the run, from 1."""
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
