"""A person's sitting ↔ its row."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Row

from kiosk.places import Spot
from kiosk.screens import Aloud, Colours, Settings, Size, Speed
from kiosk.sitting import Draft, Sitting
from kiosk.store import GRACE_SECONDS, IDLE_SECONDS, WARNING_SECONDS
from server.models.base import now

LEFT_ALONE: Final = timedelta(seconds=IDLE_SECONDS + WARNING_SECONDS + GRACE_SECONDS)
"""After that without a touch all is wiped."""


def hashed(key: str) -> str:
    """Give what is kept of a browser's key. It is random, so it needs no salt."""
    return sha256(key.encode()).hexdigest()


def alive_since() -> datetime:
    """Give the moment since which a sitting must have been touched."""
    return now() - LEFT_ALONE


def sitting_from(row: Row[Any]) -> Sitting:
    """Give the sitting of a row."""
    return Sitting(
        settings=settings_from(row.settings),
        spot=Spot.parse(row.screen),
        turn=row.turn,
        campaign=row.campaign_id,
        delivered=row.delivered,
        draft=Draft(row.draft["raw"], row.draft["refused"]) if row.draft else None,
        copy_code=row.copy_code,
        helped_by=row.helped_by,
        receipt=row.receipt,
    )


def values_of(sitting: Sitting) -> dict[str, Any]:
    """Give what a row holds of a sitting; its turn is the next, for what it holds was just taken."""
    return {
        "settings": asdict(sitting.settings),
        "screen": str(sitting.spot),
        "turn": sitting.turn + 1,
        "campaign_id": sitting.campaign,
        "delivered": dict(sitting.delivered),
        "draft": asdict(sitting.draft) if sitting.draft else None,
        "copy_code": sitting.copy_code,
        "helped_by": sitting.helped_by,
        "receipt": sitting.receipt,
        "touched_at": now(),
    }


def settings_from(kept: Mapping[str, Any]) -> Settings:
    """Give the settings that a row holds."""
    return Settings(
        language=kept["language"],
        size=Size(kept["size"]),
        colours=Colours(kept["colours"]),
        aloud=Aloud(kept["aloud"]),
        speed=Speed(kept["speed"]),
        volume=kept["volume"],
    )
