"""What an officer decides on a returned copy that cannot count as it came."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from server.aside.reasons import Rejection, Settled
from server.errors import NotFoundError, RefusedError
from server.models.base import now
from server.models.campaigns import Campaign
from server.models.copies import Copy
from server.models.form_versions import PrintedForm
from server.models.intake import Page, PageState, Return, ReturnState
from server.models.officers import Officer
from server.models.review import Doubt, DoubtState
from server.queries.aside import stands_before
from server.returns.completing import settle
from server.returns.judging import judge
from server.returns.problems import Problem
from server.store import Store
from server.store.locking import alone
from server.trail.recording import note

IN_THE_WAY = (ReturnState.READING, ReturnState.REPEATED)


def alone_with_copy(session: Session, uid: str) -> None:
    """Hold off whoever else works on the returns of the same copy: no two of them may stand."""
    code = session.scalar(select(Copy.code).join(Return, Return.copy_id == Copy.id).where(Return.uid == uid))
    alone(session, f"returns of {code or uid}")


def copy_to_settle(session: Session, uid: str, *states: ReturnState) -> Return:
    """Give a returned copy as it is now, held; `RefusedError` where it is in none of these states any more."""
    one = session.scalar(select(Return).where(Return.uid == uid).with_for_update())
    if one is None:
        raise NotFoundError("There is no such copy any more. It may have been removed.")
    if one.state not in states:
        raise RefusedError("Somebody has seen to this copy meanwhile. Go back to the list.")
    return one


def give_up_pages(store: Store, uid: str, *, by: Officer) -> bool:
    """Count a copy as it is, without the pages that did not come; tell whether its response is saved now."""
    with store.writing() as session:
        one = copy_to_settle(session, uid, ReturnState.READING)
        one.pages_given_up = True
        detail = {"pages": len(one.pages_missing)}
        note(store, session, "missing pages given up", f"return {one.uid}", by=by.uid, detail=detail)
        judge(store, session, one)
        return one.state == ReturnState.COMPLETE


def say_campaign(store: Store, uid: str, campaign_id: int, *, by: Officer) -> bool:
    """Say which campaign a copy answers; tell whether its response is saved now.

    Where its code is another printing's, or none of ours, it counts without the code. Raises `RefusedError` for a
    campaign that asks another form.
    """
    with store.writing() as session:
        one = copy_to_settle(session, uid, ReturnState.READING)
        campaign = session.get(Campaign, campaign_id)
        form_version_id = session.get_one(PrintedForm, one.printed_form_id).form_version_id
        if campaign is None or campaign.form_version_id != form_version_id:
            raise RefusedError("That campaign asks another form than the one on this paper. Choose another.")
        if one.problem == Problem.FOREIGN_PAGE:
            one.copy_id = None
        one.campaign_id = campaign.id
        detail = {"campaign": campaign.uid}
        note(store, session, "campaign of a copy said", f"return {one.uid}", by=by.uid, detail=detail)
        judge(store, session, one)
        return one.state == ReturnState.COMPLETE


def ask_again(store: Store, uid: str, *, by: Officer) -> None:
    """Put the pages of a copy that did not come onto the list of what is to be scanned again."""
    with store.writing() as session:
        one = copy_to_settle(session, uid, ReturnState.READING)
        one.asked_again_at = now()
        note(store, session, "rescan asked for", f"return {one.uid}", by=by.uid)


def reject(store: Store, uid: str, why: Rejection, *, by: Officer) -> None:
    """Decide that a copy does not count; it is kept, and shown as rejected."""
    with store.writing() as session:
        one = copy_to_settle(session, uid, *IN_THE_WAY)
        set_down(session, one, why, by)
        note(store, session, "copy rejected", f"return {one.uid}", by=by.uid, detail={"because": str(why)})


def set_down(session: Session, one: Return, why: Rejection | Settled, by: Officer) -> None:
    """Let a copy no longer count: nothing of it is asked of anybody any more."""
    one.decided_by, one.decided_because, one.problem = by.id, str(why), None
    session.execute(delete(Doubt).where(Doubt.return_id == one.id, Doubt.state == DoubtState.OPEN))
    settle(session, one, ReturnState.REJECTED)


def put_back(store: Store, uid: str, *, by: Officer) -> None:
    """Take the rejection of a copy back: it is judged as if it had just come, beside another that stands by now."""
    with store.writing() as session:
        alone_with_copy(session, uid)
        one = copy_to_settle(session, uid, ReturnState.REJECTED)
        if one.decided_because not in list(Rejection):
            raise RefusedError("It was not rejected by itself: another stands in its place.")
        take_up(session, one)
        one.decided_by, one.decided_because = None, None
        if (standing := stands_before(session, one)) is not None:
            one.state, one.repeats_id = ReturnState.REPEATED, standing.id
        note(store, session, "copy put back", f"return {one.uid}", by=by.uid)
        judge(store, session, one)


def take_up(session: Session, one: Return) -> None:
    """Let a copy be read as one that came by itself, its pages too."""
    one.state, one.settled_at = ReturnState.READING, None
    session.flush()
    mine = (Page.return_id == one.id, Page.state == PageState.SETTLED)
    session.execute(update(Page).where(*mine).values(state=PageState.READ, settled_at=None, response_id=None))
    session.flush()
