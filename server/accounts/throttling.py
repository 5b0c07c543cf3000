"""Slowing down whoever guesses: each failure makes the next try wait longer. Nobody is locked out for good.

Whoever counts holds `LOCK` and asks once more for the wait, so that tries sent all at once are answered one by one.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from server.models.base import now
from server.models.officers import Throttle
from server.web.words import many

FREE_FAILURES: Final = {"name": 3, "session": 3, "address": 10}
"""A person may mistype this often before they wait; behind one address there may be a whole office."""

WAIT_SECONDS_MAX: Final = 300
"""At most 288 tries a day under one name: guessing a password of three words so takes longer than anybody lives."""

FORGOTTEN_AFTER: Final = timedelta(hours=1)

LOCK: Final = "sign-in"


@dataclass(frozen=True, slots=True)
class Counter:
    """What failures are counted under, by a keyed hash, and how many of them are free."""

    key: str
    free: int


def counters(secret: bytes, values: Mapping[str, str]) -> tuple[Counter, ...]:
    """Give the counters for a name, whether or not somebody has it, for an address, or for somebody signed in."""
    return tuple(
        Counter(hmac.new(secret, f"{kind}:{value}".encode(), sha256).hexdigest(), FREE_FAILURES[kind])
        for kind, value in values.items()
    )


def seconds_to_wait(session: Session, counted: tuple[Counter, ...]) -> int:
    """Give how long the next try must wait; 0 when it need not."""
    return max(_wait(session.get(Throttle, counter.key), counter.free, now()) for counter in counted)


def _wait(throttle: Throttle | None, free: int, at: datetime) -> int:
    if throttle is None or throttle.failures < free or at - throttle.failed_at >= FORGOTTEN_AFTER:
        return 0
    pause = min(2.0 ** min(throttle.failures - free + 1, 16), WAIT_SECONDS_MAX)
    return max(0, int((throttle.failed_at + timedelta(seconds=pause) - at).total_seconds()))


def failed(session: Session, counted: tuple[Counter, ...]) -> None:
    """Count a failure; those that are old enough are forgotten, whoever's they were."""
    session.execute(delete(Throttle).where(Throttle.failed_at <= now() - FORGOTTEN_AFTER))
    for counter in counted:
        throttle = session.get(Throttle, counter.key)
        if throttle is None:
            throttle = Throttle(key=counter.key, failures=0, failed_at=now())
            session.add(throttle)
        throttle.failures += 1
        throttle.failed_at = now()


def succeeded(session: Session, counted: tuple[Counter, ...]) -> None:
    """Forget the failures under the first counter; those from an address may be another's, and stay."""
    session.execute(delete(Throttle).where(Throttle.key == counted[0].key))


def words(seconds: int) -> str:
    """Say how long to wait."""
    return f"There were several wrong tries. Wait {many(seconds, 'second')}, then try again."
