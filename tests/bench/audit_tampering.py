"""Tamper with the audit log as somebody can who writes to the database: `python -m tests.bench.audit_tampering`.

Trials of each kind, at the level of the database: one bit of one byte flipped in any column of any event or of the
head, an event removed, one put in, two exchanged. Each must be found, and each is undone before the next. Made-up
events; `--quick` makes few trials. The exit code is 1 when one was not found, or one was found where nothing was done.
"""

import random
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, Update, delete, func, insert, select, text, type_coerce, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from server.models import Base
from server.store import Store
from server.store.keys import KeyName
from server.trail.chain import faults, record
from tests.bench.paper import Figures
from tests.bench.stores import DATABASES, load, store_on

EVENTS, QUICK_EVENTS = 2_000, 60
TRIALS, QUICK_TRIALS = 1_000, 20
SEED = 26

LOG: Table = Base.metadata.tables["audit_events"]
HEAD: Table = Base.metadata.tables["audit_head"]
HEAD_SHARE = 0.1
"""Of the flipped bytes, so many are in the head."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def fill(store: Store, events: int) -> None:
    """Put events into the log."""
    key = store.keys.get(KeyName.AUDIT)
    with store.writing() as session:
        for number in range(events):
            who = None if number % 7 == 0 else "00000000-0000-4000-8000-00000000000a"
            record(session, key, "response saved", f"response {number}", officer_uid=who, detail={"copies": number % 5})


def flip(session: Session, chance: random.Random) -> None:
    """Flip one bit of one byte in one column; in another where the database does not let the flipped byte in."""
    table = HEAD if chance.random() < HEAD_SHARE else LOG
    key = next(iter(table.primary_key))
    row = session.scalar(select(key).order_by(func.random()).limit(1))
    while True:
        column = chance.choice([*table.columns])
        raw = type_coerce(column, NullType())
        before = session.scalar(select(raw).where(key == row))
        after = flipped(before, chance)
        if after is None:
            continue
        try:
            with session.begin_nested():
                session.execute(_set(session, table, column, after).where(key == row))
        except DBAPIError:
            continue
        return


def _set(session: Session, table: Table, column: Column[Any], value: object) -> Update:
    """Give the statement that sets a column; SQLite takes any bytes for text, PostgreSQL those that are UTF-8."""
    if not isinstance(value, bytes):
        return update(table).values({column: value})
    if session.get_bind().dialect.name == "sqlite":
        return update(table).values({column: text(f"cast(x'{value.hex()}' as text)")})
    return update(table).values({column: func.convert_from(value, "UTF8")})


def flipped(value: object, chance: random.Random) -> object | None:
    """Give a value with one bit flipped; None where it has none."""
    match value:
        case int():
            return value ^ 1 << chance.randrange(31)
        case datetime():
            micros = int((value - EPOCH) / timedelta(microseconds=1)) ^ 1 << chance.randrange(40)
            return EPOCH + timedelta(microseconds=micros)
        case str() if value:
            raw = bytearray(value.encode())
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
            return bytes(raw)
        case _:
            return None


def remove(session: Session, chance: random.Random) -> None:
    """Remove one event: the first, the last or one between them."""
    last = session.scalar(select(func.max(LOG.c.number))) or 0
    session.execute(delete(LOG).where(LOG.c.number == chance.choice([1, last, chance.randint(2, last - 1)])))


def put_in(session: Session, chance: random.Random) -> None:
    """Put a copy of one event in somewhere; those behind it make room."""
    last = session.scalar(select(func.max(LOG.c.number))) or 0
    place, like = chance.randint(1, last + 1), chance.randint(1, last)
    row = dict(session.execute(select(LOG).where(LOG.c.number == like)).mappings().one())
    session.execute(update(LOG).where(LOG.c.number >= place).values(number=-LOG.c.number - 1))
    session.execute(update(LOG).where(LOG.c.number < 0).values(number=-LOG.c.number))
    session.execute(insert(LOG).values({**row, "number": place}))


def exchange(session: Session, chance: random.Random) -> None:
    """Exchange two events: their whole rows, or all but their seals."""
    last = session.scalar(select(func.max(LOG.c.number))) or 0
    places = chance.sample(range(1, last + 1), 2)
    rows = [dict(session.execute(select(LOG).where(LOG.c.number == place)).mappings().one()) for place in places]
    left = {"number", "seal"} if chance.random() < 0.5 else {"number"}
    for place, row in zip(places, reversed(rows), strict=True):
        values = {name: value for name, value in row.items() if name not in left}
        session.execute(update(LOG).where(LOG.c.number == place).values(values))


KINDS: Mapping[str, Callable[[Session, random.Random], None]] = {
    "one byte changed": flip,
    "one event removed": remove,
    "one event put in": put_in,
    "two events exchanged": exchange,
}


def found(store: Store, tamper: Callable[[Session, random.Random], None], chance: random.Random) -> bool:
    """Tell whether one tampering is found; it is undone."""
    key = store.keys.get(KeyName.AUDIT)
    with store.reading() as session:
        tamper(session, chance)
        return next(faults(session, key), None) is not None


def figures(database: str, *, quick: bool) -> Figures:
    """Tamper on one database."""
    events, trials = (QUICK_EVENTS, QUICK_TRIALS) if quick else (EVENTS, TRIALS)
    chance = random.Random(SEED)
    with store_on(database, safe=False) as store:
        fill(store, events)
        counts = {name: sum(found(store, tamper, chance) for _ in range(trials)) for name, tamper in KINDS.items()}
        nothing = found(store, lambda *_: None, chance)
    table = Figures(f"{database}: an audit log of {events:,} events, tampered with and looked through ({load()})")
    for name, count in counts.items():
        table.add(f"{name}: found", f"{trials:,} of {trials:,}", f"{count:,} of {trials:,}", held=count == trials)
    table.add("nothing done, and something found", "0", str(int(nothing)), held=not nothing)
    return table


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give the exit code."""
    missed = sum(figures(database, quick="--quick" in arguments).show() for database in DATABASES)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
