"""Returned copies with doubts, and officers to settle them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from server.accounts import officers
from server.models.intake import Return
from server.models.officers import Officer, Role
from server.models.review import Correction, Doubt
from server.returns import deciding
from server.returns.deciding import Clash, Decided, Said
from server.returns.decisions import Decision, How
from server.store import Store
from tests.server.conftest import PASSWORD
from tests.server.returns_made import TORN_OFF, Town, a_batch, a_town, came, page, printings_known, sure

__all__ = ["printings_known"]

FAINT = {"overall": "very_satisfied"}
BLANK = Said(Decision(How.BLANK))


@pytest.fixture(autouse=True)
def _printings(printings_known: None) -> None:
    del printings_known


def said(value: object) -> Said:
    """Give a decision for an answer."""
    return Said(Decision(How.ANSWER, value))


@dataclass(frozen=True, slots=True)
class Desk:
    """A store with doubts, and two officers."""

    store: Store
    town: Town
    anna: Officer
    ben: Officer

    def doubts(self, question: str | None = None) -> list[Doubt]:
        """Give all doubts, or those of one question, in their order."""
        with self.store.reading() as session:
            asked = select(Doubt).order_by(Doubt.id)
            return list(session.scalars(asked if question is None else asked.where(Doubt.question == question)))

    def doubt(self, question: str) -> int:
        """Give the id of the first doubt about a question."""
        return self.doubts(question)[0].id

    def corrections(self) -> list[Correction]:
        """Give what was decided so far."""
        with self.store.reading() as session:
            return list(session.scalars(select(Correction).order_by(Correction.id)))

    def returned(self) -> Return:
        """Give the first copy that came back."""
        with self.store.reading() as session:
            return session.scalars(select(Return).order_by(Return.id)).all()[0]

    def decide(self, doubt_id: int, what: Said, officer: Officer) -> Decided | Clash:
        """Decide, in a transaction of its own."""
        with self.store.writing() as session:
            return deciding.decide(session, doubt_id, what, officer)

    def overrule(self, seen_id: int, what: Said, officer: Officer) -> Decided | Clash:
        """Decide anew, likewise."""
        with self.store.writing() as session:
            return deciding.overrule(self.store, session, seen_id, what, officer)

    def take_back(self, correction_id: int, officer: Officer) -> int:
        """Take a decision back, likewise."""
        with self.store.writing() as session:
            return deciding.take_back(self.store, session, correction_id, officer)


def a_desk(store: Store, written: Sequence[str] = ("comment",)) -> Desk:
    """Give a store with one copy of which one answer is faint and these are written; its two officers."""
    town = a_town(store)
    code = town.codes[0]
    came(store, a_batch(store), [page(1, code, {"repair_done": "no"}, faint=FAINT), sure(2, code, written=written)])
    for name in ("anna", "ben"):
        officers.add(store, name, name.title(), Role.OFFICER, PASSWORD, by=None)
    with store.reading() as session:
        anna, ben = session.scalars(select(Officer).order_by(Officer.username))
    return Desk(store, town, anna, ben)


def an_equality_page(desk: Desk) -> None:
    """Have an equality page come, of which one answer is faint."""
    marks = {"cares_for": ("child",)}
    came(desk.store, a_batch(desk.store), [page(TORN_OFF, None, marks, faint={"age_band": "from_25_to_34"})], name="b")


@pytest.fixture
def desk(any_store: Store) -> Desk:
    """Give a desk on either database."""
    return a_desk(any_store)
