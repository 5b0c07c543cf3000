"""Writing on pages that were read → drafts for officers, in the background: as soon as marks wait, it stops."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.sandbox import Limits
from scanning.pages import PageLimits
from scanning.readers import FileRefused, PageResult, Portion, Readers, Wanted
from scanning.readings import Refusal, SetAside
from scanning.writing.drafts import Draft
from scanning.writing.expected import Lists
from server.intake import tries
from server.intake.reading import IsEnded
from server.models.copies import Copy
from server.models.households import HouseholdContact
from server.models.intake import Page, Reading, Return, WritingState
from server.queries.intake import is_any_waiting, pages_with_writing
from server.returns.completing import lock
from server.returns.drafts import kept
from server.returns.known import Known, printings
from server.returns.pages import belongs
from server.returns.speaking import notice_what_is_written
from server.store import Store

PAGES_AT_ONCE: Final = 8
"""Read by one set of readers, whose start takes a second: half a minute's work at the most."""

BOUNDS: Final = Limits(memory_mb=1500, cpu_s=60, wall_s=180)
"""Of a child: a page of ten boxes takes 12 s of the CPU. Time by the clock counts what others take, so there is more of
it; not more still, as marks that come meanwhile wait for the page in hand."""

log = logging.getLogger("sayso.intake")


class Writing:
    """The reading of writing, by one worker."""

    def __init__(self, store: Store, is_ended: IsEnded) -> None:
        self._store, self._is_ended = store, is_ended
        self._limits = PageLimits(**store.settings.reading)

    def read_some(self) -> None:
        """Read the writing of a few pages; stop between two of them when marks wait, or somebody ends this worker."""
        with self._store.reading() as session:
            pages = pages_with_writing(session, PAGES_AT_ONCE, tries.tried_most())
            waiting = [(page.id, page.file.kept_sha256, page.number) for page in pages]
            printed = {page.printed_form_id for page in pages}
            if not waiting or is_any_waiting(session):
                return
            known, lists = printings(session, self._store.files), lists_of(session)
        needed = {name: one for name, one in known.items() if not one.is_unmarked or one.row.id in printed}
        with self._readers(needed, lists) as readers:
            for page_id, sha256, number in waiting:
                self._read(readers, page_id, sha256, number)
                if self._is_wanted_elsewhere():
                    return

    def _readers(self, known: Mapping[str, Known], lists: Lists) -> Readers:
        forms = [self._store.files.path(one.row.pdf_sha256) for one in known.values()]
        return Readers(forms, jobs=1, limits=self._limits, wanted=Wanted(writing=lists), bounds=BOUNDS)

    def _read(self, readers: Readers, page_id: int, sha256: str | None, number: int) -> None:
        """Read one page; give it up where its file is gone: the paper is there for the officer."""
        is_there = sha256 is not None and self._store.files.has(sha256)
        with self._store.writing() as session:
            page = session.get_one(Page, page_id)
            tries.begin(page)
            if not is_there:
                page.writing = WritingState.FAILED
        if sha256 is None or not is_there:
            return
        portion = Portion(self._store.files.path(sha256), number - 1, 1, may_change=False)
        results = list(readers.read([portion]))
        with self._store.writing() as session:
            keep_drafts(session, session.get_one(Page, page_id), results)

    def _is_wanted_elsewhere(self) -> bool:
        with self._store.reading() as session:
            return self._is_ended() or is_any_waiting(session)


def keep_drafts(session: Session, page: Page, results: list[PageResult | FileRefused]) -> None:
    """Keep what was drafted of a page with its readings, and tell officers of dangers that it speaks of.

    Nothing is kept where it could not be read: that is tried again later.
    """
    slip = _slip(results, page.part)
    if slip is None:
        tries.failed(page)
        log.warning("the writing on page %d could not be read (try %d)", page.id, page.writing_attempts)
        return
    held = _held_copy(session, page)
    for reading in session.scalars(select(Reading).where(Reading.page_id == page.id)):
        own = _own(slip.drafts, reading.question)
        if own:
            reading.drafts = kept(own)
    page.writing = WritingState.READ
    session.flush()  # whoever puts the page into a copy at this moment is waited for
    session.refresh(page, ["return_id"])
    if (one := held or _held_copy(session, page)) is not None:
        notice_what_is_written(session, one)


def _slip(results: list[PageResult | FileRefused], part: int) -> PageResult | None:
    """Give the slip of that number as it was read; None where its reading failed, which it may not next time."""
    slips = [one for one in results if isinstance(one, PageResult)]
    outcome = slips[part].outcome if part < len(slips) else None
    if outcome is None or (isinstance(outcome, SetAside) and outcome.refusal is Refusal.UNREADABLE):
        return None
    return slips[part]


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
