"""Slowing down whoever guesses: each failure makes the next try wait longer. Nobody is locked out for good."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from server.models.base import now
from server.models.officers import Throttle

FREE_FAILURES = 3
"""A person may mistype this often before they wait."""

WAIT_SECONDS_MAX = 300
FORGOTTEN_AFTER = timedelta(hours=1)


def keys_of(secret: bytes, username: str, address: str) -> tuple[str, ...]:
    """Give what failures are counted under: the name, whether or not somebody has it, and the address."""
    return tuple(
        hmac.new(secret, f"{kind}:{value}".encode(), sha256).hexdigest()
        for kind, value in (("name", username), ("address", address))
    )


def seconds_to_wait(session: Session, keys: tuple[str, ...], at: datetime | None = None) -> int:
    """Give how long the next try must wait; 0 when it need not."""
    at = at or now()
    return max((_wait(session.get(Throttle, key), at) for key in keys), default=0)


def _wait(throttle: Throttle | None, at: datetime) -> int:
    if throttle is None or throttle.failures < FREE_FAILURES or at - throttle.failed_at >= FORGOTTEN_AFTER:
        return 0
    pause = min(2.0 ** (throttle.failures - FREE_FAILURES + 1), WAIT_SECONDS_MAX)
    return max(0, int((throttle.failed_at + timedelta(seconds=pause) - at).total_seconds()))


def failed(session: Session, keys: tuple[str, ...]) -> None:
    """Count a failure."""
    for key in keys:
        throttle = session.get(Throttle, key, with_for_update=True)
        if throttle is None:
            throttle = Throttle(key=key, failures=0, failed_at=now())
            session.add(throttle)
        elif now() - throttle.failed_at >= FORGOTTEN_AFTER:
            throttle.failures = 0
        throttle.failures += 1
        throttle.failed_at = now()


def succeeded(session: Session, keys: tuple[str, ...]) -> None:
    """Forget the failures under a name; those from an address may be another's, and stay."""
    throttle = session.get(Throttle, keys[0])
    if throttle is not None:
        session.delete(throttle)
