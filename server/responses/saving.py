"""The one way to save a response. Once it gives a receipt, the response is on the disk.

The same response sent again gets the same receipt. Another content under the same id is kept beside the first and
flagged for an officer: which of the two the person meant is not for a machine to guess.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from forms.codes.copy_code import new_copy_codes
from server.errors import NotFoundError, RefusedError
from server.models.campaigns import Campaign
from server.models.copies import Copy
from server.models.equality import EqualityAnswer
from server.models.responses import Answer, ContactDetails, Response, ResponseState
from server.responses.incoming import Incoming
from server.store import Store
from server.store.locking import alone

RECEIPT_START = "R"
"""A receipt is a copy code's characters after this letter, which no copy code begins with."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a saved response is known by, and whether it clashes with another under its id."""

    number: str
    response_id: int
    is_new: bool
    is_clash: bool


def save_response(store: Store, incoming: Incoming) -> Receipt:
    """Save a response; give its receipt.

    Raises `NotFoundError` for a campaign or copy code that is not known, `RefusedError` for another campaign's copy.
    """
    with store.writing() as session:
        return save_in(session, incoming)


def save_in(session: Session, incoming: Incoming) -> Receipt:
    """Save a response within a transaction that does more; see `save_response`."""
    alone(session, incoming.uid)
    content = incoming.content_sha256()
    known = session.execute(
        select(Response.id, Response.receipt, Response.state, Response.content_sha256)
        .where(Response.uid == incoming.uid)
        .order_by(Response.id)
    ).all()
    for one in known:
        if one.content_sha256 == content:
            return Receipt(one.receipt, one.id, is_new=False, is_clash=one.state == ResponseState.CLASH)
    response = _new(session, incoming, content, is_clash=bool(known))
    return Receipt(response.receipt, response.id, is_new=True, is_clash=bool(known))


def _new(session: Session, incoming: Incoming, content: str, *, is_clash: bool) -> Response:
    origin = incoming.origin
    survey_round = session.scalar(select(Campaign.survey_round).where(Campaign.id == origin.campaign_id))
    if survey_round is None:
        raise NotFoundError(f"there is no campaign {origin.campaign_id}.")
    copy = _copy(session, origin.copy_code, origin.campaign_id)
    response = Response(
        uid=incoming.uid,
        content_sha256=content,
        receipt=_receipt(),
        campaign_id=origin.campaign_id,
        form_version_id=origin.form_version_id,
        copy_id=copy.id if copy else None,
        household_id=copy.household_id if copy else None,
        channel=origin.channel,
        method=origin.method,
        site_id=origin.site_id,
        kiosk_id=origin.kiosk_id,
        received_on=origin.received_on,
        language=origin.language,
        format=origin.format,
        helped_by=origin.helped_by,
        state=ResponseState.CLASH if is_clash else ResponseState.COMPLETE,
    )
    session.add(response)
    session.flush()
    _insert(session, Answer, [{"response_id": response.id, **row} for row in _rows(incoming.kept(), incoming)])
    for question, contact in incoming.contacts().items():
        folded = (contact.name or "").casefold()
        session.add(
            ContactDetails(response_id=response.id, question=question, name_folded=folded, details=contact.as_dict())
        )
    if not is_clash:  # of a clash the first may stand: equality answers can never be taken back, so they wait for none
        rows = _rows(incoming.equality(), incoming)
        _insert(
            session,
            EqualityAnswer,
            [
                {"survey_round": survey_round, "question": row["question"], "option": row["option"] or row["written"]}
                for row in rows
            ],
        )
    session.flush()
    return response


def _insert(session: Session, table: type[Answer | EqualityAnswer], rows: list[dict[str, object]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _copy(session: Session, code: str | None, campaign_id: int) -> Copy | None:
    if code is None:
        return None
    copy = session.scalar(select(Copy).where(Copy.code == code))
    if copy is None:
        raise NotFoundError(f"no copy with the code {code} was issued. Check the code on the paper.")
    if copy.campaign_id != campaign_id:
        raise RefusedError(f"the copy {code} belongs to another campaign.")
    return copy


def _rows(answers: Mapping[str, object], incoming: Incoming) -> Iterator[dict[str, object]]:
    """Give the rows of answers: an option where the question is answered by choosing, what was written elsewhere."""
    for question, value in answers.items():
        is_chosen = incoming.form.question(question).chooses or isinstance(value, bool)
        for place, one in enumerate(value if isinstance(value, list) else [value]):
            words = _words(one)
            yield {
                "question": question,
                "place": place,
                "option": words if is_chosen else None,
                "written": None if is_chosen else words,
            }


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _receipt() -> str:
    (code,) = new_copy_codes(1)
    return f"{RECEIPT_START}{code}"
