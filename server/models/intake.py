"""What came in: batches, files as received, their pages, and what was read on them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import SHA256_LENGTH, Base, Named, Numbered, now


class Batch(Named, Base):
    """Paper that came together."""

    __tablename__ = "batches"

    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12))
    received_on: Mapped[date]
    """The day it came, not the day it was scanned."""
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    files: Mapped[list["ReceivedFile"]] = relationship(back_populates="batch")


class ReceivedFile(Named, Base):
    """One file as it came; it is kept under the hash of its content."""

    __tablename__ = "received_files"
    __table_args__ = (UniqueConstraint("batch_id", "sha256"), {"sqlite_autoincrement": True})

    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"))
    sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH), index=True)
    """The hash of what came; the same content is known again by it."""
    kept_sha256: Mapped[str | None] = mapped_column(String(SHA256_LENGTH), index=True)
    """The hash of what is kept: another once a page was taken out, none once the file was removed."""
    name: Mapped[str] = mapped_column(String(255))
    """The name it came under, as the officer knows it."""
    size_bytes: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(default=now)
    set_aside_because: Mapped[str | None]

    batch: Mapped[Batch] = relationship(back_populates="files")
    pages: Mapped[list["Page"]] = relationship(back_populates="file")


class PageState(StrEnum):
    """How far a page has come."""

    WAITING = "waiting"
    READ = "read"
    SET_ASIDE = "set_aside"
    SETTLED = "settled"
    REMOVED = "removed"
    """Its image was taken out, by retention or because its person was erased."""


class Page(Numbered, Base):
    """One page of a received file, as one version of the reader saw it."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("file_id", "number", "reader"), {"sqlite_autoincrement": True})

    file_id: Mapped[int] = mapped_column(ForeignKey("received_files.id"))
    number: Mapped[int]
    """Its place in the file, from 1. A page that is taken out leaves a blank one, so that the others keep theirs."""
    reader: Mapped[str] = mapped_column(String(40))
    state: Mapped[PageState] = mapped_column(String(10), default=PageState.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    set_aside_because: Mapped[str | None]
    printed_form_id: Mapped[int | None] = mapped_column(ForeignKey("printed_forms.id"))
    form_page: Mapped[int | None]
    is_equality: Mapped[bool] = mapped_column(default=False)
    copy_id: Mapped[int | None] = mapped_column(ForeignKey("copies.id"), index=True)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id"), index=True)
    preview_sha256: Mapped[str | None] = mapped_column(String(SHA256_LENGTH))
    settled_at: Mapped[datetime | None] = mapped_column(index=True)

    file: Mapped[ReceivedFile] = relationship(back_populates="pages")
    readings: Mapped[list["Reading"]] = relationship(back_populates="page", cascade="all, delete-orphan")


class Reading(Numbered, Base):
    """What the machine read as the answer to one question on one page; it is never changed."""

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("page_id", "question"), {"sqlite_autoincrement": True})

    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(60))
    answer: Mapped[Any] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(String(40))
    """Why it is doubted; none where it is sure."""
    fields: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Its boxes as `scanning.as_json` gives them."""

    page: Mapped[Page] = relationship(back_populates="readings")
    crop: Mapped["Crop | None"] = relationship(cascade="all, delete-orphan")


class Crop(Base):
    """The picture of one question as filled in."""

    __tablename__ = "crops"

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True)
    image: Mapped[bytes] = mapped_column(LargeBinary)
    """PNG."""
