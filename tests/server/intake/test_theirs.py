"""Somebody else's form, adopted, printed by others, filled in, worn: from the files that came to what they answer."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms.kinds.one_choice import OneChoice
from scanning.foreign import ForeignPage
from scanning.foreign.templates import drawn
from scanning.foreign.unmarked import unmarked_template_of
from scanning.readings import Refusal
from server.adopting.drafts import Drafts
from server.adopting.keeping import keep_as_form
from server.catalogue.versions import form_of
from server.intake.batches import NewBatch, begin
from server.intake.reading import Reading as Worker
from server.intake.receiving import Coming, receive
from server.models.form_versions import FormVersion, PrintedForm
from server.models.intake import Arrival, CameBy, Crop, Page, PageState, Reading, Return
from server.models.review import Doubt
from server.queries.theirs import UNMARKED
from server.returns import pictures
from server.store import Store
from tests.bench.foreign import filled_in
from tests.paper.wear import WEARS
from tests.scanning.foreign.theirs import ROWS, their_pdf
from tests.server.conftest import made_store
from tests.server.filling import new_campaign
from tests.server.returns_made import RECEIVED

PX_PER_MM = 300 / 25.4
PAPER = their_pdf(0, ROWS[:2], 2)
HAND = 12
"""Whose pen it is: both pages of one person."""


@dataclass
class Came:
    """A store into which their paper came, and what was answered on it."""

    store: Store
    answers: dict[str, str | None]


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Came]:
    """Give a store with their form of two pages, adopted and asked; both pages came, and one of another form."""
    store = made_store(tmp_path_factory.mktemp("theirs") / "data", None)
    drafts = Drafts(store.folder)
    keep_as_form(store, drafts, drafts.begin(PAPER, "Their form"), by="nobody")
    with store.reading() as session:
        form = form_of(session.scalars(select(FormVersion)).one())
    batch = begin(store, NewBatch("Post", CameBy.UPLOAD, RECEIVED, new_campaign(store, "Theirs", form).id), by=None)
    scans, answers = _scans(store)
    for name, content in (*scans, ("other.jpg", _stranger()), ("scan 1 again.jpg", scans[0][1])):
        receive(store, lambda _: batch, Coming(name, CameBy.UPLOAD, name, partial(io.BytesIO, content)))
    Worker(store, 1, lambda: False).read_waiting()
    yield Came(store, answers)
    store.close()


def _scans(store: Store) -> tuple[list[tuple[str, bytes]], dict[str, str | None]]:
    """Give both pages as somebody filled them in, who was sent their paper without marks; and what they answered."""
    with store.reading() as session:
        row = session.scalars(select(PrintedForm).where(PrintedForm.edition == UNMARKED)).one()
    template = unmarked_template_of(store.files.read(row.pdf_sha256))
    assert template is not None
    scans: list[tuple[str, bytes]] = []
    said: dict[str, str | None] = {}
    wears = ("rotated-3", "letter-fold")
    for page, image, wear in zip(template.pages, drawn(PAPER, PX_PER_MM), wears, strict=True):
        assert isinstance(page, ForeignPage)
        filled, answers = filled_in(page, image, HAND)
        said |= answers
        scans.append((f"scan {page.number}.jpg", WEARS[wear](filled, np.random.default_rng(page.number)).encoded()))
    return scans, said


def _stranger() -> bytes:
    """Give a page of another form of theirs: the same boxes between other words."""
    return cv2.imencode(".jpg", drawn(their_pdf(5, ROWS[:2], 1), PX_PER_MM)[0])[1].tobytes()


def _rows(session: Session) -> dict[str, Reading]:
    return {row.question: row for row in session.scalars(select(Reading))}


def test_pages_in_two_files_are_one_return_of_the_campaign_without_a_code(came: Came) -> None:
    with came.store.reading() as session:
        one = session.scalars(select(Return)).one()
        assert ([page.form_page for page in one.pages], one.copy_id, one.pages_missing) == ([1, 2], None, [])
        assert one.campaign_id is not None
        assert one.problem is None


def test_answers_have_the_names_of_the_adopted_form_and_none_is_wrong(came: Came) -> None:
    with came.store.reading() as session:
        form = form_of(session.scalars(select(FormVersion)).one())
        rows = _rows(session)
        asked = [one for one in form.questions if isinstance(one, OneChoice)]
        sure = {one.id: rows[one.id].answer for one in asked if rows[one.id].reason is None}
    assert len(sure) >= len(asked) - 1
    assert sure == {name: came.answers[name] for name in sure}


def test_what_is_doubted_or_written_waits_in_the_review_with_its_picture(came: Came) -> None:
    with came.store.reading() as session:
        doubted = session.scalars(select(Doubt.reading_id)).all()
        written = session.scalars(select(Reading.id).where(Reading.reason.is_not(None))).all()
        pictured = session.scalars(select(Crop.reading_id)).all()
    assert set(written) <= set(doubted) <= set(pictured)
    assert doubted


def test_a_page_of_another_form_is_set_aside_and_the_same_bytes_are_a_repeat(came: Came) -> None:
    with came.store.reading() as session:
        [aside] = session.scalars(select(Page).where(Page.state == PageState.SET_ASIDE))
        repeats = session.scalars(select(Arrival.name).where(Arrival.is_repeat)).all()
        total = session.scalar(select(func.count()).select_from(Page))
    assert (aside.refusal, aside.preview_sha256 is not None) == (Refusal.NOTHING_FOUND, True)
    assert (repeats, total) == (["scan 1 again.jpg"], 3)


def test_its_pictures_can_be_made_later(came: Came) -> None:
    with came.store.reading() as session:
        page = session.scalars(select(Page).where(Page.form_page == 1)).one()
    assert pictures.make(came.store, page.id)
    with came.store.reading() as session:
        assert session.get_one(Page, page.id).preview_sha256 is not None
