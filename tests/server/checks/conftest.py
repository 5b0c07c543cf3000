"""A batch of complete copies whose accepted answers have pictures, and officers who check them."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from server.accounts import officers
from server.checks import drawing, looking
from server.checks.looking import Outcome
from server.checks.screen import statement
from server.checks.statement import USUAL_TARGET, Statement
from server.models.intake import Batch, Crop, Page, Reading, Return
from server.models.officers import Officer, Role
from server.models.responses import Answer
from server.models.review import Doubt, LookKind, SecondLook
from server.returns import deciding
from server.returns.deciding import Said
from server.returns.decisions import Decision, How
from server.store import Store
from tests.server.conftest import PASSWORD
from tests.server.returns_made import CROP, Town, a_batch, a_town, came, page, printings_known, sure

__all__ = ["printings_known"]

COPIES = 4
QUESTIONS = ("overall", "repair_done", "repairs_service", "safe_home", "contact_me")
"""Those with boxes on the two pages of a copy."""

NAMES = ("anna", "ben", "cleo")

BLANK = Said(Decision(How.BLANK))


@pytest.fixture(autouse=True)
def _printings(printings_known: None) -> None:
    del printings_known


def said(value: object) -> Said:
    """Give a reading of an answer."""
    return Said(Decision(How.ANSWER, value))


@dataclass(frozen=True, slots=True)
class Room:
    """A store with checked paper, and three officers."""

    store: Store
    town: Town
    batch: Batch
    anna: Officer
    ben: Officer
    cleo: Officer

    def draw(self, count: int, kind: LookKind = LookKind.ACCEPTED) -> int:
        """Draw some; give how many were drawn."""
        return drawing.draw(self.store, self.batch.id, kind, count, self.anna)

    def looks(self) -> list[SecondLook]:
        """Give all looks in the order of the lot."""
        with self.store.reading() as session:
            return list(session.scalars(select(SecondLook).order_by(SecondLook.id)))

    def question(self, look: SecondLook) -> str:
        """Give which question a look is about."""
        with self.store.reading() as session:
            return session.get_one(Reading, look.reading_id).question

    def take(self, look: SecondLook, officer: Officer, reading: Said | None = None) -> Outcome:
        """Read one as it was read first, or otherwise."""
        return looking.look(self.store, look.id, reading or Said(Decision.of(look.first)), officer)

    def told(self, kind: LookKind = LookKind.ACCEPTED) -> Statement:
        """Give what can be said of the batch."""
        with self.store.reading() as session:
            return statement(session, self.batch.id, kind, USUAL_TARGET)

    def answer(self, look: SecondLook) -> str | None:
        """Give what counts as the answer of a look's question in its response."""
        with self.store.reading() as session:
            reading = session.get_one(Reading, look.reading_id)
            returned = session.get_one(Return, session.get_one(Page, reading.page_id).return_id)
            asked = select(Answer.option).where(
                Answer.response_id == returned.response_id, Answer.question == reading.question
            )
            return session.scalar(asked)

    def first_of(self, question: str) -> SecondLook:
        """Give a look at that question."""
        return next(look for look in self.looks() if self.question(look) == question)


def give_pictures(store: Store) -> None:
    """Let chance have chosen every accepted answer when it was read."""
    with store.writing() as session:
        doubted = select(Doubt.reading_id)
        bare = select(Reading.id).outerjoin(Crop).where(Crop.reading_id.is_(None), Reading.id.not_in(doubted))
        session.add_all(Crop(reading_id=one, image=CROP, is_sampled=True) for one in session.scalars(bare).all())


def a_room(store: Store) -> Room:
    """Put a batch of complete copies and three officers into a store."""
    town, batch = a_town(store, COPIES), a_batch(store, name="Tuesday’s post")
    for number, code in enumerate(town.codes):
        came(store, batch, [sure(1, code), sure(2, code)], name=f"scan-{number}.pdf")
    give_pictures(store)
    people = [
        officers.add(store, name, name.title(), Role.OFFICER, PASSWORD, by=None) for name in ("anna", "ben", "cleo")
    ]
    return Room(store, town, batch, *people)


@pytest.fixture
def room(any_store: Store) -> Room:
    """Give it on both databases."""
    return a_room(any_store)


def settle_a_doubt(room: Room) -> None:
    """Have a copy come in which one answer is doubted, and Ben decide on it."""
    town = a_town(room.store, 1, name="Winter", printing="TSM00002")
    code = town.codes[0]
    marks = {"repair_done": "yes", "repairs_service": "very_satisfied", "safe_home": "not_applicable"}
    doubted = page(1, code, marks, faint={"overall": "very_satisfied"}, printing="TSM00002")
    came(room.store, room.batch, [doubted, sure(2, code, printing="TSM00002")], name="doubted.pdf")
    with room.store.reading() as session:
        doubt_id = session.scalars(select(Doubt.id).where(Doubt.question == "overall")).one()
    with room.store.writing() as session:
        deciding.decide(session, doubt_id, said("very_satisfied"), room.ben)
