"""The audit log as a list."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.models.audit import AuditEvent
from server.models.officers import Officer
from server.queries.paging import PAGE_ROWS, Listing


@dataclass(frozen=True, slots=True)
class EventPage:
    """One page of the log, with everything that it can be narrowed by."""

    listing: Listing
    names: dict[str, str]
    """Officers' names by uid."""
    actions: tuple[str, ...]


def events_page(session: Session, page: int, *, officer_uid: str = "", action: str = "") -> EventPage:
    """Give a page of events, the latest first, of one officer or of one action where they are named."""
    wanted = select(AuditEvent)
    if officer_uid:
        wanted = wanted.where(AuditEvent.officer_uid == officer_uid)
    if action:
        wanted = wanted.where(AuditEvent.action == action)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.order_by(AuditEvent.number.desc()).limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)
    ).all()
    officers = session.execute(select(Officer.uid, Officer.name).order_by(Officer.name)).all()
    names = {officer.uid: officer.name for officer in officers}
    actions = session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)).all()
    return EventPage(Listing(tuple(rows), total, page), names, tuple(actions))
