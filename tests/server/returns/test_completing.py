"""What officers decide, and what a response then says."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from server.accounts import officers
from server.models.base import now
from server.models.intake import Batch, Page, PageState, Reading, Return, ReturnState
from server.models.officers import Role
from server.models.responses import ContactDetails, Response
from server.models.review import Correction, Doubt, DoubtState
from server.returns.completing import complete_if_ready
from server.returns.decisions import Decision, How
from server.returns.judging import judge, look_at
from server.store import Store
from tests.server.conftest import PASSWORD
from tests.server.returns.test_assembling import answered
from tests.server.returns_made import a_batch, a_town, came, page, sure


@pytest.fixture
def decided(any_store: Store) -> Callable[[str, Decision], None]:
    """Give a way to settle the doubts about a question."""
    officer = officers.add(any_store, "anna", "Anna Field", Role.OFFICER, PASSWORD, by=None)

    def decide(question: str, decision: Decision) -> None:
        with any_store.writing() as session:
            doubt = session.scalars(select(Doubt).where(Doubt.question == question)).one()
            doubt.state = DoubtState.SETTLED
            machine = session.get_one(Reading, doubt.reading_id).answer
            session.add(
                Correction(
                    doubt_id=doubt.id,
                    question=question,
                    machine=machine,
                    decided=decision.plain(),
                    officer_id=officer.id,
                )
            )
            session.flush()
            complete_if_ready(session, session.get_one(Return, doubt.return_id))

    return decide


def only(store: Store) -> Return:
    with store.reading() as session:
        return session.scalars(select(Return)).one()


def test_the_last_decision_completes_a_copy_with_what_was_decided(
    any_store: Store, decided: Callable[[str, Decision], None]
) -> None:
    code = a_town(any_store).codes[0]
    doubtful = page(1, code, {"repair_done": "yes"}, faint={"overall": "neither", "safe_home": "neither"})
    came(any_store, a_batch(any_store), [doubtful, sure(2, code, written=["comment", "contact"])])
    decided("overall", Decision(How.ANSWER, "fairly_satisfied"))
    decided("safe_home", Decision(How.BLANK))
    decided("comment", Decision(How.ANSWER, "The lift is slow."))
    assert only(any_store).state == ReturnState.READING
    decided("contact", Decision(How.ANSWER, {"name": "Ada Żuk", "phone": "01664 502502"}))
    one = only(any_store)
    assert one.state == ReturnState.COMPLETE
    assert answered(any_store, one.response_id) == {
        "overall": ["fairly_satisfied"],
        "repair_done": ["yes"],
        "comment": ["The lift is slow."],
        "contact_me": ["yes"],
    }
    with any_store.reading() as session:
        assert session.scalars(select(ContactDetails.details)).one()["name"] == "Ada Żuk"
        corrections = session.scalars(select(Correction))
        assert {correction.response_id for correction in corrections} == {one.response_id}


def test_a_decision_that_was_taken_back_is_not_heeded(
    any_store: Store, decided: Callable[[str, Decision], None]
) -> None:
    code = a_town(any_store).codes[0]
    came(any_store, a_batch(any_store), [page(1, code, faint={"overall": "neither"}), sure(2, code)])
    decided("overall", Decision(How.ANSWER, "neither"))
    with any_store.writing() as session:
        session.scalars(select(Correction)).one().undone_at = now()
        one = session.scalars(select(Return)).one()
        one.state = ReturnState.READING
        session.scalars(select(Doubt)).one().state = DoubtState.OPEN
        session.flush()
        assert not complete_if_ready(session, one)


def test_what_was_decided_stays_decided_when_another_page_comes(
    any_store: Store, decided: Callable[[str, Decision], None]
) -> None:
    code = a_town(any_store).codes[0]
    batch = a_batch(any_store)
    came(any_store, batch, [page(1, code, {"repair_done": "yes"}, faint={"overall": "neither"})], name="one")
    decided("overall", Decision(How.ANSWER, "neither"))
    came(any_store, batch, [sure(2, code)], name="two")
    one = only(any_store)
    assert one.state == ReturnState.COMPLETE
    assert answered(any_store, one.response_id)["overall"] == ["neither"]


def test_answers_that_cannot_stand_together_are_a_problem_not_a_response(
    any_store: Store, decided: Callable[[str, Decision], None]
) -> None:
    code = a_town(any_store).codes[0]
    came(any_store, a_batch(any_store), [page(1, code, faint={"overall": "neither"}), sure(2, code)])
    decided("overall", Decision(How.ANSWER, "no such choice"))
    assert (only(any_store).state, only(any_store).problem) == (ReturnState.READING, "invalid")


def test_saying_that_no_more_pages_will_come_lets_a_copy_count(any_store: Store) -> None:
    code = a_town(any_store).codes[0]
    (one,) = came(any_store, a_batch(any_store), [sure(1, code)])
    assert one.pages_missing == ["2"]
    with any_store.writing() as session:
        one = session.get_one(Return, one.id)
        one.pages_given_up = True
        judge(any_store, session, one)
    assert only(any_store).state == ReturnState.COMPLETE


def test_saying_when_a_batch_came_lets_its_copies_count(any_store: Store) -> None:
    code = a_town(any_store).codes[0]
    (one,) = came(any_store, a_batch(any_store, received_on=None), [sure(1, code), sure(2, code)])
    with any_store.writing() as session:
        session.get_one(Batch, one.batch_id).received_on = date(2026, 11, 3)
        one = session.get_one(Return, one.id)
        look_at(session, one)
        assert complete_if_ready(session, one)
    with any_store.reading() as session:
        assert session.scalars(select(Response.received_on)).one() == date(2026, 11, 3)


def test_a_copy_that_was_rejected_stays_so(any_store: Store) -> None:
    code = a_town(any_store).codes[0]
    (one,) = came(any_store, a_batch(any_store), [sure(1, code)])
    with any_store.writing() as session:
        one = session.get_one(Return, one.id)
        one.state = ReturnState.REJECTED
        judge(any_store, session, one)
        assert not complete_if_ready(session, one)
        assert session.scalars(select(Page.state)).all() == [PageState.READ]
