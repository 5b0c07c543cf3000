"""Alerts: what somebody said that an officer must see the same day, a danger or a wish to complain."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Named, now


class AlertKind(StrEnum):
    """What it is about."""

    DANGER = "danger"
    COMPLAINT = "complaint"


class Alert(Named, Base):
    """Something that cannot wait for the report; of a response, or of a returned copy that has none yet."""

    __tablename__ = "alerts"
    __table_args__ = (Index("ix_alerts_settled_at_came_at", "settled_at", "came_at"), {"sqlite_autoincrement": True})

    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), index=True)
    return_id: Mapped[int | None] = mapped_column(ForeignKey("returns.id", ondelete="CASCADE"), index=True)
    """The returned copy that it was read on; none once the response of that is written."""
    kind: Mapped[AlertKind] = mapped_column(String(10))
    question: Mapped[str | None] = mapped_column(String(60))
    """The question whose answer says it; none when the person asked for it by a button."""
    dangers: Mapped[list[str]] = mapped_column(default=list)
    """Which dangers, as words of `server.alerting.danger`; never the person's own words."""
    came_at: Mapped[datetime] = mapped_column(default=now)
    """When it was said; of what was read on paper, when the file came that it was read in."""
    acknowledged_at: Mapped[datetime | None]
    """When a complaint was acknowledged, or a danger passed on to those who deal with it."""
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it was dealt with, or found to be nothing."""
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    outcome: Mapped[str] = mapped_column(String(40), default="")
    """How it was settled, as a word of `server.alerts.outcomes`."""
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
