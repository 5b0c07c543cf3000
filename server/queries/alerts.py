"""Alerts: those that wait for somebody, those that are settled, and one with all that was said."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.alerts import Alert
from server.models.campaigns import Campaign, Channel, Site
from server.models.copies import Copy
from server.models.form_versions import FormVersion, PrintedForm
from server.models.intake import Batch, Crop, Return
from server.models.officers import Officer
from server.models.responses import Answer, ContactDetails, Response
from server.models.review import Doubt, DoubtState
from server.queries.paging import PAGE_ROWS, Listing

Sources = Select[Alert, Response, Return, Batch, Copy, PrintedForm, str, str]
"""What alerts are asked for with; all but the alert may lack."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A returned copy that is not complete yet."""

    returned: Return
    batch: Batch
    copy: Copy | None
    printed: PrintedForm

    @property
    def channel(self) -> Channel:
        """Give the channel that its response will have."""
        return Channel.TYPED_PDF if self.returned.is_typed else Channel.PAPER

    @property
    def received_on(self) -> date | None:
        """Give the day it came; None until an officer has said it."""
        return self.batch.received_on

    @property
    def language(self) -> str:
        """Give the language that it asks in."""
        return self.printed.language


@dataclass(frozen=True, slots=True)
class Told:
    """An alert and where it came from.

    `campaign` is None where paper does not say which it answers, `site` where it came from no place of ours.
    """

    alert: Alert
    source: Response | Paper
    campaign: str | None
    site: str | None

    @property
    def response(self) -> Response | None:
        """Give the response; None while its copy is not complete."""
        return self.source if isinstance(self.source, Response) else None

    @property
    def paper(self) -> Paper | None:
        """Give the copy; None once its response is written."""
        return self.source if isinstance(self.source, Paper) else None


@dataclass(frozen=True, slots=True)
class Whole:
    """An alert with all that was said beside it; of paper that is not complete, the answers are not known yet."""

    told: Told
    version: FormVersion
    answers: tuple[Answer, ...]
    contacts: tuple[ContactDetails, ...]
    acknowledged_by: str | None
    settled_by: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where officers can see what was read: its picture, if there is one, and the doubt about it, if one is open."""

    has_picture: bool
    doubt_id: int | None


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
    """Give an alert with its response or copy; `NotFoundError` when it is gone with a response that was erased."""
    found = _told(session, _asked(Alert.id == alert_id))
    if not found:
        raise NotFoundError("There is no such alert any more: what it told of was erased.")
    (told,) = found
    response, paper = told.response, told.paper
    answers = select(Answer).where(Answer.response_id == told.alert.response_id)
    contacts = select(ContactDetails).where(ContactDetails.response_id == told.alert.response_id)
    version_id = response.form_version_id if response is not None else paper and paper.printed.form_version_id
    return Whole(
        told,
        session.get_one(FormVersion, version_id),
        tuple(session.scalars(answers.order_by(Answer.question, Answer.place))) if response else (),
        tuple(session.scalars(contacts.order_by(ContactDetails.question))) if response else (),
        _name(session, told.alert.acknowledged_by),
        _name(session, told.alert.settled_by),
    )


def place_of(session: Session, reading_id: int) -> Place:
    """Give where officers can see what was read on paper."""
    picture = select(Crop.reading_id).where(Crop.reading_id == reading_id)
    doubt = select(Doubt.id).where(Doubt.reading_id == reading_id, Doubt.state == DoubtState.OPEN)
    return Place(session.scalar(picture) is not None, session.scalar(doubt))


def _asked(which: ColumnElement[bool]) -> Sources:
    return (
        select(Alert, Response, Return, Batch, Copy, PrintedForm, Campaign.name, Site.name)
        .outerjoin(Response, Response.id == Alert.response_id)
        .outerjoin(Return, Return.id == Alert.return_id)
        .outerjoin(Batch, Batch.id == Return.batch_id)
        .outerjoin(Copy, Copy.id == Return.copy_id)
        .outerjoin(PrintedForm, PrintedForm.id == Return.printed_form_id)
        .outerjoin(Campaign, Campaign.id == func.coalesce(Response.campaign_id, Return.campaign_id))
        .outerjoin(Site, Site.id == Response.site_id)
        .where(which)
    )


def _told(session: Session, asked: Sources) -> tuple[Told, ...]:
    return tuple(
        Told(alert, _source(response, returned, batch, copy, printed), campaign, site)
        for alert, response, returned, batch, copy, printed, campaign, site in session.execute(asked)
    )


def _source(
    response: Response | None,
    returned: Return | None,
    batch: Batch | None,
    copy: Copy | None,
    printed: PrintedForm | None,
) -> Response | Paper:
    """Give the one of the two that an alert has: `server.alerting.noticing` writes none without."""
    if response is not None:
        return response
    assert returned is not None and batch is not None and printed is not None  # noqa: S101, PT018 (a return has both)
    return Paper(returned, batch, copy, printed)


def _name(session: Session, officer_id: int | None) -> str | None:
    return session.scalar(select(Officer.name).where(Officer.id == officer_id)) if officer_id is not None else None
