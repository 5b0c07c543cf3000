"""Writing responses into their tables, many with each statement; past the object mapper, which costs as much again."""

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, insert, select, text
from sqlalchemy.orm import Session

from forms.codes.copy_code import new_copy_codes
from server.alerting.noticing import notice
from server.errors import NotFoundError, RefusedError, ServerError
from server.models import Base
from server.models.responses import ResponseState
from server.responses.apart import Apart, save_apart
from server.responses.rows import Prepared, Row

RECEIPT_START: Final = "R"
"""A receipt is a copy code's characters after this letter: one character longer than any copy code."""

RESPONSES: Final = Base.metadata.tables["responses"]
CAMPAIGNS: Final = Base.metadata.tables["campaigns"]
COPIES: Final = Base.metadata.tables["copies"]

ASKED: Final[BindParameter[Any]] = bindparam("asked", expanding=True)
OF_UIDS: Final = (
    select(RESPONSES.c.uid, RESPONSES.c.id, RESPONSES.c.receipt, RESPONSES.c.state, RESPONSES.c.content_sha256)
    .where(RESPONSES.c.uid.in_(ASKED))
    .order_by(RESPONSES.c.id)
)
OF_RECEIPTS: Final = select(RESPONSES.c.receipt).where(RESPONSES.c.receipt.in_(ASKED))
ROUNDS: Final = select(CAMPAIGNS.c.id, CAMPAIGNS.c.survey_round).where(CAMPAIGNS.c.id.in_(ASKED))
OF_CODES: Final = select(COPIES.c.code, COPIES.c.id, COPIES.c.household_id, COPIES.c.campaign_id).where(
    COPIES.c.code.in_(ASKED)
)
ADDING: Final = insert(RESPONSES).returning(RESPONSES.c.id, RESPONSES.c.uid)

ANSWERS_AT_ONCE: Final = text("""
    insert into answers (response_id, question, place, option, written)
    select response_id, question, place, option, written from json_to_recordset(cast(:rows as json))
        as rows (response_id integer, question text, place integer, option text, written text)
""")
"""PostgreSQL plans each row that it is sent by itself: in one piece, these take half as long."""


@dataclass(frozen=True, slots=True)
class Known:
    """A response that is kept under an id already."""

    response_id: int
    receipt: str
    state: str
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Added:
    """A response just written."""

    response_id: int
    receipt: str


@dataclass(frozen=True, slots=True)
class _Copy:
    copy_id: int
    household_id: int | None
    campaign_id: int


def known(session: Session, group: Iterable[Prepared]) -> Mapping[str, Sequence[Known]]:
    """Give what is kept under the ids of these responses, by id, the first first."""
    found = defaultdict[str, list[Known]](list)
    for uid, number, receipt, state, content in session.execute(OF_UIDS, {"asked": [one.uid for one in group]}):
        found[uid].append(Known(number, receipt, state, content))
    return found


def add(session: Session, group: Sequence[Prepared], clashing: Container[str]) -> Mapping[str, Added | ServerError]:
    """Write responses with all that belongs to them; give each its receipt, or why it is refused, by its id."""
    rounds = _rounds(session, group)
    copies = _copies(session, group)
    refused = {one.uid: why for one in group if (why := _refusal(one, rounds, copies))}
    new = [one for one in group if one.uid not in refused]
    receipts = dict(zip((one.uid for one in new), new_receipts(session, len(new)), strict=True))
    rows = [_response(one, receipts[one.uid], copies, is_clash=one.uid in clashing) for one in new]
    ids = {uid: number for number, uid in session.execute(ADDING, rows)} if rows else {}
    _insert_answers(session, [{"response_id": ids[one.uid], **row} for one in new for row in one.answers])
    _insert(session, "contact_details", [{"response_id": ids[one.uid], **row} for one in new for row in one.contacts])
    notice(session, [(ids[one.uid], one.alerts) for one in new])
    # Of a clash the first may stand, and equality answers can never be taken back.
    _add_apart(session, [one for one in new if one.uid not in clashing], rounds)
    return refused | {uid: Added(number, receipts[uid]) for uid, number in ids.items()}


def _add_apart(session: Session, group: Iterable[Prepared], rounds: Mapping[int, str]) -> None:
    by_round = defaultdict[str, list[Apart]](list)
    for one in group:
        by_round[rounds[one.origin.campaign_id]] += one.apart
    for survey_round, answers in sorted(by_round.items()):
        save_apart(session, survey_round, answers)


def _insert_answers(session: Session, rows: list[Row]) -> None:
    if session.get_bind().dialect.name == "postgresql" and rows:
        session.execute(ANSWERS_AT_ONCE, {"rows": json.dumps(rows)})
    else:
        _insert(session, "answers", rows)


def _insert(session: Session, table: str, rows: list[Row]) -> None:
    if rows:
        session.execute(insert(Base.metadata.tables[table]), rows)


def _rounds(session: Session, group: Iterable[Prepared]) -> Mapping[int, str]:
    asked = {one.origin.campaign_id for one in group}
    return {row.id: row.survey_round for row in session.execute(ROUNDS, {"asked": sorted(asked)})}


def _copies(session: Session, group: Iterable[Prepared]) -> Mapping[str, _Copy]:
    codes = {one.origin.copy_code for one in group} - {None}
    if not codes:
        return {}
    found = session.execute(OF_CODES, {"asked": list(codes)})
    return {code: _Copy(number, household_id, campaign_id) for code, number, household_id, campaign_id in found}


def _refusal(one: Prepared, rounds: Mapping[int, str], copies: Mapping[str, _Copy]) -> ServerError | None:
    origin = one.origin
    if origin.campaign_id not in rounds:
        return NotFoundError(f"there is no campaign {origin.campaign_id}.")
    if origin.copy_code is None:
        return None
    if origin.copy_code not in copies:
        return NotFoundError(f"no copy with the code {origin.copy_code} was issued. Check the code on the paper.")
    if copies[origin.copy_code].campaign_id != origin.campaign_id:
        return RefusedError(f"the copy {origin.copy_code} belongs to another campaign.")
    return None


def _response(one: Prepared, receipt: str, copies: Mapping[str, _Copy], *, is_clash: bool) -> Row:
    origin = one.origin
    copy = copies[origin.copy_code] if origin.copy_code is not None else None
    return {
        "uid": one.uid,
        "content_sha256": one.content_sha256,
        "receipt": receipt,
        "campaign_id": origin.campaign_id,
        "form_version_id": origin.form_version_id,
        "copy_id": copy.copy_id if copy else None,
        "household_id": copy.household_id if copy else None,
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


def new_receipts(session: Session, count: int) -> list[str]:
    """Give numbers that no response has: among 60,000, one draw in 7,000 is one that was given already."""
    made: list[str] = []
    while len(made) < count:
        drawn = {f"{RECEIPT_START}{code}" for code in new_copy_codes(count - len(made))} - set(made)
        taken = set(session.scalars(OF_RECEIPTS, {"asked": sorted(drawn)}))
        made += drawn - taken
    return made
