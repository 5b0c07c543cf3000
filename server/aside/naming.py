"""A page that was set aside, with what a person said of it → read again, and put where it belongs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from scanning.hints import Hint
from scanning.readings import PageReading, SetAside
from server.aside.pages import SEEN_TO, page_to_settle
from server.errors import NotFoundError, RefusedError
from server.models.form_versions import PrintedForm
from server.models.intake import Page, PageState, Return, ReturnState
from server.models.officers import Officer
from server.returns.assembling import assemble
from server.returns.judging import judge
from server.returns.known import printed_by_name, printings
from server.returns.pages import SAMPLED, keep_page
from server.store import Store
from server.trail.recording import note

if TYPE_CHECKING:
    from scanning.readers import PageResult


@dataclass(frozen=True, slots=True)
class Named:
    """What a person said of a page, and the returned copy that it belongs to, where it bears no code to tell."""

    hint: Hint
    belongs_to: str | None = None
    """A return's uid."""


def name_page(store: Store, page_id: int, named: Named, *, by: Officer) -> SetAside | None:
    """Read a page by what a person said of it, and keep it; why not, where it still cannot be read.

    Raises `NotFoundError` or `RefusedError` where there is no such page, form or copy, or no room for the page.
    """
    result = _read(store, page_id, named.hint)
    if isinstance(result.outcome, SetAside):
        return result.outcome
    with store.files.keeping():
        preview = store.files.add(result.preview) if result.preview is not None else None
        with store.writing() as session:
            page = page_to_settle(session, page_id)
            _keep(store, session, page, result, preview or page.preview_sha256)
            page.decided_by, page.decided_because, page.asked_again_at = by.id, None, None
            _put(store, session, page, named.belongs_to)
            detail = {
                "printed form": page.printed_form_id,
                "page of the form": page.form_page,
                "by corners": named.hint.corners is not None,
            }
            note(store, session, "page named by hand", f"page {page.id}", by=by.uid, detail=detail)
    return None


def _read(store: Store, page_id: int, hint: Hint) -> "PageResult":
    """Give the page as it is read by what was said, with pictures: read without, it would be set aside again."""
    from server.returns.one_page import Place, read_one_page  # noqa: PLC0415 (loads OpenCV, which most sites never need)

    slips = read_one_page(store, Place(*_place(store, page_id, hint)), sampled=SAMPLED, hint=hint)
    if not slips:
        raise RefusedError("The file of this page cannot be opened any more. Ask for it to be scanned again.")
    return slips[0]


def _place(store: Store, page_id: int, hint: Hint) -> tuple[str, int, str]:
    """Give the page's file, its index there, and the PDF of the form that was named."""
    with store.reading() as session:
        page = session.get(Page, page_id, options=[joinedload(Page.file)])
        form = session.scalar(select(PrintedForm).where(PrintedForm.name == hint.printing))
        if page is None or form is None:
            raise NotFoundError("There is no such page or form any more. It may have been removed.")
        if page.state != PageState.SET_ASIDE:
            raise RefusedError(SEEN_TO)
        kept = page.file.kept_sha256
        if kept is None or not store.files.has(kept):
            raise RefusedError("The file of this page was removed. Key it in from the paper, or reject it.")
        return kept, page.number - 1, form.pdf_sha256


def _keep(store: Store, session: Session, page: Page, result: "PageResult", preview: str | None) -> None:
    known = printings(session, store.files)
    if isinstance(result.outcome, PageReading):
        printed_by_name(known, (result.outcome.printing,))
    keep_page(session, page.file, result, (page.number, page.part), page.reader, known, preview)


def _put(store: Store, session: Session, page: Page, belongs_to: str | None) -> None:
    """Put a page into the copy that it was said to belong to, or where its code and its file say."""
    if belongs_to is None:
        assemble(store, session, page.file)
        return
    one = session.scalar(select(Return).where(Return.uid == belongs_to).with_for_update())
    if one is None or one.state not in (ReturnState.READING, ReturnState.REPEATED):
        raise RefusedError("The copy that this page was to be put to is settled, or gone. Load the page again.")
    if one.printed_form_id != page.printed_form_id or page.copy_id not in (None, one.copy_id):
        raise RefusedError("This page is of another form or another copy than the one that it was to be put to.")
    if any(have.form_page == page.form_page for have in one.pages):
        raise RefusedError(f"That copy has its page {page.form_page} already. Look at both, and reject one.")
    page.return_id = one.id
    session.flush()
    session.expire(one, ["pages"])
    judge(store, session, one)
