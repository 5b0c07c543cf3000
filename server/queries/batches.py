"""Batches of paper: what came in each, how far it is, and what its pages tell of the scanner."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.campaigns import Campaign
from server.models.intake import (
    Arrival,
    Batch,
    FileState,
    Page,
    PageState,
    Reading,
    ReceivedFile,
    Return,
    ReturnState,
    WritingState,
)
from server.models.review import CHECKED, Doubt, DoubtState
from server.queries.paging import PAGE_ROWS, Listing
from server.queries.review import NOT_ASKED

NO_DATE: Final = "no_date"
"""As `server.returns.problems.Problem` has it, which stands above the queries."""

DONE: Final = (PageState.SETTLED, PageState.REJECTED, PageState.REMOVED)
"""Pages with which nothing more is to be done."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files of a batch."""

    total: int = 0
    waiting: int = 0
    aside: int = 0
    first_at: datetime | None = None
    read_at: datetime | None = None
    """When the last page of the last file was read."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of a batch's files."""

    total: int = 0
    aside: int = 0
    done: int = 0
    settled_at: datetime | None = None
    unread: int = 0
    """Those whose writing the machine could not read, however often it tried, and that are not settled."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """Copies that came back in a batch."""

    total: int = 0
    complete: int = 0
    repeated: int = 0
    rejected: int = 0
    dateless: int = 0
    """Those that wait for nothing but the day on which they came."""
    hindered: int = 0
    """Those in whose way something else stands than doubts."""
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers of a batch's copies, but for those that do not count."""

    accepted: int = 0
    doubted: int = 0
    settled: int = 0

    @property
    def open(self) -> int:
        """Give how many doubts wait."""
        return self.doubted - self.settled


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a batch has come."""

    batch: Batch
    files: Files
    pages: Pages
    sheets: Sheets
    answers: Answers
    repeats: int
    """Files that came again with the same content."""
    campaign: str | None

    @property
    def is_done(self) -> bool:
        """Tell whether nothing more is to be done with it."""
        is_read = not (self.files.waiting or self.files.aside) and self.pages.done == self.pages.total
        return is_read and self.sheets.total == self.sheets.complete + self.sheets.rejected and bool(self.sheets.total)

    @property
    def done_per_cent(self) -> int:
        """Give the part of its pages that need nobody any more; 100 only once the whole batch does not."""
        if self.is_done:
            return 100
        return min(99, 100 * self.pages.done // self.pages.total) if self.pages.total else 0

    @property
    def minutes_read(self) -> int | None:
        """Give the minutes from the first file to the last page read; None while there are some to read."""
        return None if self.files.waiting else _minutes(self.files.first_at, self.files.read_at)

    @property
    def minutes_done(self) -> int | None:
        """Give the minutes from the first file until the batch was complete; None while it is not."""
        ends = [at for at in (self.pages.settled_at, self.sheets.settled_at) if at is not None]
        return _minutes(self.files.first_at, max(ends)) if self.is_done and ends else None


def _minutes(start: datetime | None, end: datetime | None) -> int | None:
    return max(1, round((end - start).total_seconds() / 60)) if start is not None and end is not None else None


def batches_page(session: Session, page: int) -> Listing:
    """Give a page of batches with how far each is, the latest first."""
    total = session.scalar(select(func.count()).select_from(Batch)) or 0
    asked = select(Batch).order_by(Batch.id.desc()).limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)
    return Listing(tuple(_standing(session, session.scalars(asked).all())), total, page)


def batch_standing(session: Session, batch_id: int) -> Standing:
    """Give how far a batch is; `NotFoundError` where there is none of that number."""
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise NotFoundError("There is no such batch. Choose it from the list.")
    return _standing(session, [batch])[0]


def _standing(session: Session, batches: Collection[Batch]) -> list[Standing]:
    ids = [batch.id for batch in batches]
    files, pages, sheets = _files(session, ids), _pages(session, ids), _sheets(session, ids)
    accepted, doubts, repeats = _accepted(session, ids), _doubts(session, ids), _repeats(session, ids)
    named = select(Campaign.id, Campaign.name).where(Campaign.id.in_({batch.campaign_id for batch in batches} - {None}))
    names: Mapping[int | None, str] = dict(session.execute(named).all())
    return [
        Standing(
            batch,
            files.get(batch.id, Files()),
            pages.get(batch.id, Pages()),
            sheets.get(batch.id, Sheets()),
            Answers(accepted.get(batch.id, 0), *doubts.get(batch.id, (0, 0))),
            repeats.get(batch.id, 0),
            names.get(batch.campaign_id),
        )
        for batch in batches
    ]


def _count_if(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((holds, 1), else_=0)), 0)


def _files(session: Session, ids: Collection[int]) -> dict[int, Files]:
    of = ReceivedFile
    waiting, aside = (_count_if(of.state == state) for state in (FileState.WAITING, FileState.SET_ASIDE))
    counts = (func.count(), waiting, aside, func.min(of.received_at), func.max(of.read_at))
    return {row[0]: Files(*row[1:]) for row in _rows(session, of.batch_id, counts, ids)}


def _pages(session: Session, ids: Collection[int]) -> dict[int, Pages]:
    aside, done = _count_if(Page.state == PageState.SET_ASIDE), _count_if(Page.state.in_(DONE))
    counts = (func.count(), aside, done, func.max(Page.settled_at), _count_if(is_unread()))
    joined = Page.__table__.join(ReceivedFile.__table__)
    return {row[0]: Pages(*row[1:]) for row in _rows(session, ReceivedFile.batch_id, counts, ids, joined)}


def is_unread() -> ColumnElement[bool]:
    """Say, of a page, that its writing was given up and is still to be typed."""
    return and_(Page.writing == WritingState.FAILED, Page.state == PageState.READ)


def unread_pages(session: Session, batch_id: int) -> Sequence[Page]:
    """Give the pages of a batch whose writing was given up and is still to be typed."""
    asked = select(Page).join(Page.file).where(ReceivedFile.batch_id == batch_id, is_unread())
    return session.scalars(asked.order_by(Page.id)).all()


def _sheets(session: Session, ids: Collection[int]) -> dict[int, Sheets]:
    of, states = Return, (ReturnState.COMPLETE, ReturnState.REPEATED, ReturnState.REJECTED)
    reading, other = of.state == ReturnState.READING, of.problem.is_not(None) & (of.problem != NO_DATE)
    problems = (_count_if(reading & (of.problem == NO_DATE)), _count_if(reading & other))
    counts = (func.count(), *(_count_if(of.state == state) for state in states), *problems, func.max(of.settled_at))
    return {row[0]: Sheets(*row[1:]) for row in _rows(session, of.batch_id, counts, ids)}


def _rows(
    session: Session, batch: Any, counts: tuple[Any, ...], ids: Collection[int], joined: Any = None
) -> Iterable[tuple[Any, ...]]:
    """Give the counts of each batch behind its number."""
    asked: Select[*tuple[Any, ...]] = select(batch, *counts).where(batch.in_(ids)).group_by(batch)
    return session.execute(asked if joined is None else asked.select_from(joined)).all()


def _accepted(session: Session, ids: Collection[int]) -> dict[int, int]:
    asked = (
        select(Return.batch_id, func.count(Reading.id))
        .join(Page, Page.return_id == Return.id)
        .join(Reading, Reading.page_id == Page.id)
        .outerjoin(Doubt, Doubt.reading_id == Reading.id)
        .where(Return.batch_id.in_(ids), Return.state.not_in(NOT_ASKED), Reading.reason.is_(None))
        .where(or_(Doubt.id.is_(None), Doubt.reason == CHECKED))
        .group_by(Return.batch_id)
    )
    return dict(session.execute(asked).all())


def _doubts(session: Session, ids: Collection[int]) -> dict[int, tuple[int, int]]:
    rows = session.execute(
        select(Doubt.batch_id, func.count(), _count_if(Doubt.state == DoubtState.SETTLED))
        .join(Return, Return.id == Doubt.return_id)
        .where(Doubt.batch_id.in_(ids), Return.state.not_in(NOT_ASKED), Doubt.reason != CHECKED)
        .group_by(Doubt.batch_id)
    )
    return {batch: (total, settled) for batch, total, settled in rows}


def _repeats(session: Session, ids: Collection[int]) -> dict[int, int]:
    asked = select(Arrival.batch_id, func.count()).where(Arrival.batch_id.in_(ids), Arrival.is_repeat.is_(True))
    return dict(session.execute(asked.group_by(Arrival.batch_id)).all())


def batches_without_day(session: Session) -> int:
    """Count the batches of which nobody has said yet on which day they came."""
    return session.scalar(select(func.count()).select_from(Batch).where(Batch.received_on.is_(None))) or 0
