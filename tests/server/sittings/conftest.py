"""A kiosk where every kind of question is asked, and an application that remembers nothing of the database."""

import pytest
from flask import Flask

from server.app import create_app
from server.sittings import remembered
from server.store import Store
from tests.forms import every_kind
from tests.server.sittings.visitor import Place, a_place


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "SECONDS", 0.0)


@pytest.fixture
def place(store: Store) -> Place:
    return a_place(store, every_kind())


@pytest.fixture
def site(store: Store, place: Place) -> Flask:
    del place
    return create_app(store.settings, store)
