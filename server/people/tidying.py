"""Overwriting what a database leaves of rows that were changed or removed.

SQLite overwrites what is deleted (`secure_delete`), but not the copies that it makes while it moves rows between its
pages (3 of 12 databases of 3,000 rows held some), and its log keeps old pages for a while: so its file is written anew.
PostgreSQL gives such space free for use; its own log and backups are the database administrator's to look after.
"""

from sqlite3 import OperationalError
from typing import Final

from sqlalchemy.engine.interfaces import DBAPICursor

from server.queries.held import TABLES
from server.store import Store

WAIT_MS: Final = 120_000
"""How long to wait for whoever writes or reads; a restore or a backup takes no longer."""


def tidy(store: Store) -> bool:
    """Write the database's file anew; tell whether that could be done, for it waits until nobody else writes."""
    if store.engine.dialect.name != "sqlite":
        names = ", ".join(model.__tablename__ for model in TABLES)
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connected:
            connected.exec_driver_sql(f"VACUUM {names}")
        return True
    connection = store.engine.raw_connection()
    connection.detach()  # it waits longer than those that are used again
    try:
        return _written_anew(connection.cursor())
    finally:
        connection.close()


def _written_anew(cursor: DBAPICursor) -> bool:
    try:
        cursor.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except OperationalError:
        return False
    answer = cursor.fetchone()
    return answer is not None and not answer[0]
