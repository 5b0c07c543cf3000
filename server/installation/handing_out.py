"""Giving this machine's kiosk a new key: it is found by its site and the machine's name, or added."""

import platform

from sqlalchemy import func, select

from server.errors import RefusedError
from server.installation import kiosks, sites
from server.installation.kiosks import NewKiosk
from server.models.campaigns import Site
from server.models.kiosks import Kiosk
from server.queries.campaigns import all_sites
from server.store import Store
from server.trail.recording import note

NAME_MAX = 100


def kiosk_at(store: Store, site_name: str | None) -> NewKiosk:
    """Give this machine's kiosk at a site with a new key; its former key opens nothing any more.

    A site that is not there yet is added. Raises `RefusedError` where the site has to be named, or the kiosk of this
    machine was retired.
    """
    site = _site(store, site_name)
    name = f"{site.name} on {platform.node()}"[:NAME_MAX]
    with store.writing() as session:
        kiosk = session.scalar(select(Kiosk).where(func.lower(Kiosk.name) == name.lower()).with_for_update())
        if kiosk is not None:
            if kiosk.retired_at is not None:
                raise RefusedError(f"The kiosk {name} was retired. Add another on the page Settings, and type its key.")
            key = kiosks.new_key()
            kiosk.token_sha256 = kiosks.hashed(key)
            note(store, session, "kiosk given a new key", f"kiosk {kiosk.uid}")
            return NewKiosk(kiosk.id, kiosk.name, site.name, key)
    return kiosks.add(store, name, site.id, by=None)


def _site(store: Store, name: str | None) -> Site:
    with store.reading() as session:
        known = all_sites(session)
    if name is None:
        if len(known) == 1:
            return known[0]
        places = f"It may be: {', '.join(site.name for site in known)}." if known else "There is none yet."
        raise RefusedError(f"Say where this kiosk stands, as in --site 'The Cove'. {places}")
    found = next((site for site in known if site.name.lower() == name.strip().lower()), None)
    return found or sites.add(store, name.strip(), by=None)
