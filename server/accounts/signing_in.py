"""Signing in: name, password and, where it is set up, a code from the officer's telephone."""

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from server.accounts import sessions, throttling
from server.accounts.passwords import is_right
from server.accounts.totp import takes_code
from server.models.officers import Officer
from server.store import Store
from server.store.keys import KeyName
from server.store.locking import alone
from server.trail.recording import note

NOBODY = "an unknown name"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try to sign in ended: an officer with a token, or how long to wait, or whether a code is wanted."""

    officer: Officer | None = None
    token: str = ""
    wait_seconds: int = 0
    wants_code: bool = False


def sign_in(store: Store, username: str, password: str, code: str, address: str) -> Outcome:
    """Try to sign in. What is wrong is never said more closely than that something is."""
    username = username.casefold()
    counted = throttling.counters(store.keys.get(KeyName.SESSIONS), {"name": username, "address": address})
    with store.reading() as session:
        wait = throttling.seconds_to_wait(session, counted)
        kept = session.scalar(select(Officer.password_hash).where(Officer.username == username, _is_enabled()))
    if wait:
        return Outcome(wait_seconds=wait)
    right = is_right(kept, password)  # outside of any transaction: it takes its time
    with store.writing() as session:
        alone(session, throttling.LOCK)
        if wait := throttling.seconds_to_wait(session, counted):  # others were tried meanwhile
            return Outcome(wait_seconds=wait)
        officer = session.scalar(select(Officer).where(Officer.username == username, _is_enabled()).with_for_update())
        if officer is None or not right or officer.password_hash != kept:
            return _refused(store, session, officer, counted)
        if officer.totp_secret and not code:
            return Outcome(wants_code=True)
        if officer.totp_secret and not takes_code(officer, code):
            return replace(_refused(store, session, officer, counted), wants_code=True)
        return _begun(store, session, officer, counted)


def _begun(store: Store, session: Session, officer: Officer, counted: tuple[throttling.Counter, ...]) -> Outcome:
    throttling.succeeded(session, counted)
    token = sessions.begin(session, officer)
    note(store, session, "signed in", f"officer {officer.uid}", by=officer.uid)
    return Outcome(officer, token)


def _refused(
    store: Store, session: Session, officer: Officer | None, counted: tuple[throttling.Counter, ...]
) -> Outcome:
    """Count and note a failure, for a name that nobody has as well: both take as long."""
    throttling.failed(session, counted)
    note(store, session, "sign-in refused", f"officer {officer.uid}" if officer else NOBODY)
    return Outcome()


def _is_enabled() -> ColumnElement[bool]:
    return Officer.disabled_at.is_(None)
