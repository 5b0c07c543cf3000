"""What the rows of an import of answers would come to, and the one time that they become responses.

Each row becomes a response under an id that is made of the file's content and the row's number: the same file chosen
again finds its rows there already.
"""

from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from sqlalchemy import update
from sqlalchemy.orm import Session

from forms.definition import Form
from server.collected.matching import HOUSEHOLD
from server.collected.rows import Known, Read, Ready, codes_in, read_rows
from server.collected.waiting import file_of, open_campaign, setup_of, table_of
from server.errors import NotFoundError
from server.figures.directions import direction
from server.households.tables import Table
from server.models.base import now
from server.models.campaigns import Campaign, Channel
from server.models.collected import CollectedImport
from server.models.officers import Officer
from server.models.responses import Response
from server.queries.collected import copies_of, homes_of, import_of, uids_known
from server.responses.incoming import Incoming, Origin
from server.responses.saving import save_in
from server.results.wording import Worded
from server.sheets import Cell, csv_bytes
from server.store import Store
from server.store.locking import alone
from server.store.references import remove_unnamed
from server.trail.recording import note

NAMESPACE = UUID("2f7cf2a4-6f0e-4a5e-9a35-0d1c6a1f5f5b")
"""Of the ids of imported rows; it must never change."""

FORMAT = "table"
"""What stands for the edition of the paper."""

COUNTS = ("rows", "saved", "there_already", "refused")
"""What the audit log says of an import."""


def preview(store: Store, one: CollectedImport, table: Table, worded: Worded, today: date) -> Read:
    """Give what the rows of a matched table come to; nothing is changed."""
    setup = setup_of(one)
    with store.reading() as session:
        codes = codes_in(table, setup.columns, HOUSEHOLD)
        homes = homes_of(session, one.campaign_id, codes)
        known = Known(
            copies=copies_of(session, one.campaign_id),
            homes={code: number for code, (number, is_invited) in homes.items() if is_invited},
            other_homes=frozenset(code for code, (_, is_invited) in homes.items() if not is_invited),
        )
    return read_rows(table, setup, worded, known, direction(), today)


def apply(store: Store, key: str, today: date, *, by: Officer) -> None:
    """Make responses of all rows that can stand, in one transaction, and keep those that cannot; then remove the file.

    Raises `RefusedError` where the import is done already, or its campaign no longer open.
    """
    with store.reading() as session:
        one = import_of(session, key)
    table = table_of(store, one)
    campaign, worded = open_campaign(store, one.campaign_id)
    read = preview(store, one, table, worded, today)
    settled = {file_of(one)}
    try:
        with store.files.keeping():
            refused = store.files.add(refused_csv(table, read)) if read.problems else None
            settled |= {refused} if refused else set()
            with store.writing() as session:
                alone(session, "collected")
                found = import_of(session, key, hold=True)
                saved = _save(session, file_of(found), read, campaign, worded.form)
                found.saved, found.there_already = saved, len(read.ready) - saved
                found.rows, found.refused = len(table.rows), len(read.refused)
                _settle(store, session, found, refused, by)
    finally:
        # Of the two, the one that no row names: the table, or the refused rows where nothing came of it.
        remove_unnamed(store, settled, untouched_since=datetime.now(UTC))


def _settle(store: Store, session: Session, found: CollectedImport, refused: str | None, by: Officer) -> None:
    detail = {
        "campaign": found.campaign_id,
        "file": found.file_sha256,
        **{name: getattr(found, name) for name in COUNTS},
    }
    found.applied_at, found.file_sha256, found.refused_sha256 = now(), None, refused
    note(store, session, "answers imported", f"import {found.uid}", by=by.uid, detail=detail)


def _save(session: Session, file: str, read: Read, campaign: Campaign, form: Form) -> int:
    """Make a response of each row that is none yet; give how many were made."""
    rows = {uid_of(file, ready.row): ready for ready in read.ready}
    new = rows.keys() - uids_known(session, rows)
    for uid, ready in rows.items():
        if uid not in new:
            continue
        receipt = save_in(session, _incoming(uid, ready, campaign, form))
        if ready.home is not None and ready.copy_code is None:
            of_response = update(Response).where(Response.id == receipt.response_id)
            session.execute(of_response.values(household_id=ready.home))
    return len(new)


def uid_of(file_sha256: str, row: int) -> str:
    """Give the id of the response that a row of a file becomes."""
    return str(uuid5(NAMESPACE, f"{file_sha256}:{row}"))


def refused_csv(table: Table, read: Read) -> bytes:
    """Give the rows that cannot stand as they were, with what is wrong, to be mended and imported by themselves."""
    why = dict[int, list[str]]()
    for problem in read.problems:
        why.setdefault(problem.row, []).append(
            f"{problem.heading}: {problem.words}" if problem.heading else problem.words
        )
    rows: list[tuple[Cell, ...]] = [
        (number, " ".join(why[number]), *row, *[""] * (len(table.headings) - len(row)))
        for number, row in table.rows
        if number in why
    ]
    return csv_bytes(("Row", "What is wrong", *table.headings), rows)


def refused_of(store: Store, one: CollectedImport) -> bytes:
    """Give the rows that an import refused, as CSV; `NotFoundError` when there are none, or none any more."""
    if one.refused_sha256 is None:
        raise NotFoundError("No refused rows of this import are kept. Choose its file again to see them.")
    return store.files.read(one.refused_sha256)


def _incoming(uid: str, ready: Ready, campaign: Campaign, form: Form) -> Incoming:
    origin = Origin(
        campaign_id=campaign.id,
        form_version_id=campaign.form_version_id,
        channel=Channel.IMPORTED,
        received_on=ready.received_on,
        language=ready.language,
        format=FORMAT,
        copy_code=ready.copy_code,
        method=ready.method,
    )
    return Incoming(uid, origin, form, ready.answers)
