"""A store with returned paper, and an officer to see to it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from server.accounts import officers
from server.models.audit import AuditEvent
from server.models.intake import Page, Return
from server.models.officers import Officer, Role
from server.models.responses import Response
from server.store import Store
from server.store.keys import KeyName
from server.trail.chain import faults
from tests.server.conftest import PASSWORD, Browser
from tests.server.returns_made import Town, a_town, printings_known

__all__ = ["printings_known"]


@pytest.fixture(autouse=True)
def _printings(printings_known: None) -> None:
    del printings_known


@dataclass(frozen=True, slots=True)
class Desk:
    """A store, the town that paper comes from, and the officer who sees to it."""

    store: Store
    town: Town
    anna: Officer

    def returns(self) -> list[Return]:
        """Give all returns in the order in which they came."""
        with self.store.reading() as session:
            return list(session.scalars(select(Return).order_by(Return.id)))

    def pages(self) -> list[Page]:
        """Give all pages, likewise."""
        with self.store.reading() as session:
            return list(session.scalars(select(Page).order_by(Page.id)))

    def responses(self) -> list[Response]:
        """Give all responses, likewise."""
        with self.store.reading() as session:
            return list(session.scalars(select(Response).order_by(Response.id)))

    def events(self) -> list[str]:
        """Give what the audit trail says was done, which must be whole."""
        with self.store.reading() as session:
            assert not list(faults(session, self.store.keys.get(KeyName.AUDIT)))
            return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.number)))


def a_desk(store: Store) -> Desk:
    """Give a desk on a store."""
    town = a_town(store)
    officers.add(store, "anna", "Anna", Role.OFFICER, PASSWORD, by=None)
    with store.reading() as session:
        return Desk(store, town, session.scalars(select(Officer)).one())


@pytest.fixture
def desk(any_store: Store) -> Desk:
    """Give a desk on either database."""
    return a_desk(any_store)


@pytest.fixture
def office(store: Store, as_role: Callable[[Role], Browser]) -> tuple[Desk, Browser]:
    """Give a desk on SQLite with a browser in which an officer has signed in."""
    return a_desk(store), as_role(Role.OFFICER)
