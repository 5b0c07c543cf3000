"""Doubts that wait, which of them comes next, and what is known of one."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum, auto
from functools import cache
from typing import Any, Final, TypeVarTuple

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.base import now
from server.models.copies import Copy
from server.models.form_versions import FormVersion, PrintedForm
from server.models.intake import Batch, Crop, Page, Reading, ReceivedFile, Return, ReturnState
from server.models.officers import Officer
from server.models.review import Correction, Doubt, DoubtState

Row = TypeVarTuple("Row")
Given = BindParameter[Any]

NOT_ASKED = (ReturnState.REPEATED, ReturnState.REJECTED)
"""Copies whose doubts nobody need settle: they do not count, or not before somebody says that they do."""


class Order(StrEnum):
    """Which doubt comes after which."""

    QUESTION = "question"
    """All of one question, then all of the next."""
    SHEET = "sheet"
    """All of one copy, as they stand on it, then all of the next."""


KEYS: Final = {Order.QUESTION: (Doubt.question, Doubt.id), Order.SHEET: (Doubt.return_id, Doubt.reading_id)}
"""What each order goes by; the indices of doubts are made for it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which doubts an officer looks at, and in which order."""

    order: Order = Order.QUESTION
    batch_id: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A batch with doubts, and how many."""

    batch: Batch
    count: int


@dataclass(frozen=True, slots=True)
class Next:
    """The doubt that comes next, and the reading that it has a picture of, if there is one."""

    doubt_id: int
    pictured_id: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """One doubt with all that it stands on."""

    doubt: Doubt
    reading: Reading
    page: Page
    returned: Return
    batch: Batch
    version: FormVersion
    language: str
    """That the paper is in."""
    copy_code: str | None
    has_crop: bool
    is_kept: bool
    """Whether the file that the page is of is still there."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A decision and who made it."""

    correction: Correction
    officer: str


def doubts_waiting(session: Session, batch_id: int | None = None) -> int:
    """Count the doubts that wait for an officer, in one batch or in all."""
    if batch_id is None:
        return session.scalar(WAITING) or 0
    return session.scalar(WAITING_IN_BATCH, {"batch_id": batch_id}) or 0


def batches_waiting(session: Session) -> list[Waiting]:
    """Give the batches with doubts that wait, the first that came at the top."""
    counted = _open(select(Doubt.batch_id, func.count().label("count"))).group_by(Doubt.batch_id).subquery()
    rows = session.execute(
        select(Batch, counted.c.count).join(counted, counted.c.batch_id == Batch.id).order_by(Batch.id)
    )
    return [Waiting(batch, count) for batch, count in rows]


def batch_named(session: Session, batch_id: int) -> Batch | None:
    """Give a batch; None where there is none."""
    return session.get(Batch, batch_id)


def next_doubt(session: Session, wish: Wish, officer_id: int, after: Doubt | None = None) -> Next | None:
    """Give the doubt that comes after another, of those that no other officer has before them.

    After the last the first comes again; none is given where there is no other.
    """
    values: dict[str, object] = {"officer_id": officer_id, "moment": now(), "batch_id": wish.batch_id}
    in_batch = wish.batch_id is not None
    if after is None:
        first = session.execute(_next(wish.order, _Part.ALL, in_batch=in_batch), values).one_or_none()
        return Next(*first) if first is not None else None
    values |= {f"key_{at}": getattr(after, key.key) for at, key in enumerate(KEYS[wish.order])} | {"but": after.id}
    parts = (_next(wish.order, part, in_batch=in_batch) for part in (_Part.FURTHER, _Part.OTHER))
    found = next((row for part in parts if (row := session.execute(part, values).one_or_none()) is not None), None)
    return Next(*found) if found is not None else None


class _Part(Enum):
    """Which doubts are looked through: all, those after one, or all but one."""

    ALL = auto()
    FURTHER = auto()
    OTHER = auto()


@cache
def _next(order: Order, part: _Part, *, in_batch: bool) -> Select[int, int]:
    """Give the statement for the next doubt, built once: building it takes as long as running it."""
    keys = KEYS[order]
    asked = _open(select(Doubt.id, Crop.reading_id)).where(is_free(bindparam("officer_id"), bindparam("moment")))
    asked = asked.outerjoin(Crop, Crop.reading_id == Doubt.reading_id).order_by(*keys).limit(1)
    if in_batch:
        asked = asked.where(Doubt.batch_id == bindparam("batch_id"))
    if part is _Part.FURTHER:
        place = tuple_(*(bindparam(f"key_{at}", type_=key.type) for at, key in enumerate(keys)))
        return asked.where(tuple_(*keys) > place)
    return asked.where(Doubt.id != bindparam("but")) if part is _Part.OTHER else asked


def is_free(officer_id: int | Given, moment: datetime | Given) -> ColumnElement[bool]:
    """Say, of a doubt, that no other officer has it before them."""
    return or_(Doubt.leased_until.is_(None), Doubt.leased_until < moment, Doubt.leased_by == officer_id)


def _open(asked: Select[*Row]) -> Select[*Row]:
    """Ask for doubts that wait, but for those of copies that do not count."""
    aside = select(Return.id).where(Return.state.in_(NOT_ASKED))
    return asked.where(Doubt.state == DoubtState.OPEN, Doubt.return_id.not_in(aside))


FOUND: Final = (
    select(Doubt, Reading, Page, Return, Batch, FormVersion, PrintedForm.language)
    .add_columns(
        select(Copy.code).where(Copy.id == Return.copy_id).scalar_subquery(),
        exists().where(Crop.reading_id == Reading.id),
        exists().where(ReceivedFile.id == Page.file_id, ReceivedFile.kept_sha256.is_not(None)),
    )
    .join(Reading, Reading.id == Doubt.reading_id)
    .join(Page, Page.id == Reading.page_id)
    .join(Return, Return.id == Doubt.return_id)
    .join(Batch, Batch.id == Doubt.batch_id)
    .join(PrintedForm, PrintedForm.id == Return.printed_form_id)
    .join(FormVersion, FormVersion.id == PrintedForm.form_version_id)
    .where(Doubt.id == bindparam("doubt_id"))
)
"""One doubt with all that it stands on. PostgreSQL plans it each time, for longer the more tables it joins."""


def _counted(*of: ColumnElement[bool]) -> Select[int]:
    """Count doubts that wait: all, less the few of copies that do not count.

    To check each one's copy takes twice as long.
    """
    waiting = select(func.count()).select_from(Doubt).where(Doubt.state == DoubtState.OPEN, *of)
    aside = waiting.where(Doubt.return_id.in_(select(Return.id).where(Return.state.in_(NOT_ASKED))))
    return select(waiting.scalar_subquery() - aside.scalar_subquery())


WAITING: Final = _counted()
WAITING_IN_BATCH: Final = _counted(Doubt.batch_id == bindparam("batch_id"))


def doubt_found(session: Session, doubt_id: int) -> Found:
    """Give one doubt; `NotFoundError` where there is none of that number."""
    row = session.execute(FOUND, {"doubt_id": doubt_id}).one_or_none()
    if row is None:
        raise NotFoundError("There is no such doubt any more: its paper may have been removed. Go on to the next.")
    return Found(*row)


def opinions(session: Session, doubt_id: int) -> list[Opinion]:
    """Give what was decided on a doubt, the latest first."""
    rows = session.execute(
        select(Correction, Officer.name)
        .join(Officer, Officer.id == Correction.officer_id)
        .where(Correction.doubt_id == doubt_id)
        .order_by(Correction.id.desc())
    )
    return [Opinion(correction, name) for correction, name in rows]


def name_of_officer(session: Session, officer_id: int | None) -> str:
    """Give an officer's name; somebody where it is not known."""
    return session.scalar(select(Officer.name).where(Officer.id == officer_id)) or "Somebody"
