"""What came in: batches, files as received, their pages, what was read on them, and the copies they make up."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import SHA256_LENGTH, Base, Named, Numbered, now


class CameBy(StrEnum):
    """How files got here."""

    FOLDER = "folder"
    UPLOAD = "upload"
    COMMAND = "command"
    KEYED = "keyed"
    """An officer typed what stands on the paper; there may be no file."""


class Batch(Named, Base):
    """Paper that came together."""

    __tablename__ = "batches"

    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120), default="")
    came_by: Mapped[CameBy] = mapped_column(String(10), default=CameBy.UPLOAD)
    received_on: Mapped[date | None]
    """The day it came, not the day it was scanned; none until an officer has said it: responses wait for it."""
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    files: Mapped[list["ReceivedFile"]] = relationship(back_populates="batch")


class FileState(StrEnum):
    """How far a file has come."""

    WAITING = "waiting"
    READ = "read"
    """Every page of it has a row, read or set aside."""
    SET_ASIDE = "set_aside"
    """It could not be opened as a whole."""
    REJECTED = "rejected"
    """An officer decided that nothing is to come of it."""


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
    state: Mapped[FileState] = mapped_column(String(10), default=FileState.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    """Times that its reading was begun since the last page that came of it."""
    began_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    set_aside_because: Mapped[str | None]
    asked_again_at: Mapped[datetime | None]
    """When an officer asked for its paper to be scanned once more."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    decided_because: Mapped[str | None] = mapped_column(String(40))
    """Why it was rejected, as a word of `server.aside.reasons.Rejection`."""

    batch: Mapped[Batch] = relationship(back_populates="files")
    pages: Mapped[list["Page"]] = relationship(back_populates="file")


class Arrival(Numbered, Base):
    """Each time that a file came: the same content is kept and read once, however often it comes."""

    __tablename__ = "arrivals"

    key: Mapped[str] = mapped_column(String(SHA256_LENGTH), unique=True)
    """A hash of what tells one coming from another, so that one that was cut short is not taken for a second."""
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("received_files.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    came_by: Mapped[CameBy] = mapped_column(String(10))
    is_repeat: Mapped[bool]
    """Whether the same content was there already; an officer is told."""
    arrived_at: Mapped[datetime] = mapped_column(default=now)
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """Who took note of a repeat."""

    file: Mapped[ReceivedFile] = relationship()


class PageState(StrEnum):
    """How far a page has come."""

    WAITING = "waiting"
    READ = "read"
    SET_ASIDE = "set_aside"
    SETTLED = "settled"
    REMOVED = "removed"
    """Its image was taken out, by retention or because its person was erased."""
    REJECTED = "rejected"
    """It could not be read, and an officer decided that nothing is to come of it."""


class WritingState(StrEnum):
    """How far the writing on a page has come; marks never wait for it."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"


class Page(Numbered, Base):
    """One page of a received file, as one version of the reader saw it."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("file_id", "number", "part", "reader"), {"sqlite_autoincrement": True})

    file_id: Mapped[int] = mapped_column(ForeignKey("received_files.id"))
    number: Mapped[int]
    """Its place in the file, from 1. A page that is taken out leaves a blank one, so that the others keep theirs."""
    part: Mapped[int] = mapped_column(default=0)
    """Which of several slips that lay on one scan, from 0."""
    reader: Mapped[str] = mapped_column(String(40))
    state: Mapped[PageState] = mapped_column(String(10), default=PageState.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    set_aside_because: Mapped[str | None]
    refusal: Mapped[str | None] = mapped_column(String(40))
    """Why it was not read, as a word of `scanning.readings.Refusal`."""
    asked_again_at: Mapped[datetime | None]
    """When an officer asked for it to be scanned once more."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """Who rejected it, or said which page it is."""
    decided_because: Mapped[str | None] = mapped_column(String(40))
    """Why it was rejected, as a word of `server.aside.reasons.Rejection`."""
    outcome: Mapped[dict[str, Any] | None]
    """What it was read as, whole, as `server.returns.outcomes` writes and reads it."""
    condition: Mapped[dict[str, Any] | None]
    """What tells of the scanner's health; see `scanning.condition`."""
    return_id: Mapped[int | None] = mapped_column(ForeignKey("returns.id"), index=True)
    printed_form_id: Mapped[int | None] = mapped_column(ForeignKey("printed_forms.id"))
    form_page: Mapped[int | None]
    is_equality: Mapped[bool] = mapped_column(default=False)
    copy_id: Mapped[int | None] = mapped_column(ForeignKey("copies.id"), index=True)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id"), index=True)
    preview_sha256: Mapped[str | None] = mapped_column(String(SHA256_LENGTH))
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    writing: Mapped[WritingState | None] = mapped_column(String(8), index=True)
    """How far drafts of its writing are; none where nothing is written on it."""
    writing_attempts: Mapped[int] = mapped_column(default=0)
    """Times that the reading of its writing was begun."""
    writing_after: Mapped[datetime | None]
    """Before this moment it is not tried again; none before the first time."""

    file: Mapped[ReceivedFile] = relationship(back_populates="pages")
    readings: Mapped[list["Reading"]] = relationship(back_populates="page", cascade="all, delete-orphan")


class Reading(Numbered, Base):
    """What the machine read as the answer to one question on one page.

    It is judged by its page first, and with the other pages of its copy once these are there; not changed afterwards.
    """

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("page_id", "question"), {"sqlite_autoincrement": True})

    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(60))
    answer: Mapped[Any] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(String(40))
    """Why it is doubted; none where it is sure."""
    fields: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Its boxes as `scanning.as_json` gives them."""
    drafts: Mapped[list[dict[str, Any]] | None]
    """What the machine made of its writing, place by place, as `server.returns.drafts` writes it: nobody checked it."""

    page: Mapped[Page] = relationship(back_populates="readings")
    crop: Mapped["Crop | None"] = relationship(cascade="all, delete-orphan")


class Crop(Base):
    """The picture of one question as filled in."""

    __tablename__ = "crops"

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True)
    image: Mapped[bytes] = mapped_column(LargeBinary)
    """JPEG."""
    is_sampled: Mapped[bool] = mapped_column(default=False)
    """Whether chance chose it when its page was read: second looks are drawn from these, each as likely as any."""


class ReturnState(StrEnum):
    """How far a returned copy has come."""

    READING = "reading"
    """Something of it is doubted, missing or unknown: see its doubts and its problem."""
    COMPLETE = "complete"
    """Its response is saved."""
    REPEATED = "repeated"
    """Another return of the same copy came before: an officer chooses which stands."""
    REJECTED = "rejected"
    """An officer decided that it does not count, and said why."""


class Return(Named, Base):
    """One copy as it came back, or one equality page: the pages that belong together. Its uid is its response's."""

    __tablename__ = "returns"
    __table_args__ = (Index("ix_returns_state_problem", "state", "problem"), {"sqlite_autoincrement": True})

    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), index=True)
    printed_form_id: Mapped[int] = mapped_column(ForeignKey("printed_forms.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    copy_id: Mapped[int | None] = mapped_column(ForeignKey("copies.id"), index=True)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id"), index=True)
    is_equality: Mapped[bool] = mapped_column(default=False)
    is_typed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ReturnState] = mapped_column(String(10), default=ReturnState.READING)
    problem: Mapped[str | None] = mapped_column(String(40))
    """What an officer must see to besides its doubts, as a word of `server.returns.problems.Problem`."""
    pages_missing: Mapped[list[str]] = mapped_column(default=list)
    """Numbers of pages that did not come, as words."""
    pages_given_up: Mapped[bool] = mapped_column(default=False)
    """Whether an officer said that no more will come: it counts as it is."""
    repeats_id: Mapped[int | None] = mapped_column(
        ForeignKey("returns.id", deferrable=True, initially="DEFERRED"), index=True
    )
    """The return of the same copy that came before."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """Who rejected it, or chose between it and another."""
    decided_because: Mapped[str | None] = mapped_column(String(400))
    asked_again_at: Mapped[datetime | None]
    """When an officer asked for its missing pages to be scanned."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    pages: Mapped[list[Page]] = relationship(order_by="Page.form_page, Page.id")

    __mapper_args__: Any = {"version_id_col": version}
