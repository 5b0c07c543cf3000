"""Imports of answers, and what one must know of its campaign: its paper, its homes, and what is there already."""

from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.campaigns import Campaign, CampaignState, Invitation
from server.models.collected import CollectedImport
from server.models.copies import Copy
from server.models.households import Household
from server.models.officers import Officer
from server.models.responses import Response

AT_ONCE: Final = 500
"""Values in one question to the database: SQLite takes some thousands."""


RECENT: Final = 30
"""Imports on the page where a file is chosen; they go after a month, and few contractors send more in one."""


def import_of(session: Session, key: str, *, hold: bool = False) -> CollectedImport:
    """Give the import of that key, held until the transaction ends where it will be settled; `NotFoundError`."""
    asked = select(CollectedImport).where(CollectedImport.uid == key)
    found = session.scalar(asked.with_for_update() if hold else asked)
    if found is None:
        raise NotFoundError("There is no such import. It may have been removed.")
    return found


def recent_imports(session: Session) -> tuple[tuple[CollectedImport, str, str | None], ...]:
    """Give the latest imports, those that wait among them, the latest first; each with its campaign and its sender."""
    asked = (
        select(CollectedImport, Campaign.name, Officer.name)
        .join(Campaign, Campaign.id == CollectedImport.campaign_id)
        .outerjoin(Officer, Officer.id == CollectedImport.uploaded_by)
    )
    rows = session.execute(asked.order_by(CollectedImport.id.desc()).limit(RECENT))
    return tuple((one, campaign, officer) for one, campaign, officer in rows)


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
