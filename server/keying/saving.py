"""A paper as it was keyed in → its response: saved as any other, and the copy that it was, settled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.answers import Answers
from forms.definition import Form
from server.aside.copies import copy_to_settle
from server.aside.pages import page_to_settle
from server.aside.reasons import Settled
from server.errors import NotFoundError, RefusedError
from server.keying.doubts import settle_doubts, unsure_of
from server.models.base import now
from server.models.campaigns import Campaign, Channel
from server.models.copies import Copy
from server.models.form_versions import PrintedForm
from server.models.intake import Batch, CameBy, Page, PageState, Return, ReturnState
from server.models.officers import Officer
from server.models.responses import Response, ResponseState
from server.responses.apart import save_apart
from server.responses.incoming import Incoming, Origin
from server.responses.rows import prepared
from server.responses.saving import save_in
from server.returns.completing import settle
from server.returns.problems import Problem
from server.store import Store
from server.store.locking import alone
from server.trail.recording import note
from server.web.words import day

METHOD: Final = "keyed in"
ON_PAPER: Final = (Channel.PAPER, Channel.TYPED_PDF)


class AlreadyHereError(RefusedError):
    """The copy is here already; `uid` is its return's, where it has one."""

    def __init__(self, uid: str | None) -> None:
        super().__init__("This copy is here already, and must not count twice. Look at the one that came before.")
        self.uid = uid


@dataclass(frozen=True, slots=True)
class Keyed:
    """One paper as it was keyed in."""

    campaign_id: int
    form: Form
    answers: Answers
    received_on: date
    copy_code: str | None = None
    helped_by: str = ""
    unsure: Collection[str] = ()
    """Questions that the officer could not be sure of: they are left blank."""
    page_id: int | None = None
    """A page that was set aside, from whose picture it was keyed in."""


def save_new(store: Store, keyed: Keyed, printed_form_id: int | None, *, by: Officer) -> str:
    """Save a paper that is no returned copy yet; give the receipt's number, "" where only an equality page was.

    Raises `AlreadyHereError` for a copy that came before, `NotFoundError` or `RefusedError` for one of none, or of
    another campaign's.
    """
    with store.writing() as session:
        copy = _new_copy(session, keyed)
        printed = session.get(PrintedForm, printed_form_id) if printed_form_id is not None else None
        if printed is None:
            return _save_alone(store, session, keyed, by)
        page = page_to_settle(session, keyed.page_id) if keyed.page_id is not None else None
        batch_id = page.file.batch_id if page is not None else _batch(session, keyed, by).id
        one = Return(
            uid=str(uuid4()),
            batch_id=batch_id,
            printed_form_id=printed.id,
            campaign_id=keyed.campaign_id,
            copy_id=copy.id if copy is not None else None,
        )
        session.add(one)
        session.flush()
        return _settle(store, session, one, printed, keyed, page, by)


def save_copy(store: Store, uid: str, keyed: Keyed, *, by: Officer) -> str:
    """Save a returned copy as it was keyed in, whatever was read of it; give the receipt's number, or ""."""
    with store.writing() as session:
        one = copy_to_settle(session, uid, ReturnState.READING)
        page = page_to_settle(session, keyed.page_id) if keyed.page_id is not None else None
        if one.problem == Problem.FOREIGN_PAGE:
            one.copy_id = None
        one.campaign_id = keyed.campaign_id
        printed = session.get_one(PrintedForm, one.printed_form_id)
        return _settle(store, session, one, printed, keyed, page, by)


def _new_copy(session: Session, keyed: Keyed) -> Copy | None:
    """Give the copy of that code; none where the paper bears none."""
    if keyed.copy_code is None:
        return None
    alone(session, f"returns of {keyed.copy_code}")
    copy = session.scalar(select(Copy).where(Copy.code == keyed.copy_code))
    if copy is None:
        raise NotFoundError(f"No copy with the code {keyed.copy_code} was issued. Look at it again.")
    before = (Return.copy_id == copy.id, Return.state != ReturnState.REJECTED)
    uid = session.scalar(select(Return.uid).where(*before).order_by(Return.id).limit(1))
    saved = (Response.copy_id == copy.id, Response.state == ResponseState.COMPLETE, Response.channel.in_(ON_PAPER))
    if uid is not None or session.scalar(select(Response.id).where(*saved).limit(1)) is not None:
        raise AlreadyHereError(uid)
    return copy


def _batch(session: Session, keyed: Keyed, by: Officer) -> Batch:
    """Give the batch of what is keyed in without a scan for a campaign and a day: one for all of it."""
    alone(session, f"keyed in {keyed.campaign_id} {keyed.received_on}")
    same = (
        Batch.came_by == CameBy.KEYED,
        Batch.campaign_id == keyed.campaign_id,
        Batch.received_on == keyed.received_on,
    )
    batch = session.scalar(select(Batch).where(*same).limit(1))
    if batch is None:
        batch = Batch(
            campaign_id=keyed.campaign_id,
            channel=Channel.PAPER,
            name=f"Keyed in, received {day(keyed.received_on)}",
            came_by=CameBy.KEYED,
            received_on=keyed.received_on,
            officer_id=by.id,
        )
        session.add(batch)
        session.flush()
    return batch


def _incoming(uid: str, keyed: Keyed, form_version_id: int, printed: PrintedForm | None) -> Incoming:
    origin = Origin(
        campaign_id=keyed.campaign_id,
        form_version_id=form_version_id,
        channel=Channel.PAPER,
        received_on=keyed.received_on,
        language=printed.language if printed is not None else keyed.form.language,
        format=printed.edition if printed is not None else "",
        copy_code=keyed.copy_code,
        method=METHOD,
        helped_by=keyed.helped_by,
    )
    return Incoming(uid, origin, keyed.form, keyed.answers)


def _settle(
    store: Store, session: Session, one: Return, printed: PrintedForm, keyed: Keyed, page: Page | None, by: Officer
) -> str:
    """Save the response, decide every doubt by it, and settle the copy and its pages."""
    incoming = _incoming(one.uid, keyed, printed.form_version_id, printed)
    receipt = ""
    if one.is_equality:
        survey_round = session.get_one(Campaign, keyed.campaign_id).survey_round
        save_apart(session, survey_round, prepared(incoming).apart)
    else:
        saved = save_in(session, incoming)
        one.response_id, receipt = saved.response_id, saved.number
    if page is not None:
        page.return_id, page.state, page.asked_again_at = one.id, PageState.READ, None
    settle_doubts(session, one, keyed.answers, keyed.unsure, by)
    if one.response_id is not None:
        unsure_of(session, one.response_id, keyed.unsure, by)
    one.problem, one.decided_by, one.decided_because = None, by.id, str(Settled.KEYED)
    settle(session, one, ReturnState.COMPLETE)
    detail = {"pages": len(one.pages), "not sure": len(keyed.unsure)}
    note(store, session, "paper keyed in", f"return {one.uid}", by=by.uid, detail=detail)
    return receipt


def _save_alone(store: Store, session: Session, keyed: Keyed, by: Officer) -> str:
    """Save a paper whose printing is not known here: there is no returned copy of it, only its response."""
    version_id = session.get_one(Campaign, keyed.campaign_id).form_version_id
    incoming = _incoming(str(uuid4()), keyed, version_id, None)
    saved = save_in(session, incoming)
    unsure_of(session, saved.response_id, keyed.unsure, by)
    if keyed.page_id is not None:
        page = page_to_settle(session, keyed.page_id)
        page.state, page.settled_at, page.response_id = PageState.SETTLED, now(), saved.response_id
    detail = {"pages": int(keyed.page_id is not None), "not sure": len(keyed.unsure)}
    note(store, session, "paper keyed in", f"response {incoming.uid}", by=by.uid, detail=detail)
    return saved.number
