"""The file of a backup as it is read: checked against its manifest first, then table by table, file by file."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Final
from zipfile import BadZipFile, ZipFile

from server.backup.lines import from_line
from server.backup.manifest import (
    MANIFEST_BYTES_MAX,
    NAME,
    Manifest,
    file_member,
    key_member,
    parsed,
    table_member,
)
from server.backup.rows import Row
from server.errors import BackupError
from server.store.files import CHUNK_BYTES
from server.store.keys import KeyName

BROKEN: Final = (
    BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    UnicodeError,
)
"""What Python's reader of zip files says of one that is cut short, changed or strange."""


class Archive:
    """A backup file, open."""

    def __init__(self, path: Path, zipped: ZipFile) -> None:
        self.path = path
        self._zipped = zipped
        self.manifest: Manifest = self._manifest()

    def _manifest(self) -> Manifest:
        names = self._zipped.namelist()
        if NAME not in names or self._zipped.getinfo(NAME).file_size > MANIFEST_BYTES_MAX:
            raise BackupError(f"{self.path}: this is not a backup made by Sayso.")
        with self._member(NAME) as file:
            manifest = parsed(file.read(), self.path)
        if len(names) != len(set(names)) or set(names) != manifest.members():
            raise self._broken("what it holds is not what its manifest names")
        return manifest

    def check(self) -> None:
        """Read everything once and compare it with the manifest; `BackupError` where it differs."""
        manifest = self.manifest
        for name, entry in manifest.tables.items():
            if self._hash(table_member(name)) != (entry.sha256, None):
                raise self._broken(f"the table {name} was changed")
        for name, size in manifest.files.items():
            if self._hash(file_member(name), size) != (name, size):
                raise self._broken(f"the file {name[:12]} was changed")
        for key, expected in manifest.keys.items():
            if self._hash(key_member(key)) != (expected, None):
                raise self._broken(f"the key {key} was changed")

    def rows(self, table: str) -> Iterator[Row]:
        """Give a table's rows; `BackupError` where there are not as many as the manifest says."""
        entry, count = self.manifest.tables[table], 0
        with self._member(table_member(table)) as file:
            for count, line in enumerate(file, 1):
                try:
                    yield from_line(line, entry.columns)
                except (ValueError, TypeError, KeyError, AttributeError) as error:
                    raise self._broken(f"row {count} of {table} cannot be read") from error
        if count != entry.rows:
            raise self._broken(f"{table} has {count:,} rows, and should have {entry.rows:,}")

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give a kept file's content piece by piece."""
        with self._member(file_member(name)) as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk

    def key(self, name: KeyName) -> bytes:
        """Give a secret."""
        with self._member(key_member(name)) as file:
            return file.read()

    def _hash(self, member: str, size: int | None = None) -> tuple[str, int | None]:
        found, length = sha256(), 0
        with self._member(member) as file:
            while chunk := file.read(CHUNK_BYTES):
                found.update(chunk)
                length += len(chunk)
        return found.hexdigest(), length if size is not None else None

    @contextmanager
    def _member(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._zipped.open(name) as file:
                yield file
        except (*BROKEN, OSError) as error:  # a place before the file's beginning is no error of zip's
            raise self._broken(f"{name} cannot be read") from error

    def _broken(self, what: str) -> BackupError:
        return BackupError(f"{self.path}: this backup is damaged: {what}. Use another one.")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a backup; `BackupError` when the file is none, or is cut short."""
    try:
        zipped = ZipFile(path)
    except OSError as error:
        raise BackupError(f"{path}: this backup cannot be read ({error.strerror}). Check its name.") from error
    except (*BROKEN, ValueError) as error:
        raise BackupError(f"{path}: this is not a backup made by Sayso, or only a part of one.") from error
    with zipped:
        yield Archive(path, zipped)
