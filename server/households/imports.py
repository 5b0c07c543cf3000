"""An import from its upload to its report: the file is kept while its columns are matched, and removed afterwards.

The file is always read before the transaction begins, for a database of one writer should not wait for it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.orm import Session

from server.errors import NotFoundError, RefusedError
from server.households.applying import Changes, apply_homes
from server.households.errors import MatchingError
from server.households.fields import Field
from server.households.homes import Gathered, gather
from server.households.matching import mistakes
from server.households.oddities import ODDITIES_MAX
from server.households.tables import Table, read_table
from server.models.base import now
from server.models.households import HouseholdImport
from server.models.officers import Officer
from server.store import Store
from server.store.locking import alone
from server.store.references import remove_unnamed
from server.trail.recording import note
from server.web.words import ZONE

APPLIED: Final = "this import is done already. Choose the file again if it should be imported anew."
NOBODY: Final = "no row of this file has a usable code, so nothing was changed. Match another column with the code."


COUNTS: Final = ("rows", "added", "changed", "unchanged", "gone", "refused")
"""What the audit log says of an import."""


def begin(store: Store, content: bytes, *, by: Officer | None) -> int:
    """Keep a file that households can be read from; give the import's number. Raises `TableError`."""
    read_table(content)
    with store.files.keeping():
        name = store.files.add(content)
        with store.writing() as session:
            begun = HouseholdImport(file_sha256=name, officer_id=by.id if by else None)
            session.add(begun)
            session.flush()
            note(store, session, "household import begun", f"household import {begun.id}", by=_uid(by))
            return begun.id


def table_of_import(store: Store, number: int) -> Table:
    """Give the table of an import that waits; `NotFoundError` or `RefusedError` when it does not."""
    with store.reading() as session:
        name = _waiting(session, number).file_sha256
    return read_table(store.files.read(name or ""))


def apply(store: Store, number: int, matching: Mapping[str, Field], *, table: Table, by: Officer | None) -> None:
    """Import the households of a waiting file's table, all of them or, if anything fails, none; then remove the file.

    Raises `MatchingError` for columns matched wrongly, `RefusedError` or `NotFoundError` where it no longer waits.
    """
    if set(matching) != set(table.headings) or mistakes(matching):
        raise MatchingError(" ".join(mistakes(matching).values()) or "the columns are those of another file.")
    gathered = gather(table, matching, datetime.now(ZONE).date())
    if not gathered.homes:
        raise MatchingError(NOBODY)
    with store.writing() as session:
        alone(session, "households")
        found = _waiting(session, number, hold=True)
        file, found.file_sha256 = found.file_sha256, None
        _report(found, matching, gathered, apply_homes(session, gathered.homes))
        detail = {name: getattr(found, name) for name in COUNTS}
        note(store, session, "households imported", f"household import {number}", by=_uid(by), detail=detail)
    _remove_file(store, file)


def give_up(store: Store, number: int, *, by: Officer | None) -> None:
    """Forget an import that waits, and remove its file."""
    with store.writing() as session:
        found = _waiting(session, number, hold=True)
        file = found.file_sha256
        session.delete(found)
        note(store, session, "household import given up", f"household import {number}", by=_uid(by))
    _remove_file(store, file)


def _waiting(session: Session, number: int, *, hold: bool = False) -> HouseholdImport:
    """Give an import that waits; held until the transaction ends where it will be settled."""
    found = session.get(HouseholdImport, number, with_for_update=hold)
    if found is None:
        raise NotFoundError("there is no such import. It may have been given up.")
    if found.applied_at is not None or found.file_sha256 is None:
        raise RefusedError(APPLIED)
    return found


def _remove_file(store: Store, name: str | None) -> None:
    """Remove a settled file, unless another row names it too."""
    if name:
        remove_unnamed(store, [name], untouched_since=datetime.now(UTC))


def _uid(officer: Officer | None) -> str | None:
    return officer.uid if officer else None


def _report(found: HouseholdImport, matching: Mapping[str, Field], gathered: Gathered, changes: Changes) -> None:
    found.applied_at = now()
    found.columns = {heading: field.value for heading, field in matching.items()}
    found.rows, found.refused = gathered.rows, gathered.refused
    found.added, found.changed = len(changes.new), changes.updated
    found.unchanged, found.gone = changes.unchanged, len(changes.gone)
    found.oddities = [oddity.plain() for oddity in gathered.oddities[:ODDITIES_MAX]]
