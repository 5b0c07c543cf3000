"""The thread beside the site that makes print runs: at once when one was asked for here, soon when elsewhere."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from server.store import Store

POLL_SECONDS = 5.0
"""How soon a run is begun that another process asked for."""

log = logging.getLogger("sayso.runs")

_asked = Event()


def wake() -> None:
    """Say that a run waits."""
    _asked.set()


@contextmanager
def working(store: Store) -> Iterator[Thread]:
    """Make runs as they are asked for, until the block ends; a run that is half made then waits for the next start."""
    ended = Event()
    thread = Thread(target=_work, args=(store, ended), name="print-runs", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        ended.set()
        wake()


def _work(store: Store, ended: Event) -> None:
    from server.runs.making import make_waiting  # noqa: PLC0415 (loads the libraries that lay out paper)

    while not ended.is_set():
        _asked.clear()
        try:
            make_waiting(store)
        except Exception as error:  # noqa: BLE001 (the database may be away for a while: the thread must outlive it)
            log.error("print runs are not made at present: %s", type(error).__name__)
        _asked.wait(POLL_SECONDS)
