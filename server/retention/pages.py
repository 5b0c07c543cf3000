"""Scans: the received files, their pages in them, the previews, and the pictures of what was written.

A file goes whole once all of its pages are due. Before that, a blank page takes the place of each one that is.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from server.models.intake import Crop, Page, PageState, Reading, ReceivedFile
from server.people.forgetting import REMOVED_FILE, rename
from server.people.taking_out import without_pages
from server.retention.counting import Found, counted
from server.store import Store

Cuts = Mapping[str, str | None]
"""A kept file → what it becomes; None where nothing of it is left."""


def _settled(before: datetime, *, equality: bool) -> ColumnElement[bool]:
    return and_(Page.state == PageState.SETTLED, Page.settled_at < before, Page.is_equality.is_(equality))


def find(session: Session, before: datetime) -> Found:
    """Count the settled pages that are due."""
    return counted(session, Page.settled_at, _settled(before, equality=False))


def find_equality(session: Session, before: datetime) -> Found:
    """Count the settled equality pages that are due."""
    return counted(session, Page.settled_at, _settled(before, equality=True))


def prepare(store: Store, session: Session, before: datetime) -> Cuts:
    """Make what files become without the pages that are due."""
    return cuts(store, session, _settled(before, equality=False))


def prepare_equality(store: Store, session: Session, before: datetime) -> Cuts:
    """Make what files become without the equality pages that are due."""
    return cuts(store, session, _settled(before, equality=True))


def remove(store: Store, session: Session, before: datetime, prepared: Cuts) -> set[str]:
    """Remove the scans of the pages that are due."""
    del store
    return removed(session, _settled(before, equality=False), prepared)


def remove_equality(store: Store, session: Session, before: datetime, prepared: Cuts) -> set[str]:
    """Remove the scans of the equality pages that are due."""
    del store
    return removed(session, _settled(before, equality=True), prepared)


def cuts(store: Store, session: Session, due: ColumnElement[bool]) -> Cuts:
    """Make what each file becomes without its pages that are due; a page that another reader waits for is not."""
    return {
        name: without_pages(store.files, name, numbers) if numbers and store.files.has(name) else None
        for name, numbers in _numbers(session, due).items()
    }


def removed(session: Session, due: ColumnElement[bool], prepared: Cuts) -> set[str]:
    """Take the pages that are due out of the rows; give the files no longer named. What is not prepared waits."""
    loose: set[str] = set()
    names = _numbers(session, due).keys() & prepared.keys()
    for file in session.scalars(select(ReceivedFile).where(ReceivedFile.kept_sha256.in_(names))):
        loose.add(str(file.kept_sha256))
        file.kept_sha256 = prepared[str(file.kept_sha256)]
        if file.kept_sha256 is None:
            rename(session, file, REMOVED_FILE)
    session.flush()
    made = [name for name in prepared.values() if name is not None]
    is_done = Page.file_id.in_(
        select(ReceivedFile.id).where(or_(ReceivedFile.kept_sha256.is_(None), ReceivedFile.kept_sha256.in_(made)))
    )
    return loose | without_pictures(session, session.scalars(select(Page).where(due, is_done)).all())


def without_pictures(session: Session, pages: Iterable[Page]) -> set[str]:
    """Remove previews, crops and readings of pages, and say that these are removed; give the files no longer named."""
    loose: set[str] = set()
    for page in pages:
        if page.preview_sha256 is not None:
            loose.add(page.preview_sha256)
        page.preview_sha256 = page.outcome = None
        page.state = PageState.REMOVED
        session.execute(delete(Crop).where(Crop.reading_id.in_(select(Reading.id).where(Reading.page_id == page.id))))
        session.execute(update(Reading).where(Reading.page_id == page.id).values(drafts=None))
    return loose


def _numbers(session: Session, due: ColumnElement[bool]) -> dict[str, tuple[int, ...]]:
    """Give file → the numbers of its pages that are due; none where no other page is left, so that it goes whole."""
    going = session.execute(
        select(ReceivedFile.kept_sha256, Page.number)
        .join(Page.file)
        .where(due, ReceivedFile.kept_sha256.is_not(None))
        .order_by(ReceivedFile.kept_sha256, Page.number)
    ).all()
    names = {name for name, _ in going}
    staying: dict[str, set[int]] = {str(name): set() for name in names}
    for name, number in session.execute(
        select(ReceivedFile.kept_sha256, Page.number)
        .join(Page.file)
        .where(
            ReceivedFile.kept_sha256.in_(names),
            Page.id.not_in(select(Page.id).where(due)),
            Page.state != PageState.REMOVED,
        )
    ):
        staying[str(name)].add(number)
    found: dict[str, set[int]] = {}
    for name, number in going:
        if number not in staying[str(name)]:
            found.setdefault(str(name), set()).add(number)
    return {name: tuple(sorted(numbers)) if staying[name] else () for name, numbers in found.items()}


def _set_aside(before: datetime) -> ColumnElement[bool]:
    return and_(
        ReceivedFile.set_aside_because.is_not(None),
        ReceivedFile.received_at < before,
        ReceivedFile.kept_sha256.is_not(None),
    )


def find_set_aside(session: Session, before: datetime) -> Found:
    """Count the files, and the single pages of others, that were set aside and are due."""
    whole = counted(session, ReceivedFile.received_at, _set_aside(before))
    is_single = and_(_pages_set_aside(before), ReceivedFile.set_aside_because.is_(None))
    both = ReceivedFile.__table__.join(Page.__table__, ReceivedFile.id == Page.file_id)
    single = counted(session, ReceivedFile.received_at, is_single, of=both)
    moments = [moment for moment in (*whole[1:], *single[1:]) if moment is not None]
    return whole[0] + single[0], min(moments, default=None), max(moments, default=None)


def _pages_set_aside(before: datetime) -> ColumnElement[bool]:
    """Single pages that were set aside, or rejected later, in files that were not: they would hold back the others."""
    came_before = select(ReceivedFile.id).where(ReceivedFile.received_at < before)
    return and_(Page.state.in_((PageState.SET_ASIDE, PageState.REJECTED)), Page.file_id.in_(came_before))


def prepare_set_aside(store: Store, session: Session, before: datetime) -> Cuts:
    """Make what files become without single pages that were set aside."""
    return cuts(store, session, _pages_set_aside(before))


def remove_set_aside(store: Store, session: Session, before: datetime, prepared: Cuts) -> set[str]:
    """Let go of those files, of single pages that were set aside, and of their pictures."""
    del store
    loose: set[str] = set()
    for file in session.scalars(select(ReceivedFile).where(_set_aside(before))):
        loose.add(str(file.kept_sha256))
        file.kept_sha256 = None
        rename(session, file, REMOVED_FILE)
        loose |= without_pictures(session, file.pages)
    session.flush()
    return loose | removed(session, _pages_set_aside(before), prepared)
