"""The seals of the audit log, and its rows as the database holds them, to be sealed once more and compared."""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from server.models.audit import AuditEvent, AuditHead

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it is sealed."""

    number: int
    at: str
    """ISO 8601, in UTC."""
    officer_uid: str | None
    action: str
    subject: str
    detail: str

    def seal(self, key: bytes, before: str) -> str:
        """Give the event's seal, over the seal of the event before it."""
        fields = (self.number, self.at, self.officer_uid, self.action, self.subject, self.detail)
        return _seal_of(key, before, *fields)


def seal_of_head(key: bytes, head: AuditHead) -> str:
    """Give the seal of where the log begins and ends."""
    return _seal_of(key, "head", head.first_number, head.before_first, head.last_number, head.last_seal)


def kept(session: Session, *, below: int | None = None) -> Iterator[tuple[Event, str]]:
    """Give the events in their order, each with the seal that is kept beside it.

    Raises `ValueError` or `TypeError` for a row that Sayso cannot have written.
    """
    columns = (
        AuditEvent.number,
        type_coerce(AuditEvent.at, String).label("at"),  # as it stands there: two spellings can be one moment
        AuditEvent.officer_uid,
        AuditEvent.action,
        AuditEvent.subject,
        AuditEvent.detail,
        AuditEvent.seal,
    )
    asked = select(*columns).order_by(AuditEvent.number)
    if below is not None:
        asked = asked.where(AuditEvent.number < below)
    for number, at, officer_uid, action, subject, detail, seal in session.execute(asked).yield_per(ROWS_AT_ONCE):
        yield Event(number, _as_sealed(at), officer_uid, action, subject, detail), seal


def _as_sealed(at: object) -> str:
    """Give a kept moment as it is sealed; SQLite keeps text, which must be spelt as SQLAlchemy spells it."""
    if isinstance(at, datetime):
        return at.astimezone(UTC).isoformat()
    if not isinstance(at, str):
        raise TypeError("a moment is kept as text")
    moment = datetime.fromisoformat(at)
    if moment.isoformat(" ", "microseconds") != at:
        raise ValueError("this moment was spelt by something else")
    return moment.replace(tzinfo=UTC).isoformat()


def _seal_of(key: bytes, *parts: object) -> str:
    return hmac.new(key, json.dumps(parts, ensure_ascii=False).encode(), sha256).hexdigest()
