"""A clear answer beside which somebody wrote waits for an officer, whatever else stands on its copy."""

from sqlalchemy import func, select

from server.models.intake import Crop, Page, Reading, Return, ReturnState
from server.models.responses import Response
from server.models.review import Doubt
from server.returns.judging import judge
from server.store import Store
from tests.server.returns_made import a_batch, a_town, came, sure
from tests.server.review.conftest import BLANK, Desk, a_desk


def put_in(store: Store, *written: str) -> None:
    """Have a copy come back on which all is clear, and something is written beside one answer."""
    code = a_town(store).codes[0]
    came(store, a_batch(store), [sure(1, code), sure(2, code, written=written)], beside="safe_home")


def open_on(store: Store) -> tuple[ReturnState, dict[str, str], int]:
    """Give how far the copy is, its doubts with their reasons, and how many responses there are."""
    with store.reading() as session:
        doubts = {one.question: one.reason for one in session.scalars(select(Doubt).order_by(Doubt.id))}
        count = session.scalar(select(func.count()).select_from(Response)) or 0
        return session.scalars(select(Return)).one().state, doubts, count


def test_nothing_is_accepted_though_no_place_to_write_is_filled(any_store: Store) -> None:
    put_in(any_store)
    assert open_on(any_store) == (ReturnState.READING, {"safe_home": "written_beside"}, 0)
    with any_store.reading() as session:
        assert session.scalars(select(Page.writing)).all() == [None, None]


def test_the_doubt_stands_when_the_copy_is_judged_again(any_store: Store) -> None:
    put_in(any_store, "comment")
    before = open_on(any_store)
    assert before[1] == {"safe_home": "written_beside", "comment": "written"}
    with any_store.writing() as session:
        judge(any_store, session, session.scalars(select(Return)).one())
    assert open_on(any_store) == before


def test_the_comment_alone_completes_no_copy_while_writing_beside_boxes_is_not_looked_at(any_store: Store) -> None:
    desk: Desk = a_desk(any_store)  # another copy; its officers decide here too
    came(any_store, a_batch(any_store), [sure(1, desk.town.codes[1]), sure(2, desk.town.codes[1], written=["comment"])],
         name="b", beside="safe_home")  # fmt: skip
    comment = [one for one in desk.doubts("comment") if one.return_id != desk.returned().id]
    desk.decide(comment[0].id, BLANK, desk.anna)
    with any_store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 0
    desk.decide(desk.doubt("safe_home"), BLANK, desk.anna)
    with any_store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 1


def test_its_picture_is_none_that_chance_chose(store: Store) -> None:
    put_in(store)
    with store.reading() as session:
        of_beside = select(Crop.is_sampled).join(Reading).where(Reading.question == "safe_home")
        assert session.scalars(of_beside).all() == [False]


def test_without_writing_the_same_copy_is_complete(store: Store) -> None:
    code = a_town(store).codes[0]
    came(store, a_batch(store), [sure(1, code), sure(2, code)])
    assert open_on(store) == (ReturnState.COMPLETE, {}, 1)
