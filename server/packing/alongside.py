"""The thread beside the site that packs what waits."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

from server.packing.packing import pack_waiting
from server.store import Store

LOOK_SECONDS: Final = 20.0
"""How soon a segment is packed again after a change; until then its responses are counted row by row."""

log = logging.getLogger("sayso.packing")


@contextmanager
def packing(store: Store) -> Iterator[Thread]:
    """Pack what waits, and look again from time to time, until the block ends."""
    ended = Event()
    thread = Thread(target=_work, args=(store, ended), name="packing", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        ended.set()


def _work(store: Store, ended: Event) -> None:
    while not ended.wait(LOOK_SECONDS):
        try:
            pack_waiting(store, ended)
        except Exception as error:  # noqa: BLE001 (the database may be away for a while: the thread must outlive it)
            log.error("responses are not packed at present: %s", type(error).__name__)
