"""Migrations go down and up again with rows in place, and end where the models are."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, inspect, select

from server.errors import StoreError
from server.models import Base
from server.models.base import Moment
from server.store import Store, migrating
from tests.server.filled import fill, rows_by_table


def test_the_migrations_end_where_the_models_are(any_store: Store) -> None:
    with any_store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _differs})
        assert compare_metadata(context, Base.metadata) == []


def _differs(_: Any, __: Any, ___: Any, found: Any, declared: Any) -> bool | None:
    return False if isinstance(declared, Moment) and "TIME" in str(found).upper() else None


def test_going_down_to_each_revision_and_up_again_works_with_rows_in_place(any_store: Store) -> None:
    fill(any_store)
    for revision in [*reversed(migrating.every()), "base"]:
        migrating.downgrade(any_store.engine, revision)
        assert migrating.revision(any_store.engine) == (None if revision == "base" else revision)
        kept = set(inspect(any_store.engine).get_table_names()) & set(Base.metadata.tables)
        kept -= {"doubts"}  # 0004 lets go of older ones: nothing had made any
        before = _rows_of(any_store, kept)
        assert revision == "base" or before["officers"] == 3
        migrating.upgrade(any_store.engine)
        assert _rows_of(any_store, kept) == before
    assert set(rows_by_table(any_store).values()) == {0}
    fill(any_store)


def _rows_of(store: Store, names: set[str]) -> dict[str, int]:
    with store.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) or 0 for name in names
        }


@pytest.fixture
def to_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Add a migration to come, by what it does."""
    shutil.copytree(migrating.MIGRATIONS, tmp_path / "migrations")
    after = migrating.newest()
    monkeypatch.setattr(migrating, "MIGRATIONS", tmp_path / "migrations")

    def add(does: str) -> None:
        words = f"""import sqlalchemy as sa\nfrom alembic import op\nrevision = "9000"\ndown_revision = "{after}"\n
def upgrade():\n    {does}\n"""
        (tmp_path / "migrations" / "versions" / "9000_to_come.py").write_text(words)

    return add


def test_a_table_that_sqlite_makes_anew_keeps_what_hangs_on_its_rows(
    store: Store, to_come: Callable[[str], None]
) -> None:
    fill(store)
    before = rows_by_table(store)
    to_come("with op.batch_alter_table('officers') as batch: batch.alter_column('name', type_=sa.String(130))")
    migrating.upgrade(store.engine)
    assert rows_by_table(store) == before
    with store.writing() as session:  # and foreign keys are followed again
        assert session.connection().exec_driver_sql("pragma foreign_keys").scalar() == 1


def test_a_migration_that_leaves_loose_rows_changes_nothing(store: Store, to_come: Callable[[str], None]) -> None:
    fill(store)
    before = rows_by_table(store)
    to_come("op.execute('delete from sites')")
    with pytest.raises(StoreError, match="nothing was changed"):
        migrating.upgrade(store.engine)
    assert rows_by_table(store) == before
    assert migrating.revision(store.engine) != "9000"


def test_the_revisions_are_those_that_the_migrations_name() -> None:
    """The store tells them by the names of the files, for Alembic takes long to load."""
    scripts = ScriptDirectory.from_config(migrating.config(create_engine("sqlite://")))
    assert migrating.every() == [script.revision for script in scripts.walk_revisions()][::-1]
    assert migrating.newest() == scripts.get_current_head()
