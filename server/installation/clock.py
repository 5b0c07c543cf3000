"""Whether this machine's clock can be right: it must not stand before what was kept already, nor before this Sayso."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from server.config import Settings
from server.doctor import Finding, State
from server.errors import StoreError
from server.models.audit import AuditEvent
from server.models.base import now
from server.store import Store
from server.web.words import moment

EARLIEST: Final = datetime(2026, 11, 1, tzinfo=UTC)
"""When this Sayso was written: no clock that is right stands before it. Machines without a battery begin in 1970."""

SLACK: Final = timedelta(minutes=2)
"""So far a clock may be set back by the time service in passing."""

MEND: Final = "timedatectl set-ntp true"


def doubted(session: Session) -> str | None:
    """Say in a sentence why the clock cannot be right; None where nothing speaks against it."""
    at, newest = now(), session.scalar(select(func.max(AuditEvent.at)))
    if at < EARLIEST:
        return f"The clock of this machine says {moment(at)}. {_harm()}"
    if newest is not None and newest - at > SLACK:
        return (
            f"The clock of this machine says {moment(at)}, but something was kept on {moment(newest)}: "
            f"it is wrong now, or was then. {_harm()}"
        )
    return None


def finding(settings: Settings) -> Finding:
    """Give what the doctor says of the clock; a store that cannot be asked yet speaks against nothing."""
    try:
        store = Store(settings)
        with store.reading() as session:
            doubt = doubted(session)
        store.close()
    except (OSError, SQLAlchemyError, StoreError):
        doubt = f"The clock of this machine says {moment(now())}. {_harm()}" if now() < EARLIEST else None
    if doubt:
        return Finding("Clock", State.MISSING, doubt, MEND)
    return Finding("Clock", State.WORKS, f"{moment(now())}")


def _harm() -> str:
    return "Days of receipt, time limits and what is kept for how long would be wrong. Set it before you go on."
