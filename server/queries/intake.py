"""What came in, and how far it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.campaigns import Campaign, CampaignState
from server.models.intake import Arrival, Batch, FileState, Page, PageState, ReceivedFile, WritingState

BATCHES_OFFERED = 12
"""To put more files into: a fortnight's."""

ARRIVALS_SHOWN = 200
"""On the page of one batch, the latest first."""


def waiting_files(session: Session, after: int, most: int, *, suspected: bool = False) -> Sequence[ReceivedFile]:
    """Give files that wait to be read and have a higher number, in their order.

    `suspected` asks for those over which a worker may have died: whose reading was begun, and then no page came.
    """
    asked = select(ReceivedFile).where(
        ReceivedFile.state == FileState.WAITING,
        ReceivedFile.id > after,
        ReceivedFile.attempts > 0 if suspected else ReceivedFile.attempts == 0,
    )
    return session.scalars(asked.order_by(ReceivedFile.id).limit(most)).all()


def waiting_pages(session: Session) -> Sequence[Page]:
    """Give single pages that are to be read again, of files that were read."""
    asked = select(Page).join(Page.file).where(Page.state == PageState.WAITING, ReceivedFile.state == FileState.READ)
    return session.scalars(asked.order_by(Page.id)).all()


def pages_with_writing(session: Session, most: int) -> Sequence[Page]:
    """Give pages of which the writing waits to be read, those first that came first."""
    asked = select(Page).where(Page.writing == WritingState.WAITING, Page.state == PageState.READ)
    return session.scalars(asked.order_by(Page.id).limit(most)).all()


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
    """Give the campaigns that paper may still answer, by name."""
    asked = select(Campaign.id, Campaign.name).where(Campaign.state != CampaignState.DRAFT)
    return [(number, name) for number, name in session.execute(asked.order_by(Campaign.name))]
