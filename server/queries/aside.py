"""What needs a person, group by group, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from server.errors import NotFoundError
from server.models.copies import Copy
from server.models.intake import Arrival, Batch, FileState, Page, PageState, ReceivedFile, Return, ReturnState
from server.models.responses import Response, ResponseState
from server.queries.paging import PAGE_ROWS, Listing

SHOWN_FIRST: Final = 5
"""Of each group on the list of all; a page of its own has the rest."""


NO_DATE: Final = "no_date"
"""As `server.returns.problems.Problem` has it, which stands above the queries."""


class Group(StrEnum):
    """What kind of thing needs a person."""

    PAGES = "pages"
    FILES = "files"
    COPIES = "copies"
    REPEATS = "repeats"
    AGAIN = "again"
    CLASHES = "clashes"
    REJECTED = "rejected"
    """Not to be acted on, but never out of sight: what officers rejected."""


TO_ACT_ON: Final = tuple(group for group in Group if group is not Group.REJECTED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One group: how many there are, and the first of them."""

    group: Group
    total: int
    rows: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ReturnedCopy:
    """A returned copy with the code that it bears, where that is known."""

    one: Return
    batch: Batch
    code: str | None

    @property
    def first_page(self) -> Page | None:
        """Give its first page, for a picture of it."""
        return self.one.pages[0] if self.one.pages else None


def needs_you(session: Session) -> tuple[Waiting, ...]:
    """Give every group that has anything in it, with its first few."""
    counts = counted(session)
    shown = (group for group in TO_ACT_ON if counts[group])
    return tuple(Waiting(group, counts[group], rows_of(session, group, SHOWN_FIRST, 0)) for group in shown)


def counted(session: Session) -> dict[Group, int]:
    """Count what needs a person, by group."""

    def count(of: type[Any], condition: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(of).where(condition)) or 0

    return {
        Group.PAGES: count(Page, Page.state == PageState.SET_ASIDE),
        Group.FILES: count(ReceivedFile, ReceivedFile.state == FileState.SET_ASIDE),
        Group.COPIES: count(Return, _has_problem()),
        Group.REPEATS: count(Return, Return.state == ReturnState.REPEATED),
        Group.AGAIN: count(Arrival, _is_unseen()),
        Group.CLASHES: count(Response, Response.state == ResponseState.CLASH),
    }


def _has_problem() -> ColumnElement[bool]:
    """Only what one copy needs: the day that its batch came is asked once for the batch."""
    ours = Return.problem != NO_DATE
    return and_(Return.state == ReturnState.READING, Return.problem.is_not(None), ours)


def _is_unseen() -> ColumnElement[bool]:
    return and_(Arrival.is_repeat, Arrival.seen_by.is_(None))


def group_page(session: Session, group: Group, page: int) -> Listing:
    """Give a page of one group."""
    if group is Group.REJECTED:
        rows = rejected(session)
        start = (page - 1) * PAGE_ROWS
        return Listing(tuple(rows[start : start + PAGE_ROWS]), len(rows), page)
    total = counted(session)[group]
    return Listing(rows_of(session, group, PAGE_ROWS, (page - 1) * PAGE_ROWS), total, page)


def rows_of(session: Session, group: Group, limit: int, offset: int) -> tuple[Any, ...]:
    """Give some of one group, the oldest first, each with what a line about it needs."""
    match group:
        case Group.PAGES:
            asked: Select[Any] = pages_of().where(Page.state == PageState.SET_ASIDE).order_by(Page.id)
        case Group.FILES:
            with_batch = select(ReceivedFile).options(joinedload(ReceivedFile.batch))
            asked = with_batch.where(ReceivedFile.state == FileState.SET_ASIDE).order_by(ReceivedFile.id)
        case Group.AGAIN:
            file = joinedload(Arrival.file).joinedload(ReceivedFile.batch)
            asked = select(Arrival).options(file).where(_is_unseen()).order_by(Arrival.id)
        case Group.CLASHES:
            # By the moment, not the number: SQLite would walk along the whole table in its own order.
            asked = (
                select(Response).where(Response.state == ResponseState.CLASH).order_by(Response.saved_at, Response.id)
            )
        case _:
            is_repeat = Return.state == ReturnState.REPEATED
            return _copies(session, is_repeat if group is Group.REPEATS else _has_problem(), limit, offset)
    return tuple(session.scalars(asked.limit(limit).offset(offset)))


def pages_of() -> Select[Page]:
    """Give the question for pages, each with its file and batch."""
    return select(Page).options(joinedload(Page.file, innerjoin=True).joinedload(ReceivedFile.batch, innerjoin=True))


def _copies(
    session: Session, condition: ColumnElement[bool], limit: int | None = None, offset: int = 0
) -> tuple[ReturnedCopy, ...]:
    asked = (
        select(Return, Batch, Copy.code)
        .join(Batch, Batch.id == Return.batch_id)
        .outerjoin(Copy, Copy.id == Return.copy_id)
        .options(selectinload(Return.pages).joinedload(Page.file))
        .where(condition)
        .order_by(Return.id)
    )
    rows = session.execute(asked.limit(limit).offset(offset)).all()
    return tuple(ReturnedCopy(one, batch, code) for one, batch, code in rows)


def rejected(session: Session) -> list[Page | ReceivedFile | ReturnedCopy]:
    """Give what officers rejected: pages, files and copies; the copies that lost against another, too."""
    pages = session.scalars(pages_of().where(Page.state == PageState.REJECTED).order_by(Page.id.desc()))
    files = select(ReceivedFile).options(joinedload(ReceivedFile.batch))
    of_files = session.scalars(files.where(ReceivedFile.state == FileState.REJECTED).order_by(ReceivedFile.id.desc()))
    return [*pages, *of_files, *_copies(session, Return.state == ReturnState.REJECTED)]


@dataclass(frozen=True, slots=True)
class ToScan:
    """All that is to be scanned again."""

    pages: Sequence[Page]
    files: Sequence[ReceivedFile]
    copies: Sequence[ReturnedCopy]


def to_scan_again(session: Session) -> ToScan:
    """Give what officers asked to be scanned again and that has not come yet, by file."""
    asked = (Page.state == PageState.SET_ASIDE, Page.asked_again_at.is_not(None))
    pages = session.scalars(pages_of().where(*asked).order_by(Page.file_id, Page.number)).all()
    files = select(ReceivedFile).options(joinedload(ReceivedFile.batch)).order_by(ReceivedFile.id)
    wanted = (ReceivedFile.state == FileState.SET_ASIDE, ReceivedFile.asked_again_at.is_not(None))
    return ToScan(
        pages, session.scalars(files.where(*wanted)).all(), _copies(session, and_(_has_problem(), _is_asked()))
    )


def _is_asked() -> ColumnElement[bool]:
    return Return.asked_again_at.is_not(None)


def page_of(session: Session, page_id: int) -> Page:
    """Give a page with its file and batch; `NotFoundError` when there is none of that number."""
    page = session.scalar(pages_of().where(Page.id == page_id))
    if page is None:
        raise NotFoundError("There is no such page any more. It may have been removed.")
    return page


def copy_in_need(session: Session, page_id: int) -> str | None:
    """Give the uid of the copy that a page belongs to, where that copy needs something of its own."""
    asked = select(Return.uid).join(Page, Page.return_id == Return.id).where(Page.id == page_id, _has_problem())
    return session.scalar(asked)


def file_of(session: Session, uid: str) -> ReceivedFile:
    """Give a file with its batch; `NotFoundError` when there is none of that uid."""
    file = session.scalar(select(ReceivedFile).options(joinedload(ReceivedFile.batch)).where(ReceivedFile.uid == uid))
    if file is None:
        raise NotFoundError("There is no such file any more. It may have been removed.")
    return file


def copy_of(session: Session, uid: str) -> ReturnedCopy:
    """Give a returned copy; `NotFoundError` when there is none of that uid."""
    found = _copies(session, Return.uid == uid)
    if not found:
        raise NotFoundError("There is no such copy any more. It may have been removed.")
    return found[0]


def stands_before(session: Session, second: Return) -> Return | None:
    """Give the return that stands for the copy that another return is of again; none when all were rejected."""
    same = Return.copy_id == second.copy_id if second.copy_id is not None else Return.id == second.repeats_id
    stands = Return.state.in_((ReturnState.READING, ReturnState.COMPLETE))
    asked = select(Return).where(same, stands, Return.id != second.id, Return.printed_form_id == second.printed_form_id)
    return session.scalar(asked.order_by(Return.id).limit(1))


def asides_beside(session: Session, one: Return) -> Sequence[Page]:
    """Give the pages set aside that may be a copy's missing ones: of the files that it came in, and of its batch."""
    mine = select(Page.file_id).where(Page.return_id == one.id)
    of_batch = select(ReceivedFile.id).where(ReceivedFile.batch_id == one.batch_id)
    near = or_(Page.file_id.in_(mine), Page.file_id.in_(of_batch))
    asked = pages_of().where(Page.state == PageState.SET_ASIDE, near)
    return session.scalars(asked.order_by(Page.file_id.not_in(mine), Page.id).limit(PAGE_ROWS)).all()


def other_response(session: Session, second: Response) -> Response | None:
    """Give the response that stands under the id of one that clashes with it."""
    asked = select(Response).where(Response.uid == second.uid, Response.state == ResponseState.COMPLETE)
    return session.scalar(asked.limit(1))


def response_of(session: Session, response_id: int) -> Response:
    """Give a response; `NotFoundError` when there is none of that number."""
    found = session.get(Response, response_id)
    if found is None:
        raise NotFoundError("There is no such response any more. It may have been removed.")
    return found
