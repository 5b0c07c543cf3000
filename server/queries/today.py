"""What waits for an officer today."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.models.campaigns import Campaign, CampaignState
from server.models.households import Household
from server.models.responses import Response, ResponseState


@dataclass(frozen=True, slots=True)
class Needs:
    """Counts of what there is, and of what somebody must see to."""

    households: int
    campaigns: tuple[tuple[Campaign, int], ...]
    """Open campaigns, each with how many responses it has."""
    clashes: int


def needs_of_today(session: Session) -> Needs:
    """Count what there is to do."""
    counted = select(Response.campaign_id, func.count().label("responses")).group_by(Response.campaign_id).subquery()
    campaigns = session.execute(
        select(Campaign, func.coalesce(counted.c.responses, 0))
        .outerjoin(counted, counted.c.campaign_id == Campaign.id)
        .where(Campaign.state == CampaignState.OPEN)
        .order_by(Campaign.closes_on, Campaign.name)
    ).all()
    return Needs(
        households=session.scalar(select(func.count()).where(Household.is_here)) or 0,
        campaigns=tuple((campaign, responses) for campaign, responses in campaigns),
        clashes=session.scalar(select(func.count()).where(Response.state == ResponseState.CLASH)) or 0,
    )
