"""Returns of paper without marks: made, added to and joined as the order of its pages tells."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.models.alerts import Alert
from server.models.intake import Batch, Page, PageState, ReceivedFile, Return, ReturnState
from server.models.review import Doubt
from server.returns.following import pieces
from server.returns.known import Known
from server.store.locking import alone

AT_ONCE: Final = 10
"""Put together in one transaction, as numbered copies are."""


def put_in_order(
    session: Session, file: ReceivedFile, known: Mapping[str, Known], batch: Batch, campaigns: Mapping[int, int | None]
) -> Iterator[Return]:
    """Put pages without marks of a file into returns: some of them at once; `campaigns` by the printed form's id."""
    alone(session, f"paper without marks of batch {batch.id}")
    waiting = (piece.pages for piece in pieces(session, file, known) if any(map(is_loose, piece.pages)))
    for pages in list(islice(waiting, AT_ONCE)):
        have = _returns_of(session, pages)
        if not have or all(_may_grow(one, pages) for one in have):
            yield _joined(session, pages, have, batch, campaigns)
        else:
            for page in filter(is_loose, pages):
                yield _joined(session, [page], [], batch, campaigns)


def is_loose(page: Page) -> bool:
    """Tell whether a page was read and is in no return yet."""
    return page.state == PageState.READ and page.return_id is None and page.outcome is not None


def _returns_of(session: Session, pages: Sequence[Page]) -> Sequence[Return]:
    numbers = {page.return_id for page in pages} - {None}
    return session.scalars(select(Return).where(Return.id.in_(numbers)).order_by(Return.id)).all() if numbers else []


def _may_grow(one: Return, pages: Sequence[Page]) -> bool:
    """Tell whether a return is open still, and nobody has put a page to it that does not follow."""
    return one.state == ReturnState.READING and {page.id for page in one.pages} <= {page.id for page in pages}


def _joined(
    session: Session,
    pages: Sequence[Page],
    have: Sequence[Return],
    batch: Batch,
    campaigns: Mapping[int, int | None],
) -> Return:
    """Put pages into the first of their returns, or into a new one; others of theirs become one with it."""
    form = pages[0].printed_form_id or 0
    place = have[0] if have else Return(batch_id=batch.id, printed_form_id=form, campaign_id=campaigns[form])
    session.add(place)
    session.flush()
    for gone in have[1:]:
        for of in (Page, Doubt, Alert):
            session.execute(update(of).where(of.return_id == gone.id).values(return_id=place.id))
        session.expire(gone)
        session.delete(gone)
    for page in pages:
        page.return_id = place.id
    session.flush()
    session.expire(place, ["pages"])
    return place
