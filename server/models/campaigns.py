"""Campaigns: a form in use, with its dates, channels and sites, and who may answer."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import Base, Named, Numbered, now
from server.models.form_versions import FormVersion


class CampaignState(StrEnum):
    """How far a campaign has come."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Channel(StrEnum):
    """How an answer came."""

    KIOSK = "kiosk"
    PAPER = "paper"
    TYPED_PDF = "typed_pdf"
    HELPED = "helped"
    """An officer filled it in for the person, by telephone or face to face."""
    IMPORTED = "imported"
    """It was collected elsewhere; the response names the method."""


class Audience(StrEnum):
    """Who may answer."""

    INVITED = "invited"
    """Only with the code of a copy that was issued to a household."""
    ANYONE = "anyone"


class Sampling(StrEnum):
    """How the households that are asked were chosen."""

    CENSUS = "census"
    SAMPLE = "sample"


campaign_sites = Table(
    "campaign_sites",
    Base.metadata,
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True),
    Column("site_id", ForeignKey("sites.id"), primary_key=True),
)


class Site(Numbered, Base):
    """A place where a kiosk stands or paper is handed out."""

    __tablename__ = "sites"

    name: Mapped[str] = mapped_column(String(100), unique=True)


class Campaign(Named, Base):
    """A form in use."""

    __tablename__ = "campaigns"

    name: Mapped[str] = mapped_column(String(120), unique=True)
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_versions.id"))
    state: Mapped[CampaignState] = mapped_column(String(10), default=CampaignState.DRAFT)
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    channels: Mapped[list[str]]
    audience: Mapped[Audience] = mapped_column(String(10))
    sampling: Mapped[Sampling] = mapped_column(String(10))
    survey_round: Mapped[str] = mapped_column(String(60))
    """What its equality answers are kept under: they know nothing else of where they came from."""
    keeps_unfinished: Mapped[bool] = mapped_column(default=False)
    """Whether what somebody answered at a kiosk before walking away is kept, as unfinished; it never counts."""
    shows_results: Mapped[bool] = mapped_column(default=False)
    """Whether a kiosk shows what all have answered so far, once somebody has answered."""
    rest_seconds: Mapped[int] = mapped_column(default=0)
    """How long a kiosk waits after one answer before it takes the next, where anyone may answer."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column()

    form_version: Mapped[FormVersion] = relationship()
    sites: Mapped[list[Site]] = relationship(secondary=campaign_sites, order_by=Site.name)

    __mapper_args__: Any = {"version_id_col": version}


class Invitation(Base):
    """A household that a campaign asks, or that it leaves out for a reason."""

    __tablename__ = "invitations"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True)
    household_id: Mapped[int] = mapped_column(
        ForeignKey("households.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    left_out_because: Mapped[str | None] = mapped_column(String(200))
