"""What officers decide on doubts: each decision is kept for good, and none is overwritten in silence.

Decisions about one returned copy are made one after the other. Whoever decides on what somebody else has decided
meanwhile is told; theirs is kept beside it and does not count until somebody, having seen both, decides again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from server.errors import NotFoundError, RefusedError
from server.models.base import now
from server.models.intake import Reading, Return, ReturnState
from server.models.officers import Officer
from server.models.review import Correction, Doubt, DoubtState
from server.returns.completing import complete_if_ready
from server.returns.decisions import Decision, Noted
from server.returns.reopening import reopen
from server.returns.speaking import notice_what_is_written
from server.store import Store

GONE: Final = "This doubt is gone: more of its copy came, or its paper was removed. Go on to the next."

AS_IT_IS: Final = (
    select(Doubt, Reading.answer)
    .join(Reading, Reading.id == Doubt.reading_id)
    .where(Doubt.id == bindparam("doubt_id"))
    .execution_options(populate_existing=True)
)
"""A doubt and what the machine had read, even where this transaction has seen it before."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer says of a doubt."""

    decision: Decision
    noted: Sequence[Noted] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that counts; `completes` tells whether nothing is open on its copy any more."""

    correction_id: int
    completes: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """A decision that does not count, as somebody else's was there first; `agrees` tells whether they say the same."""

    correction_id: int
    agrees: bool


def decide(session: Session, doubt_id: int, said: Said, officer: Officer) -> Decided | Clash:
    """Settle a doubt; raises `NotFoundError` for one that is gone, `RefusedError` where its copy was rejected."""
    held = _alone(session, doubt_id)
    if held.doubt.state == DoubtState.OPEN:
        return _settle(session, held, said, officer)
    standing = standing_decision(session, doubt_id)
    mine = _kept(session, held, said, officer)
    mine.undone_at = now()
    session.flush()
    return Clash(mine.id, agrees=standing is not None and standing.decided == mine.decided)


def overrule(store: Store, session: Session, seen_id: int, said: Said, officer: Officer) -> Decided | Clash:
    """Decide anew on a settled doubt, having seen the decision that counted.

    Where another one counts by now, this is a clash again. Raises `RefusedError` where nothing can be changed any more.
    """
    held = _alone(session, doubt_of(session, seen_id))
    doubt, one = held.doubt, held.returned
    standing = standing_decision(session, doubt.id)
    if doubt.state == DoubtState.SETTLED and standing is not None and standing.id != seen_id:
        return decide(session, doubt.id, said, officer)
    is_other = standing is None or standing.decided != said.decision.plain()
    if one.state == ReturnState.COMPLETE and is_other:
        reopen(store, session, one, officer)
    return _settle(session, held, said, officer)


def take_back(store: Store, session: Session, correction_id: int, officer: Officer) -> int:
    """Take an officer's own decision back; give the id of its doubt, which is open again.

    Raises `RefusedError` where it is not theirs, does not count any more, or cannot be taken back.
    """
    mine = session.get(Correction, correction_id)
    if mine is None or mine.doubt_id is None or mine.officer_id != officer.id:
        raise RefusedError("This decision cannot be taken back: it is not yours, or its paper was removed.")
    held = _alone(session, mine.doubt_id)
    doubt, one = held.doubt, held.returned
    standing = standing_decision(session, doubt.id)
    if doubt.state != DoubtState.SETTLED or standing is None or standing.id != mine.id:
        raise RefusedError("This decision does not count any more: somebody has decided on it since.")
    if one.state == ReturnState.COMPLETE:
        reopen(store, session, one, officer)
    mine.undone_at, doubt.state = now(), DoubtState.OPEN
    session.flush()
    return doubt.id


def doubt_of(session: Session, correction_id: int) -> int:
    """Give the doubt that a decision is about; `NotFoundError` where it is gone."""
    doubt_id = session.scalar(select(Correction.doubt_id).where(Correction.id == correction_id))
    if doubt_id is None:
        raise NotFoundError("There is no such decision any more. Go on to the next doubt.")
    return doubt_id


def standing_decision(session: Session, doubt_id: int) -> Correction | None:
    """Give the decision on a doubt that counts: the last that was not taken back."""
    asked = select(Correction).where(Correction.doubt_id == doubt_id, Correction.undone_at.is_(None))
    return session.scalar(asked.order_by(Correction.id.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class _Held:
    """A doubt that nobody else decides on until this transaction ends."""

    doubt: Doubt
    returned: Return
    read: Any
    """What the machine had read."""


def _alone(session: Session, doubt_id: int) -> _Held:
    """Give a doubt and its copy as they are now, and hold off others who decide on the same copy."""
    seen = session.get(Doubt, doubt_id)
    if seen is None:
        raise NotFoundError(GONE)
    one = session.get_one(Return, seen.return_id, with_for_update=True, populate_existing=True)
    row = session.execute(AS_IT_IS, {"doubt_id": doubt_id}).one_or_none()
    if row is None:
        raise NotFoundError(GONE)
    if one.state == ReturnState.REJECTED:
        raise RefusedError("This copy was rejected meanwhile: nothing of it counts. Go on to the next doubt.")
    return _Held(row[0], one, row[1])


def _kept(session: Session, held: _Held, said: Said, officer: Officer) -> Correction:
    doubt, one = held.doubt, held.returned
    made = Correction(
        response_id=one.response_id,
        doubt_id=doubt.id,
        question=doubt.question,
        machine={"answer": held.read, "reason": doubt.reason},
        decided=said.decision.plain(),
        officer_id=officer.id,
        noted=[str(noted) for noted in said.noted],
    )
    session.add(made)
    return made


def _settle(session: Session, held: _Held, said: Said, officer: Officer) -> Decided:
    made, doubt, one = _kept(session, held, said, officer), held.doubt, held.returned
    doubt.state, doubt.leased_by, doubt.leased_until = DoubtState.SETTLED, None, None
    session.flush()  # fails where the doubt's version is not the one that was seen: nothing is kept then
    completes = complete_if_ready(session, one)
    if not completes and isinstance(said.decision.value, str):  # what else is written was looked at as it came
        notice_what_is_written(session, one, doubt.question)
    return Decided(made.id, completes)
