"""What officers do about an alert: pass it on, settle it, or open it again. The first of two at once counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from server.alerts.outcomes import Outcome
from server.errors import NotFoundError, RefusedError
from server.models.alerts import Alert
from server.models.base import now
from server.models.officers import Officer
from server.store import Store
from server.trail.recording import note

MEANWHILE: Final = "Somebody else did something about this alert while your page was open. Nothing of yours was kept."


class DoneMeanwhileError(RefusedError):
    """Somebody else changed the alert after the page was loaded; nothing of the second change was kept."""


def acknowledge(store: Store, alert_id: int, version: int, *, by: Officer) -> None:
    """Say that a danger was passed on, or a complaint acknowledged.

    This and the others raise `DoneMeanwhileError` when somebody else came first, `NotFoundError` for one that is gone.
    """
    with _changing(store, alert_id, version) as (session, alert):
        alert.acknowledged_at, alert.acknowledged_by = now(), by.id
        note(store, session, "alert acknowledged", f"alert {alert.uid}", by=by.uid, detail={"kind": alert.kind})


def settle(store: Store, alert_id: int, version: int, outcome: Outcome, *, by: Officer) -> None:
    """Say that an alert was dealt with, or is nothing."""
    with _changing(store, alert_id, version) as (session, alert):
        alert.settled_at, alert.settled_by, alert.outcome = now(), by.id, outcome
        detail = {"kind": alert.kind, "outcome": outcome}
        note(store, session, "alert settled", f"alert {alert.uid}", by=by.uid, detail=detail)


def open_again(store: Store, alert_id: int, version: int, *, by: Officer) -> None:
    """Have a settled alert wait once more; it came when it came."""
    with _changing(store, alert_id, version) as (session, alert):
        alert.settled_at, alert.settled_by, alert.outcome = None, None, ""
        note(store, session, "alert opened again", f"alert {alert.uid}", by=by.uid, detail={"kind": alert.kind})


@contextmanager
def _changing(store: Store, alert_id: int, version: int) -> Iterator[tuple[Session, Alert]]:
    try:
        with store.writing() as session:
            alert = session.get(Alert, alert_id)
            if alert is None:
                raise NotFoundError("There is no such alert any more: what it told of was erased.")
            if alert.version != version:
                raise DoneMeanwhileError(MEANWHILE)
            yield session, alert
    except StaleDataError as error:
        raise DoneMeanwhileError(MEANWHILE) from error
