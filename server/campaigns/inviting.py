"""Which households a campaign asks: all of some, or a random few of them, and which it leaves out for a reason."""

from random import SystemRandom

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from server.campaigns.inputs import Invite
from server.errors import NotFoundError, RefusedError
from server.models.campaigns import Campaign, CampaignState, Invitation, Sampling
from server.models.copies import Copy
from server.models.households import Household
from server.queries.campaigns import Narrowed, uninvited_ids
from server.store import Store
from server.store.locking import alone
from server.trail.chain import Detail
from server.trail.recording import note

RANDOM = SystemRandom()
"""Chance from the operating system: nobody can have known or repeat who was drawn."""


def invite(store: Store, campaign_id: int, wanted: Invite, *, by: str) -> int:
    """Invite households that are not invited or left out yet; give how many.

    Raises `RefusedError` when a sample is to be larger than what it is drawn from, or the campaign is closed.
    """
    with store.writing() as session:
        campaign = _held(session, campaign_id)
        ids = uninvited_ids(session, campaign_id, Narrowed.of(wanted.tenures, wanted.areas, wanted.schemes))
        if wanted.how is Sampling.SAMPLE:
            ids = _drawn(ids, wanted.number or 0)
        if ids:
            session.execute(insert(Invitation), [{"campaign_id": campaign_id, "household_id": one} for one in ids])
        detail: Detail = {"households": len(ids), "how": wanted.how.value}
        note(store, session, "households invited", f"campaign {campaign.uid}", by=by, detail=detail)
        return len(ids)


def _drawn(ids: list[int], number: int) -> list[int]:
    if number > len(ids):
        raise RefusedError(f"There are only {len(ids):,} households to draw from. Ask for fewer, or narrow less.")
    return sorted(RANDOM.sample(ids, number))


def leave_out(store: Store, campaign_id: int, code: str, reason: str, *, by: str) -> None:
    """Leave a household out, invited or not; `NotFoundError` when none has that code."""
    with store.writing() as session:
        campaign = _held(session, campaign_id)
        household_id = session.scalar(select(Household.id).where(Household.code == code))
        if household_id is None:
            raise NotFoundError("No household has this code. Check it against the list of households.")
        invitation = session.get(Invitation, (campaign_id, household_id))
        if invitation is None:
            invitation = Invitation(campaign_id=campaign_id, household_id=household_id)
            session.add(invitation)
        invitation.left_out_because = reason
        note(store, session, "household left out", f"campaign {campaign.uid}", by=by, detail={"households": 1})


def take_back_in(store: Store, campaign_id: int, household_id: int, *, by: str) -> None:
    """Invite a household that was left out; `NotFoundError` when it was not."""
    with store.writing() as session:
        campaign = _held(session, campaign_id)
        invitation = session.get(Invitation, (campaign_id, household_id))
        if invitation is None or invitation.left_out_because is None:
            raise NotFoundError("This household is not left out.")
        invitation.left_out_because = None
        note(store, session, "household taken back in", f"campaign {campaign.uid}", by=by, detail={"households": 1})


def withdraw(store: Store, campaign_id: int, *, by: str) -> int:
    """Take all invitations back, to choose anew; give how many. `RefusedError` once it is open or copies are out."""
    with store.writing() as session:
        campaign = _held(session, campaign_id)
        copies = session.scalar(select(func.count()).where(Copy.campaign_id == campaign_id))
        if campaign.state != CampaignState.DRAFT or copies:
            raise RefusedError("Invitations stay once a campaign is open or has copies printed. Leave single ones out.")
        invited = (Invitation.campaign_id == campaign_id) & Invitation.left_out_because.is_(None)
        count = session.scalar(select(func.count()).where(invited)) or 0
        session.execute(delete(Invitation).where(invited))
        note(store, session, "invitations taken back", f"campaign {campaign.uid}", by=by, detail={"households": count})
        return count


def _held(session: Session, campaign_id: int) -> Campaign:
    """Give a campaign whose invitations nobody else changes until this transaction ends."""
    alone(session, f"invitations {campaign_id}")
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise NotFoundError("There is no such campaign.")
    if campaign.state == CampaignState.CLOSED:
        raise RefusedError("This campaign is closed: nobody more can be invited or left out.")
    return campaign
