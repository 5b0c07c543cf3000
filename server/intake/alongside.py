"""The worker beside the site: a process of its own, ended with the site, and started anew if it dies."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

COMMAND: Final = (sys.executable, "-P", "-m", "server.cli", "worker", "--with-parent")
"""`-P` keeps it from taking a folder named `server` where the site was started for ours."""

ANEW_SECONDS: Final = 5.0
"""Until another is started: one that cannot start would else take the whole machine."""

END_SECONDS: Final = 10.0

log = logging.getLogger("sayso.intake")


@contextmanager
def worker_alongside() -> Iterator[None]:
    """Have a worker until the block ends."""
    ended = Event()
    thread = Thread(target=_tend, args=(ended,), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(END_SECONDS + 1)


def _tend(ended: Event) -> None:
    while not ended.is_set():
        # Its standard input ends with this process, however that ends: then the worker ends by itself.
        with subprocess.Popen(COMMAND, stdin=subprocess.PIPE) as process:
            while not ended.wait(1.0) and process.poll() is None:
                pass
            if ended.is_set():
                _end(process)
                return
        log.error("the worker ended with %s; another is started", process.returncode)
        ended.wait(ANEW_SECONDS)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
