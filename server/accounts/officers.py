"""Making, changing and disabling officers' accounts.

Whatever takes something away from an officer ends their sessions in the same transaction.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.accounts import sessions
from server.accounts.errors import FieldRefusedError
from server.accounts.passwords import hashed
from server.errors import RefusedError
from server.models.base import now
from server.models.officers import Officer, Role
from server.queries.officers import officer_with_uid
from server.store import Store
from server.store.locking import alone
from server.trail.recording import note

USERNAME: Final = re.compile(r"\w[\w.@+-]{0,59}")
NAME_LENGTH_MAX: Final = 120

OWN: Final = "This is your own account. Do this on the page “Your account”, where your password is asked for."
LAST: Final = "This is the last administrator who can sign in. Make somebody else an administrator first."


def add(store: Store, username: str, name: str, role: Role, password: str, *, by: str | None) -> Officer:
    """Add an officer; `FieldRefusedError` for a name that is taken or cannot be, or a password that is too easy."""
    username, name = username.strip().casefold(), _checked_name(name)
    if not USERNAME.fullmatch(username):
        words = "A name to sign in with has up to 60 letters, digits, dots and hyphens, and no spaces."
        raise FieldRefusedError("username", words)
    kept = hashed(password, username=username)
    with store.writing() as session:
        alone(session, Officer.__tablename__)
        if session.scalar(select(Officer.id).where(Officer.username == username)) is not None:
            raise FieldRefusedError("username", f"There is already an officer who signs in as {username}.")
        officer = Officer(username=username, name=name, role=role, password_hash=kept)
        session.add(officer)
        session.flush()
        note(store, session, "officer added", f"officer {officer.uid}", by=by, detail={"role": role})
        return officer


def change(store: Store, uid: str, *, name: str, role: Role, by: str | None) -> None:
    """Give an officer another name or role; `RefusedError` for the last administrator's role."""
    name = _checked_name(name)
    with _changing(store, uid) as (session, officer):
        changed = [field for field, value in (("name", name), ("role", role)) if getattr(officer, field) != value]
        if "role" in changed:
            _leaves_an_administrator(session, officer)
            sessions.end_all(session, officer)
        officer.name, officer.role = name, role
        if changed:
            detail = {"changed": ", ".join(changed), "role": str(role)}
            note(store, session, "officer changed", f"officer {uid}", by=by, detail=detail)


def give_password(store: Store, uid: str, password: str, *, by: str | None) -> None:
    """Give an officer a new password; `RefusedError` for one's own, `FieldRefusedError` for one too easy."""
    _is_anothers(uid, by)
    with store.reading() as session:
        username = officer_with_uid(session, uid).username
    kept = hashed(password, username=username)
    with _changing(store, uid) as (session, officer):
        officer.password_hash = kept
        sessions.end_all(session, officer)
        note(store, session, "password given", f"officer {uid}", by=by)


def forget_second_factor(store: Store, uid: str, *, by: str | None) -> None:
    """Let an officer whose telephone is lost sign in without it; `RefusedError` for one's own."""
    _is_anothers(uid, by)
    with _changing(store, uid) as (session, officer):
        if officer.totp_secret is None:
            return
        officer.totp_secret = officer.totp_pending = None
        sessions.end_all(session, officer)
        note(store, session, "second factor forgotten", f"officer {uid}", by=by)


def disable(store: Store, uid: str, *, by: str | None) -> None:
    """Shut an officer out, at once; `RefusedError` for the last administrator."""
    with _changing(store, uid) as (session, officer):
        if officer.disabled_at is not None:
            return
        _leaves_an_administrator(session, officer)
        officer.disabled_at = now()
        sessions.end_all(session, officer)
        note(store, session, "officer disabled", f"officer {uid}", by=by)


def enable(store: Store, uid: str, *, by: str | None) -> None:
    """Let an officer in again, with the password and the second factor they had."""
    with _changing(store, uid) as (session, officer):
        if officer.disabled_at is None:
            return
        officer.disabled_at = None
        note(store, session, "officer enabled", f"officer {uid}", by=by)


@contextmanager
def _changing(store: Store, uid: str) -> Iterator[tuple[Session, Officer]]:
    """Hold an officer to be changed; one change after the other, or two administrators could demote each other."""
    with store.writing() as session:
        alone(session, Officer.__tablename__)
        yield session, officer_with_uid(session, uid)


def _checked_name(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= NAME_LENGTH_MAX or not name.isprintable():
        raise FieldRefusedError("name", f"A name has 1 to {NAME_LENGTH_MAX} characters.")
    return name


def _is_anothers(uid: str, by: str | None) -> None:
    if uid == by:
        raise RefusedError(OWN)


def _leaves_an_administrator(session: Session, officer: Officer) -> None:
    if officer.role != Role.ADMINISTRATOR or officer.disabled_at is not None:
        return
    others = select(func.count()).where(
        Officer.role == Role.ADMINISTRATOR, Officer.disabled_at.is_(None), Officer.id != officer.id
    )
    if not session.scalar(others):
        raise RefusedError(LAST)
