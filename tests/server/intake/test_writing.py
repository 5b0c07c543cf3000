"""Writing is read after the marks, kept beside the readings, and given up where it cannot be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import select

from scanning.readers import FileRefused, PageResult, Portion
from scanning.writing.drafts import By, Draft, Word
from server.intake import writing
from server.intake.writing import Writing, lists_of
from server.models.intake import FileState, Page, Reading, ReceivedFile, WritingState
from server.store import Store
from tests.server.returns_made import a_batch, a_town, came, page, result

DRAFT = Draft("comment", By.HAND, "Mend the lift", words=(Word("Mend", 0.9), Word("the", 0.8), Word("lift", 0.4)))


class Played:
    """Readers that draft the same whatever they are given, and take down what that was."""

    def __init__(self, results: list[PageResult | FileRefused]) -> None:
        self.results, self.asked = results, list[Portion]()

    def read(self, portions: list[Portion]) -> Iterator[PageResult | FileRefused]:
        self.asked += portions
        yield from self.results


def written_page(store: Store) -> None:
    a_town(store)
    came(store, a_batch(store), [page(2, "0001-0001", written=["comment"])])


def read_some(store: Store, monkeypatch: pytest.MonkeyPatch, results: list[PageResult | FileRefused]) -> Played:
    """Read what waits with readers that give that; give the readers."""
    played = Played(results)

    @contextmanager
    def readers(*_: object) -> Iterator[Played]:
        yield played

    monkeypatch.setattr(Writing, "_readers", readers)
    Writing(store, lambda: False).read_some()
    return played


def states(store: Store) -> list[tuple[WritingState | None, list[str]]]:
    with store.reading() as session:
        pages = session.scalars(select(Page).order_by(Page.id)).all()
        return [(one.writing, [row.question for row in one.readings if row.drafts]) for one in pages]


def drafted() -> PageResult:
    return replace(result(page(2, "0001-0001", written=["comment"])), drafts=(DRAFT,))


def test_a_page_with_writing_waits_and_one_without_does_not(any_store: Store) -> None:
    a_town(any_store)
    came(any_store, a_batch(any_store), [page(1, "0001-0001"), page(2, "0001-0001", written=["comment"])])
    assert states(any_store) == [(None, []), (WritingState.WAITING, [])]


def test_a_draft_is_kept_with_the_reading_of_its_question(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    written_page(any_store)
    played = read_some(any_store, monkeypatch, [drafted()])
    assert states(any_store) == [(WritingState.READ, ["comment"])]
    assert [(one.first, one.count) for one in played.asked] == [(0, 1)]
    with any_store.reading() as session:
        row = session.scalars(select(Reading).where(Reading.question == "comment")).one()
        assert row.drafts is not None
        assert (row.drafts[0]["value"], row.drafts[0]["words"][2]["confidence"]) == ("Mend the lift", 0.4)
        assert row.answer is None


def test_marks_that_wait_are_read_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    written_page(store)
    with store.writing() as session:
        file = session.scalars(select(ReceivedFile)).one()
        session.add(
            ReceivedFile(batch_id=file.batch_id, sha256="0" * 64, name="b.pdf", size_bytes=1, state=FileState.WAITING)
        )
    assert read_some(store, monkeypatch, [drafted()]).asked == []
    assert states(store) == [(WritingState.WAITING, [])]


def test_a_worker_that_is_told_to_end_stops_between_two_pages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    a_town(store)
    batch = a_batch(store)
    for number in range(2):
        came(store, batch, [page(2, f"0001-000{number + 1}", written=["comment"])], name=f"{number}.pdf")
    monkeypatch.setattr(writing, "is_any_waiting", lambda _: bool([one for one, _ in states(store) if one == "read"]))
    read_some(store, monkeypatch, [drafted()])
    assert [state for state, _ in states(store)] == [WritingState.READ, WritingState.WAITING]


def test_the_lists_hold_the_codes_of_printed_copies_and_nothing_where_there_is_nothing(store: Store) -> None:
    with store.reading() as session:
        assert lists_of(session).copy_codes is None
    town = a_town(store)
    with store.reading() as session:
        assert lists_of(session).copy_codes == frozenset(town.codes)
        assert lists_of(session).postcodes is None
