"""The batches that files join: one of a name and a day, or the watched folder's of the day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.campaigns import Campaign, Channel
from server.models.intake import Batch, CameBy
from server.store import Store
from server.store.locking import alone
from server.trail.recording import note


@dataclass(frozen=True, slots=True)
class NewBatch:
    """A batch that is to be made."""

    name: str
    came_by: CameBy
    received_on: date | None = None
    """The day it came; none until somebody says."""
    campaign_id: int | None = None
    """What its papers without a code answer; none where their form tells."""


def begin(store: Store, wanted: NewBatch, *, by: str | None, officer_id: int | None = None) -> int:
    """Make a batch; give its number."""
    with store.writing() as session:
        return _made(store, session, wanted, by=by, officer_id=officer_id)


def named(store: Store, wanted: NewBatch) -> int:
    """Give the number of the batch of this name and day, made now if there is none yet."""
    with store.writing() as session:
        return _named(store, session, wanted)


def of_the_day(store: Store, session: Session, words: str) -> int:
    """Give the number of the watched folder's batch of a day, which is written out in `words`.

    Once somebody has said when its paper came, what comes after that begins another one.
    """
    return _named(store, session, NewBatch(f"Scans of {words}", CameBy.FOLDER))


def campaign_named(store: Store, name: str) -> int:
    """Give a campaign's number; `NotFoundError` when there is none of that name."""
    with store.reading() as session:
        found = session.scalar(select(Campaign.id).where(Campaign.name == name))
    if found is None:
        raise NotFoundError(f"there is no campaign '{name}'. Look at the page 'Campaigns' for their names.")
    return found


def _named(store: Store, session: Session, wanted: NewBatch) -> int:
    alone(session, f"batch {wanted.name}")
    asked = select(Batch.id).where(
        Batch.name == wanted.name, Batch.came_by == wanted.came_by, Batch.received_on == wanted.received_on
    )
    found = session.scalar(asked.order_by(Batch.id.desc()).limit(1))
    return found if found is not None else _made(store, session, wanted, by=None, officer_id=None)


def _made(store: Store, session: Session, wanted: NewBatch, *, by: str | None, officer_id: int | None) -> int:
    batch = Batch(
        name=wanted.name,
        channel=Channel.PAPER,
        came_by=wanted.came_by,
        received_on=wanted.received_on,
        campaign_id=wanted.campaign_id,
        officer_id=officer_id,
    )
    session.add(batch)
    session.flush()
    note(store, session, "batch begun", f"batch {batch.uid}", by=by)
    return batch.id
