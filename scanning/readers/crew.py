"""The children: as many as there is work for, replaced as they die, none left behind."""

import os
import selectors
from typing import Final

from forms import sandbox
from forms.sandbox.limits import MEMORY
from scanning.errors import ScanningError
from scanning.readers.answers import blame, take
from scanning.readers.child import PIECES_MAX, Child, Outfit
from scanning.readers.frames import RubbishError
from scanning.readers.messages import Done, Failed, PageRead, Ready, Told
from scanning.readers.pieces import Piece, Unopened
from scanning.readers.queue import Queue

STARTS_MAX: Final = 3
"""Children in a row that may die before they have begun, as where memory is short, until the reading is given up."""

CANNOT_START: Final = "The reader does not start ({}). Run 'sayso doctor' to see what this machine lacks."
STRANGE_FORM: Final = "{} is not a form that Sayso printed. Give the PDF that 'sayso print' made."


class Crew:
    """Up to `jobs` children of one outfit."""

    def __init__(self, outfit: Outfit, jobs: int) -> None:
        self._outfit, self._jobs = outfit, jobs
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self._failed_starts = 0

    def hand_out(self, queue: Queue) -> None:
        """Give work to whoever can take it."""
        while self._has_room() and (piece := queue.next()) is not None:
            try:
                descriptor = piece.file.open()
            except Unopened as error:
                _not_opened(piece, str(error))
                continue
            try:
                self._least_busy().give(piece, descriptor)
            finally:
                os.close(descriptor)

    def listen(self, queue: Queue, *, wait: bool) -> None:
        """Take in what the children say, waiting for one of them if asked to, and bury those that died or hang."""
        left = [seconds for child in self._children if (seconds := child.time_left_s) is not None]
        if not left:
            return
        for key, _ in self._selector.select(max(0.0, min(left)) if wait else 0):
            self._hear(key.data, queue)
        for child in [child for child in self._children if (child.time_left_s or 1) <= 0]:
            self._bury(child, queue, None)

    def put_off(self, seconds: float) -> None:
        """Leave out a time in which nobody listened."""
        for child in self._children:
            child.put_off(seconds)

    @property
    def is_busy(self) -> bool:
        """Tell whether a child has something to do, be it only to say that it is done."""
        return any(child.pieces for child in self._children)

    def end_busy(self) -> None:
        """End the children that are in the middle of something."""
        for child in [child for child in self._children if child.pieces]:
            self._remove(child, wait=False)

    def end(self) -> None:
        """End all children."""
        for child in [*self._children]:
            self._remove(child, wait=False)
        self._selector.close()

    def _has_room(self) -> bool:
        return len(self._children) < self._jobs or any(len(child.pieces) < PIECES_MAX for child in self._children)

    def _least_busy(self) -> Child:
        """Give an idle child, else a new one, else the one with the least to do."""
        least = min(self._children, key=lambda child: len(child.pieces), default=None)
        if least is not None and (not least.pieces or len(self._children) >= self._jobs):
            return least
        child = Child(self._outfit)
        self._children.append(child)
        self._selector.register(child, selectors.EVENT_READ, child)
        return child

    def _hear(self, child: Child, queue: Queue) -> None:
        try:
            for message, blobs in child.heard():
                if not self._take(child, message, blobs, queue):
                    return
        except EOFError:
            self._bury(child, queue, "")
        except RubbishError as error:
            self._bury(child, queue, str(error))

    def _take(self, child: Child, message: Told, blobs: tuple[bytes, ...], queue: Queue) -> bool:
        """Take one message in; tell whether the child is still in use."""
        if isinstance(message, Ready) and not child.is_ready:
            if message.strangers:
                raise ScanningError(STRANGE_FORM.format(self._outfit.names[message.strangers[0]]))
            child.is_ready, self._failed_starts = True, 0
            return True
        if not child.pieces or not child.is_ready:
            raise RubbishError("an answer to nothing")
        piece = child.pieces[0]
        if isinstance(message, Failed) and not child.pieces[0].is_settled:
            return self._failed(child, message.name, queue)
        if take(message, blobs, piece, queue, self._outfit.setup.limits.pages):
            child.pieces.popleft()
        child.has_read = child.has_read or isinstance(message, PageRead | Done)
        return True

    def _failed(self, child: Child, name: str, queue: Queue) -> bool:
        """Take down that a page raised an exception; a child that ran out of memory is not used again."""
        if name == MEMORY:
            self._dismiss(child, queue, sandbox.reason(name, 0, child.bounds), try_again=child.has_read)
            self._remove(child, wait=False)
            return False
        blame(child.pieces[0], sandbox.reason(name, 0, child.bounds), queue, try_again=False)
        return True

    def _bury(self, child: Child, queue: Queue, said: str | None) -> None:
        """Take down that a child died: "" when it hung up, what it did wrong, or None when it hangs."""
        ended = self._remove(child, wait=said == "")
        code = None if said is None else ended
        why = sandbox.reason(said, code, child.bounds)
        if not child.is_ready:
            self._start_failed(child, queue, why, at_once=said is None)
            return
        # What took too long once will again: a second try would only double the wait.
        self._dismiss(child, queue, why, try_again=child.has_read and not sandbox.is_too_slow(code))

    def _start_failed(self, child: Child, queue: Queue, why: str, *, at_once: bool) -> None:
        """Give the work of a child that never began to another; raises ScanningError when that is no use."""
        self._failed_starts += 1
        if at_once or self._failed_starts >= STARTS_MAX:
            raise ScanningError(CANNOT_START.format(why))
        for piece in child.pieces:
            queue.put(piece)

    def _dismiss(self, child: Child, queue: Queue, why: str, *, try_again: bool) -> None:
        """Blame the page in hand, unless the child may have been at fault, and put all other work back."""
        for number, piece in enumerate(child.pieces):
            if number == 0:
                blame(piece, why, queue, try_again=try_again)
            else:
                queue.put(piece)

    def _remove(self, child: Child, *, wait: bool) -> int:
        """End a child for good, and give its exit code."""
        self._children.remove(child)
        self._selector.unregister(child)
        return child.bury(wait=wait)


def _not_opened(piece: Piece, why: str) -> None:
    """Take down that a file cannot be opened (any more)."""
    if piece.opens:
        piece.file.refused = why
        return
    for index in range(piece.first, piece.first + piece.count):
        piece.file.set_aside(index, why)
