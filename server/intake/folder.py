"""The watched folder: files that rest are taken in, and moved once it is known what became of them.

Nothing in it is ever deleted: a file goes to `done`, or to `needs-you` where somebody must look at it, when its pages
are in the database. Until then it stays where it is, and is known again by its stamp and its content.
"""

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from server.errors import StoreError
from server.intake import batches, trouble
from server.intake.moving import moved
from server.intake.receiving import Coming, receive
from server.intake.resting import Resting, Stamp, is_for_us
from server.models.intake import CameBy
from server.queries.intake import what_became
from server.store import Store
from server.web.words import day, today

DONE: Final = "done"
NEEDS_YOU: Final = "needs-you"

SOURCE: Final = "folder"
"""What troubles with it are kept under."""

NOT_SEEN: Final = "The folder {} cannot be looked at ({}). Check that it is there, and who may open it."


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file that was taken in and waits in the folder for what becomes of it."""

    stamp: Stamp
    file_id: int


class _ChangedError(Exception):
    """Somebody is still writing to the file."""


class Inbox:
    """The folder that an installation's scanner writes to."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self.folder: Path = store.settings.inbox()
        self._resting = Resting()
        self._taken: dict[str, _Taken] = {}

    def look(self) -> int:
        """Take in what rests, move what is decided; give how many were taken in. Troubles are told, not raised."""
        words: list[str] = []
        took = 0
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            seen = dict(_listed(self.folder))
        except OSError as error:
            trouble.tell(self._store.folder, SOURCE, NOT_SEEN.format(self.folder, error.strerror))
            return 0
        self._taken = {name: one for name, one in self._taken.items() if seen.get(name) == one.stamp}
        for name in self._resting.look(seen, self._clock()):
            if name not in self._taken:
                took += self._took(name, seen[name], words)
        self._move(words)
        trouble.tell(self._store.folder, SOURCE, words[0] if words else None)
        return took

    def _took(self, name: str, stamp: Stamp, words: list[str]) -> bool:
        try:
            self._taken[name] = _Taken(stamp, self._receive(name, stamp))
        except (_ChangedError, StoreError):
            self._resting.disturb(name)
        except OSError as error:
            words.append(trouble.about_file(name, error))
        else:
            return True
        return False

    def _receive(self, name: str, stamp: Stamp) -> int:
        path = self.folder / name

        def opened() -> BinaryIO:
            return _opened(path, stamp)

        def check() -> None:
            opened().close()

        words = day(today())
        coming = Coming(name, CameBy.FOLDER, stamp.mark, opened, check)
        return receive(self._store, lambda session: batches.of_the_day(self._store, session, words), coming).file_id

    def _move(self, words: list[str]) -> None:
        """Move the files of which it is known what became of them."""
        if not self._taken:
            return
        with self._store.reading() as session:
            needs_somebody = what_became(session, [one.file_id for one in self._taken.values()])
        for name, one in list(self._taken.items()):
            if one.file_id not in needs_somebody:
                continue
            try:
                moved(self.folder / name, self.folder / (NEEDS_YOU if needs_somebody[one.file_id] else DONE))
            except FileNotFoundError:
                pass  # somebody took it away meanwhile: it is kept
            except OSError as error:
                words.append(trouble.about_file(name, error))
                continue
            del self._taken[name]


def _listed(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Give the files of a folder that are for us, the longest there first."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if is_for_us(entry.name) and entry.is_file(follow_symlinks=False):
                    found.append((entry.name, _stamp(entry.stat(follow_symlinks=False))))
            except FileNotFoundError:
                continue
    yield from sorted(found, key=lambda one: (one[1].written_ns, one[0]))


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _opened(path: Path, stamp: Stamp) -> BinaryIO:
    """Open a file that must be as it was seen; raises `_ChangedError` when it is not, or when it is being written."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise _ChangedError from None
    file = os.fdopen(descriptor, "rb")
    if _stamp(os.fstat(descriptor)) != stamp or _is_being_written(descriptor):
        with closing(file):
            raise _ChangedError
    return file


def _is_being_written(descriptor: int) -> bool:
    """Tell whether a process of this machine has a file open for writing, as far as can be told.

    The system gives out a read lease only on a file that nobody writes to; it has none for other people's files, nor
    on shares. Whoever opens the file in the very moment in which the lease is held is told of by a harmless signal.
    """
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
