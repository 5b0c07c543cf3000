"""A row becomes a line and the same row again, whatever it holds."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Float, Integer, MetaData, Table, create_engine
from sqlalchemy.types import TypeEngine

from server.backup import rows
from server.backup.lines import from_line, to_line
from server.backup.shapes import TYPES, Kind, Shape, shapes
from server.errors import BackupError
from server.models import Base
from server.store import Store

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.text(),
    Kind.NUMBER: st.integers(-(2**63), 2**63 - 1),
    Kind.YES_NO: st.booleans(),
    Kind.DAY: st.dates(),
    Kind.MOMENT: st.datetimes(min_value=datetime(1900, 1, 2), timezones=st.just(UTC)),
    Kind.BYTES: st.binary(),
    Kind.JSON: JSON_VALUES,
}
COLUMNS = {kind.value: kind for kind in Kind}
ROWS = st.fixed_dictionaries({}, optional={kind.value: values for kind, values in VALUES.items()})


def test_every_kind_of_column_has_its_values_here() -> None:
    assert set(VALUES) == set(Kind)


@given(ROWS)
def test_a_row_is_the_same_after_it_was_a_line(row: dict[str, Any]) -> None:
    line = to_line(row, COLUMNS)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert from_line(line, COLUMNS) == row
    assert isinstance(json.loads(line), dict)


@given(st.lists(ROWS, min_size=1, max_size=3))
def test_a_row_is_the_same_after_it_was_in_a_database(some: list[dict[str, Any]]) -> None:
    columns = {"id": Kind.NUMBER} | COLUMNS
    types: dict[str, TypeEngine[Any]] = {name: rows_type(kind) for name, kind in columns.items()}
    table = Table("t", MetaData(), *(Column(name, type_, primary_key=name == "id") for name, type_ in types.items()))
    engine = create_engine("sqlite://")
    numbered = [{"id": number} | row for number, row in enumerate(some)]
    with engine.connect() as connection:
        table.create(connection)
        rows.write(connection, Shape("t", columns, ("id",)), numbered)
        (found,) = shapes(connection)
        assert found == Shape("t", columns, ("id",))
        assert list(rows.read(connection, found)) == numbered
    engine.dispose()


def rows_type(kind: Kind) -> TypeEngine[Any]:
    return Integer() if kind is Kind.NUMBER else TYPES[kind]


def test_all_tables_have_columns_of_these_kinds_and_parents_come_first(any_store: Store) -> None:
    with any_store.reading() as session:
        found = shapes(session.connection())
    assert {shape.name: set(shape.columns) for shape in found} == {
        name: set(table.columns.keys()) for name, table in Base.metadata.tables.items()
    }
    names = [shape.name for shape in found]
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table is table:  # checked when all rows are in
                assert key.deferrable
                continue
            assert names.index(key.column.table.name) < names.index(table.name)


def test_a_kind_of_column_that_no_backup_can_hold_is_refused() -> None:
    with create_engine("sqlite://").connect() as connection:
        Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("odd", Float)).create(connection)
        with pytest.raises(BackupError, match="the table t holds FLOAT"):
            shapes(connection)
