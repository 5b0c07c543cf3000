"""The child's side: told what to read, it reads and says what it found, until there is nothing more to do.

It starts with the socket to its parent as its standard input, and ends when the parent hangs up.
"""

import os
import socket
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import accumulate
from typing import BinaryIO, Final, NoReturn, Protocol

import cv2

from forms.sandbox import Limits, die_with_parent
from scanning.errors import ScanningError
from scanning.hints import Hint
from scanning.pages import PageLimits
from scanning.readers.frames import Frame, Inbox
from scanning.readers.messages import (
    Done,
    Failed,
    Opened,
    PageRead,
    Ready,
    Refused,
    Told,
    Typed,
    Work,
    setup_of,
    telling,
    work_of,
)
from scanning.readers.results import Wanted

RECEIVED_AT_ONCE: Final = 2**16
NO_MEMORY: Final = -4
"""How OpenCV says that it got no memory."""


Page = tuple[PageRead, tuple[bytes, ...]]
"""A page with its pictures as blobs."""


class Reading(Protocol):
    """What a child does with files; the tests have another than the product."""

    @property
    def strangers(self) -> tuple[int, ...]:
        """Give the numbers of the forms that are none of ours."""

    def opened(self, file: BinaryIO) -> Opened | Typed:
        """Look at a file as a whole."""

    def pages(self, file: BinaryIO, first: int, count: int, hint: Hint | None) -> Iterator[Page]:
        """Read some of its pages; one of which a person said what it is, by that."""


class Link:
    """The socket to the parent: frames come in, each with an open file; what is found goes out."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket, self._inbox, self._files = connection, Inbox(), deque[int]()

    def next(self) -> tuple[Frame, int] | None:
        """Give the next frame and the file handed over with it; None when the parent has hung up."""
        while (frame := self._inbox.next()) is None:
            data, files, _, _ = socket.recv_fds(self._socket, RECEIVED_AT_ONCE, 1)
            self._files.extend(files)
            if not data:
                return None
            self._inbox.add(data)
        return frame, self._files.popleft()

    def tell(self, message: Told, blobs: tuple[bytes, ...] = ()) -> None:
        """Say something to the parent; waits while the parent is busy."""
        self._socket.sendall(telling(message, blobs))


Start = Callable[[list[bytes], PageLimits, Wanted], Reading]


def serve(start: Start) -> NoReturn:
    """Read what the parent asks for, under limits that this process can no longer raise; never returns."""
    die_with_parent()
    cv2.setNumThreads(1)
    link = Link(_taken_over())
    with suppress(BrokenPipeError, ConnectionResetError):  # the parent is gone: so is whoever wanted an answer
        first = link.next()
        if first is not None:
            frame, forms = first
            setup = setup_of(frame)
            setup.bounds.apply_but_cpu()
            setup.bounds.renew_cpu()
            reading = start(_contents(setup.form_bytes, forms), setup.limits, setup.wanted)
            link.tell(Ready(reading.strangers))
            _work(link, reading, setup.bounds)
    os._exit(0)  # skips destructors, which after a broken document may crash


def _taken_over() -> socket.socket:
    """Take the socket from the standard input, where a library could read from it."""
    connection = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return connection


def _contents(sizes: tuple[int, ...], descriptor: int) -> list[bytes]:
    """Give the PDFs that come behind each other in a file; where it was read before does not matter."""
    ends = accumulate(sizes)
    contents = [os.pread(descriptor, size, end - size) for size, end in zip(sizes, ends, strict=True)]
    os.close(descriptor)
    return contents


def _work(link: Link, reading: Reading, bounds: Limits) -> None:
    """Do piece after piece of work."""
    while (asked := link.next()) is not None:
        frame, descriptor = asked
        with open(descriptor, "rb") as file:  # noqa: PTH123  a descriptor, not a path
            for message, blobs in _answers(reading, file, work_of(frame)):
                link.tell(message, blobs)
                bounds.renew_cpu()


def _answers(reading: Reading, file: BinaryIO, work: Work) -> Iterator[tuple[Told, tuple[bytes, ...]]]:
    """Give all that is to be said of a piece of work."""
    try:
        yield from _found(reading, file, work)
    except ScanningError as error:
        yield Refused(str(error)), ()
    except cv2.error as error:
        yield Failed(MemoryError.__name__ if error.code == NO_MEMORY else "cv2.error"), ()
    except Exception as error:  # noqa: BLE001  the boundary: a stranger's file may raise anything
        yield Failed(type(error).__name__), ()
    yield Done(), ()


def _found(reading: Reading, file: BinaryIO, work: Work) -> Iterator[tuple[Told, tuple[bytes, ...]]]:
    pages = work.first + work.count
    if work.opening:
        opened = reading.opened(file)
        yield opened, ()
        if isinstance(opened, Typed):
            return
        pages = min(pages, opened.pages)
    if pages > work.first:
        yield from reading.pages(file, work.first, pages - work.first, work.hint)
