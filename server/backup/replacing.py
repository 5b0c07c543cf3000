"""Putting all rows in the place of those that are there, in one transaction: readers see the old until it is kept."""

from collections.abc import Callable

from sqlalchemy import Connection, text

from server.backup.numbering import last_numbers, raise_to
from server.backup.rows import clear, read, write
from server.backup.shapes import Shape, shapes
from server.store import Store
from server.store.keys import KeyName


def replace(store: Store, staging: Store, *, still: Callable[[], None]) -> None:
    """Replace all rows and secrets of a store by those of another; `still` may refuse once nobody else can write."""
    with store.writing() as session, staging.reading() as source:
        target, origin = session.connection(), source.connection()
        found = shapes(target)
        _hold_writers(target, found)
        still()
        clear(target, found)
        for shape in found:
            write(target, shape, read(origin, shape))
        raise_to(target, found, last_numbers(origin, shapes(origin)))
        before = _secrets(store)
        try:
            _put_secrets(store, _secrets(staging))
            session.commit()
        except BaseException:
            _put_secrets(store, before)
            raise


def _hold_writers(connection: Connection, found: list[Shape]) -> None:
    """Have other writers wait, and readers not; SQLite's own transaction does so from its beginning."""
    if connection.dialect.name == "postgresql":
        quoted = connection.dialect.identifier_preparer.quote
        names = ", ".join(quoted(shape.name) for shape in found)
        connection.execute(text(f"lock table {names} in exclusive mode"))


def _secrets(store: Store) -> dict[KeyName, bytes]:
    return {name: store.keys.get(name) for name in KeyName}


def _put_secrets(store: Store, secrets: dict[KeyName, bytes]) -> None:
    for name, secret in secrets.items():
        if secret != store.keys.get(name):
            store.keys.put(name, secret)
