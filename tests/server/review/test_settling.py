"""A copy that is judged anew in the same instant is looked at again."""

from itertools import count

import pytest
from sqlalchemy.orm.exc import StaleDataError

from server.errors import RefusedError
from server.queries.review import Wish
from server.returns import deciding
from server.returns.deciding import Decided
from server.review import settling
from server.store import Store
from tests.server.review.conftest import BLANK, Desk, a_desk


@pytest.fixture
def desk(store: Store) -> Desk:
    return a_desk(store)


def failing(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Have the doubt's version change under whoever decides, so many times."""
    right, calls = deciding.decide, count()

    def decide(*given: object) -> object:
        outcome = right(*given)  # type: ignore[arg-type]
        if next(calls) < times:
            raise StaleDataError
        return outcome

    monkeypatch.setattr(deciding, "decide", decide)


def test_what_was_changed_meanwhile_is_decided_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, 2)
    done = settling.decide(desk.store, desk.doubt("overall"), BLANK, desk.anna, Wish())
    assert isinstance(done.outcome, Decided)
    assert len(desk.corrections()) == 1


def test_what_changes_all_the_time_is_refused_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, 1000)
    with pytest.raises(RefusedError, match="Nothing was kept"):
        settling.decide(desk.store, desk.doubt("overall"), BLANK, desk.anna, Wish())
    assert desk.corrections() == []
