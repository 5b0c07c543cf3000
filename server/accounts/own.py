"""An officer's own account: the password and the second factor.

Each change asks for the password again, slowed down as signing in is: a screen left open is not enough to take an
account over. A new secret waits in a column of its own until a code of it is entered: in the signed cookie it would be
legible, and would outlive its use wherever cookies are kept.
"""

from server.accounts import sessions, throttling
from server.accounts.errors import FieldRefusedError
from server.accounts.passwords import hashed, is_right
from server.accounts.totp import new_secret, step_of
from server.models.officers import Officer
from server.queries.officers import officer_with_uid
from server.store import Store
from server.store.keys import KeyName
from server.store.locking import alone
from server.trail.recording import note

ASKED = "old_password"
"""The field that one's password is asked for in."""


def change_password(store: Store, officer: Officer, token: str, old: str, new: str, address: str) -> None:
    """Change one's password and end all other sessions; `FieldRefusedError` for a wrong one or one too easy."""
    _confirm(store, officer, old, address)
    kept = hashed(new, username=officer.username)
    with store.writing() as session:
        own = officer_with_uid(session, officer.uid)
        own.password_hash = kept
        sessions.end_all(session, own, but=token)
        note(store, session, "own password changed", f"officer {own.uid}", by=own.uid)


def start_second_factor(store: Store, officer: Officer, password: str, address: str) -> None:
    """Make a secret for the officer's telephone, in force once a code of it is entered."""
    _confirm(store, officer, password, address)
    with store.writing() as session:
        officer_with_uid(session, officer.uid).totp_pending = new_secret()


def switch_on(store: Store, officer: Officer, token: str, code: str) -> None:
    """Ask for codes from now on, and end all other sessions; `FieldRefusedError` for a code that is not right."""
    with store.writing() as session:
        own = officer_with_uid(session, officer.uid)
        step = step_of(own.totp_pending, code) if own.totp_pending else None
        if step is None:
            raise FieldRefusedError("code", "This code is not right. Wait for the next one, and check the clock.")
        own.totp_secret, own.totp_pending, own.totp_last_step = own.totp_pending, None, step
        sessions.end_all(session, own, but=token)
        note(store, session, "second factor on", f"officer {own.uid}", by=own.uid)


def switch_off(store: Store, officer: Officer, password: str, address: str) -> None:
    """Ask for no codes any more; `FieldRefusedError` for a wrong password."""
    _confirm(store, officer, password, address)
    with store.writing() as session:
        own = officer_with_uid(session, officer.uid)
        if own.totp_secret is None:
            return
        own.totp_secret = own.totp_pending = None
        note(store, session, "second factor off", f"officer {own.uid}", by=own.uid)


def _confirm(store: Store, officer: Officer, password: str, address: str) -> None:
    """Check one's password again; `FieldRefusedError` when it is wrong, or wrong too often."""
    where = {"session": officer.uid, "address": address}  # not the name: strangers could then keep one waiting here
    counted = throttling.counters(store.keys.get(KeyName.SESSIONS), where)
    with store.reading() as session:
        wait = throttling.seconds_to_wait(session, counted)
    right = not wait and is_right(officer.password_hash, password)
    with store.writing() as session:
        alone(session, throttling.LOCK)
        wait = wait or throttling.seconds_to_wait(session, counted)
        if right and not wait:
            throttling.succeeded(session, counted)
        elif not wait:
            throttling.failed(session, counted)
    if wait:
        raise FieldRefusedError(ASKED, throttling.words(wait))
    if not right:
        raise FieldRefusedError(ASKED, "This is not your password.")
