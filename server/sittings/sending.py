"""Sending what was answered: the response is saved and the sitting emptied in one transaction, both or neither."""

from sqlalchemy.orm import Session

from forms.answers import Answers
from forms.kinds.contact import Contact
from kiosk import journey
from kiosk.sitting import Campaign, Sitting
from kiosk.store import Finished
from server.alerting.noticing import wish_to_complain
from server.models.campaigns import Channel
from server.models.responses import ContactDetails, Response
from server.models.sittings import Sitting as Row
from server.queries.sittings import response_of_receipt, sitting_of
from server.responses.incoming import Incoming, Origin
from server.responses.saving import save_in
from server.sittings.rows import alive_since, hashed, values_of
from server.store import Store
from server.web.words import today

COMPLAINT_CONTACT = "_complaint"
"""What contact details are kept under that belong to a complaint; no question can have this id."""


def send(store: Store, kiosk_id: int, key: str, sitting: Sitting, finished: Finished) -> bool:
    """Save a response and empty its sitting; False when its turn was taken."""
    with store.writing() as session:
        row = _to_take(session, kiosk_id, key, sitting)
        if row is None:
            return False
        receipt = save_in(session, incoming(row, finished.campaign, finished.answers, finished.format))
        _write(row, journey.sent(sitting, receipt.number))
        return True


def incoming(row: Row, campaign: Campaign, answers: Answers, used: str) -> Incoming:
    """Give the response of a sitting, under the id that it had from its beginning."""
    origin = Origin(
        campaign_id=campaign.id,
        form_version_id=campaign.form_version_id,
        channel=Channel.KIOSK,
        received_on=today(),
        language=row.settings["language"],
        format=used,
        copy_code=row.copy_code,
        site_id=row.kiosk.site_id,
        kiosk_id=row.kiosk_id,
        helped_by=row.helped_by,
    )
    return Incoming(row.response_uid, origin, campaign.form, answers)


def complain(store: Store, kiosk_id: int, key: str, sitting: Sitting, contact: Contact | None) -> bool:
    """Make what was sent a complaint, or keep how its maker can be reached; False when its turn was taken."""
    with store.writing() as session:
        row = _to_take(session, kiosk_id, key, sitting)
        response = response_of_receipt(session, row.receipt) if row is not None and row.receipt else None
        if row is None or response is None:
            return False
        if contact is None:
            wish_to_complain(session, response.id)
        else:
            _reachable(session, response, contact)
        _write(row, sitting)
        return True


def _reachable(session: Session, response: Response, contact: Contact) -> None:
    session.merge(
        ContactDetails(
            response_id=response.id,
            question=COMPLAINT_CONTACT,
            name_folded=(contact.name or "").casefold(),
            details=contact.as_dict(),
        )
    )


def _to_take(session: Session, kiosk_id: int, key: str, sitting: Sitting) -> Row | None:
    """Give the row of a sitting whose turn is not taken; nobody else takes it until the transaction ends."""
    row = sitting_of(session, hashed(key), kiosk_id)
    if row is None or row.turn != sitting.turn or row.touched_at <= alive_since():
        return None
    return row


def _write(row: Row, sitting: Sitting) -> None:
    for name, value in values_of(sitting).items():
        setattr(row, name, value)
