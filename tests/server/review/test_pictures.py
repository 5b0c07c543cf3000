"""Pictures that lack are made by reading the page once more, in a child process, and are kept."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import select

from forms import library
from forms.paper.printing import Printing
from scanning.pages import PageLimits
from scanning.readers.reading import FileReader
from scanning.readers.results import NO_PICTURES, PageResult
from server.errors import NotFoundError
from server.models.campaigns import Channel
from server.models.intake import Batch, Crop, Page, PageState, Reading, ReceivedFile
from server.returns import pictures
from server.returns.known import Known
from server.returns.pages import READER, keep_page
from server.runs.printed import keep_printing
from server.store import Store
from tests.forms.paper import Case
from tests.forms.paper import printing as made_once
from tests.paper import files
from tests.paper.hands import Family
from tests.paper.returns import simulated_return
from tests.paper.wear import WEARS
from tests.server.filling import a_form_version
from tests.server.returns_made import printed

POLL = library.find("poll")


@cache
def printing() -> Printing:
    return made_once(Case("poll"))


@cache
def scan() -> bytes:
    """Give a page of the poll as it came back, scanned twice into one file."""
    page = simulated_return(printing(), 3, WEARS["grey"], Family.JUDGING).pages[0]
    return files.pdf([page.encoded()] * 2)


@pytest.fixture
def page_id(store: Store) -> int:
    """Give the second page of a scan, read without a picture."""
    with (store.files.path(store.files.add(scan()))).open("rb") as file:
        reader = FileReader.of([printing().pdf], PageLimits(), NO_PICTURES)
        [(told, _)] = reader.pages(file, 1, 1)
    result = PageResult(Path("kept"), 1, told.stored_px, told.outcomes[0].outcome, {}, None, None)
    with store.writing() as session:
        version = a_form_version(session, POLL)
        row = keep_printing(session, version.id, printing(), "en", store.files.add(printing().pdf))
        batch = Batch(channel=Channel.PAPER)
        session.add(batch)
        session.flush()
        name = store.files.add(scan())
        file_row = ReceivedFile(batch_id=batch.id, sha256=name, kept_sha256=name, name="a.pdf", size_bytes=1)
        session.add(file_row)
        session.flush()
        known = {printing().name: Known(row, printed(printing().name, POLL))}
        kept = keep_page(session, file_row, result, (2, 0), READER, known, None)
        session.flush()
        return kept.id


def crops(store: Store, page_id: int) -> Sequence[bytes]:
    with store.reading() as session:
        asked = select(Crop.image).join(Reading, Reading.id == Crop.reading_id).where(Reading.page_id == page_id)
        return session.scalars(asked).all()


def test_every_question_and_the_page_get_a_picture_once(
    store: Store, page_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not crops(store, page_id)
    assert pictures.make(store, page_id)
    made = crops(store, page_id)
    with store.reading() as session:
        assert len(made) == len(session.scalars(select(Reading).where(Reading.page_id == page_id)).all()) > 0
        assert pictures.preview(store, session, page_id).startswith(b"\xff\xd8")
        assert all(one.startswith(b"\xff\xd8") for one in made)
    monkeypatch.setattr(pictures, "_read", lambda *_: pytest.fail("it has its pictures"))
    assert pictures.make(store, page_id)


def test_of_a_page_that_was_removed_meanwhile_nothing_is_kept(
    store: Store, page_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def removing(*_: object) -> PageResult:
        with store.writing() as session:
            page = session.get_one(Page, page_id)
            page.state, page.outcome = PageState.REMOVED, None
            reading = session.scalars(select(Reading)).first()
        assert reading is not None
        return PageResult(Path("kept"), 1, None, None, {reading.question: b"jpeg"}, None, b"jpeg")  # type: ignore[arg-type]

    monkeypatch.setattr(pictures, "_read", removing)
    assert not pictures.make(store, page_id)
    assert not crops(store, page_id)


@pytest.mark.parametrize("why", ["removed", "typed", "no file", "not kept"])
def test_where_nothing_can_be_read_again_nothing_is_made(
    store: Store, page_id: int, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_read", lambda *_: pytest.fail("there is nothing to read"))
    with store.writing() as session:
        page = session.get_one(Page, page_id)
        if why == "removed":
            page.state = PageState.REMOVED
        elif why == "typed":
            page.outcome = {**(page.outcome or {}), "typed": True}
        elif why == "no file":
            with store.files.removing():
                store.files.remove(str(page.file.kept_sha256))
        else:
            page.file.kept_sha256 = None
    assert not pictures.make(store, page_id)


def test_of_a_page_that_is_not_there_nothing_is_made(store: Store) -> None:
    with pytest.raises(NotFoundError):
        pictures.make(store, 1)
