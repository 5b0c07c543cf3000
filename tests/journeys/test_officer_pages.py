"""Every page of the officers' side: nobody is shut out, nothing is loaded from elsewhere, nothing scrolls sideways."""

import sys
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, Request

from server.models.officers import Role
from server.store import Store
from tests.bench.full_rows import Size
from tests.bench.full_store import fill
from tests.bench.visiting import pages
from tests.journeys.browser import findings, focus_unseen, scrolls_sideways, without_visible_focus

NO_PAGES = (
    "collected.refused",
    "households.imports.example",
    "households.imports.oddities",
    "review.pictures.answer",
    "runs.index",
    "runs.state",
    "speech.sound",
)
"""Answered with a file, or with a part of a page."""

FEW = Size(answers=1_000, households=300, copies=800, events=300, pages=400)
"""Enough for lists of several pages."""


@pytest.fixture
def full(store: Store) -> None:
    fill(store, FEW)


def faults(page: Page, *, by_keys: bool = True) -> Iterator[str]:
    """Give what is wrong with a page as it stands in the browser, gone through key by key or all at once."""
    yield from findings(page)
    if scrolls_sideways(page):
        yield "it scrolls sideways"
    if page.locator("h1").count() != 1:
        yield "it has not one h1"
    if not page.title().removesuffix(" · Sayso").strip():
        yield "it has no title"
    lacking = without_visible_focus(page) if by_keys else focus_unseen(page)
    yield from (f"the focus does not show, or does not come: {one}" for one in lacking)


@pytest.fixture
def short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have long lists shown by so few rows that axe-core is soon through them: the fiftieth is like the first."""
    queries = [module for name, module in sys.modules.items() if name.startswith("server.queries.")]
    for module in queries:
        if hasattr(module, "PAGE_ROWS"):
            monkeypatch.setattr(module, "PAGE_ROWS", 8)


@pytest.mark.usefixtures("full", "short_lists")
def test_no_page_shuts_anybody_out(app: Flask, store: Store, site: str, signed_in: Callable[[Role], Page]) -> None:
    page = signed_in(Role.ADMINISTRATOR)
    page.set_viewport_size({"width": 1024, "height": 768})
    outside: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith(site):
            outside.append(request.url)

    page.on("request", watch)
    wrong, seen = [], 0
    for one in pages(app, store):
        if one.sent is not None or not one.endpoint or one.endpoint in NO_PAGES:  # without one: a page seen already
            continue
        answer = page.goto(f"{site}{one.address}")
        assert answer is not None
        assert answer.status in (200, 204), one.address
        if answer.status == 200:
            wrong += [f"{one.address}: {fault}" for fault in faults(page, by_keys=seen == 0)]
            seen += 1
    assert seen > 30
    assert not wrong, "\n".join(wrong)
    assert not outside


def test_what_hides_its_focus_or_is_left_out_by_tab_is_found(page: Page) -> None:
    page.set_content(
        "<main><style>:focus { outline: 3px solid } .bare { outline: none }</style><a href=/>One</a>"
        "<button class=bare>Two</button><button tabindex=-1>Three</button><button>Four</button></main>"
    )
    assert [one.split(">")[1].split("<")[0] for one in focus_unseen(page)] == ["Two", "Three"]


def test_the_pages_of_an_empty_store_say_what_to_do_next(
    app: Flask, site: str, signed_in: Callable[[Role], Page]
) -> None:
    page = signed_in(Role.ADMINISTRATOR)
    wrong = []
    for address in ("/", "/campaigns/", "/households/", "/print/", "/review/", "/settings/", "/people/"):
        page.goto(f"{site}{address}")
        wrong += [f"{address}: {fault}" for fault in faults(page)]
        assert page.locator("main a, main button").count() > 0, address
    assert not wrong
    del app


def test_a_campaign_is_made_and_found_by_keyboard_alone(site: str, signed_in: Callable[[Role], Page]) -> None:
    page = signed_in(Role.MANAGER)
    page.goto(f"{site}/campaigns/new")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    while page.evaluate("document.activeElement.name") != "name":
        page.keyboard.press("Tab")
    page.keyboard.type("Bins in spring")
    page.keyboard.press("Enter")
    page.wait_for_selector("#mistakes")
    assert page.evaluate("document.activeElement.id") == "mistakes"  # what is missing is read out first
    assert page.locator("#name").input_value() == "Bins in spring"
