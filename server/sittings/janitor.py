"""The thread beside the site that wipes what people left at a kiosk, even when no browser asks any more."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

from server.sittings.wiping import wipe_idle
from server.store import Store

LOOK_SECONDS: Final = 5.0
"""How much longer than it must a sitting can lie in the database; its own browser does not get it back meanwhile."""

log = logging.getLogger("sayso.kiosk")


@contextmanager
def wiping(store: Store) -> Iterator[None]:
    """Wipe what is left alone, at once and then again and again, until the block ends."""
    ended = Event()
    thread = Thread(target=_wipe, args=(store, ended), name="kiosks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()


def _wipe(store: Store, ended: Event) -> None:
    while not ended.is_set():
        try:
            wipe_idle(store)
        except Exception as error:  # noqa: BLE001 (the database may be away for a while: the thread must outlive it)
            log.error("sittings are not wiped at present: %s", type(error).__name__)
        ended.wait(LOOK_SECONDS)
