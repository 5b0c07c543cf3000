"""An export from its asking to its file and its line in the audit log."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from sqlalchemy.orm import Session

from server.catalogue.versions import form_of
from server.exports.cells import DICTIONARY, Value, cells_of, dictionary_rows
from server.exports.columns import Column, What, columns_of
from server.exports.files import WRITERS, Exported
from server.models.campaigns import Campaign
from server.models.officers import Officer
from server.queries.campaigns import campaign_of
from server.queries.exported import kept_responses
from server.queries.results import responses_of
from server.results.wording import Worded
from server.sheets import Cell, csv_bytes
from server.store import Store
from server.trail.chain import Detail
from server.trail.recording import note
from server.web.words import day

NOTES: Final = (
    ("A row", "One response that stands. The rows are in no order that means anything."),
    ("Not in it", "Contact details, receipts, codes of paper or homes, and equality answers, which belong to nobody."),
    ("An empty cell", "The question was left blank, or was not asked after an earlier answer."),
    ("Ticks", "1 where the choice was chosen, 0 where the question was answered without it."),
    ("CSV", "Words that begin like a formula or with an apostrophe have one apostrophe more in front: take it away."),
    ("Take care", "A few facts together can tell who somebody is. Pass rows on only with an agreement to do so."),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which campaign, as which kind of file (`.csv`), with what beside the answers."""

    campaign_id: int
    suffix: str
    what: frozenset[What]


def export(store: Store, asked: Asked, out: BinaryIO, *, today: date, by: Officer | None) -> bytes | None:
    """Write an export; give its data dictionary as CSV, None for a workbook, which holds it.

    Raises `NotFoundError` for no such campaign, `RefusedError` for more rows than the kind of file takes.
    """
    with store.reading() as session:
        campaign = campaign_of(session, asked.campaign_id)
        version = campaign.form_version
        worded = Worded(form_of(version), store.settings.who().details())
        columns = columns_of(worded, asked.what)
        about = _about(session, campaign, worded, today)
        exported = Exported(columns, worded.form.numbers, about, f"{campaign.name}, {today.isoformat()}")
        WRITERS[asked.suffix](out, _rows(session, campaign.id, columns), exported)
    _note(store, campaign, asked, by)
    dictionary = csv_bytes(DICTIONARY, dictionary_rows(columns, worded.form.numbers))
    return None if asked.suffix == ".xlsx" else dictionary


def _rows(session: Session, campaign_id: int, columns: Sequence[Column]) -> Iterator[list[Value]]:
    return (cells_of(kept, columns) for kept in kept_responses(session, campaign_id))


def _about(session: Session, campaign: Campaign, worded: Worded, today: date) -> tuple[tuple[str, Cell], ...]:
    facts: tuple[tuple[str, Cell], ...] = (
        ("Campaign", campaign.name),
        ("Form", f"{worded.say(worded.form.title)}, version {worded.form.version_name}"),
        ("Ran", f"{day(campaign.opens_on)} to {day(campaign.closes_on)}"),
        ("Responses", responses_of(session, campaign.id)),
        ("Written on", today),
    )
    notice = (("Notice", worded.say(worded.form.notice)),) if worded.form.notice else ()
    return (*facts, *notice, *NOTES)


def _note(store: Store, campaign: Campaign, asked: Asked, by: Officer | None) -> None:
    detail: Detail = {"file": asked.suffix.removeprefix("."), **{one.value: one in asked.what for one in What}}
    with store.writing() as session:
        subject = f"campaign {campaign.uid}"
        note(store, session, "answers exported", subject, by=by.uid if by else None, detail=detail)


def export_as_download(store: Store, asked: Asked, *, today: date, by: Officer | None) -> tuple[str, bytes]:
    """Give a download's name and content: a workbook, or a zip of any other file and its data dictionary."""
    stem = f"campaign-{asked.campaign_id}-{today.isoformat()}"
    out = BytesIO()
    dictionary = export(store, asked, out, today=today, by=by)
    if dictionary is None:
        return f"{stem}{asked.suffix}", out.getvalue()
    zipped = BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(f"{stem}{asked.suffix}", out.getvalue())
        parts.writestr(f"{stem}-columns.csv", dictionary)
    return f"{stem}.zip", zipped.getvalue()


def dictionary_path(path: Path) -> Path:
    """Give where the data dictionary of a file stands: beside it."""
    return path.with_name(f"{path.stem}-columns.csv")
