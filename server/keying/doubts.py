"""What keying a paper in decides: each doubt that was open on it, and what the officer could not be sure of."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.answers import Answers, as_json
from forms.paper.fields import PART
from server.models.intake import Reading, Return
from server.models.officers import Officer
from server.models.review import Correction, Doubt, DoubtState
from server.returns.decisions import Decision, How


def settle_doubts(session: Session, one: Return, answers: Answers, unsure: Collection[str], by: Officer) -> None:
    """Settle every doubt that is open on a copy by what was keyed in, beside what the machine had read."""
    asked = select(Doubt, Reading.answer).join(Reading, Reading.id == Doubt.reading_id)
    waiting = asked.where(Doubt.return_id == one.id, Doubt.state == DoubtState.OPEN).order_by(Doubt.id)
    for doubt, machine in session.execute(waiting).all():
        made = Correction(
            doubt_id=doubt.id,
            question=doubt.question,
            machine={"answer": machine, "reason": doubt.reason},
            decided=_decision(doubt.question, answers, unsure).plain(),
            officer_id=by.id,
        )
        session.add(made)
        doubt.state, doubt.leased_by, doubt.leased_until = DoubtState.SETTLED, None, None
    session.flush()


def _decision(name: str, answers: Answers, unsure: Collection[str]) -> Decision:
    """Give what was keyed in for a question, or for one part of it, as a decision on a doubt about it."""
    identifier, _, part = name.partition(PART)
    if not identifier:
        return Decision(How.SEEN)
    if identifier in unsure:
        return Decision(How.UNREADABLE)
    value: Any = as_json({**answers.not_asked, **answers.values}.get(identifier))
    if part and isinstance(value, dict):
        value = value.get(part)
    return Decision(How.ANSWER, value) if value is not None else Decision(How.BLANK)


def unsure_of(session: Session, response_id: int, unsure: Collection[str], by: Officer) -> None:
    """Note the questions that the officer left blank for not being sure of them."""
    for question in sorted(unsure):
        decided = Decision(How.UNREADABLE).plain()
        session.add(
            Correction(response_id=response_id, question=question, machine=None, decided=decided, officer_id=by.id)
        )
    session.flush()
