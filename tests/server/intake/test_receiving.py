"""The one way in: nothing that was acknowledged is lost, and nothing counts twice."""

import io
from collections.abc import Sequence
from threading import Thread

import pytest
from sqlalchemy import select

from server.errors import StoreError
from server.intake import receiving
from server.intake.batches import NewBatch, begin
from server.intake.receiving import Coming, Taken, clean_name, receive
from server.models.audit import AuditEvent
from server.models.intake import Arrival, Batch, CameBy, FileState, ReceivedFile
from server.store import Store


def batch(store: Store, name: str = "Tuesday") -> int:
    return begin(store, NewBatch(name, CameBy.UPLOAD), by=None)


def take(store: Store, number: int, content: bytes, *, name: str = "scan.pdf", mark: str = "1") -> Taken:
    return receive(store, lambda _: number, Coming(name, CameBy.UPLOAD, mark, lambda: io.BytesIO(content)))


def arrivals(store: Store) -> Sequence[tuple[str, bool, int]]:
    with store.reading() as session:
        rows = session.execute(select(Arrival.name, Arrival.is_repeat, Arrival.file_id).order_by(Arrival.id))
        return [(name, is_repeat, number) for name, is_repeat, number in rows]


def test_a_file_is_kept_and_waits_to_be_read(any_store: Store) -> None:
    taken = take(any_store, batch(any_store), b"a scan")
    with any_store.reading() as session:
        file = session.get_one(ReceivedFile, taken.file_id)
        assert (file.state, file.name, file.size_bytes, file.kept_sha256) == ("waiting", "scan.pdf", 6, file.sha256)
        assert any_store.files.read(file.sha256) == b"a scan"
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "file received")).all()
    assert [event.subject for event in events] == [f"received file {file.uid}"]
    assert "scan.pdf" not in events[0].detail


def test_the_same_content_is_kept_and_read_once_however_often_and_wherever_it_comes(any_store: Store) -> None:
    first, other = batch(any_store), batch(any_store, "Wednesday")
    for turn in range(10):
        taken = take(any_store, other if turn % 2 else first, b"the same", name=f"{turn}.pdf", mark=str(turn))
        assert taken.is_repeat == (turn > 0)
    assert arrivals(any_store) == [(f"{turn}.pdf", turn > 0, 1) for turn in range(10)]


def test_a_coming_that_is_tried_again_is_not_a_second_one(any_store: Store) -> None:
    number = batch(any_store)
    assert take(any_store, number, b"cut short") == take(any_store, number, b"cut short")
    assert len(arrivals(any_store)) == 1


def test_another_content_under_the_same_name_is_another_file(any_store: Store) -> None:
    number = batch(any_store)
    take(any_store, number, b"one")
    assert not take(any_store, number, b"two").is_repeat
    assert [file_id for _, _, file_id in arrivals(any_store)] == [1, 2]


def test_ten_who_send_the_same_at_once_make_one_file(any_store: Store) -> None:
    number, taken = batch(any_store), list[Taken]()
    threads = [
        Thread(target=lambda turn=turn: taken.append(take(any_store, number, b"raced", mark=turn)))
        for turn in map(str, range(10))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.is_repeat for one in taken) == [False] + [True] * 9
    assert {one.file_id for one in taken} == {1}


def test_an_empty_file_is_set_aside_with_its_reason_and_kept(any_store: Store) -> None:
    taken = take(any_store, batch(any_store), b"")
    assert taken.refused == receiving.EMPTY
    with any_store.reading() as session:
        file = session.get_one(ReceivedFile, taken.file_id)
    assert (file.state, file.set_aside_because) == (FileState.SET_ASIDE, receiving.EMPTY)
    assert any_store.files.has(str(file.kept_sha256))


def test_a_file_that_is_too_large_is_named_and_not_kept(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "DOCUMENT_MB", 0)
    taken = take(any_store, batch(any_store), b"much too large")
    assert taken.refused is not None
    assert taken.refused.startswith("The file is larger than 0 MB")
    assert list(any_store.files.names()) == []
    assert arrivals(any_store) == [("scan.pdf", False, 1)]


def test_nothing_of_a_file_is_there_when_it_cannot_be_kept(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(any_store.files, "put", full)
    with pytest.raises(OSError, match="No space"):
        take(any_store, batch(any_store), b"a scan")
    assert arrivals(any_store) == []


def test_a_file_that_changes_while_it_is_taken_is_not_taken(any_store: Store) -> None:
    contents = iter((b"half of it", b"half of it and more"))
    coming = Coming("scan", CameBy.FOLDER, "1", lambda: io.BytesIO(next(contents)))
    number = batch(any_store)
    with pytest.raises(StoreError):
        receive(any_store, lambda _: number, coming)
    assert arrivals(any_store) == []
    assert list(any_store.files.litter()) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\anna\\scan.pdf", "scan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\0b\nc.pdf", "a�b�c.pdf"),
        ("\udcff.pdf", "�.pdf"),
        ("", "without a name"),
        ("x" * 300, "x" * 255),
    ],
)
def test_names_are_kept_without_what_cannot_be_shown(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_batch_says_when_it_came_and_by_which_way(any_store: Store) -> None:
    number = batch(any_store)
    with any_store.reading() as session:
        kept = session.get_one(Batch, number)
    assert (kept.came_by, kept.received_on, kept.channel) == ("upload", None, "paper")
