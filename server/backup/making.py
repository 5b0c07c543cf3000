"""Making a backup while the server runs: rows of one moment, the files that they name, the secrets, the manifest."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from server.backup.lines import to_line
from server.backup.manifest import FORMAT, NAME, Manifest, TableEntry, file_member, key_member, table_member
from server.backup.numbering import last_numbers
from server.backup.rows import read
from server.backup.shapes import Shape, shapes
from server.errors import BackupError
from server.models.base import now
from server.store import Store, migrating
from server.store.keys import KeyName
from server.store.references import named


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made."""

    path: Path
    size_bytes: int
    manifest: Manifest


def make(store: Store, path: Path, *, replace: bool = False) -> Made:
    """Write a backup, whole or not at all; `BackupError` when it cannot be, or another file is there."""
    path = path.resolve()
    half_done = path.with_name(f"{path.name}.half-done")
    try:
        with _opened(half_done) as file:
            _refuse_existing(path, replace=replace)
            with ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True) as archive:
                manifest = _fill(store, archive)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
            _refuse_existing(path, replace=replace)
            half_done.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise BackupError(
            f"{path}: the backup cannot be written ({error.strerror}). Check the folder and its free space."
        ) from error
    return Made(path, size, manifest)


def make_before(store: Store, what: str) -> Path:
    """Write a backup into the data folder before something is done to it; give its path, one that was free."""
    stem = f"before-{what}-{now():%Y-%m-%dT%H-%M-%S}"
    path = next(path for path in _names(store.folder, stem) if not path.exists())
    return make(store, path).path


def _names(folder: Path, stem: str) -> Iterator[Path]:
    """Give names to try: two backups may be made within a second."""
    yield folder / f"{stem}.zip"
    yield from (folder / f"{stem}-{number}.zip" for number in count(2))


@contextmanager
def _opened(half_done: Path) -> Iterator[BinaryIO]:
    """Open what is not yet the backup, readable by its owner only; it does not outlive a failure."""
    handle = os.open(half_done, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "w+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(f"{half_done}: another backup is being written there. Wait for it to end.") from error
        os.fchmod(handle, 0o600)
        file.truncate()
        try:
            yield file
        except BaseException:
            half_done.unlink(missing_ok=True)
            raise


def _refuse_existing(path: Path, *, replace: bool) -> None:
    if path.is_dir():
        raise BackupError(f"{path}: this is a folder. Name a file in it.")
    if path.exists() and not replace:
        raise BackupError(f"{path}: there is a file already. Name another, or add --replace.")


def _fill(store: Store, archive: ZipFile) -> Manifest:
    """Write everything of one moment; files that the moment names are kept from being removed until it is done."""
    with store.files.keeping(), store.reading() as session:
        connection = _snapshot(session)
        revision = migrating.revision_in(connection)
        if revision is None:
            raise BackupError("there is nothing to back up yet. Make the database with: sayso init")
        found = shapes(connection)
        numbers = last_numbers(connection, found)
        made_at = now()
        tables = {shape.name: _table(archive, connection, shape, numbers.get(shape.name)) for shape in found}
        files, missing = _files(archive, store, sorted(named(connection)))
        keys = {name: _key(archive, store, name) for name in KeyName}
        manifest = Manifest(
            format=FORMAT,
            sayso=version("sayso"),
            revision=revision,
            made_at=made_at,
            tables=tables,
            files=files,
            missing=missing,
            keys=keys,
        )
    archive.writestr(_entry(NAME), manifest.model_dump_json(indent=1))
    return manifest


def _snapshot(session: Session) -> Connection:
    """Give a connection that sees one moment only: SQLite's always does after its first SELECT."""
    if session.get_bind().dialect.name == "sqlite":
        return session.connection()
    return session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _table(archive: ZipFile, connection: Connection, shape: Shape, last_number: int | None) -> TableEntry:
    rows, content = 0, sha256()
    with archive.open(_entry(table_member(shape.name)), "w", force_zip64=True) as file:
        for row in read(connection, shape):
            line = to_line(row, shape.columns)
            file.write(line)
            content.update(line)
            rows += 1
    return TableEntry(columns=shape.columns, rows=rows, sha256=content.hexdigest(), last_number=last_number)


def _files(archive: ZipFile, store: Store, names: list[str]) -> tuple[dict[str, int], list[str]]:
    files, missing = {}, []
    for name in names:
        if not store.files.is_whole(name):
            missing.append(name)
            continue
        with archive.open(_entry(file_member(name), ZIP_STORED), "w", force_zip64=True) as file:
            for chunk in store.files.chunks(name):
                file.write(chunk)
        files[name] = store.files.size(name)
    return files, missing


def _key(archive: ZipFile, store: Store, name: KeyName) -> str:
    secret = store.keys.get(name)
    archive.writestr(_entry(key_member(name)), secret)
    return sha256(secret).hexdigest()


def _entry(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    made = ZipInfo(name, now().timetuple()[:6])
    made.compress_type = compression
    made.external_attr = 0o600 << 16
    return made


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
