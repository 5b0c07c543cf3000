"""The tables of a database as they are found there, so that one of any revision can be read and written."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    String,
    TableClause,
    column,
    inspect,
    table,
)
from sqlalchemy.types import TypeEngine

from server.errors import BackupError
from server.models.base import Moment

REVISION_TABLE: Final = "alembic_version"
"""Alembic's own; the manifest holds what it says."""


class Kind(StrEnum):
    """What a column holds, whichever database holds it."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"
    BYTES = "bytes"
    JSON = "json"


TYPES: Final[dict[Kind, TypeEngine[Any]]] = {
    Kind.TEXT: String(),
    Kind.NUMBER: BigInteger(),
    Kind.YES_NO: Boolean(),
    Kind.DAY: Date(),
    Kind.MOMENT: Moment(),
    Kind.BYTES: LargeBinary(),
    Kind.JSON: JSON(none_as_null=True),
}
"""How a column is read and written."""

FOUND: Final[tuple[tuple[type[TypeEngine[Any]], Kind], ...]] = (
    (Boolean, Kind.YES_NO),
    (DateTime, Kind.MOMENT),
    (Date, Kind.DAY),
    (LargeBinary, Kind.BYTES),
    (JSON, Kind.JSON),
    (Integer, Kind.NUMBER),
    (String, Kind.TEXT),
)
"""What a type that the database names is; the first that fits."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns in their order, and those that tell its rows apart."""

    name: str
    columns: dict[str, Kind]
    key: tuple[str, ...]

    def clause(self) -> TableClause:
        """Give the table as SQLAlchemy takes it."""
        return table(self.name, *(column(name, TYPES[kind]) for name, kind in self.columns.items()))


def shapes(connection: Connection) -> list[Shape]:
    """Give all tables, each after those that it refers to."""
    inspector = inspect(connection)
    names = [name for name, _ in inspector.get_sorted_table_and_fkc_names() if name and name != REVISION_TABLE]
    return [
        Shape(
            name,
            {one["name"]: _kind(one["type"], name) for one in inspector.get_columns(name)},
            tuple(inspector.get_pk_constraint(name)["constrained_columns"]),
        )
        for name in names
    ]


def _kind(found: TypeEngine[Any], table_name: str) -> Kind:
    for type_, kind in FOUND:
        if isinstance(found, type_):
            return kind
    raise BackupError(f"the table {table_name} holds {found!r}, which no backup can hold.")
