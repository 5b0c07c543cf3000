"""The pictures that people look at: of one question as filled in, and of its whole page.

Most are made when a page is read. Where one lacks, its page is read again once, in a limited child process, and what
comes of it is kept.
"""

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from scanning.readings import PageReading
from server.errors import NotFoundError
from server.models.form_versions import PrintedForm
from server.models.intake import Crop, Page, PageState, Reading
from server.store import Store

if TYPE_CHECKING:
    from scanning.readers import PageResult

ALL: Final = 1.0
"""Every question of the page gets its picture."""

_one_at_a_time: Final = Lock()
"""Whoever asks for a page's pictures while they are made waits for them, and does not make them again."""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a page lies, and the form to read it by."""

    page_id: int
    file_sha256: str
    number: int
    part: int
    pdf_sha256: str


def crop(session: Session, reading_id: int) -> bytes:
    """Give the picture of one question as JPEG; `NotFoundError` where there is none."""
    image = session.scalar(select(Crop.image).where(Crop.reading_id == reading_id))
    if image is None:
        raise NotFoundError("There is no picture of this answer.")
    return image


def preview(store: Store, session: Session, page_id: int) -> bytes:
    """Give the picture of one page as JPEG; `NotFoundError` where there is none."""
    name = session.scalar(select(Page.preview_sha256).where(Page.id == page_id))
    if name is None:
        raise NotFoundError("There is no picture of this page.")
    return store.files.read(name)


def make(store: Store, page_id: int) -> bool:
    """Read a page again for its pictures; tell whether it has them now: not where its file was removed, or was typed.

    Raises `NotFoundError` where there is no such page.
    """
    with _one_at_a_time:
        with store.reading() as session:
            page = session.get(Page, page_id, options=[joinedload(Page.file)])
            if page is None:
                raise NotFoundError("There is no such page any more.")
            if _is_pictured(session, page):
                return True
            source = _source(session, page)
        if source is None or not store.files.has(source.file_sha256):
            return False
        result = _read(store, source)
        return result is not None and _keep(store, source, result)


def _is_pictured(session: Session, page: Page) -> bool:
    lacking = select(Reading.id).outerjoin(Crop).where(Reading.page_id == page.id, Crop.reading_id.is_(None))
    return page.preview_sha256 is not None and session.scalar(lacking.where(Reading.question != "").limit(1)) is None


def _source(session: Session, page: Page) -> _Source | None:
    """Give where a page is to be read from; none where it is not there, or nothing was scanned."""
    form = session.get(PrintedForm, page.printed_form_id) if page.printed_form_id is not None else None
    is_scan = page.outcome is not None and not page.outcome.get("typed")
    if form is None or not is_scan or page.state == PageState.REMOVED or page.file.kept_sha256 is None:
        return None
    return _Source(page.id, page.file.kept_sha256, page.number, page.part, form.pdf_sha256)


def _read(store: Store, source: _Source) -> "PageResult | None":
    """Give the page as it is read now, if it is still read as a page of its form."""
    from server.returns.one_page import Place, read_one_page  # noqa: PLC0415 (loads OpenCV, which most sites never need)

    slips = read_one_page(store, Place(source.file_sha256, source.number - 1, source.pdf_sha256), sampled=ALL)
    found = slips[source.part] if source.part < len(slips) else None
    return found if found is not None and isinstance(found.outcome, PageReading) else None


def _keep(store: Store, source: _Source, result: "PageResult") -> bool:
    """Keep the pictures that lack; tell whether the page is still there to have them."""
    with store.files.keeping():
        name = store.files.add(result.preview) if result.preview is not None else None
        with store.writing() as session:
            page = session.get(
                Page, source.page_id, with_for_update=True, options=[joinedload(Page.file, innerjoin=True)]
            )
            if page is None or page.state == PageState.REMOVED or page.file.kept_sha256 != source.file_sha256:
                return False
            page.preview_sha256 = page.preview_sha256 or name
            bare = select(Reading.id, Reading.question).outerjoin(Crop).where(Reading.page_id == page.id)
            for reading_id, question in session.execute(bare.where(Crop.reading_id.is_(None))).all():
                if question in result.crops:
                    session.add(Crop(reading_id=reading_id, image=result.crops[question]))
    return True
