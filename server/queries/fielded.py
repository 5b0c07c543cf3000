"""How a year's campaigns were run: what the summary of approach tells of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.models.campaigns import Campaign, Invitation, Sampling
from server.models.form_versions import FormVersion
from server.models.responses import Response, ResponseState


@dataclass(frozen=True, slots=True)
class Fielded:
    """One campaign as it was run."""

    name: str
    form: str
    opens_on: date
    closes_on: date
    is_census: bool
    invited: int
    left_out: tuple[tuple[str, int], ...]
    """Reasons, each with how many homes no survey asked for it."""
    first_on: date | None
    last_on: date | None
    """The days on which the first and the last response came in."""
    languages: tuple[str, ...]


def fielded(session: Session, campaigns: Sequence[int]) -> tuple[Fielded, ...]:
    """Give how these campaigns were run, the earliest first."""
    rows = session.execute(
        select(Campaign, FormVersion.title)
        .join(FormVersion, FormVersion.id == Campaign.form_version_id)
        .where(Campaign.id.in_(campaigns))
        .order_by(Campaign.opens_on, Campaign.id)
    ).all()
    return tuple(_fielded(session, campaign, title) for campaign, title in rows)


def _fielded(session: Session, campaign: Campaign, title: str) -> Fielded:
    reasons = session.execute(
        select(Invitation.left_out_because, func.count())
        .where(Invitation.campaign_id == campaign.id)
        .group_by(Invitation.left_out_because)
        .order_by(func.count().desc(), Invitation.left_out_because)
    ).all()
    stand = (Response.campaign_id == campaign.id, Response.state == ResponseState.COMPLETE)
    first_on, last_on = session.execute(
        select(func.min(Response.received_on), func.max(Response.received_on)).where(*stand)
    ).one()
    languages = session.scalars(select(Response.language).where(*stand).distinct().order_by(Response.language))
    return Fielded(
        name=campaign.name,
        form=title,
        opens_on=campaign.opens_on,
        closes_on=campaign.closes_on,
        is_census=campaign.sampling == Sampling.CENSUS,
        invited=sum(number for because, number in reasons if because is None),
        left_out=tuple((because, number) for because, number in reasons if because is not None),
        first_on=first_on,
        last_on=last_on,
        languages=tuple(languages),
    )
