"""All that a store holds, for comparing it with another."""

from typing import Any

from sqlalchemy import JSON, null, select

from server.models import Base
from server.store import Store

ENDED = "officer_sessions"
"""Nobody is signed in after a restore."""

GROWING = ("audit_events", "audit_head")
"""A restore is an event of its own."""


def rows(store: Store, *without: str) -> dict[str, list[Any]]:
    """Give every row of every table; a JSON null and no value at all are told apart."""
    with store.reading() as session:
        found = {}
        for table in Base.metadata.sorted_tables:
            if table.name in without:
                continue
            flags = [column.is_(null()) for column in table.columns if isinstance(column.type, JSON)]
            found[table.name] = sorted(map(tuple, session.execute(select(table, *flags))), key=repr)
        return found


def files(store: Store) -> dict[str, bytes]:
    """Give every file's content."""
    return {name: store.files.read(name) for name in store.files.names()}


def all_of(store: Store) -> Any:
    """Give all rows and files."""
    return rows(store), files(store)
