"""What is remembered of one officer's sitting, in their session: the order, the batch, and what can be taken back."""

from typing import Any, Final

from flask import session

from server.queries.review import Order, Wish

KEY: Final = "review"

TAKEN_BACK_MAX: Final = 30
"""Decisions that can be taken back, one after the other: the cookie that holds them is small."""


def wish() -> Wish:
    """Give which doubts the officer looks at, in which order."""
    kept = _kept()
    return Wish(Order(kept.get("order", Order.QUESTION)), kept.get("batch"))


def choose(chosen: Wish) -> None:
    """Remember it."""
    _keep(order=str(chosen.order), batch=chosen.batch_id)


def settled() -> int:
    """Give how many doubts the officer has settled in this sitting."""
    return int(_kept().get("settled", 0))


def remember(correction_id: int) -> None:
    """Remember a decision, so that it can be taken back."""
    _keep(decisions=[*_decisions(), correction_id][-TAKEN_BACK_MAX:], settled=settled() + 1)


def last_decision() -> int | None:
    """Give the decision that would be taken back; None where there is none."""
    return _decisions()[-1] if _decisions() else None


def forget_last(*, was_taken_back: bool) -> None:
    """Forget the last decision: it was taken back, or it cannot be any more."""
    _keep(decisions=_decisions()[:-1], settled=max(0, settled() - was_taken_back))


def _decisions() -> list[int]:
    return list(_kept().get("decisions", ()))


def _kept() -> dict[str, Any]:
    return dict(session.get(KEY, {}))


def _keep(**changes: object) -> None:
    session[KEY] = {**_kept(), **changes}
