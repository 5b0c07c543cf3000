"""Files → pieces of work in order; results → the user in the same order, with a bound on how many wait."""

import heapq
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from scanning.readers.pieces import PAGES_AT_ONCE, Incoming, Piece
from scanning.readers.results import FileRefused, PageResult, Portion


class Queue:
    """The work that one reading of many files is."""

    def __init__(self, files: Iterable[Path | Portion], waiting_max: int) -> None:
        self._given = enumerate(files)
        self._todo: list[Piece] = []
        self._files: deque[Incoming] = deque()
        self._waiting_max = waiting_max
        self._has_more = True

    def next(self) -> Piece | None:
        """Give the piece of work to be done next, None while too much waits for earlier pages, or at the end."""
        if not self._todo:
            if self._is_full() or not self._take_in():
                return None
        elif self._is_full() and not self._is_waited_for(self._todo[0]):
            return None
        return heapq.heappop(self._todo)

    def put(self, piece: Piece) -> None:
        """Put a piece of work in its place, be it new or back from a child that died."""
        if piece.count > 0:
            heapq.heappush(self._todo, piece)

    def spread(self, file: Incoming, pages: int) -> None:
        """Take in how many pages a file has, and make pieces of those that its first piece leaves."""
        file.pages = pages
        for first in range(file.wanted.first + PAGES_AT_ONCE, file.end, PAGES_AT_ONCE):
            self.put(Piece(file.number, first, file, min(PAGES_AT_ONCE, file.end - first)))

    def results(self) -> Iterator[PageResult | FileRefused]:
        """Give out whatever is in and whose turn it is."""
        while self._files:
            yield from self._files[0].next_results()
            if not self._files[0].is_over:
                return
            self._files.popleft()

    @property
    def is_over(self) -> bool:
        """Tell whether every file was given out."""
        return not self._files and not self._todo and not self._has_more

    def _take_in(self) -> bool:
        """Make work of the next file; tell whether there was one."""
        number, given = next(self._given, (0, None))
        if given is None:
            self._has_more = False
            return False
        file = Incoming(given if isinstance(given, Portion) else Portion(given), number)
        self._files.append(file)
        self.put(Piece(number, file.wanted.first, file, file.at_first))
        return True

    def _is_full(self) -> bool:
        return sum(file.waiting for file in self._files) >= self._waiting_max

    def _is_waited_for(self, piece: Piece) -> bool:
        return piece.file is self._files[0] and piece.first <= piece.file.next_index
