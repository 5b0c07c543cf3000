"""A household's wish not to be reminded."""

from sqlalchemy import select

from server.errors import NotFoundError
from server.models.base import now
from server.models.households import Household
from server.models.officers import Officer
from server.store import Store
from server.trail.recording import note


def wants_no_reminder(store: Store, uid: str, wanted: bool, *, by: Officer) -> None:
    """Keep whether a household wants no reminder; `NotFoundError` when there is no such household."""
    with store.writing() as session:
        household = session.scalar(select(Household).where(Household.uid == uid).with_for_update())
        if household is None:
            raise NotFoundError("there is no such household.")
        if household.wants_no_reminder == wanted:
            return
        household.wants_no_reminder, household.updated_at = wanted, now()
        action = "reminders stopped" if wanted else "reminders allowed"
        note(store, session, action, f"household {uid}", by=by.uid)
