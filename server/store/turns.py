"""Waiting in turn: a lock, for one or for several at once, that goes to whoever asked first.

Python's own lock goes to whoever is quickest: of fifty that saved at once, one waited twelve times as long as most.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final


class Turns:
    """Lets so many threads through at once, in the order of their coming."""

    def __init__(self, at_once: int = 1) -> None:
        self._guard: Final = Lock()
        self._waiting: Final[deque[Lock]] = deque()
        self._free = at_once

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and have it until the block ends."""
        self._wait()
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self) -> None:
        with self._guard:
            if self._free:
                self._free -= 1
                return
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        self._wait_for(mine)

    def _wait_for(self, mine: Lock) -> None:
        try:
            mine.acquire()  # until whoever is before passes the turn on
        except BaseException:
            self._give_up(mine)
            raise

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1

    def _give_up(self, mine: Lock) -> None:
        """Leave the queue; pass the turn on if it has come meanwhile."""
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return
        self._pass_on()
