"""Files by the hash of their content: whole or not at all, never changed, removed only by those who may.

A file is on the disk before the row that names it is committed. Backup holds `keeping`, so that nothing that a
snapshot names goes away under it; whoever removes files holds `removing`.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from server.errors import NotFoundError, StoreError

CHUNK_BYTES = 1 << 20


class Files:
    """The folder of files: `ab/abcdef…`, each named by the SHA-256 of what it holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, content: bytes) -> str:
        """Keep a file; give its name. The same content is kept once."""
        name = sha256(content).hexdigest()
        place = self._place(name)
        try:
            os.utime(place)  # whoever is about to remove it as unnamed sees that it is wanted again
        except FileNotFoundError:
            self._write(name, iter((content,)))
        return name

    def put(self, name: str, chunks: Iterator[bytes]) -> None:
        """Keep a file whose name is known, and mend a damaged one; `StoreError` when it holds something else."""
        if self.is_whole(name):
            os.utime(self._place(name))
        else:
            self._write(name, chunks)

    def _write(self, name: str, chunks: Iterator[bytes]) -> None:
        place, found = self._place(name), sha256()
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as half_done:
            try:
                for chunk in chunks:
                    found.update(chunk)
                    half_done.write(chunk)
                if found.hexdigest() != name:
                    raise StoreError(f"the file {name[:12]} does not hold what its name says.")
                half_done.flush()
                os.fsync(half_done.fileno())
                Path(half_done.name).replace(place)
            except BaseException:
                Path(half_done.name).unlink(missing_ok=True)
                raise
        _sync_folder(place.parent)

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading; `NotFoundError` when it is not here."""
        try:
            return self._place(name).open("rb")
        except FileNotFoundError as error:
            raise NotFoundError(f"the file {name[:12]} is not in {self.folder}. Restore it from a backup.") from error

    def read(self, name: str) -> bytes:
        """Give a file's content; `NotFoundError` when it is not here."""
        with self.open(name) as file:
            return file.read()

    def has(self, name: str) -> bool:
        """Tell whether a file is here."""
        return self._place(name).exists()

    def size(self, name: str) -> int:
        """Give a file's size in bytes; 0 when it is not here."""
        place = self._place(name)
        return place.stat().st_size if place.exists() else 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give a file's content piece by piece; `NotFoundError` when it is not here."""
        with self.open(name) as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk

    def is_whole(self, name: str) -> bool:
        """Tell whether a file is here and still holds what its name says."""
        if not self.has(name):
            return False
        found = sha256()
        for chunk in self.chunks(name):
            found.update(chunk)
        return found.hexdigest() == name

    def touched_at(self, name: str) -> datetime | None:
        """Give when a file was last added; None when it is not here."""
        try:
            return datetime.fromtimestamp(self._place(name).stat().st_mtime, UTC)
        except FileNotFoundError:
            return None

    def names(self) -> Iterator[str]:
        """Give the names of all files, in their order."""
        yield from (path.name for path in sorted(self.folder.glob("??/*")) if not path.name.startswith("."))

    def remove(self, name: str) -> None:
        """Remove a file, if it is there; only under `removing`, after no row names it any more."""
        place = self._place(name)
        if place.exists():
            place.unlink()
            _sync_folder(place.parent)

    def litter(self) -> Iterator[Path]:
        """Give what was left half-done by a process that ended."""
        yield from self.folder.glob("??/.*")

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Hold off whoever removes files, in any process."""
        with self._lock(fcntl.LOCK_SH):
            yield

    @contextmanager
    def removing(self) -> Iterator[None]:
        """Wait until nobody needs all files to stay."""
        with self._lock(fcntl.LOCK_EX):
            yield

    @contextmanager
    def _lock(self, kind: int) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("ab") as file:
            fcntl.flock(file, kind)
            yield

    def path(self, name: str) -> Path:
        """Give where a file lies, for those who open it elsewhere: it is never changed."""
        return self._place(name)

    def _place(self, name: str) -> Path:
        return self.folder / name[:2] / name


def _sync_folder(folder: Path) -> None:
    """Make a file's new name last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
