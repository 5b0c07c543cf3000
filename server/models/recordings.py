"""Recordings: a person's voice in place of a made one."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import SHA256_LENGTH, Base, Named, now


class Recording(Named, Base):
    """Some words, read by a person; every form that has these words uses it."""

    __tablename__ = "recordings"
    __table_args__ = (UniqueConstraint("language", "words_sha256"), {"sqlite_autoincrement": True})

    language: Mapped[str] = mapped_column(String(20))
    words_sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH))
    """The name of the clip that it stands for, a hash of language and words: other words need another recording."""
    file_sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH), index=True)
    duration_ms: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(default=now)
    added_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
