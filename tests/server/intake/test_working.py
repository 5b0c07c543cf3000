"""The worker: one at a time, looking into the folder and reading, outliving whatever hinders it."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from sqlalchemy import select

from server.intake import alongside, folder, reading, resting, trouble, working
from server.intake.alongside import worker_alongside
from server.intake.batches import NewBatch, begin
from server.intake.folder import DONE
from server.intake.receiving import Coming, receive
from server.intake.working import is_working, work
from server.models.intake import CameBy, FileState, ReceivedFile, Return
from server.store import Store
from tests.server.intake.playing import PlayedReaders, written
from tests.server.returns_made import RECEIVED, a_town

PATIENCE_S = 20.0


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "Readers", PlayedReaders)
    monkeypatch.setattr(working, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(working, "RETRY_SECONDS", 0.02)
    monkeypatch.setattr(resting, "REST_SECONDS", 0.05)


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


@contextmanager
def at_work(store: Store) -> Iterator[Thread]:
    ended = Event()
    thread = Thread(target=work, args=(store, ended))
    thread.start()
    try:
        yield thread
    finally:
        ended.set()
        thread.join(PATIENCE_S)


def take(store: Store, content: bytes) -> None:
    number = begin(store, NewBatch("Tuesday", CameBy.UPLOAD, RECEIVED), by=None)
    receive(store, lambda _: number, Coming("scan", CameBy.UPLOAD, "1", lambda: io.BytesIO(content)))


def states(store: Store) -> list[str]:
    with store.reading() as session:
        return [str(state) for state in session.scalars(select(ReceivedFile.state))]


def test_what_is_sent_and_what_lies_in_the_folder_is_read_and_moved(store: Store) -> None:
    codes = a_town(store).codes
    take(store, written(f"1 {codes[0]}", f"2 {codes[0]}"))
    inbox = store.settings.inbox()
    inbox.mkdir()
    (inbox / "scan.txt").write_bytes(written(f"1 {codes[1]}", f"2 {codes[1]}"))
    with at_work(store):
        until((inbox / DONE / "scan.txt").exists)
        until(lambda: states(store) == ["read", "read"])
    with store.reading() as session:
        assert sorted(session.scalars(select(Return.state))) == ["complete", "reading"]


def test_one_works_at_a_time_and_a_second_one_waits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Store] = []
    monkeypatch.setattr(trouble, "prepare", begun.append)
    assert not is_working(store.folder)
    with at_work(store):
        until(lambda: is_working(store.folder))
        second = Event()
        thread = Thread(target=work, args=(store, second))
        thread.start()
        time.sleep(0.1)
        assert len(begun) == 1
    until(lambda: len(begun) == 2)
    second.set()
    thread.join(PATIENCE_S)


def test_a_trouble_is_told_while_it_lasts_and_work_goes_on_by_itself(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = a_town(store).codes[0]
    take(store, written(f"1 {code}", "aside", f"2 {code}"))
    add = store.files.add

    def full(_: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.files, "add", full)
    with at_work(store):
        until(lambda: [one.words for one in trouble.troubles(store.folder)] == [trouble.FULL])
        monkeypatch.setattr(store.files, "add", add)
        until(lambda: states(store) == [FileState.READ])
        until(lambda: not trouble.troubles(store.folder))


def test_a_database_that_is_away_ends_no_worker(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> object:
        raise KeyError("whatever it is")

    monkeypatch.setattr(working, "is_any_waiting", away)
    monkeypatch.setattr(folder, "what_became", away)
    with at_work(store) as thread:
        until(lambda: trouble.troubles(store.folder))
        assert thread.is_alive()


def test_a_worker_ends_when_whoever_started_it_is_gone_and_a_new_one_is_started_when_it_dies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alongside, "ANEW_SECONDS", 0.05)
    waits = "import sys; sys.stdin.read()"
    monkeypatch.setattr(alongside, "COMMAND", (sys.executable, "-S", "-c", waits))
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def starting(*given: object, **more: object) -> subprocess.Popen[bytes]:
        started.append(popen(*given, **more))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(alongside.subprocess, "Popen", starting)  # type: ignore[attr-defined]
    with worker_alongside():
        until(lambda: started)
        os.kill(started[0].pid, signal.SIGKILL)
        until(lambda: len(started) > 1)
        assert started[1].poll() is None
    assert started[-1].poll() == 0
