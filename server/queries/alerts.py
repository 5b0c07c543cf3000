"""Alerts: those that wait for somebody, those that are settled, and one with all that was said."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.alerts import Alert
from server.models.campaigns import Campaign, Site
from server.models.form_versions import FormVersion
from server.models.officers import Officer
from server.models.responses import Answer, ContactDetails, Response
from server.queries.paging import PAGE_ROWS, Listing


@dataclass(frozen=True, slots=True)
class Told:
    """An alert and where it came from; `site` is None where it came from no place of ours."""

    alert: Alert
    response: Response
    campaign: str
    site: str | None


@dataclass(frozen=True, slots=True)
class Whole:
    """An alert with all that was said beside it."""

    told: Told
    version: FormVersion
    answers: tuple[Answer, ...]
    contacts: tuple[ContactDetails, ...]
    acknowledged_by: str | None
    settled_by: str | None


def open_alerts(session: Session) -> tuple[Told, ...]:
    """Give the alerts that nobody has settled, the earliest first."""
    return _told(session, _asked(Alert.settled_at.is_(None)).order_by(Alert.came_at, Alert.id))


def settled_page(session: Session, page: int) -> Listing:
    """Give a page of settled alerts, the one settled last first."""
    is_settled = Alert.settled_at.is_not(None)
    total = session.scalar(select(func.count()).select_from(Alert).where(is_settled)) or 0
    asked = _asked(is_settled).order_by(Alert.settled_at.desc(), Alert.id.desc())
    return Listing(_told(session, asked.limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)), total, page)


def whole(session: Session, alert_id: int) -> Whole:
    """Give an alert with its response; `NotFoundError` when it is gone with a response that was erased."""
    found = _told(session, _asked(Alert.id == alert_id))
    if not found:
        raise NotFoundError("There is no such alert any more: its response was erased, or is being corrected.")
    (told,) = found
    answers = select(Answer).where(Answer.response_id == told.response.id).order_by(Answer.question, Answer.place)
    contacts = select(ContactDetails).where(ContactDetails.response_id == told.response.id)
    return Whole(
        told,
        session.get_one(FormVersion, told.response.form_version_id),
        tuple(session.scalars(answers)),
        tuple(session.scalars(contacts.order_by(ContactDetails.question))),
        _name(session, told.alert.acknowledged_by),
        _name(session, told.alert.settled_by),
    )


def _asked(which: ColumnElement[bool]) -> Select[Alert, Response, str, str | None]:
    return (
        select(Alert, Response, Campaign.name, Site.name)
        .join(Response, Response.id == Alert.response_id)
        .join(Campaign, Campaign.id == Response.campaign_id)
        .outerjoin(Site, Site.id == Response.site_id)
        .where(which)
    )


def _told(session: Session, asked: Select[Alert, Response, str, str | None]) -> tuple[Told, ...]:
    return tuple(Told(alert, response, campaign, site) for alert, response, campaign, site in session.execute(asked))


def _name(session: Session, officer_id: int | None) -> str | None:
    return session.scalar(select(Officer.name).where(Officer.id == officer_id)) if officer_id is not None else None
