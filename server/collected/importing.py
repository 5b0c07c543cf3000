"""An import of answers: what its rows would come to, and the one time that they become responses.

Each row becomes a response under an id that is made of the file's content and the row's number: the same file chosen
again finds its rows there already.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import update

from forms.definition import Form
from forms.loading import parse_form
from server.collected.matching import HOUSEHOLD
from server.collected.rows import Known, Read, Ready, codes_in, read_rows
from server.collected.shelf import Columns, Import, Outcome, Shelf
from server.errors import RefusedError
from server.figures.directions import direction
from server.households.tables import Table, read_table
from server.models.base import now
from server.models.campaigns import Campaign, CampaignState, Channel
from server.models.officers import Officer
from server.models.responses import Response
from server.queries.campaigns import campaign_of
from server.queries.collected import copies_of, homes_of, uids_known
from server.responses.incoming import Incoming, Origin
from server.responses.saving import save_in
from server.results.wording import Worded
from server.sheets import Cell, csv_bytes
from server.store import Store
from server.store.locking import alone
from server.trail.chain import Detail
from server.trail.recording import note

NAMESPACE = UUID("2f7cf2a4-6f0e-4a5e-9a35-0d1c6a1f5f5b")
"""Of the ids of imported rows; it must never change."""

FORMAT = "table"
"""What stands for the edition of the paper."""


def begin(store: Store, content: bytes, campaign_id: int, *, by: Officer) -> str:
    """Keep a table of answers to an open campaign; give the import's key. Raises `TableError` and `RefusedError`."""
    read_table(content)
    open_campaign(store, campaign_id)
    made = Shelf(store).add(content, campaign_id, now())
    with store.writing() as session:
        subject = f"import {made.key}"
        note(store, session, "import of answers begun", subject, by=by.uid, detail={"campaign": campaign_id})
    return made.key


def open_campaign(store: Store, campaign_id: int) -> tuple[Campaign, Worded]:
    """Give a campaign and its form; `RefusedError` unless it is open."""
    with store.reading() as session:
        campaign = campaign_of(session, campaign_id)
    if campaign.state != CampaignState.OPEN:
        raise RefusedError("this campaign is not open, so no answers can be put into it.")
    version = campaign.form_version
    return campaign, Worded(parse_form(version.definition.encode(), version.name), store.settings.who().details())


def preview(store: Store, one: Import, table: Table, worded: Worded, today: date) -> Read:
    """Give what the rows of a matched table come to; nothing is changed."""
    columns = _columns(one)
    with store.reading() as session:
        codes = codes_in(table, columns.columns, HOUSEHOLD)
        homes = homes_of(session, one.campaign_id, codes)
        known = Known(
            copies=copies_of(session, one.campaign_id),
            homes={code: number for code, (number, is_invited) in homes.items() if is_invited},
            other_homes=frozenset(code for code, (_, is_invited) in homes.items() if not is_invited),
        )
    return read_rows(table, columns.setup(), worded, known, direction(), today)


def apply(store: Store, one: Import, today: date, *, by: Officer) -> Outcome:
    """Make responses of all rows that can stand, in one transaction, and keep those that cannot; then forget the file.

    Raises `RefusedError` where the import is done already, or its campaign no longer open.
    """
    if one.outcome is not None:
        raise RefusedError("this import is done already.")
    campaign, worded = open_campaign(store, one.campaign_id)
    table = read_table(Shelf(store).table(one.key))
    read = preview(store, one, table, worded, today)
    rows = {uid_of(one.file_sha256, ready.row): ready for ready in read.ready}
    with store.writing() as session:
        alone(session, "collected")
        there = uids_known(session, rows)
        for uid, ready in rows.items():
            if uid in there:
                continue
            receipt = save_in(session, _incoming(uid, ready, campaign, worded.form))
            if ready.home is not None and ready.copy_code is None:
                of_response = update(Response).where(Response.id == receipt.response_id)
                session.execute(of_response.values(household_id=ready.home))
        outcome = Outcome(
            applied_at=now(),
            rows=len(table.rows),
            saved=len(rows) - len(there),
            there_already=len(there),
            refused=len(read.refused),
        )
        detail: Detail = {"campaign": one.campaign_id, "file": one.file_sha256, **_counts(outcome)}
        note(store, session, "answers imported", f"import {one.key}", by=by.uid, detail=detail)
    _put_away(Shelf(store), one, outcome, table, read)
    return outcome


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


def _columns(one: Import) -> Columns:
    if one.columns is None:
        raise RefusedError("say first what each column holds.")
    return one.columns


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


def _counts(outcome: Outcome) -> Mapping[str, int]:
    return {name: getattr(outcome, name) for name in ("rows", "saved", "there_already", "refused")}


def _put_away(shelf: Shelf, one: Import, outcome: Outcome, table: Table, read: Read) -> None:
    refused = refused_csv(table, read) if read.problems else None
    shelf.keep(one.model_copy(update={"outcome": outcome}), refused)
    shelf.forget_table(one.key)
