"""Which columns name kept files: the one list that backup, restore and every removal of files go by."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnClause, Connection, column, inspect, select, table

from server.store import Store

NAME_FILES: Final = (
    ("printed_forms", "pdf_sha256"),
    ("print_runs", "pdf_sha256"),
    ("print_runs", "labels_sha256"),
    ("print_runs", "letters_sha256"),
    ("household_imports", "file_sha256"),
    ("received_files", "kept_sha256"),
    ("pages", "preview_sha256"),
    ("recordings", "file_sha256"),
    ("collected_imports", "file_sha256"),
    ("collected_imports", "refused_sha256"),
)
"""Table and column of each name of a kept file. One that a migration takes away stays here: older databases have it."""

ONLY_HASHES: Final = (
    ("form_versions", "content_sha256"),
    ("kiosks", "token_sha256"),
    ("officer_sessions", "token_sha256"),
    ("received_files", "sha256"),
    ("recordings", "words_sha256"),
    ("responses", "content_sha256"),
    ("sittings", "key_sha256"),
)
"""Hashes by which something is known again; no file is kept under them."""


def named(connection: Connection) -> set[str]:
    """Give the names of all files that a row of this database names, whatever its revision."""
    inspector = inspect(connection)
    tables = set(inspector.get_table_names())
    found: set[str] = set()
    one: ColumnClause[str]
    for table_name, column_name in NAME_FILES:
        if table_name not in tables or column_name not in {one["name"] for one in inspector.get_columns(table_name)}:
            continue
        names = table(table_name, one := column(column_name))
        found.update(connection.scalars(select(one).select_from(names).where(one.is_not(None)).distinct()))
    return found


def remove_unnamed(store: Store, names: Iterable[str], *, untouched_since: datetime) -> int:
    """Remove those of these files that no row names any more; give how many.

    A file that was added again since that moment stays: the row that will name it may not be there yet.
    """
    with store.files.removing():
        with store.reading() as session:
            needed = named(session.connection())
        removed = 0
        for name in sorted(set(names) - needed):
            touched = store.files.touched_at(name)
            if touched is not None and touched < untouched_since:
                store.files.remove(name)
                removed += 1
    return removed
