"""Sealing events, and telling whether any was changed, removed or put in.

Each event's seal is an HMAC over its own fields and the seal before it; the head, sealed too, holds where the log
begins and ends. The key lies outside of the database: who can write to the database alone cannot forge the log.
"""

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import Session

from server.models.audit import AuditEvent, AuditHead
from server.models.base import now

HEAD_ID = 1
BEGINNING = "0" * 64
"""Stands for the seal before the first event."""

Detail = Mapping[str, str | int | bool | None]
"""More about an event: ids, numbers, names of fields; never words about a person."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the log, at an event's number where there is one."""

    number: int | None
    words: str


def record(
    session: Session,
    key: bytes,
    action: str,
    subject: str,
    *,
    officer_uid: str | None = None,
    detail: Detail | None = None,
) -> None:
    """Add an event to the log, within the transaction of what it tells of."""
    head = _head(session, key)
    event = AuditEvent(
        number=head.last_number + 1,
        at=now(),
        officer_uid=officer_uid,
        action=action,
        subject=subject,
        detail=json.dumps(dict(detail or {}), sort_keys=True, ensure_ascii=False),
        seal="",
    )
    event.seal = _seal_of(key, head.last_seal, *_fields(event))
    session.add(event)
    head.last_number, head.last_seal = event.number, event.seal
    head.seal = _seal_of_head(key, head)
    session.flush()


def _head(session: Session, key: bytes) -> AuditHead:
    """Give the head, held until the transaction ends, so that events are sealed one after the other."""
    head = session.get(AuditHead, HEAD_ID, with_for_update=True)
    if head is None:
        head = AuditHead(
            id=HEAD_ID, first_number=1, before_first=BEGINNING, last_number=0, last_seal=BEGINNING, seal=""
        )
        head.seal = _seal_of_head(key, head)
        session.add(head)
    return head


def faults(session: Session, key: bytes) -> Iterator[Fault]:
    """Give everything that is wrong with the log; nothing when it is whole."""
    head = session.get(AuditHead, HEAD_ID)
    events = session.execute(select(*AuditEvent.__table__.columns).order_by(AuditEvent.number)).yield_per(1000)
    if head is None:
        if events.first() is not None:
            yield Fault(None, "the log has lost its head")
        return
    if not hmac.compare_digest(head.seal, _seal_of_head(key, head)):
        yield Fault(None, "the log's head was changed, or the key is another one")
    yield from _broken_links(events, head, key)


def _broken_links(events: Iterator[Row[tuple[object, ...]]], head: AuditHead, key: bytes) -> Iterator[Fault]:
    number, before = head.first_number - 1, head.before_first
    for event in events:
        number += 1
        if event.number != number:
            yield Fault(number, f"events {number} to {event.number - 1} are missing")
            number = event.number
        elif not hmac.compare_digest(event.seal, _seal_of(key, before, *_fields(event))):
            yield Fault(number, "the event, or the one before it, was changed")
        before = event.seal
    if number != head.last_number:
        yield Fault(number, f"the log ends at event {number}, and should end at {head.last_number}")
    elif before != head.last_seal:
        yield Fault(number, "the last event was changed")


def forget_before(session: Session, key: bytes, moment: datetime) -> int:
    """Remove the events before a moment from the front of the log; give how many. What is left stays provable."""
    head = _head(session, key)
    first_kept = session.scalar(
        select(AuditEvent.number).where(AuditEvent.at >= moment).order_by(AuditEvent.number).limit(1)
    )
    end = first_kept if first_kept is not None else head.last_number + 1
    if end <= head.first_number:
        return 0
    removed = end - head.first_number
    head.before_first = session.scalar(select(AuditEvent.seal).where(AuditEvent.number == end - 1)) or head.last_seal
    head.first_number = end
    head.seal = _seal_of_head(key, head)
    session.execute(delete(AuditEvent).where(AuditEvent.number < end))
    return removed


def _fields(event: "AuditEvent | Row[tuple[object, ...]]") -> tuple[object, ...]:
    return (event.number, event.at.isoformat(), event.officer_uid, event.action, event.subject, event.detail)


def _seal_of(key: bytes, *parts: object) -> str:
    return hmac.new(key, json.dumps(parts, ensure_ascii=False).encode(), sha256).hexdigest()


def _seal_of_head(key: bytes, head: AuditHead) -> str:
    return _seal_of(key, "head", head.first_number, head.before_first, head.last_number, head.last_seal)


def length(session: Session) -> int:
    """Give how many events there are."""
    return session.scalar(select(func.count()).select_from(AuditEvent)) or 0
