"""What came twice: which of the two stands. The other is kept, and does not count."""

from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.aside.copies import alone_with_copy, copy_to_settle, set_down, take_up
from server.aside.reasons import Settled
from server.errors import NotFoundError, RefusedError
from server.models.intake import Arrival, Page, PageState, Reading, Return, ReturnState
from server.models.officers import Officer
from server.models.responses import Response, ResponseState
from server.models.review import Doubt
from server.queries.aside import stands_before
from server.returns.judging import judge
from server.store import Store
from server.trail.recording import note


class Which(StrEnum):
    """Which of two stands."""

    FIRST = "first"
    SECOND = "second"


def choose_copy(store: Store, uid: str, which: Which, *, by: Officer) -> Return:
    """Settle which of two returns of one copy stands; `uid` is the second's. Gives the one that stands.

    The other is rejected, its response withdrawn. Nothing is counted twice: the second is judged only once the first
    no longer counts. Pages that the second lacks are taken over from the first: they are of the same copy.
    """
    with store.writing() as session:
        alone_with_copy(session, uid)
        second = copy_to_settle(session, uid, ReturnState.REPEATED)
        first = stands_before(session, second)
        detail: dict[str, str | int | bool | None] = {"other": first.uid if first else None, "stands": str(which)}
        note(store, session, "choice between two of one copy", f"return {second.uid}", by=by.uid, detail=detail)
        if which is Which.FIRST:
            if first is None:
                raise RefusedError("The first one does not count any more. Choose the second, or reject it.")
            set_down(session, second, Settled.OTHER_STANDS, by)
            return first
        if first is not None:
            _withdraw(session, first)
            _take_over(session, first, second)
            set_down(session, first, Settled.OTHER_STANDS, by)
        take_up(session, second)
        second.decided_by, second.decided_because = by.id, str(Settled.CHOSEN)
        judge(store, session, second)
        return second


def _withdraw(session: Session, first: Return) -> None:
    response = session.get(Response, first.response_id) if first.response_id is not None else None
    if response is not None:
        response.state = ResponseState.WITHDRAWN
    elif first.state == ReturnState.COMPLETE:
        raise RefusedError("The first one's answers are kept apart, and nobody can find them. It stands.")


def _take_over(session: Session, first: Return, second: Return) -> None:
    """Move the pages that the second lacks from the first to it, with what is doubted and decided on them."""
    have = {page.form_page for page in second.pages}
    moved = [page.id for page in first.pages if page.form_page not in have]
    values = {"return_id": second.id, "state": PageState.SETTLED, "response_id": None}
    session.execute(update(Page).where(Page.id.in_(moved)).values(values))
    on_them = Doubt.reading_id.in_(select(Reading.id).where(Reading.page_id.in_(moved)))
    session.execute(update(Doubt).where(on_them).values(return_id=second.id))
    session.flush()
    session.expire(first, ["pages"])
    session.expire(second, ["pages"])


def choose_response(store: Store, response_id: int, which: Which, *, by: Officer) -> None:
    """Settle which of two responses that came under one id stands; `response_id` is the second's."""
    with store.writing() as session:
        second = session.get(Response, response_id, with_for_update=True)
        if second is None:
            raise NotFoundError("There is no such response any more. It may have been removed.")
        if second.state != ResponseState.CLASH:
            raise RefusedError("Somebody has seen to this clash meanwhile. Go back to the list.")
        if which is Which.FIRST:
            second.state = ResponseState.WITHDRAWN
        else:
            same = select(Response).where(Response.uid == second.uid, Response.state == ResponseState.COMPLETE)
            for first in session.scalars(same.with_for_update()):
                first.state = ResponseState.WITHDRAWN
            second.state = ResponseState.COMPLETE
        detail: dict[str, str | int | bool | None] = {"response": second.id, "stands": str(which)}
        note(store, session, "clash of responses settled", f"response {second.uid}", by=by.uid, detail=detail)


def see(store: Store, arrival_id: int, *, by: Officer) -> None:
    """Take note that the same file came again."""
    with store.writing() as session:
        arrival = session.get(Arrival, arrival_id, with_for_update=True)
        if arrival is None or not arrival.is_repeat:
            raise NotFoundError("There is no such file any more. It may have been removed.")
        if arrival.seen_by is None:
            arrival.seen_by = by.id
            note(store, session, "repeated file seen", f"arrival {arrival.id}", by=by.uid)
