"""Files on their way through the children: which of their pages are whose work, and which results are in."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from scanning.readers.messages import Outcomes, PageRead
from scanning.readers.results import FileRefused, PageResult, Portion
from scanning.readings import Refusal, SetAside

PAGES_AT_ONCE: Final = 8
"""Pages in a piece of work: enough that handing it out costs nothing, few enough to keep all children busy."""

NOT_A_FILE: Final = "This is not a file; give a file, or a folder of files."
CHANGED: Final = "The file changed while it was being read; read it again."
NOT_THERE: Final = "This page is not in the file, though its table of contents counts it; scan it again."


class Unopened(Exception):  # noqa: N818  it is told to the user as a result, not as an error
    """A file that cannot be opened, with the reason in a sentence."""


@dataclass(slots=True, eq=False)
class Incoming:
    """One file: what is known of it, and results that wait for earlier ones."""

    wanted: Portion
    number: int
    """From 0, in the order in which the files were given."""
    pages: int | None = None
    """None until a child has opened it."""
    next_index: int = field(init=False)
    """Of the page to be given out next."""
    found: dict[int, list[PageResult]] = field(default_factory=dict)
    refused: str | None = None
    identity: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        self.next_index = self.wanted.first

    @property
    def path(self) -> Path:
        """Give where it is."""
        return self.wanted.file

    @property
    def at_first(self) -> int:
        """Give how many pages are asked for before anybody knows how many it has."""
        return PAGES_AT_ONCE if self.wanted.count is None else min(PAGES_AT_ONCE, self.wanted.count)

    @property
    def end(self) -> int:
        """Give the index after the last page that is wanted, once it was opened."""
        pages = self.pages or 0
        return pages if self.wanted.count is None else min(pages, self.wanted.first + self.wanted.count)

    def open(self) -> int:
        """Open the file anew and give its descriptor; raises Unopened when that cannot be, or it is not the same."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe without a writer would block for ever
        except OSError as error:
            raise Unopened(f"The file cannot be opened ({error.strerror}); check that it is there.") from None
        status = os.fstat(descriptor)
        identity = self._identity(status)
        if stat.S_ISREG(status.st_mode) and self.identity in (None, identity):
            self.identity = identity
            return descriptor
        os.close(descriptor)
        raise Unopened(CHANGED if self.identity else NOT_A_FILE)

    def keep(self, page: PageRead, blobs: tuple[bytes, ...]) -> None:
        """Keep a page as a child told of it, unless its file was written to since it was opened."""
        if self._was_changed():
            self.set_aside(page.index, CHANGED)
            return
        pictures = iter(blobs)
        crops = [{question: next(pictures) for question in names} for names in page.crops]
        overlay = next(pictures) if page.overlay else None
        preview = next(pictures) if page.preview else None
        self.found[page.index] = [
            PageResult(
                self.path,
                page.index,
                page.stored_px,
                one.outcome,
                of_one,
                overlay,
                preview,
                page.condition,
                drafts,
                len(page.outcomes),
            )
            for one, of_one, drafts in zip(page.outcomes, crops, page.drafts or [()] * len(crops), strict=True)
        ]

    def _was_changed(self) -> bool:
        """Tell whether there is something else under its path now; a file that is gone is read on as it was."""
        try:
            return self.identity != self._identity(self.path.stat())
        except OSError:
            return False

    def _identity(self, status: os.stat_result) -> tuple[int, ...]:
        written_at = status.st_mtime_ns if self.wanted.may_change else 0
        return (status.st_dev, status.st_ino, status.st_size, written_at)

    def keep_typed(self, outcomes: Outcomes) -> None:
        """Keep the pages of a file that was typed into, as far as they are wanted."""
        self.pages = len(outcomes)
        for index, one in list(enumerate(outcomes))[self.wanted.first : self.end]:
            self.found[index] = [PageResult(self.path, index, None, one.outcome, {}, None, None)]

    def set_aside(self, index: int, why: str) -> None:
        """Keep a page as one that cannot be read."""
        outcome = SetAside(Refusal.UNREADABLE, why)
        self.found[index] = [PageResult(self.path, index, None, outcome, {}, None, None)]

    def next_results(self) -> Iterator[PageResult | FileRefused]:
        """Give out, and forget, what is in and whose turn it is."""
        if self.refused is not None and self.pages is None:
            self.pages = 0
            yield FileRefused(self.path, self.refused)
        while self.next_index in self.found:
            self.next_index += 1
            yield from self.found.pop(self.next_index - 1)

    @property
    def waiting(self) -> int:
        """Give how many pages are in that wait for earlier ones."""
        return len(self.found) + (self.refused is not None)

    @property
    def is_over(self) -> bool:
        """Tell whether everything was given out."""
        return self.pages is not None and self.next_index >= self.end


@dataclass(slots=True, order=True)
class Piece:
    """Some pages of one file, in the order in which work is given out."""

    number: int
    first: int
    file: Incoming = field(compare=False)
    count: int = field(default=PAGES_AT_ONCE, compare=False)
    is_second_try: bool = field(default=False, compare=False)
    done: int = field(default=0, compare=False)
    is_settled: bool = field(default=False, compare=False)
    """Whether nothing more is to come of it but that it is done."""

    @property
    def opens(self) -> bool:
        """Tell whether the file as a whole is looked at first."""
        return self.file.pages is None

    @property
    def page(self) -> int:
        """Give the index of the page that is being read."""
        return self.first + self.done

    def rest(self, first: int, count: int | None = None, *, second: bool = False) -> "Piece":
        """Give a piece of the pages from that one on, as many as are left or as asked for."""
        left = self.first + self.count - first
        return Piece(self.number, first, self.file, left if count is None else count, second)
