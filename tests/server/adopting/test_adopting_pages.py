"""The pages on which somebody else's form is made one of ours."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from shutil import copytree
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from forms.sandbox import Limits
from scanning.foreign.stamped import stamped_template_of
from server.adopting import keeping
from server.adopting.drafts import DRAFT, STALE, Drafts
from server.catalogue.shelf import find
from server.errors import RefusedError
from server.models.form_versions import PrintedForm
from server.models.officers import Role
from server.retention.janitor import swept
from server.returns.known import printings
from server.store import Store
from tests.scanning.foreign.theirs import Row, their_pdf
from tests.server.conftest import Browser

SignIn = Callable[[Role], Browser]

BEYOND = {"act": "add", "x": "190", "y": "250", "w": "60", "h": "8"}
"""A box that leaves its page of 210 mm."""

SMALL = (Row("colour"), Row("extras", radio=False, boxes=2))


def words(answer: Any) -> str:
    text: str = answer.get_data(as_text=True)
    return text


@pytest.fixture
def manager(as_role: SignIn) -> Browser:
    return as_role(Role.MANAGER)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a draft, made once: that takes three child processes."""
    drafts = Drafts(tmp_path_factory.mktemp("made"))
    return drafts.folder / drafts.begin(their_pdf(0, SMALL), "Their form")


@pytest.fixture
def draft(store: Store, made: Path) -> str:
    """Give the uid of a draft."""
    copytree(made, Drafts(store.folder).folder / made.name)
    return made.name


def _sent(store: Store, uid: str, act: str, **more: Any) -> dict[str, object]:
    waiting = Drafts(store.folder).one(uid)
    asked = waiting.draft.definition["sections"][0]["questions"][more.pop("number", 0)]
    content = {
        "act": act,
        "change": waiting.change,
        "question": asked["id"],
        "kind": asked["kind"],
        "ask": asked["ask"],
    }
    return content | more


def _questions(store: Store, uid: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Drafts(store.folder).one(uid).draft.definition["sections"][0]["questions"]
    return found


def test_a_file_that_is_sent_becomes_a_draft(manager: Browser, store: Store) -> None:
    answer = manager.post("/forms/adopt/", {"file": (BytesIO(their_pdf(0, SMALL)), "Their form.pdf")})
    [waiting] = Drafts(store.folder).all()
    assert answer.headers["Location"] == f"/forms/adopt/{waiting.uid}/1"
    assert waiting.draft.definition["form"] == "their-form"
    assert not waiting.is_found


def test_a_draft_stands_beside_its_page(manager: Browser, draft: str) -> None:
    page = words(manager.get(f"/forms/adopt/{draft}/1"))
    assert len(re.findall("<rect ", page)) == 6
    assert page.count("One of several answers") >= 1
    picture = manager.get(f"/forms/adopt/{draft}/1.png")
    assert picture.get_data().startswith(b"\x89PNG")
    assert manager.get(f"/forms/adopt/{draft}/2").status_code == 404
    assert draft in words(manager.get("/forms/adopt/"))


def test_each_correction_is_kept(manager: Browser, store: Store, draft: str) -> None:
    address = f"/forms/adopt/{draft}/1"
    box = 1
    manager.post(
        address, _sent(store, draft, "save", ask="Which colour?", kind="several_choices", **{f"words-{box}": "Blue"})
    )
    first = _questions(store, draft)[0]
    assert (first["ask"], first["kind"]) == ("Which colour?", "several_choices")
    assert "Blue" in first["choices"].values()
    count = len(_questions(store, draft))
    manager.post(address, _sent(store, draft, "split:1"))
    assert len(_questions(store, draft)) == count + 1
    manager.post(address, _sent(store, draft, "merge"))
    assert len(_questions(store, draft)) == count
    manager.post(address, _sent(store, draft, "place:0", **{"x-0": "30", "y-0": "40,5", "w-0": "5", "h-0": "5"}))
    placed = Drafts(store.folder).one(draft).draft.binding.fields[0].box_mm
    assert placed is not None
    assert (placed.x, placed.y) == (30, 40.5)
    manager.post(address, _sent(store, draft, "add", x="20", y="250", w="60", h="8", ticked="write"))
    assert _questions(store, draft)[-1]["kind"] == "short_text"
    asked = [one["id"] for one in _questions(store, draft)]
    manager.post(address, _sent(store, draft, "drop", number=len(asked) - 1))
    assert [one["id"] for one in _questions(store, draft)] == asked[:-1]


def test_a_correction_that_cannot_be_changes_nothing_and_says_why(manager: Browser, store: Store, draft: str) -> None:
    address = f"/forms/adopt/{draft}/1"
    before = _questions(store, draft)
    for wrong in ({"kind": "comment"}, {"act": "explode"}, {"act": "place:0", "x-0": "left"}, {"change": 7}, BEYOND):
        answer = manager.post(address, _sent(store, draft, "save") | wrong)
        assert answer.status_code == 422
        assert "There is a problem" in words(answer)
    assert manager.post(f"/forms/adopt/{draft}/9", _sent(store, draft, "add")).status_code == 404
    assert _questions(store, draft) == before


def test_what_is_kept_is_a_form_whose_paper_is_read(manager: Browser, store: Store, draft: str) -> None:
    answer = manager.post(f"/forms/adopt/{draft}/keep")
    assert answer.status_code == 302
    assert Drafts(store.folder).all() == []
    with store.reading() as session:
        row, bare = session.scalars(select(PrintedForm).order_by(PrintedForm.id))
        version = row.form_version
        asked = find(session, version.name, version.content_sha256).form.questions
        known = printings(session, store.files)
    assert [(row.edition, bare.edition), list(known)] == [("theirs", "unmarked"), [row.name, bare.name]]
    assert {one.printed.to_fill for one in known.values()} == {frozenset({1})}
    page = words(manager.get(f"/forms/{version.name}/{version.content_sha256}/paper"))
    address = f"/forms/adopt/{version.name}/{version.content_sha256}/theirs.pdf"
    assert address in page
    template = stamped_template_of(manager.get(address).get_data())
    assert template is not None
    assert template.printing == row.name
    assert {one.id for one in template.form.questions} == {one.id for one in asked}


def test_a_paper_that_a_reader_could_not_load_is_not_kept(
    manager: Browser, store: Store, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LOADING", Limits(memory_mb=50, cpu_s=5, wall_s=10))
    answer = manager.post(f"/forms/adopt/{draft}/keep")
    with store.reading() as session:
        assert session.scalars(select(PrintedForm)).all() == []
    shown = words(manager.get(answer.headers["Location"]))
    assert shown.count("a reader could not draw it") == 2


def test_a_draft_with_a_mistake_says_what_to_mend(manager: Browser, store: Store, draft: str) -> None:
    manager.post(f"/forms/adopt/{draft}/1", _sent(store, draft, "title", title="Theirs", name="Not A Name"))
    answer = manager.post(f"/forms/adopt/{draft}/keep")
    assert answer.status_code == 422
    assert "form:" in words(answer)
    assert Drafts(store.folder).all() != []


def test_a_file_that_is_no_form_is_refused(manager: Browser, store: Store) -> None:
    for content in (b"words", b""):
        answer = manager.post("/forms/adopt/", {"file": (BytesIO(content), "x.pdf")})
        assert answer.status_code == 422
        assert "mistake" in words(answer)
    assert manager.post("/forms/adopt/", {}).status_code == 422
    assert Drafts(store.folder).all() == []


def test_a_draft_that_is_given_up_is_gone(manager: Browser, draft: str) -> None:
    assert manager.post(f"/forms/adopt/{draft}/give-up").status_code == 302
    assert manager.get(f"/forms/adopt/{draft}/1").status_code == 404
    assert manager.get("/forms/adopt/../../etc/1").status_code == 404


def test_of_two_changes_at_once_the_later_one_is_refused(store: Store, draft: str) -> None:
    drafts = Drafts(store.folder)
    seen = drafts.one(draft)
    refused: list[str] = []

    def later() -> None:
        try:
            drafts.change(draft, seen.draft, seen.change)
        except RefusedError as error:
            refused.append(str(error))

    with drafts._alone():
        thread = Thread(target=later)
        thread.start()
        thread.join(0.2)
        told = drafts.folder / draft / DRAFT
        told.write_text(told.read_text().replace(f'"change": {seen.change}', f'"change": {seen.change + 1}'))
    thread.join()
    assert refused == [STALE]


def test_what_a_crash_left_of_drafts_is_cleared_and_drafts_stay(store: Store, draft: str) -> None:
    drafts = Drafts(store.folder)
    drafts.change(draft, drafts.one(draft).draft, 0)
    left = [drafts.folder / ".half", drafts.folder / draft / f".{DRAFT}.0a"]
    left[0].mkdir()
    left[1].touch()
    swept(store)
    assert [one.exists() for one in left] == [True, True]
    swept(store, datetime.now(UTC) + timedelta(days=2))
    assert [one.exists() for one in left] == [False, False]
    assert [one.uid for one in drafts.all()] == [draft]
