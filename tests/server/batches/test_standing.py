"""How far a batch is, in figures."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from scanning.readings import Refusal
from server.models.intake import Batch, FileState, Page, PageState, ReceivedFile, Return
from server.models.officers import Officer
from server.queries.batches import Standing, batch_standing, batches_page
from server.returns import deciding
from server.returns.deciding import Said
from server.returns.decisions import Decision, How
from server.store import Store
from tests.server.returns_made import a_batch, a_town, came, page, set_aside, sure

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def standing(store: Store, batch: Batch) -> Standing:
    with store.reading() as session:
        return batch_standing(session, batch.id)


def test_an_empty_batch_is_neither_done_nor_under_way(any_store: Store) -> None:
    found = standing(any_store, a_batch(any_store))
    assert (found.is_done, found.done_per_cent, found.minutes_read, found.minutes_done) == (False, 0, None, None)


def test_every_page_copy_and_answer_is_counted_once(any_store: Store) -> None:
    town, batch = a_town(any_store), a_batch(any_store)
    came(any_store, batch, [sure(1, town.codes[0]), sure(2, town.codes[0]), set_aside(), set_aside(Refusal.BLANK_PAGE)])
    marks = {"repair_done": "yes", "repairs_service": "very_satisfied", "safe_home": "not_applicable"}
    second = [page(1, town.codes[1], marks, faint={"overall": "very_satisfied"}), sure(2, town.codes[1])]
    came(any_store, batch, second, name="b")
    found = standing(any_store, batch)
    assert (found.files.total, found.pages.total, found.pages.aside, found.pages.done) == (2, 6, 1, 3)
    assert (found.sheets.total, found.sheets.complete) == (2, 1)
    assert (found.answers.accepted, found.answers.doubted, found.answers.open) == (9, 1, 1)
    assert (found.done_per_cent, found.is_done) == (50, False)


def test_the_list_has_the_same_figures_for_each_of_its_batches(any_store: Store) -> None:
    town = a_town(any_store)
    batches = [a_batch(any_store) for _ in range(3)]
    for batch, code in zip(batches, town.codes, strict=True):
        came(any_store, batch, [sure(1, code)] if code == town.codes[0] else [sure(1, code), sure(2, code)])
    with any_store.reading() as session:
        listing = batches_page(session, 1)
    assert listing.total == 3
    rows = [row for row in listing.rows if isinstance(row, Standing)]
    assert [_figures(row) for row in rows] == [_figures(standing(any_store, batch)) for batch in reversed(batches)]
    assert [row.is_done for row in rows] == [True, True, False]


def test_answers_of_copies_that_do_not_count_are_not_counted(any_store: Store) -> None:
    town, batch = a_town(any_store), a_batch(any_store)
    came(any_store, batch, [sure(1, town.codes[0]), sure(2, town.codes[0])])
    came(any_store, batch, [sure(1, town.codes[0])], name="again")
    found = standing(any_store, batch)
    assert (found.sheets.repeated, found.answers.accepted, found.is_done) == (1, 5, False)


def test_copies_that_wait_for_their_day_are_told_from_those_with_another_hindrance(any_store: Store) -> None:
    town, batch = a_town(any_store), a_batch(any_store, received_on=None)
    came(any_store, batch, [sure(1, town.codes[0]), sure(2, town.codes[0]), sure(1, town.codes[1])])
    found = standing(any_store, batch)
    assert (found.sheets.dateless, found.sheets.hindered) == (1, 1)


def test_the_minutes_run_from_the_first_file_to_the_last_page_and_to_the_last_decision(any_store: Store) -> None:
    town, batch = a_town(any_store), a_batch(any_store)
    came(any_store, batch, [sure(1, town.codes[0]), sure(2, town.codes[0])])
    _timed(any_store, read_after=12, settled_after=50)
    found = standing(any_store, batch)
    assert (found.minutes_read, found.minutes_done) == (12, 50)


def test_while_files_wait_no_minutes_are_told(any_store: Store) -> None:
    town, batch = a_town(any_store), a_batch(any_store)
    came(any_store, batch, [sure(1, town.codes[0]), sure(2, town.codes[0])])
    with any_store.writing() as session:
        waits = ReceivedFile(batch_id=batch.id, sha256="0" * 64, name="b", size_bytes=1, state=FileState.WAITING)
        session.add(waits)
    _timed(any_store, read_after=12, settled_after=50)
    found = standing(any_store, batch)
    assert (found.minutes_read, found.minutes_done, found.done_per_cent) == (None, None, 99)


def test_a_settled_doubt_is_counted_as_doubted_and_not_as_accepted(any_store: Store, anna: Officer) -> None:
    town, batch = a_town(any_store), a_batch(any_store)
    marks = {"repair_done": "yes", "repairs_service": "very_satisfied", "safe_home": "not_applicable"}
    came(any_store, batch, [page(1, town.codes[0], marks, faint={"overall": "very_satisfied"}), sure(2, town.codes[0])])
    with any_store.writing() as session:
        deciding.decide(session, 1, Said(Decision(How.BLANK)), anna)
    found = standing(any_store, batch)
    assert (found.answers.accepted, found.answers.doubted, found.answers.open) == (4, 1, 0)
    assert found.is_done


def _figures(one: Standing) -> tuple[object, ...]:
    return one.batch.id, one.files, one.pages, one.sheets, one.answers, one.repeats


def _timed(store: Store, *, read_after: int, settled_after: int) -> None:
    with store.writing() as session:
        session.execute(update(ReceivedFile).values(received_at=START, read_at=START + timedelta(minutes=read_after)))
        settled = START + timedelta(minutes=settled_after)
        session.execute(update(Return).values(settled_at=settled))
        session.execute(update(Page).where(Page.state == PageState.SETTLED).values(settled_at=settled))
