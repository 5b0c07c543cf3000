"""Doing in one go what several threads ask for at once: a hundred rows in one transaction wait for the disk once."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, Generic, TypeVar

from server.store.turns import Turns

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True, eq=False)
class _Asked(Generic[T, R]):
    """What one thread asked for, and what it gets."""

    what: T
    answer: R | Exception | None = None


class Gathering(Generic[T, R]):
    """Gathers what waits: whoever has the turn does its own and what others asked for meanwhile."""

    def __init__(self, do: Callable[[Sequence[T]], Sequence[R | Exception]], most: int) -> None:
        """Take what does several at once, giving each its answer or its error in their order, and the most of them."""
        self._do: Final = do
        self._most: Final = most
        self._turns: Final = Turns()
        self._guard: Final = Lock()
        self._waiting: Final[deque[_Asked[T, R]]] = deque()

    def ask(self, what: T) -> R:
        """Have one thing done; give its answer, or raise its error."""
        mine = _Asked[T, R](what)
        with self._guard:
            self._waiting.append(mine)
        with self._turns.turn():
            while mine.answer is None:
                self._do_some()
        if isinstance(mine.answer, Exception):
            raise mine.answer
        return mine.answer

    def _do_some(self) -> None:
        with self._guard:
            group = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        for one, answer in zip(group, self._answers(group), strict=True):
            one.answer = answer

    def _answers(self, group: Sequence[_Asked[T, R]]) -> Sequence[R | Exception]:
        """Do them together; where that fails, each by itself, so that nobody fails for somebody else."""
        try:
            return self._do([one.what for one in group])
        except Exception as error:  # noqa: BLE001 (it is raised where it was asked for)
            return [error] if len(group) == 1 else [answer for one in group for answer in self._answers([one])]
