"""A browser for all journeys, and the site held for each."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from server.accounts import officers
from server.models.officers import Role
from server.store import Store
from tests.journeys.browser import chromium, held
from tests.server.conftest import PASSWORD, app, quick_passwords, store

__all__ = ["app", "quick_passwords", "store"]


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    with held(app) as address:
        yield address


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    """Give an empty page, 1280 px wide."""
    context = chrome.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def signed_in(page: Page, site: str, store: Store) -> Callable[[Role], Page]:
    """Give a page on which somebody of a role has signed in."""

    def sign_in(role: Role) -> Page:
        officers.add(store, role.value, role.value.title(), role, PASSWORD, by=None)
        page.goto(f"{site}/sign-in")
        page.fill("#username", role.value)
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url(f"{site}/")
        return page

    return sign_in
