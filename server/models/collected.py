"""Imports of answers that were collected elsewhere: the table while it waits, and what came of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import SHA256_LENGTH, Base, Named, now

NAME_LENGTH = 255


class CollectedImport(Named, Base):
    """One table of answers to a campaign; the row goes when its time is over, the answers stay."""

    __tablename__ = "collected_imports"

    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    """What the uploaded file was called."""
    file_sha256: Mapped[str | None] = mapped_column(String(SHA256_LENGTH))
    """The uploaded table until it is imported."""
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Heading → what it was matched with; empty until somebody matched them."""
    method: Mapped[str] = mapped_column(String(40), default="")
    """Of rows that do not say their own, as are the day and what the numbers of scales mean."""
    received_on: Mapped[date | None]
    direction: Mapped[str] = mapped_column(String(12), default="")
    applied_at: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    saved: Mapped[int] = mapped_column(default=0)
    there_already: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    refused_sha256: Mapped[str | None] = mapped_column(String(SHA256_LENGTH))
    """The rows that were refused, as CSV, each with what is wrong."""
