"""A filled store, and empty ones of both databases to restore to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.store import Store
from tests.server.conftest import made_store, new_database
from tests.server.filled import fill


@pytest.fixture
def filled(any_store: Store) -> Store:
    """Give a store with rows in every table, once on SQLite and once on PostgreSQL."""
    fill(any_store)
    return any_store


@pytest.fixture
def small(store: Store) -> Store:
    """Give a filled store on SQLite."""
    fill(store)
    return store


@pytest.fixture
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Give a maker of empty stores, on either database."""
    made: list[Store] = []

    def make(database: str) -> Store:
        address = new_database(request.getfixturevalue("postgres")) if database == "postgresql" else None
        made.append(made_store(tmp_path / f"another{len(made)}", address))
        return made[-1]

    yield make
    for store in made:
        store.close()
