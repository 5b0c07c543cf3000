"""Which doubt comes next, and to whom."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from server.models.base import now
from server.models.intake import Return, ReturnState
from server.models.review import Doubt
from server.queries.review import Order, Wish, batches_waiting, doubts_waiting
from server.review import leasing, settling
from server.store import Store
from tests.server.returns_made import a_batch, came, page, sure
from tests.server.review.conftest import BLANK, FAINT, Desk

ALL = Wish()


def more(desk: Desk, copies: int = 2, name: str = "more.pdf") -> int:
    """Have more copies with the same doubts come; give their batch's id."""
    batch = a_batch(desk.store)
    codes = desk.town.codes[1 : 1 + copies]
    pages = [
        one
        for code in codes
        for one in (page(1, code, {"repair_done": "no"}, faint=FAINT), sure(2, code, written=("comment",)))
    ]
    came(desk.store, batch, pages, name=name)
    return batch.id


def run(desk: Desk, wish: Wish) -> list[tuple[str, int]]:
    """Settle all that comes; give the question and the copy of each in the order in which they came."""
    found, came_by = [], settling.begin(desk.store, desk.anna, wish)
    by_id = {one.id: (one.question, one.return_id) for one in desk.doubts()}
    while came_by is not None:
        found.append(by_id[came_by])
        came_by = settling.decide(desk.store, came_by, BLANK, desk.anna, wish).next_id
    return found


def test_by_question_all_of_one_come_before_the_next(desk: Desk) -> None:
    more(desk)
    first, second, third = sorted({one.return_id for one in desk.doubts()})
    copies = (first, second, third)
    assert run(desk, Wish(Order.QUESTION)) == [(name, one) for name in ("comment", "overall") for one in copies]


def test_by_sheet_all_of_one_copy_come_as_they_stand_on_it(desk: Desk) -> None:
    more(desk)
    copies = sorted({one.return_id for one in desk.doubts()})
    assert run(desk, Wish(Order.SHEET)) == [(name, one) for one in copies for name in ("overall", "comment")]


@pytest.mark.parametrize("order", Order)
def test_of_one_batch_nothing_else_comes(desk: Desk, order: Order) -> None:
    batch = more(desk, 1)
    theirs = {one.return_id for one in desk.doubts() if one.batch_id == batch}
    assert {copy for _, copy in run(desk, Wish(order, batch))} == theirs
    with desk.store.reading() as session:
        assert doubts_waiting(session) == 2
        assert doubts_waiting(session, batch) == 0
        assert [(one.batch.id, one.count) for one in batches_waiting(session)] == [(desk.returned().batch_id, 2)]


def test_two_officers_get_different_doubts(desk: Desk) -> None:
    mine, theirs = (settling.begin(desk.store, one, ALL) for one in (desk.anna, desk.ben))
    assert mine is not None
    assert theirs is not None
    assert mine != theirs
    with desk.store.writing() as session:
        assert not leasing.lease(session, mine, desk.ben.id)
        assert leasing.lease(session, mine, desk.anna.id)


def test_a_lease_makes_no_new_version(desk: Desk) -> None:
    before = desk.doubts()[0].version
    settling.begin(desk.store, desk.anna, ALL)
    assert desk.doubts()[0].version == before


def test_a_lease_ends_by_itself_and_can_be_given_back(desk: Desk) -> None:
    first = settling.begin(desk.store, desk.anna, ALL)
    assert first is not None
    settling.leave(desk.store, first, desk.ben)  # it is not his to give back
    assert settling.begin(desk.store, desk.ben, ALL) != first
    settling.leave(desk.store, first, desk.anna)
    assert settling.begin(desk.store, desk.ben, ALL) == first
    with desk.store.writing() as session:
        session.execute(update(Doubt).values(leased_until=now() - timedelta(seconds=1)))
    assert settling.begin(desk.store, desk.anna, ALL) == first


def test_a_doubt_that_is_held_is_leased_for_longer(desk: Desk) -> None:
    first = settling.begin(desk.store, desk.anna, ALL)
    assert first is not None
    with desk.store.writing() as session:
        session.execute(update(Doubt).values(leased_until=now() + timedelta(seconds=1)))
    settling.hold(desk.store, first, desk.anna)
    (held,) = [one for one in desk.doubts() if one.id == first]
    assert held.leased_until is not None
    assert held.leased_until > now() + timedelta(minutes=4)


def test_what_is_put_off_comes_again_after_the_rest(desk: Desk) -> None:
    first = settling.begin(desk.store, desk.anna, ALL)
    assert first is not None
    second = settling.put_off(desk.store, first, desk.anna, ALL)
    assert second is not None
    assert second != first
    assert settling.decide(desk.store, second, BLANK, desk.anna, ALL).next_id == first
    assert settling.put_off(desk.store, first, desk.anna, ALL) is None


def test_nobody_is_asked_about_a_copy_that_came_twice_or_was_rejected(desk: Desk) -> None:
    more(desk, 1)
    repeated = came_again(desk)
    asked = {copy for _, copy in run(desk, ALL)}
    assert repeated not in asked
    with desk.store.reading() as session:
        assert doubts_waiting(session) == 0


def came_again(desk: Desk) -> int:
    """Have the first copy come once more; give its second return's id."""
    code = desk.town.codes[0]
    pages = [page(1, code, {"repair_done": "no"}, faint=FAINT), sure(2, code)]
    (again,) = came(desk.store, a_batch(desk.store), pages, name="again.pdf")
    with desk.store.reading() as session:
        assert session.get_one(Return, again.id).state == ReturnState.REPEATED
    return again.id


def test_a_settled_doubt_cannot_be_leased(any_store: Store, desk: Desk) -> None:
    del any_store
    doubt = desk.doubt("overall")
    desk.decide(doubt, BLANK, desk.anna)
    with desk.store.writing() as session:
        assert not leasing.lease(session, doubt, desk.ben.id)
