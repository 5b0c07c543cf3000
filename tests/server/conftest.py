"""Stores on both databases, the application on them, and browsers signed in as each role."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import NullPool, create_engine, event, text

from server.accounts import officers, passwords
from server.app import create_app
from server.config import Settings
from server.models import Base
from server.models.officers import Role
from server.store import Store, migrating
from server.store.engine import made_engine
from server.trail.recording import begin_log
from tests.server.postgres import postgres_server

PASSWORD = "three random words"  # noqa: S105 (of the tests' own officers)
DATABASES = ("sqlite", "postgresql")
_numbers = count(1)


MIGRATED = "migrated"
"""The PostgreSQL database that those of the tests are copied from."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with postgres_server() as address:
        _administer(address, f"create database {MIGRATED}")
        engine = made_engine(address.format(name=MIGRATED))
        migrating.upgrade(engine)
        engine.dispose()
        yield address


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords as quickly as can be: the real cost has a test of its own."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", quick)
    monkeypatch.setattr(passwords, "NOBODYS", quick.hash("nobody"))


@pytest.fixture(scope="session", autouse=True)
def no_disk_is_waited_for() -> Iterator[None]:
    """Leave what is written to the system: no test cuts the power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@cache
def migrated_sqlite() -> bytes:
    """Give an empty SQLite database in its newest shape, migrated once for all tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sayso.db"
        engine = made_engine(f"sqlite:///{path}")
        migrating.upgrade(engine)
        engine.dispose()  # the last connection carries the log over into the file
        return path.read_bytes()


def made_store(folder: Path, database: str | None) -> Store:
    """Give a new store in a folder, ready for use."""
    settings = Settings(data=folder, database=database)
    folder.mkdir(parents=True, exist_ok=True)
    if database is None and not (folder / "sayso.db").exists():
        (folder / "sayso.db").write_bytes(migrated_sqlite())
    store = Store(settings)
    if database is None:
        event.listen(store.engine, "connect", _unsafe)
    store.keys.make()
    if migrating.revision(store.engine) != migrating.newest():
        migrating.upgrade(store.engine)
    begin_log(store)
    return store


def _unsafe(connection: sqlite3.Connection, _: object) -> None:
    """Wait for no disk, as the PostgreSQL server of the tests does not."""
    connection.execute("PRAGMA synchronous = OFF")


def new_database(postgres: str) -> str:
    """Give the address of a new PostgreSQL database in its newest shape."""
    name = f"t{next(_numbers)}"
    _administer(postgres, f"create database {name} template {MIGRATED}")
    return postgres.format(name=name)


def _administer(postgres: str, statement: str) -> None:
    engine = create_engine(postgres.format(name="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))


@pytest.fixture(params=DATABASES)
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give a store, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        store = made_store(tmp_path / "data", None)
        yield store
        store.close()
        return
    server = request.getfixturevalue("postgres")
    database = _free.pop() if _free else new_database(server)
    store = made_store(tmp_path / "data", database)
    yield store
    if migrating.revision(store.engine) == migrating.newest():
        _emptied(store)
        _free.append(database)
    store.close()


_free: list[str] = []
"""PostgreSQL databases that a test is done with: to make one anew takes longer than to empty it."""


def _emptied(store: Store) -> None:
    """Empty every table and have its ids begin at 1: with so few rows in them sooner done than `truncate`."""
    of_every_table = "; ".join(str(table.delete()) for table in Base.metadata.sorted_tables)
    begun = "from pg_sequences where last_value is not null"
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"set local session_replication_role = replica; {of_every_table}")
        connection.exec_driver_sql(f"select setval(quote_ident(sequencename)::regclass, 1, false) {begun}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a store on SQLite."""
    store = made_store(tmp_path / "data", None)
    yield store
    store.close()


@pytest.fixture
def app(store: Store) -> Flask:
    return create_app(store.settings, store)


@dataclass
class Browser:
    """A client that keeps cookies and sends the token that forms carry."""

    client: FlaskClient

    def get(self, address: str, **more: Any) -> Any:
        return self.client.get(address, **more)

    def post(self, address: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        return self.client.post(address, data={"csrf_token": self.token(), **(data or {})}, **more)

    def token(self) -> str:
        page = self.client.get("/sign-in", follow_redirects=True).get_data(as_text=True)
        return page.split('name="csrf_token" value="')[1].split('"')[0]


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Give a browser that has not signed in."""
    return Browser(app.test_client())


@pytest.fixture
def as_role(app: Flask, store: Store) -> Callable[[Role], Browser]:
    """Give a browser signed in as a role."""

    def signed_in(role: Role) -> Browser:
        officers.add(store, role.value, role.value.title(), role, PASSWORD, by=None)
        browser = Browser(app.test_client())
        answer = browser.post("/sign-in", {"username": role.value, "password": PASSWORD})
        assert answer.status_code == 302
        return browser

    return signed_in
