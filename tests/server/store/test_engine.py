"""PostgreSQL's connections: one whose server has ended it is replaced, one that was used just now is not asked."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from server.store import engine as engines
from server.store.engine import made_engine


@pytest.fixture
def engine(postgres: str) -> Iterator[Engine]:
    made = made_engine(postgres.format(name="postgres"))
    yield made
    made.dispose()


def number(engine: Engine) -> int:
    """Give the number of the process that serves a connection."""
    with engine.connect() as connection:
        found: int = connection.execute(text("select pg_backend_pid()")).scalar_one()
        return found


def test_a_connection_that_was_ended_is_replaced(
    engine: Engine, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "USED_SECONDS", 0)
    ended = number(engine)
    other = made_engine(postgres.format(name="postgres"))
    with other.connect() as connection:
        connection.execute(text("select pg_terminate_backend(:number, 5000)"), {"number": ended})
    other.dispose()
    assert number(engine) != ended


def test_a_connection_that_was_used_just_now_is_not_asked(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "USED_SECONDS", 60)
    first = number(engine)
    monkeypatch.setattr(engine.dialect, "do_ping", lambda _: pytest.fail("it was asked"))
    assert number(engine) == first
