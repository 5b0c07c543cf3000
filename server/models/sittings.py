"""Sittings: one person at a kiosk, from the first touch until all is sent or wiped. A row lives as long as that."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import SHA256_LENGTH, UID_LENGTH, Base, Numbered, now
from server.models.kiosks import Kiosk

SCREEN_LENGTH = 80


class Sitting(Numbered, Base):
    """What one person has answered so far."""

    __tablename__ = "sittings"

    key_sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH), unique=True)
    """The hash of what the browser proves itself by, in a cookie that ends with the sitting."""
    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosks.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"))
    """None as long as the person has only chosen a language or a size of text."""
    response_uid: Mapped[str] = mapped_column(String(UID_LENGTH), unique=True)
    """What its response is saved under, so that sending it twice gives one."""
    turn: Mapped[int] = mapped_column(default=0)
    """Goes up with every answer taken: a screen carries the turn it was drawn at, and counts once."""
    screen: Mapped[str] = mapped_column(String(SCREEN_LENGTH))
    """Where the person is, as a word of `kiosk.journey`."""
    delivered: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was put in, by question, as it was put in; nothing of it is left once it is sent."""
    draft: Mapped[dict[str, Any] | None]
    """What stands in the fields of the present screen and is not taken."""
    copy_code: Mapped[str | None] = mapped_column(String(20))
    helped_by: Mapped[str] = mapped_column(String(40), default="")
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Language, size of text, colours, speech: they end with the sitting."""
    receipt: Mapped[str | None] = mapped_column(String(20))
    """What the response is known by, once it is sent."""
    begun_at: Mapped[datetime] = mapped_column(default=now)
    touched_at: Mapped[datetime] = mapped_column(default=now, index=True)
    """When the person last did something; long after that it is wiped."""

    kiosk: Mapped[Kiosk] = relationship()
