"""What an officer does with a page or a file that was set aside, besides saying which page it is."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from server.aside.reasons import Rejection
from server.errors import NotFoundError, RefusedError
from server.models.base import now
from server.models.intake import FileState, Page, PageState, ReceivedFile
from server.models.officers import Officer
from server.store import Store
from server.trail.recording import note

SEEN_TO: Final = "Somebody has seen to this page meanwhile. Go back to the list."
FILE_SEEN_TO: Final = "Somebody has seen to this file meanwhile. Go back to the list."


def page_to_settle(session: Session, page_id: int, state: PageState = PageState.SET_ASIDE) -> Page:
    """Give a page as it is now, held; `RefusedError` where it is not in this state any more."""
    asked = select(Page).where(Page.id == page_id).with_for_update(of=Page)
    page = session.scalar(asked.options(joinedload(Page.file, innerjoin=True)))
    if page is None:
        raise NotFoundError("There is no such page any more. It may have been removed.")
    if page.state != state:
        raise RefusedError(SEEN_TO)
    return page


def ask_again(store: Store, page_id: int, *, by: Officer) -> None:
    """Put a page onto the list of what is to be scanned again; it stays set aside until it comes."""
    with store.writing() as session:
        page = page_to_settle(session, page_id)
        page.asked_again_at = now()
        note(store, session, "rescan asked for", f"page {page.id}", by=by.uid)


def read_again(store: Store, page_id: int, *, by: Officer) -> None:
    """Give a page to the readers once more: the form that it is of may have been printed here, or added, since."""
    with store.writing() as session:
        page = page_to_settle(session, page_id)
        if page.file.kept_sha256 is None or not store.files.has(page.file.kept_sha256):
            raise RefusedError("The scan of this page was removed. Ask for its paper to be scanned again.")
        page.state, page.attempts = PageState.WAITING, 0
        note(store, session, "page read again", f"page {page.id}", by=by.uid)


def reject(store: Store, page_id: int, why: Rejection, *, by: Officer) -> None:
    """Decide that nothing is to come of a page; it is kept, and shown as rejected."""
    with store.writing() as session:
        page = page_to_settle(session, page_id)
        page.state, page.decided_by, page.decided_because, page.settled_at = PageState.REJECTED, by.id, why, now()
        note(store, session, "page rejected", f"page {page.id}", by=by.uid, detail={"because": str(why)})


def put_back(store: Store, page_id: int, *, by: Officer) -> None:
    """Take the rejection of a page back."""
    with store.writing() as session:
        page = page_to_settle(session, page_id, PageState.REJECTED)
        page.state, page.decided_by, page.decided_because, page.settled_at = PageState.SET_ASIDE, None, None, None
        note(store, session, "page put back", f"page {page.id}", by=by.uid)


def file_to_settle(session: Session, uid: str, state: FileState = FileState.SET_ASIDE) -> ReceivedFile:
    """Give a file as it is now, held; `RefusedError` where it is not in this state any more."""
    file = session.scalar(select(ReceivedFile).where(ReceivedFile.uid == uid).with_for_update())
    if file is None:
        raise NotFoundError("There is no such file any more. It may have been removed.")
    if file.state != state:
        raise RefusedError(FILE_SEEN_TO)
    return file


def ask_file_again(store: Store, uid: str, *, by: Officer) -> None:
    """Put a file onto the list of what is to be scanned again."""
    with store.writing() as session:
        file = file_to_settle(session, uid)
        file.asked_again_at = now()
        note(store, session, "rescan asked for", f"file {file.uid}", by=by.uid)


def read_file_again(store: Store, uid: str, *, by: Officer) -> None:
    """Give a file to the readers once more, as if it had just come."""
    with store.writing() as session:
        file = file_to_settle(session, uid)
        if file.kept_sha256 is None or not store.files.has(file.kept_sha256):
            raise RefusedError("This file was removed. Ask for its paper to be scanned again.")
        file.state, file.attempts, file.began_at, file.set_aside_because = FileState.WAITING, 0, None, None
        note(store, session, "file read again", f"file {file.uid}", by=by.uid)


def reject_file(store: Store, uid: str, why: Rejection, *, by: Officer) -> None:
    """Decide that nothing is to come of a file; it is kept, and shown as rejected."""
    with store.writing() as session:
        file = file_to_settle(session, uid)
        file.state, file.decided_by, file.decided_because = FileState.REJECTED, by.id, why
        note(store, session, "file rejected", f"file {file.uid}", by=by.uid, detail={"because": str(why)})


def put_file_back(store: Store, uid: str, *, by: Officer) -> None:
    """Take the rejection of a file back."""
    with store.writing() as session:
        file = file_to_settle(session, uid, FileState.REJECTED)
        file.state, file.decided_by, file.decided_because = FileState.SET_ASIDE, None, None
        note(store, session, "file put back", f"file {file.uid}", by=by.uid)
