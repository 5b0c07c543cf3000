"""Recording what is done, as services do it: in the session of the doing, in the name of whoever does it."""

from sqlalchemy.orm import Session

from server.store import Store
from server.store.keys import KeyName
from server.trail.chain import Detail, record


def note(
    store: Store, session: Session, action: str, subject: str, *, by: str | None = None, detail: Detail | None = None
) -> None:
    """Add an event to the audit log; `by` is the officer's uid, None for the command line and Sayso itself."""
    record(session, store.keys.get(KeyName.AUDIT), action, subject, officer_uid=by, detail=detail)
