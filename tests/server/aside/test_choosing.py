"""What came twice counts once, and an officer says which; nothing is dropped in silence."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import select

from server.aside import choosing, copies
from server.aside.choosing import Which
from server.aside.reasons import Rejection, Settled
from server.errors import RefusedError
from server.models.intake import ReturnState
from server.models.responses import Answer, ResponseState
from server.models.review import Doubt
from server.queries.aside import Group, counted, needs_you
from server.queries.campaigns import standing
from server.responses.saving import save_response
from server.returns import deciding
from server.returns.deciding import Said
from server.returns.decisions import Decision, How
from server.returns.problems import Problem
from tests.server.aside.conftest import Desk
from tests.server.filling import incoming
from tests.server.pages_made import page, sure
from tests.server.returns_made import a_batch, came


def come_twice(desk: Desk) -> tuple[str, str]:
    """Have a copy come twice, the second time with another answer; give both uids."""
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store), [sure(1, code), sure(2, code)], name="first.pdf")
    other = page(1, code, {"overall": "very_dissatisfied", "repair_done": "no"})
    came(desk.store, a_batch(desk.store), [other, sure(2, code)], name="second.pdf")
    first, second = desk.returns()
    return first.uid, second.uid


def counting(desk: Desk) -> int:
    with desk.store.reading() as session:
        return standing(session, desk.town.campaign.id).responses


def test_the_second_of_a_copy_waits_for_a_choice_and_does_not_count(desk: Desk) -> None:
    come_twice(desk)
    with desk.store.reading() as session:
        assert [(one.group, one.total) for one in needs_you(session)] == [(Group.REPEATS, 1)]
    assert counting(desk) == 1


def test_the_first_stands_and_the_second_is_kept_as_rejected(desk: Desk) -> None:
    _, second = come_twice(desk)
    choosing.choose_copy(desk.store, second, Which.FIRST, by=desk.anna)
    first, other = desk.returns()
    assert (first.state, other.state) == (ReturnState.COMPLETE, ReturnState.REJECTED)
    assert (other.decided_by, other.decided_because) == (desk.anna.id, Settled.OTHER_STANDS)
    assert counting(desk) == 1
    assert "choice between two of one copy" in desk.events()


def test_the_second_is_counted_in_the_place_of_the_first(desk: Desk) -> None:
    _, second = come_twice(desk)
    choosing.choose_copy(desk.store, second, Which.SECOND, by=desk.anna)
    first, other = desk.returns()
    assert (first.state, other.state) == (ReturnState.REJECTED, ReturnState.COMPLETE)
    assert [one.state for one in desk.responses()] == [ResponseState.WITHDRAWN, ResponseState.COMPLETE]
    assert desk.responses()[1].uid == second
    assert counting(desk) == 1


def test_a_choice_is_made_once(desk: Desk) -> None:
    _, second = come_twice(desk)
    choosing.choose_copy(desk.store, second, Which.SECOND, by=desk.anna)
    with pytest.raises(RefusedError, match="meanwhile"):
        choosing.choose_copy(desk.store, second, Which.FIRST, by=desk.anna)
    assert counting(desk) == 1


def test_the_second_takes_over_the_pages_that_it_lacks_with_what_was_decided_on_them(desk: Desk) -> None:
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store), [sure(1, code), sure(2, code, written=["comment"])], name="first.pdf")
    came(desk.store, a_batch(desk.store), [page(1, code, {"overall": "very_dissatisfied"})], name="second.pdf")
    _, second = desk.returns()
    with desk.store.reading() as session:
        [doubt] = session.scalars(select(Doubt))
    with desk.store.writing() as session:
        said = Said(Decision(How.ANSWER, "The lift is slow."))
        deciding.decide(session, doubt.id, said, desk.anna)
    choosing.choose_copy(desk.store, second.uid, Which.SECOND, by=desk.anna)
    assert desk.returns()[1].state == ReturnState.COMPLETE
    with desk.store.reading() as session:
        rows = session.execute(select(Answer.question, Answer.option, Answer.written).where(Answer.response_id == 2))
        said_now = {question: option or written for question, option, written in rows}
    assert (said_now["overall"], said_now["comment"]) == ("very_dissatisfied", "The lift is slow.")
    assert counting(desk) == 1


def test_the_second_counts_where_the_first_was_rejected_before(desk: Desk) -> None:
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store), [sure(1, code)], name="first.pdf")
    came(desk.store, a_batch(desk.store), [sure(1, code)], name="second.pdf")
    first, second = desk.returns()
    copies.reject(desk.store, first.uid, Rejection.HOPELESS, by=desk.anna)
    with pytest.raises(RefusedError, match="does not count any more"):
        choosing.choose_copy(desk.store, second.uid, Which.FIRST, by=desk.anna)
    choosing.choose_copy(desk.store, second.uid, Which.SECOND, by=desk.anna)
    assert (desk.returns()[1].state, desk.returns()[1].problem) == (ReturnState.READING, Problem.MISSING_PAGES)


def test_one_that_is_put_back_does_not_count_beside_the_other_that_stands_by_now(desk: Desk) -> None:
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store), [sure(1, code)], name="first.pdf")
    came(desk.store, a_batch(desk.store), [sure(1, code)], name="second.pdf")
    first, second = desk.returns()
    copies.reject(desk.store, first.uid, Rejection.TRIAL, by=desk.anna)
    choosing.choose_copy(desk.store, second.uid, Which.SECOND, by=desk.anna)
    copies.give_up_pages(desk.store, second.uid, by=desk.anna)
    copies.put_back(desk.store, first.uid, by=desk.anna)
    assert [one.state for one in desk.returns()] == [ReturnState.REPEATED, ReturnState.COMPLETE]
    assert desk.returns()[0].repeats_id == second.id
    assert counting(desk) == 1


def test_two_officers_who_choose_two_others_at_once_leave_one_standing(desk: Desk) -> None:
    _, second = come_twice(desk)
    came(desk.store, a_batch(desk.store), [sure(1, desk.town.codes[0])], name="third.pdf")
    third = desk.returns()[2].uid
    with ThreadPoolExecutor(2) as pool:
        made = [
            pool.submit(choosing.choose_copy, desk.store, uid, Which.SECOND, by=desk.anna) for uid in (second, third)
        ]
    assert not [one.exception() for one in made if one.exception()]
    standing_ones = [one for one in desk.returns() if one.state in (ReturnState.READING, ReturnState.COMPLETE)]
    assert len(standing_ones) == 1
    assert counting(desk) == 1


@pytest.mark.parametrize("which", list(Which))
def test_one_of_two_clashing_responses_stands(desk: Desk, which: Which) -> None:
    uid = str(uuid4())
    for said in ({"overall": "very_satisfied"}, {"overall": "very_dissatisfied"}):
        save_response(desk.store, incoming(desk.town.campaign, said, uid=uid))
    first, second = desk.responses()
    choosing.choose_response(desk.store, second.id, which, by=desk.anna)
    states = {one.id: one.state for one in desk.responses()}
    stands, other = (first, second) if which is Which.FIRST else (second, first)
    assert (states[stands.id], states[other.id]) == (ResponseState.COMPLETE, ResponseState.WITHDRAWN)
    with desk.store.reading() as session:
        assert not counted(session)[Group.CLASHES]
    assert counting(desk) == 1
