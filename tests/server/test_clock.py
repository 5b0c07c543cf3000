"""A clock that cannot be right is told: to officers on Today, to the administrator by the doctor."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from server.config import Settings
from server.doctor import State
from server.installation import clock, sites
from server.models.base import now
from server.models.officers import Role
from server.store import Store


def stands_at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_clock_that_goes_on_from_what_was_kept_is_right(any_store: Store) -> None:
    sites.add(any_store, "The Cove", by=None)
    with any_store.reading() as session:
        assert clock.doubted(session) is None
    assert clock.finding(any_store.settings).state is State.WORKS


def test_a_clock_before_what_was_kept_is_doubted_with_both_moments(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites.add(any_store, "The Cove", by=None)
    stands_at(monkeypatch, now() - timedelta(minutes=3))
    found = clock.finding(any_store.settings)
    assert found.state is State.MISSING
    assert "but something was kept on" in found.found
    assert found.mend.startswith("timedatectl")


def test_a_second_hand_that_was_set_back_is_no_matter(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sites.add(store, "The Cove", by=None)
    stands_at(monkeypatch, now() - timedelta(minutes=1))
    assert clock.finding(store.settings).state is State.WORKS


def test_a_machine_without_a_battery_is_told_even_before_anything_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    stands_at(monkeypatch, datetime(1970, 1, 1, 0, 5, tzinfo=UTC))
    found = clock.finding(Settings())
    assert found.state is State.MISSING
    assert "1 January 1970" in found.found


def test_today_says_that_the_clock_is_wrong(
    as_role: Callable[[Role], FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_role(Role.OFFICER)
    assert "The clock of this machine" not in browser.get("/").text
    stands_at(monkeypatch, datetime(1970, 1, 1, tzinfo=UTC))
    assert "The clock of this machine says 1 January 1970" in browser.get("/").text
