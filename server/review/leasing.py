"""Leases: a doubt that one officer has before them is not given to another for a few minutes.

They spare two people the same work and guard nothing: who decides second is told (`server.returns.deciding`).
"""

from datetime import timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, Table, update
from sqlalchemy.orm import Session

from server.models.base import now
from server.models.review import Doubt, DoubtState
from server.queries.review import Wish, is_free, next_doubt

LASTS: Final = timedelta(minutes=5)
"""Long enough to look at the paper itself; a page that is open renews it every two minutes (`review.js`)."""

TRIES: Final = 20
"""Officers who press a key in the same instant, each of whom may take the doubt that another was about to."""

DOUBTS: Final = cast(Table, Doubt.__table__)
"""Changed past the object mapper: a lease does not make a new version of a doubt."""


def take_next(session: Session, wish: Wish, officer_id: int, after: Doubt | None = None) -> int | None:
    """Lease the doubt that comes next to an officer; give its id, None where no other waits."""
    for _ in range(TRIES):
        found = next_doubt(session, wish, officer_id, after)
        if found is None:
            return None
        if lease(session, found.doubt_id, officer_id):
            return found.doubt_id
    return None


def lease(session: Session, doubt_id: int, officer_id: int) -> bool:
    """Lease a doubt to an officer, or longer; tell whether nobody else has it and it still waits."""
    moment = now()
    free = (DOUBTS.c.id == doubt_id, DOUBTS.c.state == DoubtState.OPEN, is_free(officer_id, moment))
    asked = update(DOUBTS).where(*free).values(leased_by=officer_id, leased_until=moment + LASTS)
    return cast(CursorResult[Any], session.execute(asked)).rowcount == 1


def give_back(session: Session, doubt_id: int, officer_id: int) -> None:
    """End an officer's own lease of a doubt."""
    mine = (DOUBTS.c.id == doubt_id, DOUBTS.c.leased_by == officer_id)
    session.execute(update(DOUBTS).where(*mine).values(leased_by=None, leased_until=None))
