"""What an officer does at the screen, each as one transaction: the decision, and the lease of what comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from server.errors import RefusedError
from server.models.officers import Officer
from server.models.review import Doubt
from server.queries.review import Wish
from server.returns import deciding
from server.returns.deciding import Clash, Decided, Said
from server.review import leasing
from server.store import Store

Result = TypeVar("Result")

TRIES: Final = 5
"""A copy that was judged anew in the same instant, as more of it came, is looked at again."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a decision, and the doubt that comes next."""

    outcome: Decided | Clash
    next_id: int | None


def decide(store: Store, doubt_id: int, said: Said, officer: Officer, wish: Wish) -> Done:
    """Decide on a doubt and take the next; see `server.returns.deciding.decide` for what it raises."""

    def work(session: Session) -> Done:
        doubt = session.get(Doubt, doubt_id)  # held until the next is looked for, which starts from it
        outcome = deciding.decide(session, doubt_id, said, officer)
        return _done(session, outcome, doubt, officer, wish)

    return _again(store, work)


def overrule(store: Store, seen_id: int, said: Said, officer: Officer, wish: Wish) -> Done:
    """Decide anew, having seen another's decision, and take the next; see `server.returns.deciding.overrule`."""

    def work(session: Session) -> Done:
        outcome = deciding.overrule(store, session, seen_id, said, officer)
        return _done(session, outcome, session.get(Doubt, deciding.doubt_of(session, seen_id)), officer, wish)

    return _again(store, work)


def _done(session: Session, outcome: Decided | Clash, doubt: Doubt | None, officer: Officer, wish: Wish) -> Done:
    """Take the next, unless the officer has to see another's decision first."""
    is_over = isinstance(outcome, Decided) or outcome.agrees
    return Done(outcome, leasing.take_next(session, wish, officer.id, doubt) if is_over else None)


def take_back(store: Store, correction_id: int, officer: Officer) -> int:
    """Take a decision back and have its doubt once more; give the doubt's id."""

    def work(session: Session) -> int:
        doubt_id = deciding.take_back(store, session, correction_id, officer)
        leasing.lease(session, doubt_id, officer.id)
        return doubt_id

    return _again(store, work)


def begin(store: Store, officer: Officer, wish: Wish) -> int | None:
    """Take the first doubt; None where none waits."""
    with store.writing() as session:
        return leasing.take_next(session, wish, officer.id)


def put_off(store: Store, doubt_id: int, officer: Officer, wish: Wish) -> int | None:
    """Leave a doubt for later and take the next; None where no other waits."""
    with store.writing() as session:
        leasing.give_back(session, doubt_id, officer.id)
        return leasing.take_next(session, wish, officer.id, session.get(Doubt, doubt_id))


def hold(store: Store, doubt_id: int, officer: Officer) -> None:
    """Keep a doubt that is being looked at."""
    with store.writing() as session:
        leasing.lease(session, doubt_id, officer.id)


def leave(store: Store, doubt_id: int, officer: Officer) -> None:
    """Give a doubt back that is not looked at any more."""
    with store.writing() as session:
        leasing.give_back(session, doubt_id, officer.id)


def _again(store: Store, work: Callable[[Session], Result]) -> Result:
    """Do something in one transaction, anew while somebody else changed the same rows in the same instant."""
    for _ in range(TRIES):
        try:
            with store.writing() as session:
                return work(session)
        except StaleDataError:
            continue
    raise RefusedError("Somebody else changes this copy at this moment. Nothing was kept: try again.")
