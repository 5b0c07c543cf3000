"""Returned paper put into a store as rows, as if it had been scanned: the TSM form on two pages and one to tear off.

No PDF is laid out and no picture is read: a page is made of its boxes as the reader measures them. Whoever uses this
takes the fixture `printings_known`, so that nobody opens the PDF of the printing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from forms.definition import Form
from scanning.printings import Printed
from scanning.readers import PageResult
from scanning.readings import (
    PageReading,
    SetAside,
    State,
)
from scanning.writing.drafts import By, Draft, Unsure
from server.models.campaigns import Campaign, Channel
from server.models.copies import Copy, PrintRun, RunKind, RunState
from server.models.form_versions import PrintedForm
from server.models.intake import Batch, CameBy, FileState, ReceivedFile, Return
from server.returns import known
from server.returns.assembling import assemble
from server.returns.pages import READER, keep_page
from server.store import Store
from tests.server.filling import TSM, a_campaign, form_of
from tests.server.pages_made import PAGES, PRINTING, TORN_OFF, page, set_aside, sure

__all__ = ["PRINTING", "TORN_OFF", "page", "set_aside", "sure"]

RECEIVED: Final = date(2026, 11, 20)
CROP: Final = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e1d1a"
    "1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc0000b080001000101011100ffc40014000100000000000000"
    "000000000000000009ffc40014100100000000000000000000000000000000ffda0008010100003f0054bfffd9"
)
"""A JPEG of one px."""

_printed: Final[dict[Path, Printed]] = {}


@pytest.fixture
def printings_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the printings that are made here known without opening a PDF."""
    monkeypatch.setattr(known, "_printed", _printed.__getitem__)


@dataclass(frozen=True, slots=True)
class Town:
    """What paper is sent out for: a campaign, its printed form, and copies that were issued."""

    campaign: Campaign
    printed: PrintedForm
    codes: tuple[str, ...]


def printed(name: str = PRINTING, form: Form | None = None) -> Printed:
    """Give what the PDF of the printing would say of itself."""
    pages = frozenset(PAGES)
    return Printed(
        name, form or form_of(TSM), len(pages), to_fill=pages, torn_off=frozenset({TORN_OFF}), blank=frozenset()
    )


def a_town(store: Store, copies: int = 3, *, name: str = "Autumn", printing: str = PRINTING) -> Town:
    """Put a campaign with a printed form and issued copies into a store."""
    pdf = store.files.add(f"the PDF of {printing}".encode())
    _printed[store.files.path(pdf)] = printed(printing)
    codes = tuple(f"{printing[-4:]}-{number:04}" for number in range(1, copies + 1))
    with store.writing() as session:
        campaign = a_campaign(session, name)
        form = PrintedForm(
            form_version_id=campaign.form_version_id,
            name=printing,
            edition="clear",
            size="a4",
            language="en",
            pages=len(PAGES),
            pdf_sha256=pdf,
        )
        session.add(form)
        session.flush()
        run = PrintRun(
            campaign_id=campaign.id,
            printed_form_id=form.id,
            kind=RunKind.COPIES,
            edition="clear",
            size="a4",
            language="en",
            copies_wanted=copies,
            state=RunState.READY,
        )
        session.add(run)
        session.flush()
        for number, code in enumerate(codes, 1):
            session.add(Copy(code=code, campaign_id=campaign.id, print_run_id=run.id, number=number))
    return Town(campaign, form, codes)


def a_batch(
    store: Store, *, received_on: date | None = RECEIVED, campaign_id: int | None = None, name: str = ""
) -> Batch:
    """Put a batch of paper into a store."""
    with store.writing() as session:
        batch = Batch(
            channel=Channel.PAPER, came_by=CameBy.UPLOAD, received_on=received_on, campaign_id=campaign_id, name=name
        )
        session.add(batch)
        session.flush()
        return batch


def result(outcome: PageReading | SetAside, number: int = 1, crops: Sequence[str] = ()) -> PageResult:
    """Give what the readers would give for a page of a file; its doubted and written questions have pictures."""
    pictures = dict.fromkeys(crops, CROP)
    if isinstance(outcome, PageReading):
        seen = [*(doubt.question for doubt in outcome.doubts)]
        seen += [one.name for one in outcome.writings if one.state is not State.BLANK]
        pictures |= dict.fromkeys(filter(None, seen), CROP)
    return PageResult(Path("kept"), number - 1, (2480, 3508), outcome, pictures, None, None)


def came(
    store: Store,
    batch: Batch,
    outcomes: Sequence[PageReading | SetAside],
    *,
    name: str = "scan.pdf",
    beside: str = "",
) -> list[Return]:
    """Put a file with these pages into a batch, read to its end and put together; give the returns that it touched.

    `beside` is a question beside whose boxes somebody wrote.
    """
    sha = store.files.add(f"{batch.id} {name} {outcomes!r}".encode())
    with store.writing() as session:
        file = ReceivedFile(
            batch_id=batch.id, sha256=sha, kept_sha256=sha, name=name, size_bytes=1, state=FileState.READ
        )
        session.add(file)
        session.flush()
        printings = known.printings(session, store.files)
        for number, outcome in enumerate(outcomes, 1):
            keep_page(session, file, _read(outcome, number, beside), (number, 0), READER, printings, None)
        touched: dict[int, Return] = {}
        while some := assemble(store, session, file):
            touched |= {one.id: one for one in some}
        return list(touched.values())


def _read(outcome: PageReading | SetAside, number: int, beside: str) -> PageResult:
    if not (isinstance(outcome, PageReading) and beside in outcome.answers):
        return result(outcome, number)
    told = Draft(beside, By.HAND, "", unsure=Unsure.BESIDE_BOXES)
    return replace(result(outcome, number, crops=[beside]), drafts=(told,))
