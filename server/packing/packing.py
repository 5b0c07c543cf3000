"""Packing the segments that wait: those into which no new response comes, and of which nothing is packed."""

from threading import Event
from typing import Final

from sqlalchemy import insert, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from server.figures.packing import packed_names, packed_numbers
from server.models.packing import PackedColumn, PackedSegment
from server.queries.segments import last_segment, packed_segments, read_segment
from server.store import Store

LOCK_MS: Final = 200
"""How long PostgreSQL's writers are waited for: less than its `deadlock_timeout` of one second, so that no writer is
ever the one to give up."""


def pack_waiting(store: Store, ended: Event | None = None) -> int:
    """Pack the segments that wait until there are none, or until `ended` is set; give how many were packed."""
    done = 0
    with store.reading() as session:
        waiting = _waiting(session)
    for segment in waiting:
        if ended is not None and ended.is_set():
            break
        done += _pack(store, segment)
    return done


def _waiting(session: Session) -> list[int]:
    packed = packed_segments(session)
    return [segment for segment in range(last_segment(session)) if segment not in packed]


def _pack(store: Store, segment: int) -> bool:
    """Pack one segment; tell whether it was, for another may have, and on PostgreSQL a writer may be at it.

    Nobody may write meanwhile: the trigger of whoever is at a response would not see what is packed here.
    """
    try:
        with store.writing() as session:
            _hold_writers(session)
            if segment in packed_segments(session):
                return False
            _put(session, segment)
    except OperationalError:
        return False  # a writer took longer than is waited for; the next round comes soon
    return True


def _hold_writers(session: Session) -> None:
    """Have PostgreSQL's other writers wait; SQLite's transaction does so from its beginning."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"set local lock_timeout = {LOCK_MS}"))
        session.execute(text("lock table responses, answers in share row exclusive mode"))


def _put(session: Session, segment: int) -> None:
    block = read_segment(session, segment)
    session.execute(insert(PackedSegment).values(segment=segment, responses=block.count))
    contents = {name: packed_numbers(numbers) for name, numbers in block.numbers.items()}
    contents |= {name: packed_names(column) for name, column in block.coded.items()}
    rows = [{"name": name, "segment": segment, "content": content} for name, content in contents.items()]
    session.execute(insert(PackedColumn), rows)
