"""The corners of a page put by mouse and by keys in a real browser, and a paper keyed in by digits."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page as Shown
from sqlalchemy import select

from scanning.readings import Refusal, SetAside
from server.aside import naming
from server.aside.naming import Named
from server.models.intake import Page
from server.models.officers import Role
from server.models.responses import Answer
from server.store import Store
from tests.journeys.browser import findings, scrolls_sideways
from tests.server.keying.conftest import placed
from tests.server.pages_made import set_aside
from tests.server.returns_made import a_batch, a_town, came, printings_known

__all__ = ["printings_known"]


@pytest.fixture
def given(store: Store, printings_known: None, monkeypatch: pytest.MonkeyPatch) -> list[Named]:
    """Have a page set aside with a picture of 200 by 300 px; give what the reader is told of it."""
    del printings_known
    told = list[Named]()

    def name_page(_: object, __: int, named: Named, **___: object) -> SetAside:
        told.append(named)
        return SetAside(Refusal.NOTHING_FOUND, "It lies elsewhere.")

    monkeypatch.setattr(naming, "name_page", name_page)
    monkeypatch.setattr("server.keying.sheets.pages_of_questions", placed)
    a_town(store)
    came(store, a_batch(store), [set_aside()], name="monday.pdf")
    content = BytesIO()
    Image.new("L", (200, 300), 230).save(content, "JPEG")
    with store.writing() as session:
        session.get_one(Page, 1).preview_sha256 = store.files.add(content.getvalue())
    return told


def test_corners_are_put_by_mouse_and_by_keys(
    given: list[Named], site: str, signed_in: Callable[[Role], Shown]
) -> None:
    page = signed_in(Role.OFFICER)
    page.goto(f"{site}/needs-you/pages/1")
    page.click("#corners summary")
    assert page.is_checked("[name=where][value=corners]")
    page.locator(".handle").nth(0).focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    handle = page.locator(".handle").nth(2)
    handle.scroll_into_view_if_needed()
    sheet = page.locator("svg.sheet image").bounding_box()
    spot = handle.locator("circle").nth(1).bounding_box()
    assert sheet
    assert spot
    x, y = spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - sheet["width"] / 10, y - sheet["height"] / 5, steps=3)
    page.mouse.up()
    assert not findings(page)
    assert not scrolls_sideways(page)
    page.fill("#number", "2")
    page.click("text=Read it as this page")
    page.wait_for_selector("#mistakes")
    assert "It lies elsewhere." in page.inner_text("#mistakes")
    corners = given[0].hint.corners
    assert corners
    assert corners[0] == pytest.approx((0.05, 0.031))
    assert corners[2] == pytest.approx((0.87, 0.77), abs=0.006)
    assert float(page.input_value("#x3")) == pytest.approx(87, abs=0.6), "what was put is still there"


@pytest.mark.usefixtures("given")
def test_a_paper_is_keyed_in_by_digits_beside_its_picture(
    store: Store, site: str, signed_in: Callable[[Role], Shown]
) -> None:
    page = signed_in(Role.OFFICER)
    page.goto(f"{site}/key-in/?page=1")
    assert not findings(page)
    page.focus("[id='q.overall'] input")
    page.keyboard.press("2")
    page.keyboard.press("1")
    page.click("text=Save it")
    page.wait_for_url(f"{site}/needs-you/")
    with store.reading() as session:
        said = dict(session.execute(select(Answer.question, Answer.option).order_by(Answer.question)).all())
    assert len(said) == 2
    assert said["overall"] == "fairly_satisfied"
