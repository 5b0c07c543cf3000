"""The one way to save a response. Once it gives a receipt, the response is on the disk.

The same response sent again gets the same receipt. Another content under the same id is kept beside the first and
flagged for an officer: which of the two the person meant is not for a machine to guess.

SQLite has one writer, so everything that can be worked out is worked out before the writing begins, and the writing
goes past the object mapper, which costs as much again as the database.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from forms.codes.copy_code import new_copy_codes
from forms.kinds.consent import GIVEN
from server.errors import NotFoundError, RefusedError
from server.models import Base
from server.models.responses import ResponseState
from server.responses.apart import Apart, save_apart
from server.responses.incoming import Incoming
from server.store import Store
from server.store.locking import alone

RECEIPT_START: Final = "R"
"""A receipt is a copy code's characters after this letter: one character longer than any copy code."""

FOLDED_MAX: Final = 200
"""What the column of folded names holds; a name's 80 letters can become three times as many."""

RESPONSES: Final = Base.metadata.tables["responses"]
ANSWERS: Final = Base.metadata.tables["answers"]
CONTACTS: Final = Base.metadata.tables["contact_details"]
CAMPAIGNS: Final = Base.metadata.tables["campaigns"]
COPIES: Final = Base.metadata.tables["copies"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a saved response is known by, and whether it clashes with another under its id."""

    number: str
    response_id: int
    is_new: bool
    is_clash: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """An answer as a row holds it."""

    question: str
    place: int
    option: str | None = None
    written: str | None = None


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A response made ready to be written."""

    incoming: Incoming
    content: str
    answers: tuple[_Row, ...]
    contacts: tuple[Mapping[str, object], ...]
    apart: tuple[Apart, ...]


def save_response(store: Store, incoming: Incoming) -> Receipt:
    """Save a response; give its receipt.

    Raises `NotFoundError` for a campaign or copy code that is not known, `RefusedError` for another campaign's copy.
    """
    prepared = _prepared(incoming)
    with store.writing() as session:
        return _save(session, prepared)


def save_in(session: Session, incoming: Incoming) -> Receipt:
    """Save a response within a transaction that does more; see `save_response`."""
    session.flush()
    return _save(session, _prepared(incoming))


def _prepared(incoming: Incoming) -> _Prepared:
    return _Prepared(
        incoming,
        incoming.content_sha256(),
        answers=_rows(incoming.kept(), incoming),
        contacts=tuple(
            {
                "question": question,
                "name_folded": (contact.name or "").casefold()[:FOLDED_MAX],
                "details": contact.as_dict(),
            }
            for question, contact in incoming.contacts().items()
        ),
        apart=tuple(
            Apart(row.question, row.option or row.written or "") for row in _rows(incoming.equality(), incoming)
        ),
    )


def _rows(answers: Mapping[str, object], incoming: Incoming) -> tuple[_Row, ...]:
    """Give the rows of answers: an option where the question is answered by choosing, what was written elsewhere."""
    return tuple(
        _row(question, place, one, chosen=incoming.form.question(question).chooses)
        for question, value in answers.items()
        for place, one in enumerate(value if isinstance(value, list) else [value])
    )


def _row(question: str, place: int, value: object, *, chosen: bool) -> _Row:
    if value is True:  # a ticked statement, kept as the word that its box delivers
        return _Row(question, place, option=GIVEN)
    return _Row(question, place, option=str(value)) if chosen else _Row(question, place, written=str(value))


def _save(session: Session, prepared: _Prepared) -> Receipt:
    uid = prepared.incoming.uid
    alone(session, uid)
    columns = (RESPONSES.c.id, RESPONSES.c.receipt, RESPONSES.c.state, RESPONSES.c.content_sha256)
    known = session.execute(select(*columns).where(RESPONSES.c.uid == uid)).all()
    for one in known:
        if one.content_sha256 == prepared.content:
            return Receipt(one.receipt, one.id, is_new=False, is_clash=one.state == ResponseState.CLASH)
    return _new(session, prepared, is_clash=bool(known))


def _new(session: Session, prepared: _Prepared, *, is_clash: bool) -> Receipt:
    origin = prepared.incoming.origin
    survey_round = session.scalar(select(CAMPAIGNS.c.survey_round).where(CAMPAIGNS.c.id == origin.campaign_id))
    if survey_round is None:
        raise NotFoundError(f"there is no campaign {origin.campaign_id}.")
    receipt = _new_receipt(session)
    row = _response(session, prepared, receipt, is_clash=is_clash)
    response_id = session.scalar(insert(RESPONSES).values(row).returning(RESPONSES.c.id)) or 0
    of_it = {"response_id": response_id}
    if prepared.answers:
        session.execute(insert(ANSWERS), [of_it | asdict(row) for row in prepared.answers])
    if prepared.contacts:
        session.execute(insert(CONTACTS), [of_it | dict(contact) for contact in prepared.contacts])
    if not is_clash:  # of a clash the first may stand, and equality answers can never be taken back
        save_apart(session, survey_round, prepared.apart)
    return Receipt(receipt, response_id, is_new=True, is_clash=is_clash)


def _response(session: Session, prepared: _Prepared, receipt: str, *, is_clash: bool) -> Mapping[str, object]:
    origin = prepared.incoming.origin
    copy_id, household_id = _copy(session, origin.copy_code, origin.campaign_id)
    return {
        "uid": prepared.incoming.uid,
        "content_sha256": prepared.content,
        "receipt": receipt,
        "campaign_id": origin.campaign_id,
        "form_version_id": origin.form_version_id,
        "copy_id": copy_id,
        "household_id": household_id,
        "channel": origin.channel,
        "method": origin.method,
        "site_id": origin.site_id,
        "kiosk_id": origin.kiosk_id,
        "received_on": origin.received_on,
        "language": origin.language,
        "format": origin.format,
        "helped_by": origin.helped_by,
        "state": ResponseState.CLASH if is_clash else ResponseState.COMPLETE,
    }


def _copy(session: Session, code: str | None, campaign_id: int) -> tuple[int | None, int | None]:
    """Give the ids of a code's copy and of its household."""
    if code is None:
        return None, None
    columns = (COPIES.c.id, COPIES.c.household_id, COPIES.c.campaign_id)
    copy = session.execute(select(*columns).where(COPIES.c.code == code)).one_or_none()
    if copy is None:
        raise NotFoundError(f"no copy with the code {code} was issued. Check the code on the paper.")
    if copy.campaign_id != campaign_id:
        raise RefusedError(f"the copy {code} belongs to another campaign.")
    return copy.id, copy.household_id


def _new_receipt(session: Session) -> str:
    """Give a number that no response has: among 60,000, one draw in 7,000 is one that was given already."""
    while True:
        (code,) = new_copy_codes(1)
        receipt = f"{RECEIPT_START}{code}"
        if session.scalar(select(RESPONSES.c.id).where(RESPONSES.c.receipt == receipt)) is None:
            return receipt
