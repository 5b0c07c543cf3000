"""Recording what is done, as services do it: in the session of the doing, in the name of whoever does it."""

from sqlalchemy.orm import Session

from server.store import Store
from server.store.keys import KeyName
from server.trail.chain import Detail, begin, record


def begin_log(store: Store) -> None:
    """Begin the audit log of a new store; leave one that has begun as it is."""
    with store.writing() as session:
        begin(session, store.keys.get(KeyName.AUDIT))


def note(
    store: Store, session: Session, action: str, subject: str, *, by: str | None = None, detail: Detail | None = None
) -> None:
    """Add an event to the audit log; `by` is the officer's uid, None for the command line and Sayso itself."""
    record(session, store.keys.get(KeyName.AUDIT), action, subject, officer_uid=by, detail=detail)
