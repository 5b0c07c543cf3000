"""The sites and kiosks of this installation, and what names them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, func, select
from sqlalchemy.orm import Session, joinedload

from server.errors import NotFoundError
from server.models.campaigns import Site, campaign_sites
from server.models.kiosks import Kiosk
from server.models.responses import Response


@dataclass(frozen=True, slots=True)
class Places:
    """All sites and kiosks."""

    sites: tuple[Site, ...]
    kiosks: tuple[Kiosk, ...]
    """Those in use first."""
    kiosks_at: Mapping[int, int]
    """Site → its kiosks in use."""
    campaigns_at: Mapping[int, int]
    """Site → the campaigns that name it."""


def places(session: Session) -> Places:
    """Give all sites and kiosks by name."""
    kiosks = session.scalars(
        select(Kiosk).options(joinedload(Kiosk.site)).order_by(Kiosk.retired_at.isnot(None), Kiosk.name)
    ).all()
    named = campaign_sites.c.site_id
    return Places(
        sites=tuple(session.scalars(select(Site).order_by(Site.name))),
        kiosks=tuple(kiosks),
        kiosks_at=_counts(session, Kiosk.site_id, Kiosk.retired_at.is_(None)),
        campaigns_at=_counts(session, named, named.isnot(None)),
    )


def site_of(session: Session, site_id: int) -> Site:
    """Give a site; `NotFoundError` where there is none."""
    site = session.get(Site, site_id)
    if site is None:
        raise NotFoundError("There is no such site.")
    return site


def kiosk_of(session: Session, kiosk_id: int) -> Kiosk:
    """Give a kiosk with its site; `NotFoundError` where there is none."""
    kiosk = session.get(Kiosk, kiosk_id, options=[joinedload(Kiosk.site)])
    if kiosk is None:
        raise NotFoundError("There is no such kiosk.")
    return kiosk


def uses_of_site(session: Session, site_id: int) -> tuple[str, ...]:
    """Say what names a site, in words; nothing does where it can be removed."""
    asked = {
        "a kiosk": exists().where(Kiosk.site_id == site_id),
        "a campaign": exists().where(campaign_sites.c.site_id == site_id),
        "a response": exists().where(Response.site_id == site_id),
    }
    return tuple(words for words, is_so in asked.items() if session.scalar(select(is_so)))


def _counts(session: Session, site: SQLColumnExpression[int], which: ColumnElement[bool]) -> dict[int, int]:
    counted = session.execute(select(site, func.count()).where(which).group_by(site))
    return {one: count for one, count in counted}  # noqa: C416 (rows are no pairs to dict's type)
