"""Which printings files are read by: others’ paper without marks only where somebody said that it may come."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from scanning.readings import Refusal
from server.accounts import officers
from server.batches.saying import Said, say
from server.intake import reading
from server.intake.batches import NewBatch, begin
from server.intake.papers import papers_of
from server.models.intake import CameBy, Page, PageState
from server.models.officers import Officer, Role
from server.queries.theirs import Lot, lots_waiting
from server.returns.known import printings
from server.store import Store
from tests.server.conftest import PASSWORD
from tests.server.filling import new_campaign
from tests.server.intake.playing import PlayedReaders, written
from tests.server.intake.test_reading import pages, take, worker
from tests.server.returns.test_unmarked import their_town
from tests.server.returns_made import RECEIVED, a_batch, a_town


@pytest.fixture(autouse=True)
def _playing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(reading, "Readers", PlayedReaders)
    PlayedReaders.begun.clear()
    yield
    PlayedReaders.on_page = lambda _: None


def papers(store: Store, form_version_id: int | None) -> tuple[int, tuple[str, ...]]:
    with store.reading() as session:
        known = printings(session, store.files)
        found = papers_of(session, store.files, known, Lot(form_version_id))
    return len(found.pdfs), found.theirs


def test_paper_without_marks_is_looked_for_only_in_batches_of_its_campaign(any_store: Store) -> None:
    a_town(any_store)
    take(any_store, written("blank"))
    worker(any_store).read_waiting()
    town = their_town(any_store)
    take(any_store, written("blank", "blank"), "unsaid")
    batch = begin(any_store, NewBatch("said", CameBy.UPLOAD, RECEIVED, town.campaign.id), by=None)
    take(any_store, written("aside"), "said", batch)
    worker(any_store).read_waiting()
    assert PlayedReaders.begun == [1, 1, 2]
    assert [page[3] for page in pages(any_store)] == ["settled"] * 3 + ["set_aside"]
    with any_store.reading() as session:
        assert lots_waiting(session) == []


def test_other_paper_that_campaigns_ask_is_there_to_be_told_apart(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_town(any_store)
    theirs = their_town(any_store)
    version = theirs.campaign.form_version_id
    assert papers(any_store, None) == (1, ())
    assert papers(any_store, version) == (2, (theirs.printed.name,))
    other = new_campaign(any_store, "Other", "poll").form_version_id
    assert papers(any_store, other) == (2, ())
    monkeypatch.setattr("server.intake.papers.APART_PAGES_MAX", 1)
    assert papers(any_store, other) == (1, ())


def test_pages_without_marks_are_read_once_more_when_somebody_says_whose_they_are(any_store: Store) -> None:
    officers.add(any_store, "anna", "Anna", Role.OFFICER, PASSWORD, by=None)
    town, batch = their_town(any_store), a_batch(any_store)
    take(any_store, written("aside", "aside", "blank"), "paper", batch.id)
    worker(any_store).read_waiting()
    with any_store.writing() as session:
        anna = session.scalars(select(Officer)).one()
        session.execute(update(Page).where(Page.number == 1).values(refusal=Refusal.NOTHING_FOUND))
    said = Said(RECEIVED, "Post", town.campaign.id)
    assert say(any_store, batch.id, said, anna).read_again == 1
    assert [page[3] for page in pages(any_store)] == [PageState.WAITING, PageState.SET_ASIDE, PageState.SETTLED]
    PlayedReaders.begun.clear()
    worker(any_store).read_waiting()
    assert PlayedReaders.begun == [1]
    assert [page[3] for page in pages(any_store)] == [PageState.SET_ASIDE, PageState.SET_ASIDE, PageState.SETTLED]
    assert say(any_store, batch.id, said, anna).read_again == 0
