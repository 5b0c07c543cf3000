"""What came in, and how far it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.base import now
from server.models.campaigns import Campaign, CampaignState
from server.models.intake import Arrival, Batch, FileState, Page, PageState, ReceivedFile, WritingState
from server.queries.theirs import Lot, is_theirs_asked

BATCHES_OFFERED = 12
"""To put more files into: a fortnight's."""

ITS_OWN: Final = "(also without our marks)"
"""Stands behind a campaign whose form is somebody else's, where an officer says that a batch answers it."""

ARRIVALS_SHOWN = 200
"""On the page of one batch, the latest first."""


def waiting_files(
    session: Session, lot: Lot, after: int, most: int, *, suspected: bool = False
) -> Sequence[ReceivedFile]:
    """Give files of a lot that wait to be read and have a higher number, in their order.

    `suspected` asks for those over which a worker may have died: whose reading was begun, and then no page came.
    """
    asked = select(ReceivedFile).join(ReceivedFile.batch)
    asked = asked.where(
        lot.holds(),
        ReceivedFile.state == FileState.WAITING,
        ReceivedFile.id > after,
        ReceivedFile.attempts > 0 if suspected else ReceivedFile.attempts == 0,
    )
    return session.scalars(asked.order_by(ReceivedFile.id).limit(most)).all()


def waiting_pages(session: Session, lot: Lot | None = None) -> Sequence[Page]:
    """Give single pages that are to be read again, of files that were read: those of a lot, or all."""
    asked = select(Page).join(Page.file).where(Page.state == PageState.WAITING, ReceivedFile.state == FileState.READ)
    if lot is not None:
        asked = asked.join(ReceivedFile.batch).where(lot.holds())
    return session.scalars(asked.order_by(Page.id)).all()


def pages_with_writing(session: Session, most: int, tried: int) -> Sequence[Page]:
    """Give pages whose writing waits to be read and does not rest, those first that came first and were tried least.

    `tried` is how often they may have been tried at most.
    """
    waits = (Page.writing == WritingState.WAITING, Page.state == PageState.READ)
    is_rested = or_(Page.writing_after.is_(None), Page.writing_after <= now())
    asked = select(Page).where(*waits, Page.writing_attempts <= tried, is_rested)
    return session.scalars(asked.order_by(Page.writing_attempts, Page.id).limit(most)).all()


def is_any_waiting(session: Session) -> bool:
    """Tell whether there is anything to read."""
    file = session.scalar(select(ReceivedFile.id).where(ReceivedFile.state == FileState.WAITING).limit(1))
    return file is not None or bool(waiting_pages(session))


def loose_files(session: Session) -> Sequence[int]:
    """Give the numbers of files that were read and whose pages are not all put into returned copies yet."""
    asked = (
        select(Page.file_id)
        .join(Page.file)
        .where(Page.state == PageState.READ, Page.return_id.is_(None), ReceivedFile.state != FileState.WAITING)
    )
    return session.scalars(asked.distinct().order_by(Page.file_id)).all()


def last_read(session: Session, file_id: int) -> int:
    """Give the number of the last page of a file that has come; 0 for none."""
    asked = select(func.max(Page.number)).where(Page.file_id == file_id, Page.state != PageState.WAITING)
    return session.scalar(asked) or 0


def what_became(session: Session, file_ids: Collection[int]) -> Mapping[int, bool]:
    """Give, for those of these files that do not wait any more, whether somebody must look at them."""
    aside = exists().where(Page.file_id == ReceivedFile.id, Page.state == PageState.SET_ASIDE)
    rows = session.execute(
        select(ReceivedFile.id, ReceivedFile.state, aside).where(
            ReceivedFile.id.in_(file_ids), ReceivedFile.state != FileState.WAITING
        )
    )
    return {number: state == FileState.SET_ASIDE or is_aside for number, state, is_aside in rows}


@dataclass(frozen=True, slots=True)
class Came:
    """A coming of a file, with how far the file is."""

    arrival: Arrival
    file: ReceivedFile
    first_batch: Batch
    """The batch that the content came with first."""
    pages: int
    aside: int
    """Pages of it that somebody must look at."""


def batch_shown(session: Session, number: int) -> Batch:
    """Give a batch; `NotFoundError` when there is none."""
    batch = session.get(Batch, number)
    if batch is None:
        raise NotFoundError("There is no such batch. Choose it from the list.")
    return batch


def came_in(session: Session, batch_id: int) -> list[Came]:
    """Give the files that came into a batch, the latest first."""
    pages = select(func.count(Page.id)).where(Page.file_id == ReceivedFile.id, Page.state != PageState.WAITING)
    aside = select(func.count(Page.id)).where(Page.file_id == ReceivedFile.id, Page.state == PageState.SET_ASIDE)
    rows = session.execute(
        select(Arrival, ReceivedFile, Batch, pages.scalar_subquery(), aside.scalar_subquery())
        .join(ReceivedFile, ReceivedFile.id == Arrival.file_id)
        .join(Batch, Batch.id == ReceivedFile.batch_id)
        .where(Arrival.batch_id == batch_id)
        .order_by(Arrival.id.desc())
        .limit(ARRIVALS_SHOWN)
    )
    return [Came(*row) for row in rows]


def latest_batches(session: Session) -> Sequence[Batch]:
    """Give the batches begun last."""
    return session.scalars(select(Batch).order_by(Batch.id.desc()).limit(BATCHES_OFFERED)).all()


def campaigns_to_answer(session: Session) -> Sequence[tuple[int, str]]:
    """Give the campaigns that paper may still answer, by name, and which of them ask somebody else's form."""
    asked = select(Campaign.id, Campaign.name, is_theirs_asked()).where(Campaign.state != CampaignState.DRAFT)
    return [
        (number, f"{name} {ITS_OWN}" if is_theirs else name)
        for number, name, is_theirs in session.execute(asked.order_by(Campaign.name))
    ]
