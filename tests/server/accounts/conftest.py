"""A clock that the tests set, and officers to sign in."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from server.accounts import login, officers, sessions, throttling, totp
from server.models.officers import Officer, Role
from server.store import Store
from tests.server.conftest import PASSWORD


@dataclass
class Clock:
    """The time that sessions, waits and codes go by."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(datetime(2026, 11, 25, 9, 0, 0, tzinfo=UTC))
    for module in (sessions, throttling, totp):
        monkeypatch.setattr(module, "now", clock.now)
    monkeypatch.setattr(login, "time", clock.seconds)
    return clock


@pytest.fixture
def anna(store: Store) -> Officer:
    return officers.add(store, "anna", "Anna Field", Role.OFFICER, PASSWORD, by=None)
