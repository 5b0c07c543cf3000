"""The thread beside the site: woken by whoever asks, and not ended by a database that is away."""

from itertools import count
from threading import Event

import pytest

from forms.paper.carried import PaperError
from server.models.copies import RunState
from server.runs import making, worker
from server.runs.making import make_waiting
from server.store import Store
from tests.server.runs.conftest import add_campaign, add_run, run_of


@pytest.mark.usefixtures("quick_printing")
def test_the_worker_makes_what_is_asked_for_and_outlives_a_database_that_is_away(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = make_waiting, count()

    def away_once(given: Store) -> int:
        if next(calls) == 0:
            raise PaperError("away")
        return real(given)

    monkeypatch.setattr(making, "make_waiting", away_once)
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.05)
    run_id = add_run(store, add_campaign(store))
    with worker.working(store) as thread:
        for _ in range(400):
            if run_of(store, run_id).state == RunState.READY:
                break
            thread.join(0.05)
    assert run_of(store, run_id).state == RunState.READY
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.usefixtures("quick_printing")
def test_the_worker_is_woken_by_whoever_asks(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    started = Event()
    real = make_waiting

    def said(given: Store) -> int:
        made = real(given)
        started.set()
        return made

    monkeypatch.setattr(making, "make_waiting", said)
    monkeypatch.setattr(worker, "POLL_SECONDS", 60)
    with worker.working(store) as thread:
        assert started.wait(30)
        run_id = add_run(store, add_campaign(store))
        started.clear()
        worker.wake()
        assert started.wait(30)
    assert run_of(store, run_id).state == RunState.READY
    thread.join(10)
