"""Second looks taken: what an officer reads, blind, is held against the first reading; where they differ, a third."""

from dataclasses import dataclass

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from server.checks import leasing
from server.checks.comparing import agrees
from server.errors import NotFoundError, RefusedError
from server.models.base import now
from server.models.officers import Officer
from server.models.review import LookKind, SecondLook
from server.queries.looks import original_of, third_of
from server.returns.correcting import correct
from server.returns.deciding import Said
from server.returns.decisions import Decision
from server.store import Store
from server.store.locking import alone
from server.trail.recording import note

TAKEN = "Somebody else looked at this one in the same moment: theirs is kept. Go on with the next."
NOT_YOURS = "You read this answer before. Somebody who has not must take the third look."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a look: whether it agrees, and what hindered a correction, in a sentence; none where nothing did."""

    batch_id: int
    kind: LookKind
    agrees: bool
    hindered: str | None = None


def look(store: Store, look_id: int, said: Said, officer: Officer) -> Outcome:
    """Keep what an officer reads; the answer is corrected where a third look finds the first reading wrong.

    Raises `NotFoundError` where the look is gone, `RefusedError` where somebody took it already, or may not take it.
    """
    try:
        with store.writing() as session:
            return _look(store, session, look_id, said, officer)
    except StaleDataError:
        raise RefusedError(TAKEN) from None


def _look(store: Store, session: Session, look_id: int, said: Said, officer: Officer) -> Outcome:
    row = session.get(SecondLook, look_id, with_for_update=True)
    if row is None:
        raise NotFoundError("There is no such check any more: its paper was removed. Go on to the next.")
    if row.looked_at is not None:
        raise RefusedError(TAKEN)
    if row.kind == LookKind.THIRD:
        _refuse_readers(original_of(session, row), officer)
    row.second, row.second_by, row.looked_at = said.decision.plain(), officer.id, now()
    row.leased_by, row.leased_until = None, None
    row.agrees = agrees(row.first, row.second)
    session.flush()  # fails where somebody else was there first: nothing is kept then
    hindered = None
    if row.kind == LookKind.THIRD and not row.agrees:
        hindered = _corrected(store, session, row, officer)
    return Outcome(row.batch_id, LookKind(row.kind), row.agrees, hindered)


def _refuse_readers(original: SecondLook, officer: Officer) -> None:
    if officer.id in (original.first_by, original.second_by):
        raise RefusedError(NOT_YOURS)


def _corrected(store: Store, session: Session, third: SecondLook, officer: Officer) -> str | None:
    """Have the answer count as the third look reads it; give what hinders that, if anything does."""
    try:
        correct(store, session, third.reading_id, Said(Decision.of(third.second)), officer)
    except (NotFoundError, RefusedError) as hindered:
        return str(hindered)
    note(store, session, "answer corrected after a check", f"second look {third.id}", by=officer.uid)
    return None


def correct_again(store: Store, look_id: int, officer: Officer) -> None:
    """Try once more to have an answer count as its third look reads it.

    Raises `NotFoundError` where there is nothing to correct, `RefusedError` where it still cannot be.
    """
    with store.writing() as session:
        original = session.get(SecondLook, look_id)
        third = third_of(session, original) if original is not None else None
        if third is None or third.looked_at is None or third.agrees:
            raise NotFoundError("There is nothing to correct here.")
        correct(store, session, third.reading_id, Said(Decision.of(third.second)), officer)
        note(store, session, "answer corrected after a check", f"second look {third.id}", by=officer.uid)


def third_look(store: Store, look_id: int, officer: Officer) -> int:
    """Lease the look that settles a difference to an officer, made now if there is none yet; give its id.

    Raises `NotFoundError` where nothing differs, `RefusedError` for whoever read it before, or where it was taken.
    """
    with store.writing() as session:
        alone(session, f"second look {look_id}")
        original = session.get(SecondLook, look_id)
        if original is None or original.agrees is not False or original.kind == LookKind.THIRD:
            raise NotFoundError("On this answer the readings do not differ.")
        _refuse_readers(original, officer)
        third = third_of(session, original)
        if third is None:
            third = SecondLook(
                batch_id=original.batch_id,
                reading_id=original.reading_id,
                kind=LookKind.THIRD,
                first=original.first,
                first_by=original.first_by,
                second=None,
            )
            session.add(third)
            session.flush()
        if not leasing.lease(session, third.id, officer.id):
            raise RefusedError("Somebody else takes, or took, the third look at this one.")
        return third.id


def begin(store: Store, batch_id: int | None, officer: Officer, after: int | None = None) -> int | None:
    """Take the next answer to look at, in one batch or in all; None where none waits."""
    with store.writing() as session:
        if after is not None:
            leasing.give_back(session, after, officer.id)
        return leasing.take_next(session, batch_id, officer.id, after)


def hold(store: Store, look_id: int, officer: Officer) -> None:
    """Keep an answer that is being looked at."""
    with store.writing() as session:
        leasing.lease(session, look_id, officer.id)


def leave(store: Store, look_id: int, officer: Officer) -> None:
    """Give an answer back that is not looked at any more."""
    with store.writing() as session:
        leasing.give_back(session, look_id, officer.id)
