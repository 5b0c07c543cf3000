"""Wiping a sitting, of which nothing is left.

Or its answers are kept as unfinished, where the campaign says so, without contact details and equality answers.
"""

import logging
from collections.abc import Mapping

from sqlalchemy.orm import Session

from forms.definition import Form
from kiosk import answered
from kiosk.sitting import Raw
from kiosk.taking import used
from server.errors import ServerError
from server.models.responses import Response, ResponseState
from server.models.sittings import Sitting
from server.queries.sittings import campaign_answered, idle_ids, idle_sitting, sitting_of
from server.responses.saving import save_in
from server.sittings.campaigns import campaign_from
from server.sittings.rows import alive_since, hashed, settings_from
from server.sittings.sending import incoming
from server.store import Store

log = logging.getLogger("sayso.kiosk")


def wipe(store: Store, kiosk_id: int, key: str) -> None:
    """Wipe a browser's sitting at a kiosk, where it has one."""
    with store.writing() as session:
        row = sitting_of(session, hashed(key), kiosk_id)
        if row is not None:
            wiped(session, row)


def wipe_idle(store: Store) -> int:
    """Wipe what nobody touched for too long, each by itself; give how many there were."""
    since = alive_since()
    with store.reading() as session:
        found = idle_ids(session, since)
    for sitting_id in found:
        with store.writing() as session:
            row = idle_sitting(session, sitting_id, since)
            if row is not None:
                wiped(session, row)
    return len(found)


def wiped(session: Session, row: Sitting) -> None:
    """Wipe a sitting within a transaction that may do more."""
    if row.receipt is None and row.campaign_id is not None:
        _keep_unfinished(session, row)
    session.delete(row)
    session.flush()


def _keep_unfinished(session: Session, row: Sitting) -> None:
    """Keep the answers of somebody who walked away, where there are any and the campaign wants them."""
    campaign = campaign_answered(session, row.campaign_id or 0)
    if campaign is None or not campaign.keeps_unfinished:
        return
    known = campaign_from(campaign)
    answers = answered.collected(known.form, _without_what_is_kept_apart(known.form, row.delivered))
    if not answers.values:
        return
    try:
        receipt = save_in(session, incoming(row, known, answers, used(settings_from(row.settings))))
    except ServerError as error:  # its copy was erased meanwhile: then nothing of it may be kept
        log.info("unfinished answers were not kept: %s", type(error).__name__)
        return
    session.get_one(Response, receipt.response_id).state = ResponseState.UNFINISHED


def _without_what_is_kept_apart(form: Form, delivered: Mapping[str, Raw]) -> dict[str, Raw]:
    return {
        question: raw
        for question, raw in delivered.items()
        if form.question(question).kind != "contact" and not form.section_of(question).detachable
    }
