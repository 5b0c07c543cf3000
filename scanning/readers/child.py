"""One child as its parent sees it: work goes in, messages come out, and in the end it is buried with a reason."""

import contextlib
import socket
import subprocess
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from forms import sandbox
from forms.sandbox import Limits
from scanning.readers.frames import Inbox
from scanning.readers.messages import Setup, Told, Work, asking, told
from scanning.readers.pieces import Piece

WORKER: Final = "scanning.readers.reading:serve"

SETTINGS: Final = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
"""A child is one worker: threads of its own would only take the time of the others."""

START_S: Final = 60.0
"""For importing the libraries and loading the forms; takes about 1 s. It has at least as long as a page."""

DYING_S: Final = 2.0
"""From a child's last word until its exit code is there."""

RECEIVED_AT_ONCE: Final = 2**18

PIECES_MAX: Final = 2
"""The piece in hand, and the next, so that a child never waits for its parent."""


@dataclass(frozen=True, slots=True)
class Outfit:
    """What every child gets: its setup, and the open file that the forms are in."""

    setup: Setup
    forms: int
    names: tuple[str, ...]
    """Of the forms, for messages."""


class Child:
    """A running child, or one that has just died."""

    def __init__(self, outfit: Outfit) -> None:
        self.bounds: Limits = outfit.setup.bounds
        self.pieces: deque[Piece] = deque()
        self.is_ready = False
        self.has_read = False
        self._inbox = Inbox()
        self._deadline = time.monotonic() + max(START_S, self.bounds.wall_s)
        self._socket, theirs = socket.socketpair()
        with theirs:
            packages = ("scanning", WORKER.partition(".")[0])
            self._process = sandbox.start((WORKER,), theirs.fileno(), packages=packages, settings=SETTINGS)
        self._send(asking(outfit.setup), outfit.forms)

    def fileno(self) -> int:
        """Give the socket's descriptor, to be waited for."""
        return self._socket.fileno()

    def give(self, piece: Piece, descriptor: int) -> None:
        """Hand over a piece of work with its open file."""
        if self.is_ready and not self.pieces:
            self.restart_clock()
        self.pieces.append(piece)
        self._send(asking(Work(piece.first, piece.count, piece.opens, piece.file.wanted.hint)), descriptor)

    def heard(self) -> Iterator[tuple[Told, tuple[bytes, ...]]]:
        """Give what has come; raises RubbishError for what no reader sends, EOFError when the child has hung up."""
        try:
            data = self._socket.recv(RECEIVED_AT_ONCE, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except ConnectionResetError:
            data = b""
        if not data:
            raise EOFError
        self._inbox.add(data)
        while (frame := self._inbox.next()) is not None:
            self.restart_clock()
            yield told(frame)

    def restart_clock(self) -> None:
        """Give it its time anew: for a page, or for the next piece."""
        self._deadline = time.monotonic() + self.bounds.wall_s

    def put_off(self, seconds: float) -> None:
        """Leave out a time in which nobody listened."""
        self._deadline += seconds

    @property
    def time_left_s(self) -> float | None:
        """Give how long it may still be silent; None while it has nothing to do."""
        return self._deadline - time.monotonic() if self.pieces or not self.is_ready else None

    def bury(self, *, wait: bool) -> int:
        """End it, after a moment to die by itself if it hung up, and give its exit code."""
        if wait:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(DYING_S)
        self._socket.close()
        sandbox.end_group(self._process)
        return self._process.returncode

    def _send(self, data: bytes, descriptor: int) -> None:
        """Send a frame with an open file; one that has died is noticed when it is listened to."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            socket.send_fds(self._socket, [data], [descriptor])
