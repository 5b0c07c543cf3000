"""Sealing events, and telling whether any was changed, removed or put in.

Each event's seal is an HMAC over its own fields and the seal before it; the head, sealed too, holds where the log
begins and ends. The key lies outside of the database: who can write to the database alone cannot forge the log, nor
have Sayso forge it, for a head that was changed is never sealed again. Who has the key can forge it, and who puts
the whole database back as it once was is not found out by it.
"""

import json
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from server.models.audit import AuditEvent, AuditHead
from server.models.base import now
from server.models.officers import Officer
from server.trail.seals import Event, kept, seal_of_head

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


def begin(session: Session, key: bytes) -> None:
    """Begin the log of a new store. Where somebody was ever added it had begun, and a lost head stays lost."""
    if session.get(AuditHead, HEAD_ID) is None and session.scalar(select(Officer.id).limit(1)) is None:
        head = _new_head()
        head.seal = seal_of_head(key, head)
        session.add(head)
        session.flush()


def record(
    session: Session,
    key: bytes,
    action: str,
    subject: str,
    *,
    officer_uid: str | None = None,
    detail: Detail | None = None,
) -> None:
    """Add an event to the log, within the transaction of what it tells of.

    Work goes on where the head was changed or is lost, and its seal stays as wrong as it was found.
    """
    head = _head(session)
    is_whole = head.seal == seal_of_head(key, head)
    words = json.dumps(dict(detail or {}), sort_keys=True, ensure_ascii=False)
    at = now()
    event = Event(head.last_number + 1, at.isoformat(), officer_uid, action, subject, words)
    seal = event.seal(key, head.last_seal)
    session.add(
        AuditEvent(
            number=event.number,
            at=at,
            officer_uid=officer_uid,
            action=action,
            subject=subject,
            detail=words,
            seal=seal,
        )
    )
    head.last_number, head.last_seal = event.number, seal
    if is_whole:
        head.seal = seal_of_head(key, head)
    session.flush()


def _head(session: Session) -> AuditHead:
    """Give the head, held until the transaction ends, so that events are sealed one after the other."""
    head = session.get(AuditHead, HEAD_ID, with_for_update=True, populate_existing=True)
    if head is None:  # it was removed: the log goes on behind what is left, under a head that no key fits
        head = _new_head()
        head.last_number = session.scalar(select(func.max(AuditEvent.number))) or 0
        session.add(head)
    return head


def _new_head() -> AuditHead:
    return AuditHead(id=HEAD_ID, first_number=1, before_first=BEGINNING, last_number=0, last_seal=BEGINNING, seal="")


def faults(session: Session, key: bytes) -> Iterator[Fault]:
    """Give everything that is wrong with the log; nothing when it is whole."""
    try:
        yield from _faults(session, key)
    except (ValueError, TypeError):
        yield Fault(None, "a row cannot be read: something other than Sayso wrote it")
    except DBAPIError as error:
        if "decode" not in str(error.orig):  # the database failed, which says nothing about the log
            raise
        yield Fault(None, "a row cannot be read: it holds what is no text")


def _faults(session: Session, key: bytes) -> Iterator[Fault]:
    heads = {head.id: head for head in session.scalars(select(AuditHead))}
    head = heads.pop(HEAD_ID, None)
    if head is None:
        yield Fault(None, "the log has lost its head")
        return
    if heads:
        yield Fault(None, "the log has more than one head")
    if head.seal != seal_of_head(key, head):
        yield Fault(None, "the log's head was changed, or the key is another one")
    number, before = yield from _broken_links(kept(session), head, key)
    if number != head.last_number:
        yield Fault(number, f"the log ends at event {number}, and should end at {head.last_number}")
    elif before != head.last_seal:
        yield Fault(number, "the last event was changed")


def _broken_links(
    events: Iterable[tuple[Event, str]], head: AuditHead, key: bytes
) -> Generator[Fault, None, tuple[int, str]]:
    """Give what is wrong with the events from the log's first on; return the number and seal of the last of them."""
    number, before = head.first_number - 1, head.before_first
    for event, seal in events:
        number += 1
        if event.number != number:
            yield Fault(number, f"event {number} is not there, and {event.number} is in its place")
            number = event.number
        elif seal != event.seal(key, before):
            yield Fault(number, "the event, or the one before it, was changed")
        before = seal
    return number, before


def forget_before(session: Session, key: bytes, moment: datetime) -> int:
    """Remove the events before a moment from the front of the log; give how many. What is left stays provable.

    Removes none where those events or the head were changed: what is wrong with them must stay to be seen.
    """
    head = _head(session)
    first_kept = session.scalar(
        select(AuditEvent.number).where(AuditEvent.at >= moment).order_by(AuditEvent.number).limit(1)
    )
    end = first_kept if first_kept is not None else head.last_number + 1
    seal_before = session.scalar(select(AuditEvent.seal).where(AuditEvent.number == end - 1))
    is_whole = head.seal == seal_of_head(key, head) and not any(_broken_links(kept(session, below=end), head, key))
    if end <= head.first_number or seal_before is None or not is_whole:
        return 0
    removed = end - head.first_number
    head.first_number, head.before_first = end, seal_before
    head.seal = seal_of_head(key, head)
    session.execute(delete(AuditEvent).where(AuditEvent.number < end))
    session.flush()
    return removed


def length(session: Session) -> int:
    """Give how many events there are."""
    return session.scalar(select(func.count()).select_from(AuditEvent)) or 0
