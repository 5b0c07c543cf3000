"""Opening a campaign, which fixes what it asks, and closing it."""

from datetime import date

from server.campaigns.drafting import changing
from server.errors import RefusedError
from server.models.campaigns import Campaign, CampaignState
from server.store import Store
from server.trail.recording import note


def hindrances(campaign: Campaign, today: date) -> tuple[str, ...]:
    """Give why a campaign cannot be opened, a sentence each; none when it can."""
    found = []
    if campaign.state != CampaignState.DRAFT:
        found.append(f"This campaign is {campaign.state} already.")
    if campaign.closes_on < today:
        found.append("Its last day is past. Give it a later one.")
    if not campaign.channels:
        found.append("It has no channel: nobody could answer. Choose at least one.")
    return tuple(found)


def open_now(store: Store, campaign_id: int, version: int, today: date, *, by: str) -> Campaign:
    """Open a campaign; `RefusedError` says why it cannot be, `ChangedMeanwhileError` that it is not what was seen."""
    with changing(store, campaign_id, version) as (session, campaign):
        if found := hindrances(campaign, today):
            raise RefusedError(" ".join(found))
        campaign.state = CampaignState.OPEN
        session.flush()
        note(store, session, "campaign opened", f"campaign {campaign.uid}", by=by)
        return campaign


def close_now(store: Store, campaign_id: int, version: int, *, by: str) -> Campaign:
    """Close a campaign that is open; raises as `open_now` does."""
    with changing(store, campaign_id, version) as (session, campaign):
        if campaign.state != CampaignState.OPEN:
            raise RefusedError("Only a campaign that is open can be closed.")
        campaign.state = CampaignState.CLOSED
        session.flush()
        note(store, session, "campaign closed", f"campaign {campaign.uid}", by=by)
        return campaign
