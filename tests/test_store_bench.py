"""The measurements of the store are themselves run, a little of each, and can fail."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from server.app import create_app
from server.errors import NotFoundError
from server.models.responses import Response
from server.responses.saving import save_response
from server.store import Store
from tests.bench import audit_tampering, pages, store_kills, store_saves, visiting
from tests.bench.stores import DATABASES, opened, percentile


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path, None) as made:
        yield made


def test_percentiles_are_counted_from_the_lowest() -> None:
    assert [percentile(range(100), percent) for percent in (0, 50, 99, 100)] == [0, 50, 99, 99]


# Saving.


@pytest.mark.parametrize("database", DATABASES)
def test_clients_that_save_at_once_all_save(database: str) -> None:
    assert store_saves.figures(database, quick=True).missed == 0


def test_a_database_that_is_locked_is_counted_and_so_is_what_is_missing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = count()

    def locked(*given: object) -> object:
        if next(calls) % 2:
            raise OperationalError("insert", {}, Exception("database is locked"))
        return save_response(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(store_saves, "save_response", locked)
    got = store_saves.saved(store, 2, 8)
    assert (got.locked, got.kept) == (8, 8)


# Killing.


@pytest.mark.parametrize("database", DATABASES)
def test_nothing_is_lost_by_kills(database: str) -> None:
    assert store_kills.figures(database, quick=True).missed == 0


def test_an_acknowledged_response_that_is_not_there_is_lost(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    right = store_kills.killed

    def with_another(*given: object) -> Iterator[str]:
        told = list(right(*given))  # type: ignore[arg-type]
        beyond = max(int(line.partition(" ")[0]) for line in told) + 2 * store_kills.THREADS
        yield from (*told, f"{beyond} R3333 3333\n")

    monkeypatch.setattr(store_kills, "killed", with_another)
    assert store_kills.outcome_of(store, 1, 0).lost == 1


def test_a_response_without_some_of_its_answers_is_torn(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    right = store_kills.killed

    def tearing(*given: object) -> Iterator[str]:
        yield from right(*given)  # type: ignore[arg-type]
        with store.writing() as session:
            first = session.query(Response).first()
            assert first is not None
            session.delete(first.answers[0])

    monkeypatch.setattr(store_kills, "killed", tearing)
    assert store_kills.outcome_of(store, 1, 0).torn == 1


# Tampering.


@pytest.mark.parametrize("database", DATABASES)
def test_tampering_is_found(database: str) -> None:
    assert audit_tampering.figures(database, quick=True).missed == 0


def test_a_log_that_is_not_looked_at_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_tampering, "faults", lambda *_: iter(()))
    assert audit_tampering.figures("SQLite", quick=True).missed == len(audit_tampering.KINDS)


# Pages.


def test_every_page_of_a_store_with_rows_in_it_is_shown() -> None:
    assert pages.figures("SQLite", quick=True).missed == 0


def test_a_page_that_fails_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(app: Flask, store: Store) -> Iterator[visiting.Page]:
        del app, store
        yield visiting.Page("", "/settings/sites/999")

    monkeypatch.setattr(pages, "pages", failing)
    assert pages.figures("SQLite", quick=True).missed == 1


def test_a_new_page_must_get_an_example_of_what_its_address_names(store: Store) -> None:
    def new(thing: str) -> str:
        raise NotFoundError(thing)

    app = create_app(store.settings, store)
    app.add_url_rule("/a/<thing>", "new", new)
    with pytest.raises(LookupError, match="no example of thing"):
        list(visiting.pages(app, store))
