"""The database as SQLAlchemy opens it: SQLite kept safe against power cuts, or PostgreSQL."""

import math
import time
from functools import partial
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from server.errors import StoreError

if TYPE_CHECKING:  # a site on SQLite does without the driver
    from psycopg import Connection as PostgresConnection

BUSY_SECONDS: Final = 30
"""How long another process may hold the database before an error: a backup's restore takes this long at most."""

CONNECTIONS: Final = 20
"""Open at once: the server's threads and a few more."""

USED_SECONDS: Final = 0.1
"""A connection used within this time is not pinged: no server restarts that fast, and one key press of an officer
checks out four connections."""

USED_AT: Final = "used at"

PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -32000",
)
"""What was acknowledged is on the disk; what was erased is overwritten."""


def made_engine(url: str) -> Engine:
    """Give the engine for a database's address; `StoreError` when it is not one."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError("the key 'database' in sayso.toml is not the address of a database.") from error
    if parsed.get_backend_name() == "sqlite":
        Path(parsed.database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, pool_size=CONNECTIONS, max_overflow=CONNECTIONS)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=CONNECTIONS,
            max_overflow=CONNECTIONS,
            pool_use_lifo=True,
        )
        event.listen(engine, "connect", _prepare_postgres)
        event.listen(engine, "checkin", _used)
        event.listen(engine, "checkout", partial(_still_stands, engine))
        return engine
    raise StoreError(f"{parsed.get_backend_name()}: this database is not supported. Use SQLite or PostgreSQL.")


def _prepare_sqlite(connection: SqliteConnection, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver's guess
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _prepare_postgres(connection: "PostgresConnection[Any]", _: Any) -> None:
    """Have each statement planned for the table as it is: a plan from when it was empty would be kept as it fills."""
    connection.execute("SET plan_cache_mode = force_custom_plan")
    connection.commit()


def _used(_: Any, record: ConnectionPoolEntry) -> None:
    record.info[USED_AT] = time.monotonic()


def _still_stands(engine: Engine, connection: "PostgresConnection[Any]", record: ConnectionPoolEntry, _: Any) -> None:
    """Have a connection replaced, and all that were made before, if its server has been stopped meanwhile."""
    if time.monotonic() - record.info.get(USED_AT, -math.inf) < USED_SECONDS:
        return
    try:
        engine.dialect.do_ping(connection)  # type: ignore[arg-type]
    except engine.dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where something will be written: a lock taken halfway can fail without waiting."""
    writes = connection.get_execution_options().get("sayso_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
