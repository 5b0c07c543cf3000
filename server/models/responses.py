"""Responses, whatever their channel. Contact details stand apart from the answers."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import SHA256_LENGTH, UID_LENGTH, Base, Numbered, now


class ResponseState(StrEnum):
    """Whether a response stands as it is; only a complete one counts."""

    COMPLETE = "complete"
    CLASH = "clash"
    """It came under an id that another content had already: an officer decides which stands."""
    WITHDRAWN = "withdrawn"
    """An officer decided that another stands in its place."""
    UNFINISHED = "unfinished"
    """Somebody walked away from a kiosk; it is kept where the campaign says so, and never counts."""


class Response(Numbered, Base):
    """What one person answered to one form."""

    __tablename__ = "responses"
    __table_args__ = (
        UniqueConstraint("uid", "content_sha256"),
        Index("ix_responses_campaign_id_received_on", "campaign_id", "received_on"),
        Index("ix_responses_state_campaign_id", "state", "campaign_id"),
        # A household counts once a year, by its latest response.
        Index("ix_responses_household_id_latest", "household_id", "received_on", "saved_at", "id"),
        {"sqlite_autoincrement": True},
    )

    uid: Mapped[str] = mapped_column(String(UID_LENGTH))
    """Made by whoever sends it: the same response sent again is known by it."""
    content_sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH))
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    """What the person can read out."""
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_versions.id"))
    copy_id: Mapped[int | None] = mapped_column(ForeignKey("copies.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"))
    channel: Mapped[str] = mapped_column(String(12))
    method: Mapped[str] = mapped_column(String(40), default="")
    """How an imported one was collected."""
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"), index=True)
    kiosk_id: Mapped[int | None] = mapped_column(ForeignKey("kiosks.id"))
    received_on: Mapped[date]
    saved_at: Mapped[datetime] = mapped_column(default=now)
    language: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(20))
    """The edition of the paper, or how the kiosk was used."""
    helped_by: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[ResponseState] = mapped_column(String(12), default=ResponseState.COMPLETE)
    is_erased: Mapped[bool] = mapped_column(default=False)
    """Whether what was written by hand was removed with its person; what was chosen still counts."""

    answers: Mapped[list["Answer"]] = relationship(back_populates="response", cascade="all, delete-orphan")
    contact: Mapped["ContactDetails | None"] = relationship(cascade="all, delete-orphan")


class Answer(Base):
    """One answer, or one of several to the same question."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_question_option", "question", "option"),)

    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, default=0)
    option: Mapped[str | None] = mapped_column(String(60))
    """The option that was chosen."""
    written: Mapped[str | None]
    """What was written instead: words, a number, a date as 2026-11-22, a code."""

    response: Mapped[Response] = relationship(back_populates="answers")


class ContactDetails(Base):
    """How a person wishes to be reached about a response."""

    __tablename__ = "contact_details"

    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    name_folded: Mapped[str] = mapped_column(String(200), default="", index=True)
    details: Mapped[dict[str, Any]]
    replied_at: Mapped[datetime | None]
    """When an officer last replied; from then on it is kept for its time only."""
