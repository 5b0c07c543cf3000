"""Adding, renaming and removing the places where kiosks stand or paper is handed out."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.errors import NotFoundError, RefusedError
from server.models.campaigns import Site
from server.queries.installation import uses_of_site
from server.store import Store
from server.store.locking import alone
from server.trail.recording import note

NAMES = "sites"
"""Held while a name is given, so that two officers cannot give the same."""


def add(store: Store, name: str, *, by: str | None) -> Site:
    """Add a site; `RefusedError` for a name that is taken."""
    with store.writing() as session:
        _check_is_free(session, name)
        site = Site(name=name)
        session.add(site)
        session.flush()
        note(store, session, "site added", f"site {site.id}", by=by)
        return site


def rename(store: Store, site_id: int, name: str, *, by: str | None) -> None:
    """Give a site another name; `RefusedError` for one that is taken, `NotFoundError` where there is no such site."""
    with store.writing() as session:
        site = _site(session, site_id)
        _check_is_free(session, name, but=site_id)
        site.name = name
        note(store, session, "site renamed", f"site {site_id}", by=by)


def remove(store: Store, site_id: int, *, by: str | None) -> None:
    """Remove a site that nothing names; `RefusedError` for one that is in use."""
    with store.writing() as session:
        site = _site(session, site_id)
        if uses := uses_of_site(session, site_id):
            raise RefusedError(f"{site.name} cannot be removed: it is named by {' and '.join(uses)}.")
        session.delete(site)
        note(store, session, "site removed", f"site {site_id}", by=by)


def _site(session: Session, site_id: int) -> Site:
    site = session.get(Site, site_id, with_for_update=True)
    if site is None:
        raise NotFoundError("This site is not here any more.")
    return site


def _check_is_free(session: Session, name: str, *, but: int | None = None) -> None:
    alone(session, NAMES)
    taken = session.scalar(select(Site.id).where(func.lower(Site.name) == name.lower(), Site.id != (but or 0)))
    if taken is not None:
        raise RefusedError("There is already a site of this name.")
