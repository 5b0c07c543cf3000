"""How Alembic runs the migrations: on the engine that it is given, all of them in one transaction.

SQLite changes a table by making it anew. Its foreign keys are off meanwhile, or dropping the old one would remove what
hangs on its rows; whether all still hold is checked before anything is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection, text

from server.errors import StoreError
from server.models import Base


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Keep SQLite from following foreign keys; the setting cannot change within a transaction."""
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("pragma foreign_keys = off")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("pragma foreign_keys = on")


def check_references(connection: Connection) -> None:
    """Refuse rows that name rows that are not there; PostgreSQL does so itself."""
    if connection.dialect.name == "sqlite" and connection.execute(text("pragma foreign_key_check")).first():
        raise StoreError("a migration left rows that name rows that are not there; nothing was changed.")


declared = Base.metadata
engine = context.config.attributes["engine"].execution_options(sayso_writes=True)

with engine.connect() as connection, foreign_keys_off(connection):
    # SQLite can take back a change of tables too, where a transaction is begun as `store.engine` does
    context.configure(connection=connection, target_metadata=declared, transactional_ddl=True, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
        check_references(connection)
    connection.commit()
