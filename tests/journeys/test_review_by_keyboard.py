"""Doubts settled by keyboard alone, and the pages of review as everybody can use them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from scanning.writing.drafts import By, Draft
from server.models.intake import Reading, ReturnState
from server.models.officers import Role
from server.returns.drafts import kept
from server.store import Store
from tests.journeys.browser import findings, scrolls_sideways, without_visible_focus
from tests.server.returns_made import a_batch, came, printings_known, sure
from tests.server.returns_made import page as paper
from tests.server.review.conftest import BLANK, FAINT, Desk, a_desk, said

__all__ = ["printings_known"]

UNSEEN_MS = 260
"""A key that comes sooner after a new picture was meant for the last one."""


@pytest.fixture
def desk(store: Store, printings_known: None) -> Desk:
    del printings_known
    desk = a_desk(store)
    code = desk.town.codes[1]
    came(store, a_batch(store), [paper(1, code, {"repair_done": "no"}, faint=FAINT), sure(2, code)], name="b.pdf")
    return desk


@pytest.fixture
def officer(desk: Desk, signed_in: Callable[[Role], Page]) -> Page:
    del desk
    page = signed_in(Role.OFFICER)
    page.set_viewport_size({"width": 1024, "height": 768})
    return page


def press(page: Page, key: str) -> None:
    """Press a key once a person can have seen what there is, and wait for what comes of it."""
    page.wait_for_timeout(UNSEEN_MS)
    page.keyboard.press(key)
    page.wait_for_selector(".htmx-request, .htmx-swapping, .htmx-settling", state="detached")


def go(page: Page, key: str) -> None:
    """Press a key that loads another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def title(page: Page) -> str:
    return str(page.title()).removesuffix(" · Sayso")


def faults(page: Page) -> Iterator[str]:
    yield from findings(page)
    yield from ["it scrolls sideways"] if scrolls_sideways(page) else []
    yield from without_visible_focus(page)


def begin(page: Page, site: str) -> None:
    page.goto(f"{site}/review/")
    page.locator("text=Start with all batches").focus()
    go(page, "Enter")


def test_all_doubts_are_settled_by_keyboard_alone(officer: Page, site: str, desk: Desk) -> None:
    asked: list[str] = []
    officer.on("request", lambda request: asked.append(request.url.removeprefix(site)))
    begin(officer, site)
    officer.evaluate("window.isTheSame = true")
    assert officer.evaluate("document.activeElement.id") == "written"
    officer.keyboard.type("The lift is slow. 1, 2, B!")
    press(officer, "Control+Enter")
    assert officer.evaluate("window.isTheSame"), "the next doubt comes without the page being loaded again"
    picture = f"/review/answers/{desk.doubts('overall')[0].reading_id}.jpg"
    assert asked.count(picture) == 1, "its picture was fetched while the last one was looked at, and only then"
    assert title(officer) == "Question 1"
    press(officer, "l")
    press(officer, "1")
    press(officer, "m")
    assert "All is settled" in officer.inner_text("main")
    assert desk.returned().state == ReturnState.COMPLETE
    kept = [(one.decided, one.noted) for one in desk.corrections()]
    assert kept == [
        ({"as": "answer", "value": "The lift is slow. 1, 2, B!"}, []),
        ({"as": "answer", "value": "very_satisfied"}, ["see_letter"]),
        ({"as": "several"}, []),
    ]


def test_a_key_shown_is_a_key_that_works(officer: Page, site: str, desk: Desk) -> None:
    with desk.store.writing() as session:
        reading = session.get_one(Reading, desk.doubts("comment")[0].reading_id)
        reading.drafts = kept([Draft("comment", By.HAND, "The lift is slaw")])
    begin(officer, site)
    keys = officer.locator(".answers kbd")
    assert all(key.is_visible() for key in keys.all()), "the field has not taken the cursor, which would swallow them"
    press(officer, "t")
    assert [key.inner_text() for key in keys.all() if key.is_visible()] == ["Ctrl Enter"]
    assert officer.get_by_text("Esc: other keys").is_visible()
    press(officer, "Escape")
    press(officer, "d")
    assert officer.input_value("#written") == "The lift is slaw"
    officer.keyboard.type(" indeed")
    press(officer, "Control+Enter")
    assert [one.decided for one in desk.corrections()] == [{"as": "answer", "value": "The lift is slaw indeed"}]


def test_a_key_that_comes_before_the_picture_can_be_seen_decides_nothing(officer: Page, site: str, desk: Desk) -> None:
    begin(officer, site)
    press(officer, "Escape")
    officer.evaluate(
        """document.addEventListener('htmx:afterSettle', () => {
          document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '1', bubbles: true})); window.isPressed = true;
        }, {once: true})"""
    )
    press(officer, "b")
    assert officer.evaluate("window.isPressed")
    press(officer, "l")
    assert len(desk.corrections()) == 1


def test_undo_later_page_and_help_have_their_keys(officer: Page, site: str, desk: Desk) -> None:
    begin(officer, site)
    press(officer, "Escape")
    press(officer, "x")
    first = officer.url
    press(officer, "n")
    assert officer.url != first
    officer.wait_for_timeout(UNSEEN_MS)
    go(officer, "p")
    assert "page of question 1" in officer.inner_text("h1")
    officer.wait_for_timeout(UNSEEN_MS)
    go(officer, "p")
    press(officer, "?")
    assert officer.locator("dl.facts").is_visible()
    press(officer, "u")
    assert title(officer) == "Question 16"
    assert desk.corrections()[0].undone_at is not None


def test_no_page_of_review_shuts_anybody_out(officer: Page, site: str, desk: Desk) -> None:
    overall, comment = desk.doubts("overall")[0].id, desk.doubt("comment")
    desk.decide(desk.doubts("overall")[1].id, said("neither"), desk.anna)
    wrong: list[str] = []
    for address in (f"/review/{overall}", f"/review/{comment}", f"/review/{overall}/page"):
        officer.goto(f"{site}{address}")
        wrong += [f"{address}: {fault}" for fault in faults(officer)]
    officer.goto(f"{site}/review/{comment}")
    officer.locator("text=Save").first.click()
    officer.wait_for_selector(".mistake")
    assert officer.evaluate("document.activeElement.id") == "written"
    wrong += [f"refused: {fault}" for fault in findings(officer)]
    officer.goto(f"{site}/review/{overall}")
    desk.decide(overall, BLANK, desk.ben)
    press(officer, "2")
    assert "two answers" in officer.inner_text("h1")
    wrong += [f"clash: {fault}" for fault in faults(officer)]
    press(officer, "2")
    assert desk.corrections()[-1].decided["value"] == "fairly_satisfied"
    assert not wrong, "\n".join(wrong)
