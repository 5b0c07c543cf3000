"""What an import of answers must know of its campaign: the codes of its paper, its homes, and what is there already."""

from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models.campaigns import Campaign, CampaignState, Invitation
from server.models.copies import Copy
from server.models.households import Household
from server.models.responses import Response

AT_ONCE: Final = 500
"""Values in one question to the database: SQLite takes some thousands."""


def open_campaigns(session: Session) -> tuple[Campaign, ...]:
    """Give the campaigns that answers can be put into, the latest first."""
    asked = select(Campaign).where(Campaign.state == CampaignState.OPEN)
    return tuple(session.scalars(asked.order_by(Campaign.opens_on.desc(), Campaign.id.desc())))


def copies_of(session: Session, campaign_id: int) -> frozenset[str]:
    """Give the codes of all paper that was issued for a campaign."""
    return frozenset(session.scalars(select(Copy.code).where(Copy.campaign_id == campaign_id)))


def homes_of(session: Session, campaign_id: int, codes: Collection[str]) -> dict[str, tuple[int, bool]]:
    """Give the homes that have these codes: each one's number, and whether the campaign invited it."""
    invited = select(Invitation.household_id).where(
        Invitation.campaign_id == campaign_id, Invitation.left_out_because.is_(None)
    )
    found = dict[str, tuple[int, bool]]()
    for part in _parts(codes):
        rows = session.execute(
            select(Household.code, Household.id, Household.id.in_(invited)).where(Household.code.in_(part))
        )
        found.update({code: (number, is_invited) for code, number, is_invited in rows if code is not None})
    return found


def uids_known(session: Session, uids: Collection[str]) -> frozenset[str]:
    """Give those of these ids under which there is a response already."""
    found = set[str]()
    for part in _parts(uids):
        found.update(session.scalars(select(Response.uid).where(Response.uid.in_(part))))
    return frozenset(found)


def _parts(values: Collection[str]) -> Iterator[list[str]]:
    every = sorted(values)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
