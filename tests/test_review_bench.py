"""The measurements of review are themselves run, a little of each, and can fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from server.models.officers import Officer
from server.models.review import Doubt, DoubtState
from server.returns import deciding
from server.returns.deciding import Decided, Said
from server.store import Store
from tests.bench import review_next, review_races
from tests.bench.review_rows import put
from tests.bench.stores import DATABASES, opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path, None) as made:
        put(made, 2)
        yield made


@pytest.mark.parametrize("database", DATABASES)
def test_the_next_doubt_comes_and_every_decision_is_kept(database: str) -> None:
    assert review_next.figures(database, quick=True).missed == 0


@pytest.mark.parametrize("database", DATABASES)
def test_no_officer_overwrites_another(database: str) -> None:
    assert review_races.figures(database, quick=True).missed == 0


def test_an_overwrite_that_nobody_is_told_of_is_counted(store: Store) -> None:
    pair = review_races._officers(store)

    def careless(doubt_id: int, said: Said, officer: Officer) -> Decided:
        with store.writing() as session:
            return overwriting(session, doubt_id, said, officer)

    got = review_races.raced(store, [1, 2], careless, pair)
    assert (got.told, got.twice, got.overwritten) == (0, 2, 2)


def overwriting(session: Session, doubt_id: int, said: Said, officer: Officer) -> Decided:
    """Settle a doubt whether or not somebody has."""
    doubt = session.get_one(Doubt, doubt_id)
    made = deciding._kept(session, deciding._alone(session, doubt_id), said, officer)
    doubt.state = DoubtState.SETTLED
    session.flush()
    return Decided(made.id, completes=False)


def test_a_decision_that_was_lost_is_counted(store: Store) -> None:
    pair = review_races._officers(store)

    def losing(doubt_id: int, said: Said, officer: Officer) -> Decided:
        del doubt_id, said
        return Decided(officer.id, completes=False)

    assert review_races.raced(store, [1], losing, pair).overwritten == 1
