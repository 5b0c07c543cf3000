"""Stores on both databases, the application on them, and browsers signed in as each role."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from server.accounts import officers, passwords
from server.app import create_app
from server.config import Settings
from server.models.officers import Role
from server.store import Store, migrating
from tests.server.postgres import postgres_server

PASSWORD = "three random words"  # noqa: S105 (of the tests' own officers)
DATABASES = ("sqlite", "postgresql")
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with postgres_server() as address:
        yield address


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords as quickly as can be: the real cost has a test of its own."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", quick)
    monkeypatch.setattr(passwords, "NOBODYS", quick.hash("nobody"))


def made_store(folder: Path, database: str | None) -> Store:
    """Give a new store in a folder, ready for use."""
    settings = Settings(data=folder, database=database)
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(settings)
    store.keys.make()
    migrating.upgrade(store.engine)
    return store


def new_database(postgres: str) -> str:
    """Give the address of a new, empty PostgreSQL database."""
    name = f"t{next(_numbers)}"
    with create_engine(postgres.format(name="postgres"), isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"create database {name}"))
    return postgres.format(name=name)


@pytest.fixture(params=DATABASES)
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give a store, once on SQLite and once on PostgreSQL."""
    database = new_database(request.getfixturevalue("postgres")) if request.param == "postgresql" else None
    store = made_store(tmp_path / "data", database)
    yield store
    store.close()


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
