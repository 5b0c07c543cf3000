"""Writing that could not be read is tried again after a rest, the last time on a quiet machine, and then given up."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from scanning.readers import FileRefused, PageResult
from scanning.readings import Refusal
from server.intake import tries
from server.intake.working import _read_writing
from server.intake.writing import Writing, lists_of
from server.models import base
from server.models.audit import AuditEvent
from server.models.intake import Page, WritingState
from server.models.officers import Role
from server.queries import intake
from server.store import Store
from tests.server.conftest import Browser
from tests.server.intake.test_writing import Played, drafted, read_some, written_page
from tests.server.returns_made import a_batch, came, page, result, set_aside

TOO_SLOW = result(set_aside(Refusal.UNREADABLE, "The page could not be read: it took longer than 180 s."))
"""What readers give for a page over which their child died."""

Read = Callable[[list[PageResult | FileRefused]], Played]


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.at = base.now()

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **length: float) -> None:
        self.at += timedelta(**length)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the clock that tries go by."""
    one = Clock()
    for module in (tries, intake):
        monkeypatch.setattr(module, "now", one)
    return one


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nobody else take the machine."""
    _load(monkeypatch, 0.5)


def _load(monkeypatch: pytest.MonkeyPatch, processes: float) -> None:
    monkeypatch.setattr("os.getloadavg", lambda: (processes, 0.0, 0.0))


@pytest.fixture
def read(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Give a way to read what waits with readers that give these results; a page with a comment waits."""
    written_page(any_store)
    return lambda results: read_some(any_store, monkeypatch, results)


def state(store: Store) -> tuple[WritingState | None, int]:
    with store.reading() as session:
        page = session.scalars(select(Page)).one()
        return page.writing, page.writing_attempts


def refused() -> list[PageResult | FileRefused]:
    return [FileRefused(Path("kept"), "The file could not be read: it took longer than 180 s.")]


@pytest.mark.parametrize("results", [[], [TOO_SLOW], refused()])
def test_a_page_that_failed_waits_rests_and_is_read_then(
    any_store: Store, read: Read, clock: Clock, results: list[PageResult | FileRefused]
) -> None:
    read(results)
    assert state(any_store) == (WritingState.WAITING, 1)
    clock.wait(seconds=110)
    assert read([drafted()]).asked == []
    clock.wait(seconds=10)
    assert len(read([drafted()]).asked) == 1
    assert state(any_store) == (WritingState.READ, 2)


def test_rests_grow_and_after_the_last_try_it_is_given_up(any_store: Store, read: Read, clock: Clock) -> None:
    for rest in tries.RESTS:
        assert len(read([TOO_SLOW]).asked) == 1
        clock.wait(seconds=rest.total_seconds() - 1)
        assert read([TOO_SLOW]).asked == []
        clock.wait(seconds=1)
    assert state(any_store) == (WritingState.WAITING, 3)
    read([TOO_SLOW])
    assert state(any_store) == (WritingState.FAILED, 4)
    clock.wait(days=30)
    assert read([drafted()]).asked == []
    assert sorted(tries.RESTS) == list(tries.RESTS)


def test_on_a_loaded_machine_nothing_is_given_up_for_good(
    any_store: Store, read: Read, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _load(monkeypatch, 15.0)
    for _ in range(10):
        read([TOO_SLOW])
        clock.wait(days=1)
    assert state(any_store) == (WritingState.WAITING, 3)
    _load(monkeypatch, 0.5)
    assert len(read([drafted()]).asked) == 1
    assert state(any_store) == (WritingState.READ, 4)


def test_a_worker_that_dies_over_a_page_has_it_rest_too_and_is_not_waited_for_for_ever(
    any_store: Store, read: Read, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Played, "read", lambda *_: (_ for _ in ()).throw(MemoryError))
    for rest in (*tries.RESTS, timedelta()):
        with pytest.raises(MemoryError):
            read([])
        assert not _read_writing(any_store, lambda: False)  # type: ignore[arg-type]
        clock.wait(seconds=rest.total_seconds())
    assert state(any_store) == (WritingState.WAITING, 4)
    tries.give_up(any_store)
    assert state(any_store) == (WritingState.FAILED, 4)


def test_what_was_tried_least_comes_first(any_store: Store) -> None:
    written_page(any_store)
    with any_store.writing() as session:
        session.execute(update(Page).values(writing_attempts=2))
    other = written_page_of(any_store)
    with any_store.reading() as session:
        assert next(one.id for one in intake.pages_with_writing(session, 8, 3)) == other


def written_page_of(store: Store) -> int:
    came(store, a_batch(store), [page(2, "0001-0002", written=["comment"])], name="b.pdf")
    with store.reading() as session:
        return session.scalars(select(Page.id).order_by(Page.id.desc())).all()[0]


def test_a_file_that_is_gone_is_given_up_at_once(any_store: Store, read: Read) -> None:
    with any_store.reading() as session:
        sha256 = session.scalars(select(Page)).one().file.kept_sha256
    assert sha256 is not None
    any_store.files.path(sha256).unlink()
    assert read([drafted()]).asked == []
    assert state(any_store) == (WritingState.FAILED, 1)


def test_a_child_has_more_time_by_the_clock_than_of_the_cpu(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr("server.intake.writing.Readers", lambda *_, **kinds: given.update(kinds))
    one = Writing(store, lambda: False)
    with store.reading() as session:
        one._readers({}, lists_of(session))
    bounds = given["bounds"]
    assert bounds.wall_s >= 3 * bounds.cpu_s  # type: ignore[attr-defined]


def test_an_officer_sees_what_was_given_up_and_has_it_tried_again(
    store: Store, as_role: Callable[[Role], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    written_page(store)
    browser = as_role(Role.OFFICER)
    assert "Try again to read the writing" not in shown(browser)
    with store.writing() as session:
        session.execute(update(Page).values(writing=WritingState.FAILED, writing_attempts=4, writing_after=base.now()))
    assert "Try again to read the writing on 1 page" in shown(browser)
    answer = browser.post("/batches/1/writing", follow_redirects=True)
    assert "The writing on 1 page is tried again" in " ".join(answer.get_data(as_text=True).split())
    assert state(store) == (WritingState.WAITING, 0)
    assert len(read_some(store, monkeypatch, [drafted()]).asked) == 1
    with store.reading() as session:
        [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "writing asked for again")).all()
        assert '"pages": 1' in event.detail
    browser.post("/batches/1/writing")  # nothing is left to ask for: nothing is told
    with store.reading() as session:
        assert len(session.scalars(select(AuditEvent).where(AuditEvent.action == event.action)).all()) == 1


def shown(browser: Browser) -> str:
    return " ".join(browser.get("/batches/1").get_data(as_text=True).split())
