"""An answer that the machine was sure of and that turned out wrong → corrected, as if it had been doubted."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.errors import NotFoundError, RefusedError
from server.models.intake import Page, Reading, Return, ReturnState
from server.models.officers import Officer
from server.models.review import CHECKED, Doubt
from server.returns.completing import lock
from server.returns.deciding import Said, decide, overrule, standing_decision
from server.returns.reopening import reopen
from server.store import Store


def correct(store: Store, session: Session, reading_id: int, said: Said, officer: Officer) -> None:
    """Have an answer count as an officer says, in its response too where its copy is complete.

    Raises `NotFoundError` where the reading is gone, `RefusedError` where nothing can be changed any more.
    """
    reading = session.get(Reading, reading_id)
    return_id = session.scalar(select(Page.return_id).where(Page.id == reading.page_id)) if reading else None
    if reading is None or return_id is None:
        raise NotFoundError("This answer is not there any more: its paper was removed.")
    one = session.get_one(Return, return_id)
    lock(session, one)
    if one.state not in (ReturnState.COMPLETE, ReturnState.READING):
        raise RefusedError("This copy does not count, so nothing is to be corrected in it.")
    doubt = session.scalar(select(Doubt).where(Doubt.reading_id == reading_id))
    standing = standing_decision(session, doubt.id) if doubt is not None else None
    if standing is not None:
        overrule(store, session, standing.id, said, officer)
        return
    if one.state == ReturnState.COMPLETE:
        reopen(store, session, one, officer)
    if doubt is None:
        doubt = Doubt(
            reading_id=reading.id,
            return_id=one.id,
            batch_id=one.batch_id,
            question=reading.question,
            reason=CHECKED,
        )
        session.add(doubt)
        session.flush()
    decide(session, doubt.id, said, officer)
