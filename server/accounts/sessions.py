"""Sessions: a random token in a signed cookie, its hash in the database, so that a session can be ended here."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session, joinedload

from server.models.base import now
from server.models.officers import Officer, OfficerSession

LASTS = timedelta(hours=12)
"""From one morning's sign-in to the evening."""

IDLE = timedelta(hours=1)

STARTED: Final = (
    select(OfficerSession)
    .where(OfficerSession.token_sha256 == bindparam("token_sha256"), OfficerSession.started_at >= bindparam("since"))
    .options(joinedload(OfficerSession.officer))
)
"""Asked with every request. Built once: building the statement takes as long as running it."""


def begin(session: Session, officer: Officer) -> str:
    """Begin a session; give its token, which is kept nowhere here. A second factor set up halfway is forgotten."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(OfficerSession).where(OfficerSession.started_at < now() - LASTS))
    session.add(OfficerSession(token_sha256=_hashed(token), officer_id=officer.id, started_at=now()))
    officer.signed_in_at = now()
    officer.totp_pending = None
    return token


def officer_of(session: Session, token: str) -> Officer | None:
    """Give whose session a token is of; None when it has ended."""
    found = session.scalar(STARTED, {"token_sha256": _hashed(token), "since": now() - LASTS})
    return found.officer if found is not None and found.officer.disabled_at is None else None


def end(session: Session, token: str) -> None:
    """End one session."""
    session.execute(delete(OfficerSession).where(OfficerSession.token_sha256 == _hashed(token)))


def end_all(session: Session, officer: Officer, *, but: str | None = None) -> None:
    """End all sessions of an officer, but for one of them if its token is given."""
    kept = _hashed(but) if but is not None else ""
    session.execute(
        delete(OfficerSession).where(OfficerSession.officer_id == officer.id, OfficerSession.token_sha256 != kept)
    )


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
