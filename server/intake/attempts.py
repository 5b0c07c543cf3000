"""Attempts, counted before anything is decoded: what a worker dies over three times is set aside, and the rest goes on.

Readers decode in children, so that a bad page kills a child and not the worker. This is for what kills the worker all
the same. A file that it may have died over is read by itself, so that no other is blamed.
"""

from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from scanning.readers import Portion
from scanning.readings import Refusal
from server.models.base import now
from server.models.intake import FileState, Page, PageState, ReceivedFile
from server.queries.intake import last_read
from server.returns.pages import READER
from server.store import Store

ATTEMPTS_MAX: Final = 3

GONE: Final = "The file is no longer where Sayso keeps it. Restore it from a backup, or send it again."
FILE_FATAL: Final = "Sayso was stopped three times while it opened this file. Scan it again, or key it in by hand."
PAGE_FATAL: Final = "Sayso was stopped three times while it read this page. Scan it again, or key it in by hand."


class Attempts:
    """Counts the attempts of one worker: each file once, until a page of it has come."""

    def __init__(self) -> None:
        self._counted: set[int] = set()

    def begin(self, store: Store, session: Session, file: ReceivedFile) -> Portion | None:
        """Count that a file is about to be read; give the part that is to be read, None when it is set aside instead.

        Raises `OSError` when the file is there and cannot be opened.
        """
        if file.kept_sha256 is None or not _can_be_opened(store, file.kept_sha256):
            set_aside(file, GONE)
            return None
        first = last_read(session, file.id) + 1
        if file.id not in self._counted:
            if file.attempts >= ATTEMPTS_MAX and first == 1:
                set_aside(file, FILE_FATAL)
                return None
            if file.attempts >= ATTEMPTS_MAX:
                _set_page_aside(session, file, first)
                first += 1
            file.attempts += 1
            file.began_at = now()
            _page(session, file.id, first).attempts += 1
            self._counted.add(file.id)
        return Portion(store.files.path(file.kept_sha256), first - 1, may_change=False)

    def progressed(self, file: ReceivedFile) -> None:
        """Take down that pages of a file came."""
        file.attempts = 0
        self._counted.discard(file.id)

    def end(self, session: Session) -> None:
        """Take back what was counted of files that were left because somebody stopped this worker."""
        begun = update(ReceivedFile).where(ReceivedFile.id.in_(self._counted), ReceivedFile.state == FileState.WAITING)
        session.execute(begun.values(attempts=0))
        self._counted.clear()


def set_aside(file: ReceivedFile, why: str) -> None:
    """Set a file aside as a whole."""
    file.state, file.set_aside_because, file.read_at = FileState.SET_ASIDE, why, now()


def forget_pages_to_come(session: Session, file_id: int) -> None:
    """Remove the row of a page that was to come next of a file that has no more."""
    session.execute(delete(Page).where(Page.file_id == file_id, Page.state == PageState.WAITING))


def _can_be_opened(store: Store, name: str) -> bool:
    try:
        store.files.path(name).open("rb").close()
    except FileNotFoundError:
        return False
    return True


def _set_page_aside(session: Session, file: ReceivedFile, number: int) -> None:
    page = _page(session, file.id, number)
    page.state, page.refusal, page.set_aside_because = PageState.SET_ASIDE, str(Refusal.UNREADABLE), PAGE_FATAL
    file.attempts = 0


def _page(session: Session, file_id: int, number: int) -> Page:
    """Give the row of the page that comes next, made now if there is none."""
    asked = select(Page).where(Page.file_id == file_id, Page.number == number, Page.part == 0, Page.reader == READER)
    page = session.scalar(asked)
    if page is None:
        page = Page(file_id=file_id, number=number, part=0, reader=READER, state=PageState.WAITING, attempts=0)
        session.add(page)
        session.flush()
    return page
