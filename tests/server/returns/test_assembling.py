"""Pages as they come, in whatever order and files → returned copies, and the responses of those that are whole."""

from collections.abc import Mapping

from sqlalchemy import func, select

from scanning.readings import PageReading, SetAside
from server.models.equality import EqualityAnswer
from server.models.intake import Page, PageState, Reading, ReceivedFile, Return, ReturnState
from server.models.responses import Answer, Response
from server.models.review import Doubt
from server.returns import assembling
from server.returns.assembling import assemble
from server.returns.known import printings
from server.returns.pages import READER, keep_page
from server.store import Store
from tests.server.returns_made import (
    PRINTING,
    RECEIVED,
    TORN_OFF,
    Town,
    a_batch,
    a_town,
    came,
    page,
    result,
    set_aside,
    sure,
)


def states(store: Store) -> list[tuple[str, str | None]]:
    """Give the state and the problem of every return."""
    with store.reading() as session:
        rows = session.scalars(select(Return).order_by(Return.id))
        return [(str(one.state), one.problem) for one in rows]


def counts(store: Store) -> Mapping[str, int]:
    with store.reading() as session:
        tables = (Response, Return, Doubt, Reading, EqualityAnswer)
        return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def answered(store: Store, response_id: int | None) -> dict[str, list[str | None]]:
    with store.reading() as session:
        found: dict[str, list[str | None]] = {}
        for row in session.scalars(select(Answer).where(Answer.response_id == response_id).order_by(Answer.place)):
            found.setdefault(row.question, []).append(row.option or row.written)
        return found


def whole(town: Town, number: int = 0) -> list[PageReading | SetAside]:
    return [sure(1, town.codes[number]), sure(2, town.codes[number])]


def test_a_copy_on_which_nothing_is_doubted_becomes_a_response_at_once(any_store: Store) -> None:
    town = a_town(any_store)
    (one,) = came(any_store, a_batch(any_store), whole(town))
    assert one.state == ReturnState.COMPLETE
    with any_store.reading() as session:
        response = session.get_one(Response, one.response_id)
        assert (response.uid, response.received_on, response.channel) == (one.uid, RECEIVED, "paper")
        pages = session.scalars(select(Page)).all()
        assert {(row.state, row.response_id) for row in pages} == {(PageState.SETTLED, response.id)}
    assert answered(any_store, one.response_id) == {
        "overall": ["fairly_satisfied"],
        "repair_done": ["yes"],
        "repairs_service": ["very_satisfied"],
        "safe_home": ["not_applicable"],
        "contact_me": ["yes"],
    }


def test_pages_of_one_copy_find_each_other_over_files_and_batches(any_store: Store) -> None:
    town = a_town(any_store)
    first, second = town.codes[:2]
    came(any_store, a_batch(any_store), [sure(2, second), sure(1, first)], name="one.pdf")
    assert states(any_store) == [("reading", "missing_pages"), ("reading", "missing_pages")]
    came(any_store, a_batch(any_store), [sure(1, second)], name="two.pdf")
    came(any_store, a_batch(any_store), [sure(2, first)], name="three.pdf")
    assert states(any_store) == [("complete", None), ("complete", None)]


def test_a_copy_that_came_before_waits_beside_the_first_and_does_not_count(any_store: Store) -> None:
    town = a_town(any_store)
    (first,) = came(any_store, a_batch(any_store), whole(town))
    (again,) = came(any_store, a_batch(any_store), whole(town), name="again.pdf")
    assert (again.state, again.repeats_id) == (ReturnState.REPEATED, first.id)
    with any_store.reading() as session:
        assert len(session.get_one(Return, again.id).pages) == 2
    assert counts(any_store)["responses"] == 1


def test_a_page_that_came_twice_before_its_copy_was_whole_opens_a_second_return(any_store: Store) -> None:
    town = a_town(any_store)
    code = town.codes[0]
    came(any_store, a_batch(any_store), [sure(1, code), sure(1, code), sure(2, code)])
    assert [state for state, _ in states(any_store)] == ["complete", "repeated"]


def test_the_page_that_is_torn_off_is_kept_apart_and_joined_to_nothing(any_store: Store) -> None:
    town = a_town(any_store)
    came(any_store, a_batch(any_store), [*whole(town), sure(TORN_OFF)])
    assert states(any_store) == [("complete", None), ("complete", None)]
    with any_store.reading() as session:
        apart = session.scalars(select(Return).where(Return.is_equality)).one()
        assert (apart.copy_id, apart.response_id) == (None, None)
        kept = session.scalars(select(EqualityAnswer.option)).all()
    assert sorted(kept) == ["child", "from_25_to_34", "older_person"]
    assert counts(any_store)["responses"] == 1


def test_what_is_doubted_or_written_waits_for_an_officer(any_store: Store) -> None:
    town = a_town(any_store)
    code = town.codes[0]
    doubtful = page(1, code, {"repair_done": "yes"}, faint={"overall": "fairly_satisfied"})
    came(any_store, a_batch(any_store), [doubtful, sure(2, code, written=["comment"])])
    assert states(any_store) == [("reading", None)]
    with any_store.reading() as session:
        doubts = session.execute(select(Doubt.question, Doubt.reason).order_by(Doubt.id)).all()
    assert [tuple(doubt) for doubt in doubts] == [("overall", "faint"), ("comment", "written")]
    assert counts(any_store)["responses"] == 0


def test_what_one_page_says_can_make_an_answer_on_another_doubtful_and_then_is_open_once(any_store: Store) -> None:
    """The first page leads past a question of the second: together they say more than each."""
    town = a_town(any_store)
    code = town.codes[0]
    batch = a_batch(any_store)
    came(any_store, batch, [page(1, code, {"repair_done": "no", "repairs_service": "neither"})], name="one")
    came(any_store, batch, [sure(2, code)], name="two")
    with any_store.reading() as session:
        doubts = session.execute(select(Doubt.question, Doubt.reason)).all()
        reading = session.scalars(select(Reading).where(Reading.question == "repairs_service")).one()
    assert [tuple(doubt) for doubt in doubts] == [("repairs_service", "not_asked")]
    assert (reading.answer, reading.reason) == (None, "not_asked")


def test_a_code_that_was_not_issued_here_is_a_problem(any_store: Store) -> None:
    a_town(any_store)
    came(any_store, a_batch(any_store), [sure(1, "ZZZZ-9999"), sure(2, "ZZZZ-9999")])
    assert states(any_store) == [("reading", "unknown_copy")]


def test_paper_without_a_code_answers_the_only_campaign_that_uses_its_form(any_store: Store) -> None:
    town = a_town(any_store)
    (one,) = came(any_store, a_batch(any_store), [sure(1), sure(2)])
    assert (one.campaign_id, one.state) == (town.campaign.id, ReturnState.COMPLETE)


def test_paper_without_a_code_waits_where_several_campaigns_use_its_form(any_store: Store) -> None:
    a_town(any_store)
    other = a_town(any_store, name="Winter", printing="TSM00002")
    came(any_store, a_batch(any_store), [sure(1), sure(2)], name="nobody says")
    came(any_store, a_batch(any_store, campaign_id=other.campaign.id), [sure(1), sure(2)], name="the batch says")
    assert states(any_store) == [("reading", "no_campaign"), ("complete", None)]


def test_a_page_of_another_printing_with_a_code_of_this_one_is_a_problem(any_store: Store) -> None:
    town = a_town(any_store)
    a_town(any_store, name="Winter", printing="TSM00002")
    foreign = sure(2, town.codes[0], printing="TSM00002")
    came(any_store, a_batch(any_store), [sure(1, town.codes[0]), foreign])
    assert states(any_store) == [("reading", "missing_pages"), ("reading", "foreign_page")]


def test_nothing_counts_before_somebody_said_when_it_came(any_store: Store) -> None:
    town = a_town(any_store)
    came(any_store, a_batch(any_store, received_on=None), whole(town))
    assert states(any_store) == [("reading", "no_date")]


def test_putting_a_file_together_again_changes_nothing(any_store: Store) -> None:
    town = a_town(any_store)
    code = town.codes[0]
    pages: list[PageReading | SetAside] = [
        page(1, code, faint={"overall": "neither"}),
        sure(2, code),
        sure(TORN_OFF),
        set_aside(),
        sure(1),
    ]
    came(any_store, a_batch(any_store), pages)
    before = counts(any_store), states(any_store)
    with any_store.writing() as session:
        file = session.scalars(select(ReceivedFile)).one()
        assert assemble(any_store, session, file) == []
    assert (counts(any_store), states(any_store)) == before


def test_a_large_file_is_put_together_a_few_copies_at_a_time(any_store: Store) -> None:
    many = assembling.COPIES_AT_ONCE + 3
    town = a_town(any_store, copies=many)
    came(any_store, a_batch(any_store), [page for number in range(many) for page in whole(town, number)])
    assert states(any_store) == [("complete", None)] * many


def test_a_page_that_was_read_stays_as_it_is_when_it_is_read_again(any_store: Store) -> None:
    town = a_town(any_store)
    came(any_store, a_batch(any_store), [sure(1, town.codes[0])])
    before = counts(any_store)
    with any_store.writing() as session:
        file = session.scalars(select(ReceivedFile)).one()
        other = result(page(1, town.codes[0], {"overall": "neither"}))
        keep_page(session, file, other, (1, 0), READER, printings(session, any_store.files), None)
    with any_store.reading() as session:
        (row,) = session.scalars(select(Page))
        assert row.outcome is not None
        assert row.outcome["answers"]["overall"] == "fairly_satisfied"
    assert counts(any_store) == before


def test_a_page_that_was_set_aside_can_be_read_later(any_store: Store) -> None:
    town = a_town(any_store)
    came(any_store, a_batch(any_store), [set_aside(), sure(2, town.codes[0])])
    with any_store.writing() as session:
        file = session.scalars(select(ReceivedFile)).one()
        known = printings(session, any_store.files)
        kept = keep_page(session, file, result(sure(1, town.codes[0])), (1, 0), READER, known, None)
        assert (kept.state, kept.refusal, kept.set_aside_because) == (PageState.READ, None, None)
        assemble(any_store, session, file)
    assert states(any_store) == [("complete", None)]
    assert known[PRINTING].row.name == PRINTING
