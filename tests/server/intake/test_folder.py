"""The watched folder: half-written files are left until they rest, and nothing is deleted or overwritten."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from server.intake import folder, trouble
from server.intake.folder import DONE, NEEDS_YOU, Inbox
from server.intake.moving import moved
from server.intake.resting import EMPTY_REST_SECONDS, REST_SECONDS, is_for_us
from server.models.intake import Arrival, Batch, FileState, Page, PageState, ReceivedFile
from server.store import Store


class Clock:
    """Stands still unless it is moved on."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(store: Store, clock: Clock) -> Inbox:
    made = Inbox(store, clock)
    made.folder.mkdir()
    return made


@pytest.fixture
def later(inbox: Inbox, clock: Clock) -> Callable[..., int]:
    """Look, let some time pass, and look again."""

    def look(seconds: float = REST_SECONDS) -> int:
        first = inbox.look()
        clock.now_s += seconds
        return first + inbox.look()

    return look


def names(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Arrival.name).order_by(Arrival.id)))


def is_read(store: Store, state: FileState = FileState.READ) -> None:
    with store.writing() as session:
        session.execute(update(ReceivedFile).values(state=state))


def test_a_file_is_taken_when_it_rests(inbox: Inbox, store: Store, later: Callable[..., int]) -> None:
    (inbox.folder / "scan.pdf").write_bytes(b"a scan")
    assert later(REST_SECONDS - 0.1) == 0
    assert later(0.1) == 1
    assert names(store) == ["scan.pdf"]
    with store.reading() as session:
        batch = session.scalars(select(Batch)).one()
    assert (batch.came_by, batch.received_on) == ("folder", None)
    assert batch.name.startswith("Scans of ")


def test_what_comes_after_the_day_of_a_batch_was_said_begins_another(
    inbox: Inbox, store: Store, later: Callable[..., int]
) -> None:
    for number in range(3):
        (inbox.folder / f"{number}.pdf").write_bytes(str(number).encode())
        later()
        if number == 1:
            with store.writing() as session:
                session.execute(update(Batch).values(received_on=date(2026, 11, 20)))
    with store.reading() as session:
        assert session.scalars(select(Arrival.batch_id).order_by(Arrival.id)).all() == [1, 1, 2]


def test_a_file_that_grows_is_left_until_it_rests(inbox: Inbox, store: Store, clock: Clock) -> None:
    path = inbox.folder / "slow.pdf"
    for second in range(20):
        path.write_bytes(b"x" * 1024 * (second + 1))
        assert inbox.look() == 0
        clock.now_s += REST_SECONDS - 0.1
    inbox.look()
    clock.now_s += REST_SECONDS
    assert inbox.look() == 1
    with store.reading() as session:
        assert session.scalars(select(ReceivedFile.size_bytes)).one() == 20 * 1024


def test_a_file_that_somebody_holds_open_for_writing_is_left(inbox: Inbox, later: Callable[..., int]) -> None:
    with (inbox.folder / "stalled.pdf").open("wb") as file:
        file.write(b"half of it")
        file.flush()
        assert later(10 * REST_SECONDS) == 0
    assert later() == 1


def test_an_empty_file_is_one_that_was_only_begun(inbox: Inbox, later: Callable[..., int]) -> None:
    (inbox.folder / "begun.pdf").touch()
    assert later() == 0
    assert later(EMPTY_REST_SECONDS) == 1
    inbox.look()
    assert (inbox.folder / NEEDS_YOU / "begun.pdf").exists()


@pytest.mark.parametrize("name", ["scan.pdf.part", "~$scan.pdf", ".hidden.pdf", "scan.TMP", "Thumbs.db", "scan.pdf~"])
def test_files_that_are_not_finished_or_not_for_people_are_left(name: str) -> None:
    assert not is_for_us(name)


def test_a_file_that_is_renamed_at_its_end_is_taken_once_under_its_last_name(
    inbox: Inbox, store: Store, later: Callable[..., int]
) -> None:
    part = inbox.folder / "scan.pdf.part"
    part.write_bytes(b"a scan")
    assert later() == 0
    part.rename(inbox.folder / "scan.pdf")
    assert later() == 1
    (inbox.folder / "scan.pdf").rename(inbox.folder / "renamed.pdf")
    later()
    assert names(store) == ["scan.pdf"]


def test_files_stay_until_they_are_read_and_then_go_to_done(
    inbox: Inbox, store: Store, later: Callable[..., int]
) -> None:
    (inbox.folder / "scan.pdf").write_bytes(b"a scan")
    later()
    assert (inbox.folder / "scan.pdf").exists()
    is_read(store)
    inbox.look()
    assert not (inbox.folder / "scan.pdf").exists()
    assert (inbox.folder / DONE / "scan.pdf").read_bytes() == b"a scan"


def test_a_file_of_which_a_page_is_set_aside_goes_where_somebody_looks(
    inbox: Inbox, store: Store, later: Callable[..., int]
) -> None:
    (inbox.folder / "scan.pdf").write_bytes(b"a scan")
    later()
    with store.writing() as session:
        session.add(Page(file_id=1, number=1, reader="1", state=PageState.SET_ASIDE))
    is_read(store)
    inbox.look()
    assert (inbox.folder / NEEDS_YOU / "scan.pdf").exists()


def test_the_same_content_ten_times_and_the_same_name_twice_are_counted_exactly(
    inbox: Inbox, store: Store, later: Callable[..., int]
) -> None:
    for number in range(10):
        (inbox.folder / f"{number}.pdf").write_bytes(b"the same")
    later()
    is_read(store)
    inbox.look()
    (inbox.folder / "0.pdf").write_bytes(b"another content")
    later()
    is_read(store)
    inbox.look()
    with store.reading() as session:
        repeats = session.scalars(select(Arrival.is_repeat).order_by(Arrival.id)).all()
        assert len(session.scalars(select(ReceivedFile)).all()) == 2
    assert repeats == [False, *[True] * 9, False]
    done = {path.name: path.read_bytes() for path in (inbox.folder / DONE).iterdir()}
    assert len(done) == 11
    assert done["0 (2).pdf"] == b"another content"


def test_a_worker_that_was_stopped_before_it_moved_a_file_knows_it_again(
    inbox: Inbox, store: Store, clock: Clock, later: Callable[..., int]
) -> None:
    (inbox.folder / "scan.pdf").write_bytes(b"a scan")
    later()
    is_read(store)
    another = Inbox(store, clock)
    another.look()
    clock.now_s += REST_SECONDS
    another.look()
    assert names(store) == ["scan.pdf"]
    assert (inbox.folder / DONE / "scan.pdf").exists()


def test_a_file_that_cannot_be_taken_is_told_of_and_holds_nobody_up(
    inbox: Inbox, store: Store, later: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox.folder / "a.pdf").write_bytes(b"cannot be read")
    (inbox.folder / "b.pdf").write_bytes(b"can be")
    opened = folder._opened

    def refuse(path: Path, stamp: object) -> object:
        if path.name == "a.pdf":
            raise PermissionError(13, "Permission denied")
        return opened(path, stamp)  # type: ignore[arg-type]

    monkeypatch.setattr(folder, "_opened", refuse)
    later()
    assert names(store) == ["b.pdf"]
    (told,) = trouble.troubles(store.folder)
    assert told.words.startswith("a.pdf: this file in the scans' folder cannot be taken (Permission denied)")
    monkeypatch.undo()
    later()
    assert names(store) == ["b.pdf", "a.pdf"]
    assert trouble.troubles(store.folder) == ()


def test_folders_and_links_in_it_are_left(inbox: Inbox, later: Callable[..., int], tmp_path: Path) -> None:
    (inbox.folder / "sub").mkdir()
    (inbox.folder / "sub" / "scan.pdf").write_bytes(b"a scan")
    (tmp_path / "elsewhere").write_bytes(b"a secret")
    (inbox.folder / "link.pdf").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(inbox.folder / "pipe.pdf")
    assert later() == 0


@pytest.mark.parametrize("links", [True, False])
def test_moving_overwrites_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool) -> None:
    if not links:

        def none(*_: object, **__: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", none)
    for content in (b"1", b"2", b"3"):
        (tmp_path / "scan.tar.gz").write_bytes(content)
        moved(tmp_path / "scan.tar.gz", tmp_path / "done")
    found = {path.name: path.read_bytes() for path in (tmp_path / "done").iterdir()}
    assert found == {"scan.tar.gz": b"1", "scan.tar (2).gz": b"2", "scan.tar (3).gz": b"3"}


def test_a_move_that_was_cut_short_is_finished_under_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"a scan")
    (tmp_path / "done").mkdir()
    os.link(tmp_path / "scan.pdf", tmp_path / "done" / "scan.pdf")
    moved(tmp_path / "scan.pdf", tmp_path / "done")
    assert [path.name for path in tmp_path.iterdir()] == ["done"]
    assert [path.name for path in (tmp_path / "done").iterdir()] == ["scan.pdf"]
