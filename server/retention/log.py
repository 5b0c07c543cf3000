"""The audit log's oldest events; what is left of the log can still be proved whole."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models.audit import AuditEvent
from server.retention.counting import Found, counted
from server.store import Store
from server.store.keys import KeyName
from server.trail.chain import forget_before


def find(session: Session, before: datetime) -> Found:
    """Count the events at the front of the log that are due."""
    first_kept = select(AuditEvent.number).where(AuditEvent.at >= before).order_by(AuditEvent.number).limit(1)
    number = session.scalar(first_kept)
    where = AuditEvent.number < number if number is not None else AuditEvent.at < before
    return counted(session, AuditEvent.at, where)


def remove(store: Store, session: Session, before: datetime, _: Mapping[str, str | None]) -> set[str]:
    """Take them off the front of the log."""
    forget_before(session, store.keys.get(KeyName.AUDIT), before)
    return set()
