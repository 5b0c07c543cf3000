"""Making, changing and disabling officers' accounts."""

from sqlalchemy import select

from server.accounts.passwords import hashed
from server.errors import RefusedError
from server.models.officers import Officer, Role
from server.store import Store
from server.trail.recording import note


def add(store: Store, username: str, name: str, role: Role, password: str, *, by: str | None) -> Officer:
    """Add an officer; `RefusedError` for a name that is taken or a password that is too easy."""
    username = username.strip().casefold()
    kept = hashed(password, username=username)
    with store.writing() as session:
        if session.scalar(select(Officer.id).where(Officer.username == username)) is not None:
            raise RefusedError(f"There is already an officer who signs in as {username}.")
        officer = Officer(username=username, name=name.strip(), role=role, password_hash=kept)
        session.add(officer)
        session.flush()
        note(store, session, "officer added", f"officer {officer.uid}", by=by, detail={"role": role})
        return officer
