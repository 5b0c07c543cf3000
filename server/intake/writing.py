"""Writing on pages that were read → drafts for officers, in the background: as soon as marks wait, it stops."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanning.pages import PageLimits
from scanning.readers import FileRefused, PageResult, Portion, Readers, Wanted
from scanning.writing.drafts import Draft
from scanning.writing.expected import Lists
from server.intake.reading import IsEnded
from server.models.copies import Copy
from server.models.households import HouseholdContact
from server.models.intake import Page, Reading, Return, WritingState
from server.queries.intake import is_any_waiting, pages_with_writing
from server.returns.completing import lock
from server.returns.drafts import kept
from server.returns.judging import doubt_what_is_beside
from server.returns.known import Known, printings
from server.returns.pages import belongs
from server.returns.speaking import notice_what_is_written
from server.store import Store

PAGES_AT_ONCE: Final = 8
"""Read by one set of readers, whose start takes a second: half a minute's work at the most."""


class Writing:
    """The reading of writing, by one worker."""

    def __init__(self, store: Store, is_ended: IsEnded) -> None:
        self._store, self._is_ended = store, is_ended
        self._limits = PageLimits(**store.settings.reading)

    def read_some(self) -> None:
        """Read the writing of a few pages; stop between two of them when marks wait, or somebody ends this worker."""
        with self._store.reading() as session:
            waiting = [
                (page.id, page.file.kept_sha256, page.number) for page in pages_with_writing(session, PAGES_AT_ONCE)
            ]
            if not waiting or is_any_waiting(session):
                return
            known, lists = printings(session, self._store.files), lists_of(session)
        with self._readers(known, lists) as readers:
            for page_id, sha256, number in waiting:
                self._read(readers, page_id, sha256, number)
                if self._is_wanted_elsewhere():
                    return

    def _readers(self, known: Mapping[str, Known], lists: Lists) -> Readers:
        forms = [self._store.files.path(one.row.pdf_sha256) for one in known.values()]
        return Readers(forms, jobs=1, limits=self._limits, wanted=Wanted(writing=lists))

    def _read(self, readers: Readers, page_id: int, sha256: str | None, number: int) -> None:
        """Read one page; one whose reading fails is not tried again: the picture is there for the officer."""
        self._mark(page_id, WritingState.FAILED)  # also if this process dies over it
        if sha256 is None or not self._store.files.has(sha256):
            return
        portion = Portion(self._store.files.path(sha256), number - 1, 1, may_change=False)
        results = list(readers.read([portion]))
        with self._store.writing() as session:
            keep_drafts(session, session.get_one(Page, page_id), results)

    def _mark(self, page_id: int, state: WritingState) -> None:
        with self._store.writing() as session:
            session.get_one(Page, page_id).writing = state

    def _is_wanted_elsewhere(self) -> bool:
        with self._store.reading() as session:
            return self._is_ended() or is_any_waiting(session)


def keep_drafts(session: Session, page: Page, results: list[PageResult | FileRefused]) -> None:
    """Keep what was drafted of a page with its readings, and tell officers of dangers that it speaks of.

    Nothing is kept where it could not be read again.
    """
    slips = [one for one in results if isinstance(one, PageResult)]
    if page.part >= len(slips):
        return
    drafts = slips[page.part].drafts
    held = _held_copy(session, page)
    for reading in session.scalars(select(Reading).where(Reading.page_id == page.id)):
        own = _own(drafts, reading.question)
        if own:
            reading.drafts = kept(own)
    page.writing = WritingState.READ
    session.flush()  # whoever puts the page into a copy at this moment is waited for
    session.refresh(page, ["return_id"])
    if (one := held or _held_copy(session, page)) is not None:
        doubt_what_is_beside(session, one)
        notice_what_is_written(session, one)


def _held_copy(session: Session, page: Page) -> Return | None:
    """Give the copy that a page belongs to, and hold off others who work on it; None where it is in none yet."""
    one = session.get(Return, page.return_id) if page.return_id is not None else None
    if one is not None:
        lock(session, one)
    return one


def _own(drafts: tuple[Draft, ...], question: str) -> list[Draft]:
    return [draft for draft in drafts if belongs(draft.name, question)]


def lists_of(session: Session) -> Lists:
    """Give what codes there are here: postcodes of households, codes of printed copies; None where there are none."""
    postcodes = session.scalars(
        select(HouseholdContact.postcode).where(HouseholdContact.postcode != "").distinct()
    ).all()
    codes = session.scalars(select(Copy.code)).all()
    return Lists(
        datetime.now(UTC).date(), frozenset(postcodes) or None, frozenset(code for code in codes if code) or None
    )
