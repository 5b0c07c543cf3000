"""What is asked of the database for a kiosk: which one it is, what can be answered there, who is sitting there."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, Table, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from server.models import Base
from server.models.campaigns import Campaign, CampaignState, Channel, campaign_sites
from server.models.copies import Copy
from server.models.kiosks import Kiosk
from server.models.responses import Answer, Response, ResponseState
from server.models.sittings import Sitting

SITTINGS: Final[Table] = Base.metadata.tables["sittings"]

OF_KEY: Final = select(SITTINGS).where(
    SITTINGS.c.key_sha256 == bindparam("key"),
    SITTINGS.c.kiosk_id == bindparam("kiosk"),
    SITTINGS.c.touched_at > bindparam("since"),
)
"""Put together once: it is asked with every touch."""


def kiosk_of_token(session: Session, token_sha256: str) -> Kiosk | None:
    """Give the kiosk in use that proves itself by a key of this hash, with its site."""
    asked = select(Kiosk).where(Kiosk.token_sha256 == token_sha256, Kiosk.retired_at.is_(None))
    return session.scalar(asked.options(joinedload(Kiosk.site)))


def campaigns_at(session: Session, site_id: int, day: date) -> tuple[Campaign, ...]:
    """Give the campaigns that can be answered at a site's kiosks on a day, in the order of their opening."""
    asked = (
        select(Campaign)
        .join(campaign_sites, campaign_sites.c.campaign_id == Campaign.id)
        .where(campaign_sites.c.site_id == site_id, Campaign.state == CampaignState.OPEN)
        .where(Campaign.opens_on <= day, Campaign.closes_on >= day)
        .options(joinedload(Campaign.form_version))
        .order_by(Campaign.opens_on, Campaign.id)
    )
    return tuple(campaign for campaign in session.scalars(asked) if Channel.KIOSK in campaign.channels)


def campaign_answered(session: Session, campaign_id: int) -> Campaign | None:
    """Give a campaign with its form version, whatever its state."""
    return session.get(Campaign, campaign_id, options=[joinedload(Campaign.form_version)])


def last_answered(session: Session, kiosk_id: int, campaign_ids: Sequence[int], since: date) -> Mapping[int, datetime]:
    """Give when a kiosk last sent a response to each of these campaigns, of those received since a day."""
    asked = (
        select(Response.campaign_id, func.max(Response.saved_at))
        .where(Response.campaign_id.in_(campaign_ids), Response.received_on >= since, Response.kiosk_id == kiosk_id)
        .where(Response.state != ResponseState.UNFINISHED)
        .group_by(Response.campaign_id)
    )
    return {campaign_id: moment for campaign_id, moment in session.execute(asked)}  # noqa: C416 (rows are no pairs)


def sitting_row(session: Session, key_sha256: str, kiosk_id: int, since: datetime) -> Row[Any] | None:
    """Give a browser's sitting at a kiosk, unless nobody touched it since a moment."""
    return session.execute(OF_KEY, {"key": key_sha256, "kiosk": kiosk_id, "since": since}).first()


def sitting_of(session: Session, key_sha256: str, kiosk_id: int) -> Sitting | None:
    """Give a browser's sitting at a kiosk, to be changed; nobody else changes it meanwhile."""
    asked = select(Sitting).where(Sitting.key_sha256 == key_sha256, Sitting.kiosk_id == kiosk_id)
    return session.scalar(asked.with_for_update())


def others_at(session: Session, kiosk_id: int, key_sha256: str) -> tuple[Sitting, ...]:
    """Give what is left of earlier sittings at a kiosk."""
    asked = select(Sitting).where(Sitting.kiosk_id == kiosk_id, Sitting.key_sha256 != key_sha256).order_by(Sitting.id)
    return tuple(session.scalars(asked.with_for_update()))


def idle_ids(session: Session, since: datetime) -> tuple[int, ...]:
    """Give the sittings that nobody touched since a moment."""
    return tuple(session.scalars(select(Sitting.id).where(Sitting.touched_at <= since).order_by(Sitting.id)))


def idle_sitting(session: Session, sitting_id: int, since: datetime) -> Sitting | None:
    """Give one of them, to be wiped, unless it was touched meanwhile."""
    asked = select(Sitting).where(Sitting.id == sitting_id, Sitting.touched_at <= since)
    return session.scalar(asked.with_for_update())


def campaign_of_code(session: Session, code: str) -> int | None:
    """Give the campaign that a copy with this code was issued for."""
    return session.scalar(select(Copy.campaign_id).where(Copy.code == code))


def counts_so_far(session: Session, campaign_id: int) -> tuple[int, Mapping[str, Mapping[str, int]]]:
    """Give a campaign's complete responses, and how often each choice of each question was chosen."""
    stands = (Response.campaign_id == campaign_id, Response.state == ResponseState.COMPLETE)
    total = session.scalar(select(func.count()).select_from(Response).where(*stands)) or 0
    asked = (
        select(Answer.question, Answer.option, func.count())
        .join(Response, Response.id == Answer.response_id)
        .where(*stands, Answer.option.is_not(None))
        .group_by(Answer.question, Answer.option)
    )
    counts: dict[str, dict[str, int]] = {}
    for question, option, count in session.execute(asked):
        counts.setdefault(question, {})[str(option)] = count
    return total, counts


def response_of_receipt(session: Session, receipt: str) -> Response | None:
    """Give the response that a receipt was given for."""
    return session.scalar(select(Response).where(Response.receipt == receipt))
