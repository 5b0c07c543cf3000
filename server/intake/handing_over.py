"""Work handed over to a second thread, in order: the readers must not wait for whoever keeps what they found."""

from collections.abc import Callable
from queue import Queue
from threading import Thread
from types import TracebackType
from typing import Final, Generic, Self, TypeVar

T = TypeVar("T")

WAITING_MAX: Final = 64
"""Pages that may wait to be kept, of up to 1 MB with their pictures."""


class HandingOver(Generic[T]):
    """Has each thing taken by another thread; to be used in a `with`, at whose end all of them are taken.

    What fails there is raised here, at the next thing or at the end, and nothing after it is taken.
    """

    def __init__(self, take: Callable[[T], None]) -> None:
        self._take = take
        self._queue: Final[Queue[T | None]] = Queue(WAITING_MAX)
        self._failed: BaseException | None = None
        self._thread = Thread(target=self._work, name="keeping", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._queue.put(None)
        self._thread.join()
        if kind is None and self._failed is not None:
            raise self._failed

    def put(self, one: T) -> None:
        """Hand one thing over; waits while too many are waiting."""
        if self._failed is not None:
            raise self._failed
        self._queue.put(one)

    def wait(self) -> None:
        """Wait until all that was handed over is taken."""
        self._queue.join()

    def _work(self) -> None:
        while (one := self._queue.get()) is not None:
            try:
                if self._failed is None:
                    self._take(one)
            except BaseException as error:  # noqa: BLE001 (it is raised where it was handed over)
                self._failed = error
            self._queue.task_done()
