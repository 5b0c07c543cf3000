"""A store with rows in every table, made from the tables themselves: a new table or column is never forgotten."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, String, Table, func, insert, select
from sqlalchemy.types import TypeEngine

from server.collected.values import Direction
from server.models import Base
from server.models.alerts import AlertKind
from server.models.base import Moment
from server.models.campaigns import Audience, CampaignState, Channel, Sampling
from server.models.copies import RunKind, RunState
from server.models.intake import CameBy, FileState, PageState, ReturnState
from server.models.officers import Role
from server.models.responses import ResponseState
from server.models.review import DoubtState, LookKind
from server.store import Store
from server.store.references import NAME_FILES
from server.trail.recording import note

ROWS: Final = 3
"""In each table; the last has no value wherever none is needed."""

TRAIL: Final = ("audit_events", "audit_head")
MOMENT: Final = datetime(2026, 11, 20, 10, 0, 0, 123456, tzinfo=UTC)
DAY: Final = date(2026, 11, 20)

WORDS: Final[dict[tuple[str, str], type[StrEnum]]] = {
    ("officers", "role"): Role,
    ("campaigns", "state"): CampaignState,
    ("campaigns", "audience"): Audience,
    ("campaigns", "sampling"): Sampling,
    ("batches", "channel"): Channel,
    ("responses", "channel"): Channel,
    ("responses", "state"): ResponseState,
    ("print_runs", "kind"): RunKind,
    ("print_runs", "state"): RunState,
    ("pages", "state"): PageState,
    ("doubts", "state"): DoubtState,
    ("batches", "came_by"): CameBy,
    ("arrivals", "came_by"): CameBy,
    ("received_files", "state"): FileState,
    ("returns", "state"): ReturnState,
    ("second_looks", "kind"): LookKind,
    ("alerts", "kind"): AlertKind,
    ("collected_imports", "direction"): Direction,
}
"""The columns that hold one of a few words."""


def fill(store: Store) -> None:
    """Put rows into every table, and the files that they name into the folder of files."""
    with store.writing() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in TRAIL:
                rows = [_row(store, table, number) for number in range(ROWS)]
                for row in rows:  # each its own columns: one without a value is left out
                    session.execute(insert(table), [row])
        for number in range(ROWS):
            note(store, session, "store filled", f"test {number}", detail={"number": number})
        _number_further(store, session)


def rows_by_table(store: Store) -> dict[str, int]:
    """Give how many rows each table has."""
    with store.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def _number_further(store: Store, session: Any) -> None:
    """PostgreSQL does not count rows that came with a number of their own."""
    if store.engine.dialect.name == "postgresql":
        for table in Base.metadata.sorted_tables:
            if "id" in table.c and isinstance(table.c.id.type, Integer) and table.name not in TRAIL:
                session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), ROWS)))


def _row(store: Store, table: Table, number: int) -> dict[str, Any]:
    row = {}
    for column in table.columns:
        if number == ROWS - 1 and column.nullable and not column.primary_key:
            continue
        row[column.name] = _value(store, table.name, column, number)
    return row


def _value(store: Store, table: str, column: Column[Any], number: int) -> Any:
    if column.foreign_keys or (column.primary_key and isinstance(column.type, Integer)):
        return number + 1
    if (table, column.name) in NAME_FILES:
        return store.files.add(f"{table} {column.name} {number}".encode() + bytes(range(256)))
    if words := WORDS.get((table, column.name)):
        return list(words)[number % len(words)]
    makers: tuple[tuple[type[TypeEngine[Any]], Callable[[], Any]], ...] = (
        (Boolean, lambda: bool(number % 2)),
        (Integer, lambda: number + 1),
        (Date, lambda: DAY + timedelta(days=number)),
        (Moment, lambda: MOMENT + timedelta(minutes=number)),
        (JSON, lambda: _json(column, number)),
        (LargeBinary, lambda: bytes(range(256)) + bytes([number])),
        (String, lambda: _text(table, column, number)),
    )
    return next(make for type_, make in makers if isinstance(column.type, type_))()


def _json(column: Column[Any], number: int) -> Any:
    if column.nullable and number == 1:
        return None
    if column.name in ("channels", "response_uids", "languages", "pages_missing", "noted"):
        return [Channel.KIOSK, Channel.PAPER]
    if column.name in ("fields", "oddities"):
        return [{"row": number, "odd": "ż"}]
    return {"a": number, "ﺍ": [1.5, None, True, "ż\n"], "": {}}


def _text(table: str, column: Column[Any], number: int) -> str:
    seed = sha256(f"{table} {column.name} {number}".encode()).digest()
    if column.name.endswith("uid") or (table, column.name) == ("equality_answers", "id"):
        return str(UUID(bytes=seed[:16]))
    if column.name.endswith("sha256"):
        return seed.hex()
    return f"{number} {column.name} “ż”\n"[: getattr(column.type, "length", None)]
