"""Files that wait → pages and returned copies, whatever stops the worker on the way."""

import io
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select

from scanning.printings import Printed
from server.errors import StoreError
from server.intake import attempts, keeping, reading, trouble
from server.intake.batches import NewBatch, begin
from server.intake.reading import Reading
from server.intake.receiving import Coming, receive
from server.models.audit import AuditEvent
from server.models.intake import CameBy, Crop, Page, PageState, ReceivedFile, Return
from server.returns import known
from server.returns.assembling import assemble
from server.store import Store
from tests.server.intake.playing import Died, PlayedReaders, written
from tests.server.returns_made import RECEIVED, a_town


@pytest.fixture(autouse=True)
def _playing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(reading, "Readers", PlayedReaders)
    PlayedReaders.begun.clear()
    yield
    PlayedReaders.on_page = lambda _: None


def take(store: Store, content: bytes, name: str = "scan.pdf", batch_id: int | None = None) -> int:
    number = batch_id or begin(store, NewBatch(name, CameBy.UPLOAD, RECEIVED), by=None)
    return receive(store, lambda _: number, Coming(name, CameBy.UPLOAD, name, lambda: io.BytesIO(content))).file_id


def worker(store: Store) -> Reading:
    return Reading(store, 2, lambda: False)


def files(store: Store) -> list[tuple[str, int, str | None]]:
    with store.reading() as session:
        rows = session.scalars(select(ReceivedFile).order_by(ReceivedFile.id))
        return [(str(file.state), file.attempts, file.set_aside_because) for file in rows]


def pages(store: Store) -> list[tuple[int, int, int, str, str | None]]:
    with store.reading() as session:
        rows = session.scalars(select(Page).order_by(Page.file_id, Page.number, Page.part))
        return [(page.file_id, page.number, page.part, str(page.state), page.set_aside_because) for page in rows]


def returns(store: Store) -> Sequence[str]:
    with store.reading() as session:
        return [str(state) for state in session.scalars(select(Return.state).order_by(Return.id))]


def test_what_waits_is_read_to_its_end_and_put_together(any_store: Store) -> None:
    codes = a_town(any_store).codes
    take(any_store, written(f"1 {codes[0]}", "blank", "aside", f"2 {codes[0]}"))
    take(any_store, written(f"1 {codes[1]} and 1 {codes[2]}", f"2 {codes[1]}"), "two")
    take(any_store, written(opening="refused"), "three")
    take(any_store, written(f"2 {codes[2]}"), "four")
    worker(any_store).read_waiting()
    assert files(any_store) == [
        ("read", 0, None),
        ("read", 0, None),
        ("set_aside", 0, "The file is damaged."),
        ("read", 0, None),
    ]
    assert pages(any_store) == [
        (1, 1, 0, "settled", None),
        (1, 2, 0, "settled", "blank."),
        (1, 3, 0, "set_aside", "aside."),
        (1, 4, 0, "settled", None),
        (2, 1, 0, "settled", None),
        (2, 1, 1, "settled", None),
        (2, 2, 0, "settled", None),
        (4, 1, 0, "settled", None),
    ]
    assert returns(any_store) == ["complete"] * 3
    with any_store.reading() as session:
        events = session.scalars(select(AuditEvent.action).where(AuditEvent.action == "file read")).all()
        preview = session.scalars(select(Page.preview_sha256).where(Page.state == PageState.SET_ASIDE)).one()
    assert len(events) == 4
    assert any_store.files.read(str(preview)) == b"the preview of aside"


def test_a_doubted_question_keeps_its_picture(any_store: Store) -> None:
    take(any_store, written(f"doubt {a_town(any_store).codes[0]}"))
    worker(any_store).read_waiting()
    with any_store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Crop)) == 1


def test_many_files_and_pages_are_all_kept(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PAGES_TOGETHER", 3)
    monkeypatch.setattr(reading, "FILES_AT_ONCE", 2)
    codes = a_town(any_store, copies=12).codes
    take(any_store, written(*(f"{number} {code}" for code in codes[:7] for number in (1, 2))))
    for code in codes[7:]:
        take(any_store, written(f"1 {code}", f"2 {code}"), code)
    worker(any_store).read_waiting()
    assert returns(any_store) == ["complete"] * 12
    assert len(pages(any_store)) == 24


def test_a_worker_goes_on_after_the_last_page_that_was_kept(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PAGES_TOGETHER", 1)
    codes = a_town(any_store).codes
    take(any_store, written(*(f"{number} {code}" for code in codes for number in (1, 2))))
    read: list[str] = []

    def dies_at_fifth(line: str) -> None:
        read.append(line)
        if len(read) == 5:
            raise Died

    PlayedReaders.on_page = dies_at_fifth
    with pytest.raises(Died):
        worker(any_store).read_waiting()
    kept = [page for page in pages(any_store) if page[3] == "read"]
    assert [page[1] for page in kept] == [1, 2, 3, 4]
    PlayedReaders.on_page = read.append
    worker(any_store).read_waiting()
    assert read[5:] == [f"1 {codes[2]}", f"2 {codes[2]}"]
    assert returns(any_store) == ["complete"] * 3


def test_slips_of_one_page_are_never_kept_in_part(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PAGES_TOGETHER", 1)
    codes = a_town(any_store).codes
    take(any_store, written(f"1 {codes[0]} and 1 {codes[1]} and 1 {codes[2]}", "die"))
    with pytest.raises(Died):
        worker(any_store).read_waiting()
    assert [page[2] for page in pages(any_store) if page[3] != "waiting"] in ([], [0, 1, 2])


def test_a_page_over_which_the_worker_dies_three_times_is_set_aside_and_the_rest_is_read(any_store: Store) -> None:
    codes = a_town(any_store).codes
    take(any_store, written(f"1 {codes[0]}", "die", f"2 {codes[0]}"))
    take(any_store, written(f"1 {codes[1]}", f"2 {codes[1]}"), "innocent")
    deaths_with_progress = 2  # the first keeps nothing, the second the page before
    for _ in range(deaths_with_progress + attempts.ATTEMPTS_MAX):
        with pytest.raises(Died):
            worker(any_store).read_waiting()
    worker(any_store).read_waiting()
    assert files(any_store) == [("read", 0, None), ("read", 0, None)]
    assert [page for page in pages(any_store) if page[3] == "set_aside"] == [
        (1, 2, 0, "set_aside", attempts.PAGE_FATAL)
    ]
    assert returns(any_store) == ["complete", "complete"]


def test_a_file_over_whose_opening_the_worker_dies_three_times_is_set_aside(any_store: Store) -> None:
    codes = a_town(any_store).codes
    take(any_store, written(f"1 {codes[0]}", opening="die"))
    take(any_store, written(f"1 {codes[1]}", f"2 {codes[1]}"), "innocent")
    for _ in range(attempts.ATTEMPTS_MAX):
        with pytest.raises(Died):
            worker(any_store).read_waiting()
    worker(any_store).read_waiting()
    assert files(any_store) == [("set_aside", 3, attempts.FILE_FATAL), ("read", 0, None)]
    assert returns(any_store) == ["complete"]


def test_a_worker_that_was_told_to_end_blames_nobody(any_store: Store) -> None:
    codes = a_town(any_store).codes
    take(any_store, written(*(f"{number} {code}" for code in codes for number in (1, 2))))
    seen: list[str] = []
    PlayedReaders.on_page = seen.append
    for _ in range(attempts.ATTEMPTS_MAX + 1):
        stopped = Reading(any_store, 1, lambda: len(seen) > 0)
        seen.clear()
        stopped.read_waiting()
        stopped.end()
    assert files(any_store) == [("waiting", 0, None)]
    worker(any_store).read_waiting()
    assert returns(any_store) == ["complete"] * 3


def test_an_error_that_passes_is_no_attempt_after_the_first(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is met again and again by one worker: nothing is set aside for it."""
    code = a_town(any_store).codes[0]
    take(any_store, written(f"1 {code}", "aside", f"2 {code}"))
    one, add = worker(any_store), any_store.files.add

    def full(_: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(any_store.files, "add", full)
    for _ in range(5):
        with pytest.raises(OSError, match="No space"):
            one.read_waiting()
    monkeypatch.setattr(any_store.files, "add", add)
    one.read_waiting()
    assert files(any_store) == [("read", 0, None)]
    assert returns(any_store) == ["complete"]


def test_pages_that_were_read_and_not_put_together_are_put_together_by_the_next_worker(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = a_town(any_store).codes[0]
    take(any_store, written(f"1 {code}", f"2 {code}"))

    def dies(*_: object) -> None:
        raise Died

    put_together = keeping.put_together
    monkeypatch.setattr(keeping, "put_together", dies)
    with pytest.raises(Died):
        worker(any_store).read_waiting()
    monkeypatch.setattr(keeping, "put_together", put_together)
    assert returns(any_store) == []
    worker(any_store).read_waiting()
    assert returns(any_store) == ["complete"]


def test_a_file_that_cannot_be_put_together_holds_up_no_other(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = a_town(any_store).codes
    for code in codes:
        take(any_store, written(f"1 {code}", f"2 {code}"), code)

    def fails(store: Store, session: object, file: ReceivedFile, known: object) -> object:
        if file.id == 2:
            raise KeyError("a mistake in Sayso")
        return assemble(store, session, file, known)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "assemble", fails)
    worker(any_store).read_waiting()
    assert returns(any_store) == ["complete", "complete"]


def test_a_form_that_is_printed_meanwhile_is_read_by_the_next_time(any_store: Store) -> None:
    a_town(any_store)
    take(any_store, written("blank"))
    worker(any_store).read_waiting()
    a_town(any_store, name="Winter", printing="TSM00002")
    take(any_store, written("aside"), "two")
    worker(any_store).read_waiting()
    assert PlayedReaders.begun == [1, 2]


def test_a_page_of_an_unknown_printing_can_be_read_again(any_store: Store) -> None:
    code = a_town(any_store).codes[0]
    take(any_store, written(f"1 {code}", "unknown", "aside"))
    worker(any_store).read_waiting()
    with any_store.writing() as session:
        page = session.scalars(select(Page).where(Page.number == 2)).one()
        page.state, page.attempts = PageState.WAITING, 0
    with any_store.reading() as session:
        kept = str(session.scalars(select(ReceivedFile.kept_sha256)).one())
    any_store.files.path(kept).write_bytes(written("die", f"2 {code}", "die"))
    worker(any_store).read_waiting()
    assert [page[3] for page in pages(any_store)] == ["settled", "settled", "set_aside"]
    assert returns(any_store) == ["complete"]


def test_a_file_that_is_gone_from_the_store_is_set_aside(any_store: Store) -> None:
    take(any_store, written("blank"))
    with any_store.reading() as session:
        kept = str(session.scalars(select(ReceivedFile.kept_sha256)).one())
    any_store.files.remove(kept)
    worker(any_store).read_waiting()
    assert files(any_store) == [("set_aside", 0, attempts.GONE)]


def test_a_printing_that_cannot_be_opened_holds_up_no_other_and_is_told(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = a_town(any_store).codes
    a_town(any_store, name="Winter", printing="TSM00002")
    gone = any_store.files.path(sha256(b"the PDF of TSM00002").hexdigest())
    kept = known._printed

    def opened(path: Path) -> Printed:
        if path == gone:
            raise StoreError("It is damaged.")
        return kept(path)

    monkeypatch.setattr(known, "_printed", opened)
    take(any_store, written(f"1 {codes[0]}", f"2 {codes[0]}", "unknown"))
    worker(any_store).read_waiting()
    assert PlayedReaders.begun == [1]
    assert returns(any_store) == ["complete"]
    assert pages(any_store)[2][3:] == ("set_aside", "unknown.")
    (told,) = trouble.troubles(any_store.folder)
    assert "(TSM00002)" in told.words
    monkeypatch.setattr(known, "_printed", kept)
    worker(any_store).read_waiting()
    assert trouble.troubles(any_store.folder) == ()


def test_nothing_is_set_aside_where_no_printing_can_be_opened(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_town(any_store)
    monkeypatch.setattr(known, "_printed", lambda path: known.printed_by_name({}, (path.name,)))
    take(any_store, written("unknown"))
    with pytest.raises(StoreError):
        worker(any_store).read_waiting()
    assert files(any_store) == [("waiting", 0, None)]
