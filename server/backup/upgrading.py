"""Bringing the database to this version, or back to an earlier one; a backup is made before anything is changed."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from server.backup import making
from server.errors import BackupError, NotFoundError, StoreError
from server.store import Store, migrating
from server.trail.recording import note


@dataclass(frozen=True, slots=True)
class Moved:
    """A database that was brought from one revision to another."""

    before: str | None
    after: str
    backup: Path | None
    """What was there before; none where there was no database."""


def move(store: Store, to: str | None = None) -> Moved:
    """Bring the database to a revision, this version's unless one is named; nothing is done where it is there."""
    before, after = migrating.revision(store.engine), to or migrating.newest()
    if not migrating.known(after):
        raise NotFoundError(f"there is no revision {after}. This version of Sayso works with {migrating.newest()}.")
    if before is not None and not migrating.known(before):
        raise StoreError(f"the database is of a newer Sayso (revision {before}). Update Sayso on this machine.")
    if before == after:
        return Moved(before, after, None)
    backup = None if before is None else making.make_before(store, f"migration-{before}")
    try:
        if migrating.is_before(before, after):
            migrating.upgrade(store.engine, after)
        else:
            migrating.downgrade(store.engine, after)
    except SQLAlchemyError as error:
        raise BackupError(
            f"the database could not be brought to {after} ({type(error).__name__}) and is as it was. "
            f"A backup is in {backup}."
        ) from error
    if after == migrating.newest():
        with store.writing() as session:
            note(store, session, "database migrated", "installation", detail={"from": before, "to": after})
    return Moved(before, after, backup)
