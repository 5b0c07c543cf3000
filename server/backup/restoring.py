"""Restoring a backup: all of it is checked and laid out apart before anything that is there is touched."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, select

from server.backup import erasures, making, replacing
from server.backup.archives import opened
from server.backup.manifest import Manifest
from server.backup.shapes import shapes
from server.backup.staging import staged
from server.errors import BackupError
from server.models.audit import AuditHead
from server.models.officers import OfficerSession
from server.store import Store
from server.store.erasure_journal import Erased
from server.store.keys import KeyName
from server.store.references import named, remove_unnamed
from server.trail import chain
from server.trail.chain import Detail
from server.trail.recording import note


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    manifest: Manifest
    safety: Path | None
    """The backup of what was there before; none where there was nothing."""
    erased: int
    """How many erasures were made again."""
    removed: int
    """How many files were removed that no row names any more."""
    faults: list[str]
    """What is wrong with the backup's audit log: it was so when the backup was made."""


def looked_at(path: Path) -> Manifest:
    """Give the manifest of a backup in which everything is as it should be; `BackupError` otherwise."""
    with opened(path) as archive:
        archive.check()
        return archive.manifest


def is_empty(store: Store) -> bool:
    """Tell whether no table has a row, but for the beginning of the audit log."""
    with store.reading() as session:
        connection = session.connection()
        return not any(
            connection.execute(select(1).select_from(shape.clause()).limit(1)).first()
            for shape in shapes(connection)
            if shape.name != AuditHead.__tablename__
        )


def restore(store: Store, path: Path, *, copied_journal: Path | None = None) -> Restored:
    """Put a backup in the place of what is there, or change nothing and raise `BackupError`.

    Everybody signs in again afterwards: a sign-in that was ended since the backup must not live again.
    """
    store.check_shape()
    with opened(path) as archive:
        archive.check()
        with store.reading() as session:
            again = erasures.known(store, session, copied_journal)
            candidates = named(session.connection()) | set(archive.manifest.files)
        safety = None if is_empty(store) else making.make_before(store, "restore")
        placed_at, loose = None, set[str]()
        try:
            with store.files.keeping():
                for name in archive.manifest.files:
                    store.files.put(name, archive.chunks(name))
                placed_at = datetime.now(UTC)
                with staged(archive, store) as staging:
                    faults, loose = _prepared(staging, archive.manifest, again)
                    replacing.replace(store, staging, still=lambda: _check_same(store, again, copied_journal))
            erasures.note_in_journal(store, again)
        finally:
            removed = remove_unnamed(store, candidates, untouched_since=placed_at or datetime.now(UTC))
            removed += remove_unnamed(store, loose, untouched_since=datetime.now(UTC))
    return Restored(archive.manifest, safety, len(again), removed, faults)


def _prepared(staging: Store, manifest: Manifest, again: list[Erased]) -> tuple[list[str], set[str]]:
    """Check the audit log, erase again, end all sign-ins; give the log's faults and the files no longer named."""
    with staging.reading() as session:
        faults = [fault.words for fault in chain.faults(session, staging.keys.get(KeyName.AUDIT))]
    loose = erasures.make_again(staging, again)
    with staging.writing() as session:
        session.execute(delete(OfficerSession))
        detail: Detail = {"made_at": manifest.made_at.isoformat(), "rows": manifest.rows(), "erasures": len(again)}
        note(staging, session, "backup restored", "installation", detail=detail)
    return faults, loose


def _check_same(store: Store, again: list[Erased], copied_journal: Path | None) -> None:
    with store.reading() as session:
        if {one.same() for one in erasures.known(store, session, copied_journal)} != {one.same() for one in again}:
            raise BackupError("somebody was erased while the restore was prepared. Start it again.")
