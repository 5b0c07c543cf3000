"""A backup laid out apart, in a database of its own, and brought to this version, before anything is replaced."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Connection, text

from server.backup.archives import Archive
from server.backup.numbering import raise_to
from server.backup.rows import clear, write
from server.backup.shapes import Shape, shapes
from server.config import Settings
from server.errors import BackupError
from server.store import Store, migrating

PREFIX: Final = ".restore-"
"""What the folder of a restore is named with, inside the data folder; one that is left behind is litter."""


@contextmanager
def staged(archive: Archive, store: Store) -> Iterator[Store]:
    """Give a store that holds the backup's rows at this version's revision; its files are those of the live store."""
    manifest = archive.manifest
    if not migrating.known(manifest.revision):
        raise BackupError(
            f"{archive.path}: this backup was made by a newer Sayso ({manifest.sayso}). Update Sayso first."
        )
    with TemporaryDirectory(dir=store.folder, prefix=PREFIX) as folder:
        staging = Store(Settings(data=Path(folder)))
        staging.files = store.files
        try:
            staging.keys.make()
            for name in manifest.keys:
                staging.keys.put(name, archive.key(name))
            migrating.upgrade(staging.engine, manifest.revision)
            _load(archive, staging)
            migrating.upgrade(staging.engine)
            yield staging
        finally:
            staging.close()


def _load(archive: Archive, staging: Store) -> None:
    with staging.writing() as session:
        connection = session.connection()
        found = shapes(connection)
        _check_fit(archive, found)
        clear(connection, found)
        for shape in found:
            write(connection, shape, archive.rows(shape.name))
        tables = archive.manifest.tables.items()
        raise_to(connection, found, {name: entry.last_number for name, entry in tables if entry.last_number})
        _check_references(archive, connection)


def _check_fit(archive: Archive, found: list[Shape]) -> None:
    """Refuse tables and columns that are not those of the backup's revision."""
    expected = {shape.name: shape.columns for shape in found}
    given = {name: entry.columns for name, entry in archive.manifest.tables.items()}
    if given != expected:
        odd = sorted(name for name in given.keys() | expected.keys() if given.get(name) != expected.get(name))
        raise BackupError(f"{archive.path}: the table {odd[0]} is not as revision {archive.manifest.revision} has it.")


def _check_references(archive: Archive, connection: Connection) -> None:
    loose = connection.execute(text("pragma foreign_key_check")).first()
    if loose is not None:
        raise BackupError(f"{archive.path}: a row of {loose[0]} names a row that is not in this backup.")
