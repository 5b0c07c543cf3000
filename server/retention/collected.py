"""Tables of answers collected elsewhere: those that wait, and the rows that were refused."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from server.models.collected import CollectedImport
from server.retention.counting import Found, counted
from server.store import Store


def _since() -> ColumnElement[datetime]:
    return func.coalesce(CollectedImport.applied_at, CollectedImport.created_at)


def find(session: Session, before: datetime) -> Found:
    """Count the imports that are due."""
    return counted(session, _since(), _since() < before)


def remove(store: Store, session: Session, before: datetime, _: Mapping[str, str | None]) -> set[str]:
    """Remove the imports with their files; the responses that were made of them stay."""
    del store
    loose: set[str] = set()
    for one in session.scalars(select(CollectedImport).where(_since() < before)):
        loose |= {name for name in (one.file_sha256, one.refused_sha256) if name}
        session.delete(one)
    return loose
