"""Adding a kiosk, which gives the key that its screen proves itself by, and retiring one."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms.codes.copy_code import COPY_ALPHABET
from server.errors import NotFoundError, RefusedError
from server.models.base import now
from server.models.campaigns import Site
from server.models.kiosks import Kiosk
from server.store import Store
from server.store.locking import alone
from server.trail.recording import note

KEY_CHARACTERS = 32
"""Of the seventeen of a copy code, no two of which look alike: 130 bits, which nobody guesses."""

KEY_GROUP = 4


@dataclass(frozen=True, slots=True)
class NewKiosk:
    """A kiosk just added; its key is shown once and kept nowhere."""

    kiosk_id: int
    name: str
    site: str
    key: str


def add(store: Store, name: str, site_id: int, *, by: str | None) -> NewKiosk:
    """Add a kiosk at a site; `RefusedError` for a name that is taken, `NotFoundError` where there is no such site."""
    key = new_key()
    with store.writing() as session:
        alone(session, "kiosks")
        site = session.get(Site, site_id, with_for_update=True)
        if site is None:
            raise NotFoundError("This site is not here any more.")
        if session.scalar(select(Kiosk.id).where(func.lower(Kiosk.name) == name.lower())) is not None:
            raise RefusedError("There is already a kiosk of this name.")
        kiosk = Kiosk(name=name, site_id=site_id, token_sha256=hashed(key))
        session.add(kiosk)
        session.flush()
        note(store, session, "kiosk added", f"kiosk {kiosk.uid}", by=by, detail={"site": site_id})
        return NewKiosk(kiosk.id, kiosk.name, site.name, key)


def retire(store: Store, kiosk_id: int, *, by: str | None) -> None:
    """Take a kiosk out of use for good: its key opens nothing any more. What it sent stays as it is."""
    with store.writing() as session:
        kiosk = _kiosk(session, kiosk_id)
        if kiosk.retired_at is None:
            kiosk.retired_at = now()
            note(store, session, "kiosk retired", f"kiosk {kiosk.uid}", by=by)


def hashed(key: str) -> str:
    """Give what is kept of a key; spaces and small letters do not matter. It is random, so it needs no salt."""
    return sha256("".join(key.split()).upper().encode()).hexdigest()


def new_key() -> str:
    """Give a key for a kiosk, as it is typed: in groups of four."""
    characters = "".join(secrets.choice(COPY_ALPHABET) for _ in range(KEY_CHARACTERS))
    return " ".join(characters[start : start + KEY_GROUP] for start in range(0, KEY_CHARACTERS, KEY_GROUP))


def _kiosk(session: Session, kiosk_id: int) -> Kiosk:
    kiosk = session.get(Kiosk, kiosk_id, with_for_update=True)
    if kiosk is None:
        raise NotFoundError("There is no such kiosk.")
    return kiosk
