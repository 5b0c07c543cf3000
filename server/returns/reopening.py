"""A complete copy → one that is being read again: its response is taken out until its doubts are settled anew."""

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from server.alerting.noticing import take_back
from server.errors import RefusedError
from server.models.intake import Page, PageState, Return, ReturnState
from server.models.officers import Officer
from server.models.responses import Response, ResponseState
from server.models.review import Correction
from server.store import Store
from server.trail.recording import note


def reopen(store: Store, session: Session, one: Return, officer: Officer) -> None:
    """Take a copy's response out, and open its pages; raises `RefusedError` where that cannot be."""
    if one.is_equality:
        raise RefusedError("This equality page is complete: its answers are kept apart, and nobody can find them.")
    response = session.get(Response, one.response_id) if one.response_id is not None else None
    if response is None or response.is_erased or response.state != ResponseState.COMPLETE:
        raise RefusedError("The response of this copy was erased or withdrawn meanwhile: it stays as it is.")
    take_back(session, response.id, one)
    one.state, one.settled_at, one.response_id = ReturnState.READING, None, None
    session.flush()
    pages, corrections = Page.response_id == response.id, Correction.response_id == response.id
    opened = (Page.return_id == one.id, Page.state == PageState.SETTLED)
    session.execute(update(Page).where(*opened).values(state=PageState.READ, settled_at=None))
    session.execute(update(Page).where(pages).values(response_id=None))
    session.execute(update(Correction).where(corrections).values(response_id=None))
    session.execute(delete(Response).where(Response.id == response.id))  # all that hangs on it goes too
    note(store, session, "returned copy opened again", f"return {one.uid}", by=officer.uid)
