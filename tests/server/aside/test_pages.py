"""Pages and files that were set aside: named and read, rejected, put back, asked for again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from scanning.hints import Hint
from scanning.readers import PageResult
from scanning.readings import PageReading, Refusal, SetAside
from server.aside import naming, pages
from server.aside.naming import Named
from server.aside.reasons import Rejection
from server.errors import NotFoundError, RefusedError
from server.models.base import now
from server.models.intake import FileState, PageState, ReceivedFile, ReturnState
from server.queries.aside import Group, counted, rejected, to_scan_again
from server.retention.pages import find_set_aside
from tests.server.aside.conftest import Desk
from tests.server.pages_made import PRINTING, set_aside, sure
from tests.server.returns_made import a_batch, came, result


def read_as(monkeypatch: pytest.MonkeyPatch, outcome: PageReading | SetAside) -> list[Hint]:
    """Have the reader give this for whatever page it is handed; give the hints that it gets."""
    hints = list[Hint]()

    def read(_: object, __: object, hint: Hint) -> PageResult:
        hints.append(hint)
        return replace(result(outcome), file=Path("kept"), preview=b"a picture")

    monkeypatch.setattr(naming, "_read", read)
    return hints


def test_a_named_page_joins_its_copy_and_completes_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store), [sure(1, code), set_aside()])
    hints = read_as(monkeypatch, sure(2, code))
    hint = Hint(PRINTING, 2, code)
    assert naming.name_page(desk.store, desk.pages()[1].id, Named(hint), by=desk.anna) is None
    assert hints == [hint]
    [one] = desk.returns()
    assert one.state == ReturnState.COMPLETE
    named = desk.pages()[1]
    assert (named.state, named.form_page, named.decided_by) == (PageState.SETTLED, 2, desk.anna.id)
    assert named.preview_sha256 is not None
    assert "page named by hand" in desk.events()


def test_a_page_that_still_cannot_be_read_stays_set_aside(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    came(desk.store, a_batch(desk.store), [set_aside()])
    read_as(monkeypatch, SetAside(Refusal.NOTHING_FOUND, "It is elsewhere."))
    aside = naming.name_page(desk.store, desk.pages()[0].id, Named(Hint(PRINTING, 1)), by=desk.anna)
    assert aside is not None
    assert aside.detail == "It is elsewhere."
    assert [page.state for page in desk.pages()] == [PageState.SET_ASIDE]


def test_a_page_without_a_code_is_put_to_the_copy_it_was_said_to_belong_to(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    came(desk.store, a_batch(desk.store, campaign_id=desk.town.campaign.id), [sure(1)], name="one.pdf")
    came(desk.store, a_batch(desk.store), [set_aside()], name="two.pdf")
    read_as(monkeypatch, sure(2))
    [lacking] = desk.returns()
    naming.name_page(desk.store, desk.pages()[1].id, Named(Hint(PRINTING, 2), lacking.uid), by=desk.anna)
    assert [(one.uid, one.state) for one in desk.returns()] == [(lacking.uid, ReturnState.COMPLETE)]


def test_a_copy_that_has_the_page_already_refuses_it_and_nothing_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    came(desk.store, a_batch(desk.store), [sure(1)], name="one.pdf")
    came(desk.store, a_batch(desk.store), [set_aside()], name="two.pdf")
    read_as(monkeypatch, sure(1))
    with pytest.raises(RefusedError, match="has its page 1 already"):
        naming.name_page(desk.store, desk.pages()[1].id, Named(Hint(PRINTING, 1), desk.returns()[0].uid), by=desk.anna)
    assert desk.pages()[1].state == PageState.SET_ASIDE


def test_a_form_that_is_not_here_cannot_be_named(desk: Desk) -> None:
    came(desk.store, a_batch(desk.store), [set_aside()])
    with pytest.raises(NotFoundError, match="page or form"):
        naming.name_page(desk.store, desk.pages()[0].id, Named(Hint("ZZZZZZZZ", 1)), by=desk.anna)


def test_a_rejected_page_is_shown_as_such_and_can_be_put_back(desk: Desk) -> None:
    came(desk.store, a_batch(desk.store), [set_aside()])
    [page] = desk.pages()
    pages.reject(desk.store, page.id, Rejection.NOT_OURS, by=desk.anna)
    with desk.store.reading() as session:
        assert counted(session)[Group.PAGES] == 0
        [shown] = rejected(session)
        assert (shown.state, shown.decided_because) == (PageState.REJECTED, Rejection.NOT_OURS)  # type: ignore[union-attr]
    with pytest.raises(RefusedError, match="meanwhile"):
        pages.reject(desk.store, page.id, Rejection.TRIAL, by=desk.anna)
    pages.put_back(desk.store, page.id, by=desk.anna)
    with desk.store.reading() as session:
        assert counted(session)[Group.PAGES] == 1


def test_a_rejected_page_is_not_kept_longer_than_one_that_is_set_aside(desk: Desk) -> None:
    came(desk.store, a_batch(desk.store), [set_aside(), set_aside()])
    pages.reject(desk.store, desk.pages()[0].id, Rejection.TRIAL, by=desk.anna)
    with desk.store.reading() as session:
        assert find_set_aside(session, now() + timedelta(days=1))[0] == 2


def test_what_is_to_be_scanned_again_stands_on_one_list(desk: Desk) -> None:
    came(desk.store, a_batch(desk.store), [set_aside(), set_aside()])
    pages.ask_again(desk.store, desk.pages()[1].id, by=desk.anna)
    with desk.store.reading() as session:
        assert [page.number for page in to_scan_again(session).pages] == [2]
        assert counted(session)[Group.PAGES] == 2


def test_a_page_is_given_to_the_readers_once_more_as_long_as_its_scan_is_kept(desk: Desk) -> None:
    came(desk.store, a_batch(desk.store), [set_aside(), set_aside()])
    pages.read_again(desk.store, desk.pages()[0].id, by=desk.anna)
    assert [page.state for page in desk.pages()] == [PageState.WAITING, PageState.SET_ASIDE]
    assert "page read again" in desk.events()
    with desk.store.reading() as session:
        desk.store.files.remove(session.scalars(select(ReceivedFile.kept_sha256)).one() or "")
    with pytest.raises(RefusedError, match="was removed"):
        pages.read_again(desk.store, desk.pages()[1].id, by=desk.anna)


def test_a_file_that_could_not_be_opened_is_read_again_once_asked(desk: Desk) -> None:
    batch = a_batch(desk.store)
    sha = desk.store.files.add(b"half a PDF")
    with desk.store.writing() as session:
        file = ReceivedFile(batch_id=batch.id, sha256=sha, kept_sha256=sha, name="a.pdf", size_bytes=1, attempts=3)
        file.state, file.set_aside_because = FileState.SET_ASIDE, "It is damaged."
        session.add(file)
    pages.read_file_again(desk.store, file.uid, by=desk.anna)
    with desk.store.reading() as session:
        again = session.get_one(ReceivedFile, file.id)
        assert (again.state, again.attempts, again.set_aside_because) == (FileState.WAITING, 0, None)
