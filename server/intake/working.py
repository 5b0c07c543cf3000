"""The worker: it watches the folder and reads what waits, one at a time on one data folder, until it is told to end.

Whoever holds the lock is the worker; the system lets go of it when its holder ends, however it ends, and the next one
goes on. An idle worker has not loaded what reading takes.
"""

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError

from server.intake import tries, trouble
from server.intake.folder import SOURCE as FOLDER
from server.intake.folder import Inbox
from server.queries.intake import is_any_waiting, loose_files, pages_with_writing
from server.retention.janitor import swept
from server.store import Store

if TYPE_CHECKING:
    from server.intake.reading import Reading

LOCK: Final = ".intake.lock"
"""The file in the data folder that the worker holds."""

LOOK_SECONDS: Final = 1.0
"""How soon a file is noticed, be it in the folder or sent to the site."""

RETRY_SECONDS: Final = 5.0
"""After a trouble; a full disk is seldom helped sooner."""

SWEEP_SECONDS: Final = 6 * 3600.0

READING: Final = "reading"
SWEEPING: Final = "sweeping"
WRITING: Final = "writing"
"""What troubles with them are kept under."""

log = logging.getLogger("sayso.intake")


def work(store: Store, ended: Event, *, jobs: int | None = None) -> None:
    """Be the worker of a data folder until `ended` is set; waits for another one first."""
    with _alone(store.folder):
        trouble.prepare(store.folder)
        watch = Thread(target=_watch, args=(store, ended), name="inbox", daemon=True)
        watch.start()
        _read(store, ended, jobs or len(os.sched_getaffinity(0)))
        watch.join()


def is_working(folder: Path) -> bool:
    """Tell whether a data folder has a worker."""
    try:
        with (folder / LOCK).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _watch(store: Store, ended: Event) -> None:
    inbox = Inbox(store)
    while not ended.is_set():
        tried(store, FOLDER, inbox.look)
        ended.wait(LOOK_SECONDS)


def _read(store: Store, ended: Event, jobs: int) -> None:
    """Read whatever waits, and sweep now and then."""
    readings: list[Reading] = []
    sweep_at_s, goes_well = time.monotonic(), False
    tried(store, WRITING, lambda: tries.give_up(store))
    while not ended.is_set():
        if time.monotonic() >= sweep_at_s:
            sweep_at_s += SWEEP_SECONDS
            tried(store, SWEEPING, lambda: swept(store))
        after_trouble = not goes_well

        def once() -> None:
            if _is_any(store, loose=after_trouble):  # noqa: B023 (it is called at once)
                if not readings:
                    readings.append(_new_reading(store, ended, jobs))
                readings[0].read_waiting()

        goes_well = tried(store, READING, once)
        if goes_well and _has_read_writing(store, ended):
            continue  # with what came meanwhile first
        ended.wait(LOOK_SECONDS if goes_well else RETRY_SECONDS)
    for reading in readings:
        with suppress(DBAPIError, OSError):  # then it counts as an attempt, of which there are three
            reading.end()


def _is_any(store: Store, *, loose: bool) -> bool:
    """Tell whether anything waits; `loose` looks for what was read and not put together, too, as after a stop."""
    with store.reading() as session:
        return is_any_waiting(session) or (loose and bool(loose_files(session)))


def _has_read_writing(store: Store, ended: Event) -> bool:
    did: list[bool] = []
    tried(store, WRITING, lambda: did.append(_read_writing(store, ended)))
    return did == [True]


def _read_writing(store: Store, ended: Event) -> bool:
    """Read the writing of a few pages of which the marks are read; give whether there were any."""
    with store.reading() as session:
        if not pages_with_writing(session, 1, tries.tried_most()):
            return False
    from server.intake.writing import Writing  # noqa: PLC0415 (as below)

    Writing(store, ended.is_set).read_some()
    return True


def _new_reading(store: Store, ended: Event, jobs: int) -> "Reading":
    from server.intake.reading import Reading  # noqa: PLC0415 (loads the libraries that read)

    return Reading(store, jobs, ended.is_set)


def tried(store: Store, source: str, do: Callable[[], object]) -> bool:
    """Do something that may be hindered, and tell officers if it is; give whether it went well."""
    try:
        do()
    except Exception as error:  # noqa: BLE001 (the worker must outlive whatever hinders it)
        log.error("%s is hindered: %s", source, type(error).__name__)
        trouble.tell(store.folder, source, trouble.words_of(error))
        return False
    if source != FOLDER:  # the folder tells by itself how it goes
        trouble.tell(store.folder, source, None)
    return True
