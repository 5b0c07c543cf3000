"""Keeping sittings: each touch is taken once, by a turn that only one of several can raise.

It is on the disk before the next screen shows. What many kiosks send at once is written together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from kiosk.sitting import Sitting
from server.models.base import now
from server.queries.sittings import SITTINGS, others_at, sitting_of
from server.sittings.rows import alive_since, hashed, values_of
from server.sittings.wiping import wiped
from server.store import Store
from server.store.gathering import Gathering
from server.store.locking import alone

TOGETHER_MAX: Final = 25
"""As for responses that arrive at once."""

FIRST_TURN: Final = 0
"""Of a browser of which nothing is kept yet."""

KEPT: Final = (
    "settings",
    "screen",
    "turn",
    "campaign_id",
    "delivered",
    "draft",
    "copy_code",
    "helped_by",
    "receipt",
    "touched_at",
)
"""What `values_of` gives."""

TOUCHING: Final = update(SITTINGS).where(
    SITTINGS.c.key_sha256 == bindparam("the_key"),
    SITTINGS.c.kiosk_id == bindparam("the_kiosk"),
    SITTINGS.c.touched_at > bindparam("since"),
)
TAKING: Final = TOUCHING.where(SITTINGS.c.turn == bindparam("the_turn")).values(
    {name: bindparam(f"new_{name}", type_=SITTINGS.c[name].type) for name in KEPT}
)
"""Put together once: it is what nearly every touch comes to."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one touch makes of a sitting, under the condition that its turn was not taken."""

    kiosk_id: int
    key_sha256: str
    turn: int
    values: dict[str, Any]


class Keeping:
    """Keeps sittings, several in one transaction where several come at once."""

    def __init__(self, store: Store) -> None:
        self._store: Final = store
        self._gathering: Final[Gathering[Kept, bool]] = Gathering(self._keep, TOGETHER_MAX)

    def keep(self, kiosk_id: int, key: str, sitting: Sitting) -> bool:
        """Keep a sitting as it is after a touch; tell whether it was the first to take its turn."""
        return self._gathering.ask(Kept(kiosk_id, hashed(key), sitting.turn, values_of(sitting)))

    def touch(self, kiosk_id: int, key: str) -> bool:
        """Note that somebody is at a sitting, which takes no turn; False where there is none."""
        with self._store.writing() as session:
            condition = {"the_key": hashed(key), "the_kiosk": kiosk_id, "since": alive_since()}
            found = session.connection().execute(TOUCHING.values(touched_at=now()), condition)
            return found.rowcount == 1

    def _keep(self, group: Sequence[Kept]) -> Sequence[bool | Exception]:
        with self._store.writing() as session:
            return [begin(session, one) if one.turn == FIRST_TURN else take(session, one) for one in group]


def begin(session: Session, one: Kept) -> bool:
    """Begin a sitting, unless it has begun; what is left of earlier ones at the kiosk is wiped."""
    alone(session, f"kiosk {one.kiosk_id}")
    if sitting_of(session, one.key_sha256, one.kiosk_id) is not None:
        return False
    for other in others_at(session, one.kiosk_id, one.key_sha256):
        wiped(session, other)
    session.flush()
    own = {"kiosk_id": one.kiosk_id, "key_sha256": one.key_sha256, "response_uid": str(uuid4()), "begun_at": now()}
    session.execute(insert(SITTINGS), own | one.values)
    return True


def take(session: Session, one: Kept) -> bool:
    """Write a sitting under its next turn; False when the turn was taken, or nobody touched it for too long."""
    condition = {
        "the_key": one.key_sha256,
        "the_kiosk": one.kiosk_id,
        "the_turn": one.turn,
        "since": alive_since(),
    }
    new = {f"new_{name}": value for name, value in one.values.items()}
    found = session.connection().execute(TAKING, condition | new)
    return found.rowcount == 1
