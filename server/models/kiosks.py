"""The kiosks: which screen stands where."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import SHA256_LENGTH, Base, Named, now
from server.models.campaigns import Site


class Kiosk(Named, Base):
    """One touch screen."""

    __tablename__ = "kiosks"

    name: Mapped[str] = mapped_column(String(100), unique=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    token_sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH), unique=True)
    """The hash of what the screen proves itself by."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]

    site: Mapped[Site] = relationship()
