"""The measurements of the kiosk are themselves run, a little of each, and can fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from server.models.responses import Answer
from server.store import Store
from tests.bench import kiosk_kills, kiosk_speed
from tests.bench.stores import opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path, None) as made:
        yield made


def test_nothing_is_lost_by_kills_of_a_kiosks_server() -> None:
    assert kiosk_kills.figures("SQLite", quick=True).missed == 0


def test_an_acknowledged_answer_that_is_not_there_is_lost(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    right = kiosk_kills._look

    def losing(looked: Store, outcome: kiosk_kills.Outcome) -> None:
        with looked.writing() as session:
            session.execute(delete(Answer).where(Answer.question == "comment"))
        right(looked, outcome)

    monkeypatch.setattr(kiosk_kills, "_look", losing)
    outcome = kiosk_kills.outcome_of(store, 0)
    assert outcome.lost == len(outcome.journeys) == kiosk_kills.KIOSKS + 1


def test_every_touch_of_several_kiosks_is_measured() -> None:
    assert kiosk_speed.figures("SQLite", quick=True).missed == 0
