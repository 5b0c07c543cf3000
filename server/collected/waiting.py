"""An import of answers while it waits: its file is kept, and it is said how its columns are to be read.

The file is kept before the transaction that names it. Once the import is done or removed, the file goes.
"""

from datetime import UTC, datetime
from typing import Final

from server.catalogue.versions import form_of
from server.collected.rows import Setup
from server.collected.values import Direction
from server.errors import RefusedError
from server.households.tables import Table, read_table
from server.intake.receiving import clean_name
from server.models.campaigns import Campaign, CampaignState
from server.models.collected import CollectedImport
from server.models.officers import Officer
from server.queries.campaigns import campaign_of
from server.queries.collected import import_of
from server.results.wording import Worded
from server.store import Store
from server.store.references import remove_unnamed
from server.trail.recording import note

DONE: Final = "this import is done already. Choose the file again if it should be imported anew."
UNMATCHED: Final = "say first what each column holds."


def begin(store: Store, content: bytes, name: str, campaign_id: int, *, by: Officer) -> str:
    """Keep a table of answers to an open campaign; give the import's key. Raises `TableError` and `RefusedError`."""
    read_table(content)
    open_campaign(store, campaign_id)
    with store.files.keeping():
        file = store.files.add(content)
        with store.writing() as session:
            begun = CollectedImport(name=clean_name(name), file_sha256=file, campaign_id=campaign_id, uploaded_by=by.id)
            session.add(begun)
            session.flush()
            detail = {"campaign": campaign_id}
            note(store, session, "import of answers begun", f"import {begun.uid}", by=by.uid, detail=detail)
            return begun.uid


def open_campaign(store: Store, campaign_id: int) -> tuple[Campaign, Worded]:
    """Give a campaign and its form; `RefusedError` unless it is open."""
    with store.reading() as session:
        campaign = campaign_of(session, campaign_id)
    if campaign.state != CampaignState.OPEN:
        raise RefusedError("this campaign is not open, so no answers can be put into it.")
    return campaign, Worded(form_of(campaign.form_version), store.settings.who().details())


def match(store: Store, key: str, setup: Setup) -> None:
    """Keep how a waiting table is to be read. Raises `NotFoundError`, and `RefusedError` where it waits no longer."""
    with store.writing() as session:
        found = import_of(session, key, hold=True)
        file_of(found)
        found.columns, found.method = dict(setup.columns), setup.method
        found.received_on, found.direction = setup.received_on, setup.direction


def file_of(one: CollectedImport) -> str:
    """Give the name of the file of an import that waits; `RefusedError` when it does not."""
    if one.applied_at is not None or one.file_sha256 is None:
        raise RefusedError(DONE)
    return one.file_sha256


def table_of(store: Store, one: CollectedImport) -> Table:
    """Give the table of an import that waits; `RefusedError` when it does not."""
    return read_table(store.files.read(file_of(one)))


def setup_of(one: CollectedImport) -> Setup:
    """Give how a table is to be read; `RefusedError` where nobody said so yet."""
    if one.received_on is None:
        raise RefusedError(UNMATCHED)
    return Setup(one.columns, one.method, one.received_on, Direction(one.direction))


def remove(store: Store, key: str, *, by: Officer) -> bool:
    """Forget an import, its file and its refused rows; tell whether it was done: the responses made of it stay."""
    with store.writing() as session:
        found = import_of(session, key, hold=True)
        files = {name for name in (found.file_sha256, found.refused_sha256) if name}
        session.delete(found)
        note(store, session, "import of answers removed", f"import {key}", by=by.uid)
    remove_unnamed(store, files, untouched_since=datetime.now(UTC))
    return found.applied_at is not None
