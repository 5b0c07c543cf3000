"""`sayso worker`: the process that takes in scans and reads them."""

import logging
import os
import signal
import sys
from collections.abc import Callable
from threading import Event, Thread, Timer
from types import FrameType

import click

from server.config import load_settings

GRACE_SECONDS = 5.0
"""For keeping what is read; after that it ends as it is, which loses nothing."""


@click.command(name="worker")
@click.option("--with-parent", is_flag=True, hidden=True, help="End when the standard input is closed.")
def command(with_parent: bool) -> None:
    """Take in scans and read whatever waits, until stopped with Ctrl-C.

    Scans are taken from the watched folder. 'sayso serve' starts a worker itself. One works at a time: a second one
    waits for the first to end.
    """
    from server.intake.working import is_working, work  # noqa: PLC0415 (loads the database library)
    from server.store import Store  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("alembic", "pikepdf"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    ended = Event()

    def end(*_: int | FrameType | None) -> None:
        ended.set()
        timer = Timer(GRACE_SECONDS, os._exit, (0,))
        timer.daemon = True
        timer.start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    if with_parent:
        Thread(target=_wait_for_parent, args=(end,), daemon=True).start()
    store = Store(load_settings())
    store.check_shape()
    if not with_parent:
        waits = "waits for another worker to end" if is_working(store.folder) else "works"
        click.echo(f"The worker {waits}; scans are taken from {store.settings.inbox()} (stop it with Ctrl-C)")
    work(store, ended)


def _wait_for_parent(end: Callable[[], None]) -> None:
    """Wait until whoever started this worker is gone: then nobody would stop it."""
    while sys.stdin.buffer.read(1):
        pass
    end()
