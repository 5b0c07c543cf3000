"""The printings of returns that are made up are known; an officer says things of batches."""

import pytest

from server.accounts import officers
from server.models.officers import Officer, Role
from server.store import Store
from tests.server.conftest import PASSWORD
from tests.server.returns_made import printings_known

__all__ = ["printings_known"]


@pytest.fixture(autouse=True)
def _known(printings_known: None) -> None:
    """Use it in every test here."""


@pytest.fixture
def anna(any_store: Store) -> Officer:
    """Give an officer on either database."""
    officers.add(any_store, "anna", "Anna", Role.OFFICER, PASSWORD, by=None)
    with any_store.reading() as session:
        return session.query(Officer).filter_by(username="anna").one()
