"""Answers of the database that are remembered for a few seconds: every touch of every kiosk asks for the same."""

import time
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

SECONDS: Final = 3.0
"""How long a kiosk that is retired, or a campaign that is closed, may still be taken for what it was."""

MOST: Final = 1_000


class Remembered(Generic[K, V]):
    """Asks once, and gives the same answer until it is too old."""

    def __init__(self, ask: Callable[[K], V], seconds: float) -> None:
        self._ask: Final = ask
        self._seconds: Final = seconds
        self._known: Final[dict[K, tuple[float, V]]] = {}

    def __call__(self, key: K) -> V:
        """Give the answer for a key."""
        at = time.monotonic()
        known = self._known.get(key)
        if known is not None and at - known[0] < self._seconds:
            return known[1]
        value = self._ask(key)
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = (at, value)
        return value
