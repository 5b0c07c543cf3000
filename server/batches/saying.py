"""What an officer says of a batch, once for all of it: the day it came, its name, and what its papers answer."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from scanning.readings import Refusal
from server.errors import NotFoundError, RefusedError
from server.models.campaigns import Campaign
from server.models.form_versions import PrintedForm
from server.models.intake import Batch, FileState, Page, PageState, ReceivedFile, Return, ReturnState
from server.models.officers import Officer
from server.models.responses import Response
from server.queries.theirs import has_unmarked
from server.returns.judging import judge
from server.returns.known import printings
from server.returns.problems import Problem
from server.store import Store
from server.trail.recording import note

AT_ONCE: Final = 10
"""Copies judged in one transaction: others wait while it lasts."""

WAIT_FOR_IT: Final = (Problem.NO_DATE, Problem.NO_CAMPAIGN)
"""What stands in a copy's way and is said of its whole batch."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a batch."""

    received_on: date
    name: str = ""
    campaign_id: int | None = None
    """What its papers without a code answer; None where their form tells."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: responses whose day was changed, and copies that count now."""

    moved: int
    completed: int
    read_again: int = 0
    """Pages without marks of ours that are read once more, as somebody said now whose they are."""


def say(store: Store, batch_id: int, said: Said, officer: Officer) -> Done:
    """Keep what is said of a batch, and save the responses that waited for nothing else.

    Raises `NotFoundError` where there is no such batch, `RefusedError` where there is no such campaign. Stopped halfway
    it is done again: what was said is kept first.
    """
    with store.writing() as session:
        moved, read_again = _kept(store, session, batch_id, said, officer)
    return Done(moved, _judged(store, batch_id), read_again)


def _kept(store: Store, session: Session, batch_id: int, said: Said, officer: Officer) -> tuple[int, int]:
    """Keep it; give how many saved responses got another day, and how many pages are read once more."""
    batch = session.get(Batch, batch_id, with_for_update=True)
    if batch is None:
        raise NotFoundError("There is no such batch. Choose it from the list.")
    campaign = session.get(Campaign, said.campaign_id) if said.campaign_id is not None else None
    if campaign is None and said.campaign_id is not None:
        raise RefusedError("There is no such campaign any more. Choose another.")
    before, moved, read_again = batch.received_on, 0, 0
    is_other = batch.campaign_id != said.campaign_id
    is_new = (before, batch.campaign_id) != (said.received_on, said.campaign_id)
    if before != said.received_on:
        moved = _moved(session, batch_id, said.received_on)
    batch.received_on, batch.name, batch.campaign_id = said.received_on, said.name, said.campaign_id
    if is_other:
        read_again = _to_read_again(session, batch)
    if is_new:
        detail = {
            "received_on": said.received_on.isoformat(),
            "before": before.isoformat() if before else None,
            "campaign": campaign.uid if campaign else None,
            "responses": moved,
            "pages read again": read_again,
        }
        note(store, session, "day of a batch said", f"batch {batch.uid}", by=officer.uid, detail=detail)
    return moved, read_again


def _to_read_again(session: Session, batch: Batch) -> int:
    """Have pages on which no mark was found read once more, where they may be the paper of the batch's campaign."""
    campaign = session.get(Campaign, batch.campaign_id) if batch.campaign_id is not None else None
    if campaign is None or not has_unmarked(session, campaign.form_version.content_sha256):
        return 0
    of_batch = select(ReceivedFile.id).where(
        ReceivedFile.batch_id == batch.id, ReceivedFile.state == FileState.READ, ReceivedFile.kept_sha256.is_not(None)
    )
    waiting = update(Page).where(
        Page.file_id.in_(of_batch), Page.state == PageState.SET_ASIDE, Page.refusal == Refusal.NOTHING_FOUND
    )
    changed = session.execute(waiting.values(state=PageState.WAITING, attempts=0))
    return changed.rowcount if isinstance(changed, CursorResult) else 0


def _moved(session: Session, batch_id: int, day: date) -> int:
    saved = select(Return.response_id).where(Return.batch_id == batch_id, Return.response_id.is_not(None))
    changed = session.execute(update(Response).where(Response.id.in_(saved)).values(received_on=day))
    return changed.rowcount if isinstance(changed, CursorResult) else 0


def _judged(store: Store, batch_id: int) -> int:
    """Judge copies that waited for what was said, a few in each transaction; give how many count now."""
    with store.reading() as session:
        waiting = list(
            session.scalars(
                select(Return.id)
                .where(Return.batch_id == batch_id, Return.state == ReturnState.READING)
                .where(Return.problem.in_(WAIT_FOR_IT))
                .order_by(Return.id)
            )
        )
        known = printings(session, store.files) if waiting else {}
    completed = 0
    for some in (waiting[at : at + AT_ONCE] for at in range(0, len(waiting), AT_ONCE)):
        with store.writing() as session:
            for one in session.scalars(select(Return).where(Return.id.in_(some)).order_by(Return.id)).all():
                _name_campaign(session, one)
                judge(store, session, one, known)
                completed += one.state == ReturnState.COMPLETE
    return completed


def _name_campaign(session: Session, one: Return) -> None:
    """Have a copy without a code answer its batch's campaign, if that one uses its form."""
    if one.campaign_id is not None or one.problem != Problem.NO_CAMPAIGN:
        return
    printed = session.get_one(PrintedForm, one.printed_form_id)
    one.campaign_id = session.scalar(
        select(Campaign.id)
        .join(Batch, Batch.campaign_id == Campaign.id)
        .where(Batch.id == one.batch_id, Campaign.form_version_id == printed.form_version_id)
    )
