"""Erasing when something is in its way: it is done whole, or not at all."""

from typing import Any

import pytest
from sqlalchemy import select

from server.errors import RefusedError
from server.models.copies import Copy
from server.models.households import Household
from server.models.intake import Page, ReceivedFile
from server.people import erasing, taking_out, tidying
from server.people.erasing import erase
from server.store import Store, erasure_journal
from server.store.references import named
from tests.server.people.test_erasing import all_words
from tests.server.people.town import Town


def test_an_erasure_whose_commit_failed_is_in_the_journal_and_changes_nothing(
    store: Store, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = erasure_journal.append

    def append_and_fail(*given: Any) -> None:
        append(*given)
        raise OSError("the power went")

    with store.reading() as session:
        before = all_words(session)
    monkeypatch.setattr(erasure_journal, "append", append_and_fail)
    files = set(store.files.names())
    with pytest.raises(OSError, match="power"):
        erase(store, f"household-{town.household}", by=None)
    with store.reading() as session:
        assert all_words(session) == before
    assert set(store.files.names()) == files
    monkeypatch.setattr(erasure_journal, "append", append)
    erase(store, f"household-{town.household}", by=None)
    assert len({one.same() for one in erasure_journal.read(store)}) == 1


def test_a_page_that_comes_in_meanwhile_is_taken_out_too(
    store: Store, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = taking_out.without_pages
    late = iter([town.batch_pdf])

    def one_more_comes_in(files: Any, name: str, numbers: Any) -> str | None:
        if next(late, None):
            with store.writing() as session:
                file = session.scalars(select(ReceivedFile).where(ReceivedFile.name == "scan.pdf")).one()
                copy = session.scalars(select(Copy).where(Copy.household_id == town.household)).first()
                session.add(Page(file_id=file.id, number=5, reader="2", copy_id=copy and copy.id))
        return taken(files, name, numbers)

    monkeypatch.setattr(erasing, "without_pages", one_more_comes_in)
    erase(store, f"household-{town.household}", by=None)
    with store.reading() as session:
        file = session.scalars(select(ReceivedFile).where(ReceivedFile.name == "scan.pdf")).one()
        assert set(store.files.names()) == named(session.connection())
    content = store.files.read(str(file.kept_sha256))
    assert [word for word in (b"others1", b"others3", b"others5") if word in content] == [b"others1", b"others3"]


def test_a_file_that_cannot_be_taken_apart_stops_the_erasing_before_anything_is_changed(
    store: Store, town: Town
) -> None:
    with store.writing() as session:
        file = session.scalars(select(ReceivedFile).where(ReceivedFile.name == "scan.tif")).one()
        file.kept_sha256 = store.files.add(b"II*\0broken")
        session.flush()
        before = all_words(session)
    files = set(store.files.names())
    with pytest.raises(RefusedError, match="cannot be taken apart"):
        erase(store, f"household-{town.household}", by=None)
    with store.reading() as session:
        assert all_words(session) == before
    assert set(store.files.names()) == files
    assert erasure_journal.read(store) == []


def test_the_paper_of_a_copy_without_a_response_waits_for_its_response(store: Store, town: Town) -> None:
    with pytest.raises(RefusedError, match="no response yet"):
        erase(store, f"copy-{town.handed_out}", by=None)


def test_a_database_in_use_is_said_not_to_be_tidy(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "WAIT_MS", 10)
    with store.writing() as session:
        session.add(Household(code="1"))
        session.flush()
        assert not tidying.tidy(store)
    assert tidying.tidy(store)
