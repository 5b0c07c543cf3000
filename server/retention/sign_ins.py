"""Sign-ins that have ended and failed ones that no longer slow anybody down: they are good for nothing more."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from server.accounts.sessions import LASTS
from server.accounts.throttling import FORGOTTEN_AFTER
from server.models.officers import OfficerSession, Throttle
from server.retention.counting import Found, counted
from server.store import Store


def find(session: Session, before: datetime) -> Found:
    """Count both."""
    ended = counted(session, OfficerSession.started_at, OfficerSession.started_at < before - LASTS)
    forgotten = counted(session, Throttle.failed_at, Throttle.failed_at < before - FORGOTTEN_AFTER)
    moments = [moment for moment in (*ended[1:], *forgotten[1:]) if moment is not None]
    return ended[0] + forgotten[0], min(moments, default=None), max(moments, default=None)


def remove(store: Store, session: Session, before: datetime, _: Mapping[str, str | None]) -> set[str]:
    """Remove both."""
    del store
    session.execute(delete(OfficerSession).where(OfficerSession.started_at < before - LASTS))
    session.execute(delete(Throttle).where(Throttle.failed_at < before - FORGOTTEN_AFTER))
    return set()
