"""Rows as they are read from one database and written to another, a thousand at a time.

A row has its columns by name. One without a value is left out, so that a JSON `null` is told from no value at all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from sqlalchemy import JSON, Connection, delete, insert, null, select
from sqlalchemy.exc import DataError, IntegrityError

from server.backup.shapes import Kind, Shape
from server.errors import BackupError

AT_ONCE: Final = 1000
"""Rows in memory: crops are pictures of about 10 kB, so 10 MB."""

Row = Mapping[str, Any]


def read(connection: Connection, shape: Shape) -> Iterator[Row]:
    """Give a table's rows in the order of their keys, without holding more than a thousand."""
    table = shape.clause()
    named = list(shape.columns)
    maybe_null = [name for name, kind in shape.columns.items() if kind is Kind.JSON]
    wanted = [table.c[name] for name in named] + [table.c[name].is_(null()) for name in maybe_null]
    found = connection.execution_options(yield_per=AT_ONCE).execute(
        select(*wanted).order_by(*(table.c[name] for name in shape.key))
    )
    for values in found:
        row = {name: value for name, value in zip(named, values, strict=False) if value is not None}
        for name, is_null in zip(maybe_null, values[len(named) :], strict=True):
            if not is_null:
                row.setdefault(name, None)
        yield row


def write(connection: Connection, shape: Shape, rows: Iterable[Row]) -> None:
    """Put rows into a table; `BackupError` when the database refuses one."""
    statement = insert(shape.clause())
    bound = _special(shape, takes_zeros=connection.dialect.name == "sqlite")
    source = iter(rows)
    while some := list(islice(source, AT_ONCE)):
        try:
            connection.execute(statement, [_complete(row, shape.columns, bound) for row in some])
        except (DataError, IntegrityError) as error:
            raise BackupError(f"the database refused a row of {shape.name} ({type(error.orig).__name__}).") from error


def clear(connection: Connection, found: Iterable[Shape]) -> None:
    """Take all rows out of these tables, given as `shapes` orders them."""
    for shape in reversed(list(found)):
        connection.execute(delete(shape.clause()))


def _special(shape: Shape, *, takes_zeros: bool) -> dict[str, Callable[[Row, str], Any]]:
    """Give how the columns are bound that are not bound as they are."""
    special: dict[str, Callable[[Row, str], Any]] = {}
    for name, kind in shape.columns.items():
        if kind is Kind.JSON:
            special[name] = _json
        elif kind is Kind.TEXT and not takes_zeros:
            special[name] = _without_zeros
    return special


def _complete(row: Row, columns: Iterable[str], bound: Mapping[str, Callable[[Row, str], Any]]) -> dict[str, Any]:
    return {name: bound[name](row, name) if name in bound else row.get(name) for name in columns}


def _json(row: Row, name: str) -> Any:
    value = row.get(name)
    return JSON.NULL if value is None and name in row else value


def _without_zeros(row: Row, name: str) -> Any:
    """PostgreSQL keeps no zero character."""
    value = row.get(name)
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value
