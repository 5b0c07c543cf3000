"""Slowing down whoever guesses at copy codes or at kiosks' keys; `accounts.throttling` says how."""

import hmac
from hashlib import sha256
from typing import Final

from server.accounts import throttling
from server.accounts.throttling import Counter
from server.installation.kiosks import hashed
from server.models.kiosks import Kiosk
from server.queries.sittings import campaign_of_code, kiosk_of_token
from server.store import Store
from server.store.keys import KeyName
from server.store.locking import alone
from server.trail.recording import note

CODES_FREE: Final = 5
"""Codes that were never issued, before a kiosk takes none for a while. A slip of the pen is no guess: its check
character tells it. With 1,800 issued, one guess in 228,000 is right."""

KEYS_FREE: Final = 10
"""As for signing in: behind one address there may be a whole office."""


def code_counter(store: Store, kiosk_id: int) -> tuple[Counter, ...]:
    """Give what wrong codes at a kiosk are counted under."""
    return (_counter(store, f"kiosk code:{kiosk_id}", CODES_FREE),)


def seconds_until_next_code(store: Store, kiosk_id: int) -> int:
    """Give how long a kiosk takes no code."""
    with store.reading() as session:
        return throttling.seconds_to_wait(session, code_counter(store, kiosk_id))


def knows_code(store: Store, kiosk_id: int, campaign_id: int, code: str) -> bool:
    """Tell whether a code was issued for a campaign; count it where it was not."""
    with store.reading() as session:
        if campaign_of_code(session, code) == campaign_id:
            return True
    with store.writing() as session:
        alone(session, throttling.LOCK)
        throttling.failed(session, code_counter(store, kiosk_id))
    return False


def set_up(store: Store, key: str, address: str) -> Kiosk | int:
    """Give the kiosk in use that has this key, or the seconds to wait until the next try; 0 where it is only wrong."""
    counted = (_counter(store, f"kiosk key:{address}", KEYS_FREE),)
    with store.writing() as session:
        alone(session, throttling.LOCK)
        if wait := throttling.seconds_to_wait(session, counted):
            return wait
        kiosk = kiosk_of_token(session, hashed(key))
        if kiosk is None:
            throttling.failed(session, counted)
            return throttling.seconds_to_wait(session, counted)
        throttling.succeeded(session, counted)
        note(store, session, "kiosk set up", f"kiosk {kiosk.uid}")
        return kiosk


def _counter(store: Store, value: str, free: int) -> Counter:
    return Counter(hmac.new(store.keys.get(KeyName.SESSIONS), value.encode(), sha256).hexdigest(), free)
