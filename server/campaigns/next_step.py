"""What an officer should do next with a campaign, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from server.models.campaigns import Audience, Campaign, CampaignState, Channel
from server.models.copies import RunKind
from server.queries.campaigns import Standing


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, why, and the endpoint of the manager's page where it is done; none where there is only to wait."""

    words: str
    why: str
    endpoint: str = ""
    arguments: Mapping[str, str | int] = field(default_factory=dict)
    """What the address of that page needs."""


def next_step(standing: Standing, today: date) -> NextStep:
    """Give the next step of a campaign."""
    match standing.campaign.state:
        case CampaignState.DRAFT:
            return _of_a_draft(standing, today)
        case CampaignState.OPEN:
            return _of_an_open_one(standing, today)
        case _:
            return NextStep("Nothing more", "This campaign is closed, and its answers are all in.")


def _of_a_draft(standing: Standing, today: date) -> NextStep:
    campaign = standing.campaign
    if campaign.closes_on < today:
        return _here(campaign, "Change its dates", "Its last day is past.", "campaigns.edit")
    if not campaign.channels:
        return _here(campaign, "Choose its channels", "Nobody could answer yet.", "campaigns.edit")
    if campaign.audience == Audience.INVITED and not standing.invited:
        return _here(
            campaign, "Invite households", "Only invited households may answer.", "campaigns.invitations.households"
        )
    return _here(campaign, "Open it", "Everything is ready.", "campaigns.opening_page")


def _of_an_open_one(standing: Standing, today: date) -> NextStep:
    campaign = standing.campaign
    if campaign.closes_on < today:
        return _here(
            campaign, "Close it", "Its last day is past, and answers could still come in.", "campaigns.closing_page"
        )
    if standing.clashes:
        return NextStep("Settle the clashes", "Some answers came twice, and differ.")
    if campaign.audience == Audience.INVITED and not standing.invited:
        return _here(
            campaign, "Invite households", "Only invited households may answer.", "campaigns.invitations.households"
        )
    if Channel.PAPER in campaign.channels and not standing.copies:
        kind = RunKind.HOUSEHOLDS if standing.invited else RunKind.COPIES
        why = "It can be answered on paper, and no copy is printed yet."
        return NextStep("Print copies", why, "runs.new", {"campaign": campaign.id, "kind": kind})
    days = (campaign.closes_on - today).days
    return NextStep("Wait for answers", f"{days} days are left." if days != 1 else "1 day is left.")


def _here(campaign: Campaign, words: str, why: str, endpoint: str) -> NextStep:
    return NextStep(words, why, endpoint, {"campaign_id": campaign.id})
