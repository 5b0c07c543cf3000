"""Leases: an answer that one officer looks at is not given to another for a few minutes."""

from typing import Any, Final, cast

from sqlalchemy import CursorResult, Table, update
from sqlalchemy.orm import Session

from server.models.base import now
from server.models.review import SecondLook
from server.queries.looks import is_free, next_look
from server.review.leasing import LASTS, TRIES

LOOKS: Final = cast(Table, SecondLook.__table__)
"""Changed past the object mapper: a lease does not make a new version of a look."""


def take_next(session: Session, batch_id: int | None, officer_id: int, after: int | None = None) -> int | None:
    """Lease the look that comes next, in one batch or in all, to an officer; give its id, None where none waits."""
    for _ in range(TRIES):
        found = next_look(session, batch_id, officer_id, after)
        if found is None or lease(session, found, officer_id):
            return found
    return None


def lease(session: Session, look_id: int, officer_id: int) -> bool:
    """Lease a look to an officer, or longer; tell whether nobody else has it and it still waits."""
    free = (LOOKS.c.id == look_id, LOOKS.c.looked_at.is_(None), is_free(officer_id))
    asked = update(LOOKS).where(*free).values(leased_by=officer_id, leased_until=now() + LASTS)
    return cast(CursorResult[Any], session.execute(asked)).rowcount == 1


def give_back(session: Session, look_id: int, officer_id: int) -> None:
    """End an officer's own lease of a look."""
    mine = (LOOKS.c.id == look_id, LOOKS.c.leased_by == officer_id)
    session.execute(update(LOOKS).where(*mine).values(leased_by=None, leased_until=None))
