"""`python -m tests.demo.pictures` takes the guides' pictures anew, off the site that `make demo` made."""

import io
import sys
from collections.abc import Callable
from typing import Final

import click
from PIL import Image
from playwright.sync_api import Page

from server.guides.reading import PICTURES
from server.sittings.full_size import address as kiosk_address
from tests.demo.__main__ import FOLDER
from tests.demo.browser import DemoError
from tests.demo.site import Site, free_port, held
from tests.demo.workspace import ADMINISTRATOR, PASSWORD, Made
from tests.journeys.browser import chromium

WINDOW: Final = (1280, 800)
KIOSK_WINDOW: Final = (1024, 768)
COLOURS: Final = 128
"""Enough for flat pages and grey paper; a third of the bytes of a full picture."""

WAIT_MS: Final = 700
"""Until fonts and pictures of paper are drawn."""


def page_of(address: str) -> Callable[[Page, Site], None]:
    """Give how to come to a page that has an address of its own."""
    return lambda page, site: _go(page, f"{site.address}{address}")


def newest_batch(page: Page, site: Site) -> None:
    """Come to a batch with doubts."""
    _go(page, f"{site.address}/batches/")
    page.locator("tbody tr", has_text="open").first.locator("a").first.click()


def doubt(page: Page, site: Site) -> None:
    """Come to the first doubt."""
    _go(page, f"{site.address}/review/")
    page.get_by_role("button", name="Start with all batches").click()


def a_form(page: Page, site: Site) -> None:
    """Come to a form as a screen asks it."""
    _go(page, f"{site.address}/forms/")
    page.locator("main a[href*='/forms/poll/']").first.click()


OFFICERS: Final = {
    "today": page_of("/"),
    "batch": newest_batch,
    "review": doubt,
    "figures": page_of("/figures/"),
    "form": a_form,
}
"""The officers' pictures, and how to come to what they show."""


def _go(page: Page, address: str) -> None:
    page.goto(address)


def take(page: Page, name: str) -> None:
    """Keep what is on the screen as one of the guides' pictures."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(WAIT_MS)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    PICTURES.mkdir(exist_ok=True)
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def main() -> int:
    """Take all pictures; give the exit code."""
    made = Made.read(FOLDER)
    if made is None:
        raise DemoError("There is no demo yet. Make it with: make demo")
    with held(FOLDER, free_port()) as site, chromium() as browser:
        page = browser.new_page(viewport={"width": WINDOW[0], "height": WINDOW[1]})
        page.goto(f"{site.address}/sign-in")
        page.fill("#username", ADMINISTRATOR)
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url(f"{site.address}/")
        for name, come in OFFICERS.items():
            come(page, site)
            take(page, name)
        page.set_viewport_size({"width": KIOSK_WINDOW[0], "height": KIOSK_WINDOW[1]})
        page.goto(kiosk_address(site.port, made.kiosk_key))
        page.wait_for_selector("form.kind-start")
        take(page, "kiosk")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DemoError as error:
        click.echo(f"pictures: {error}", err=True)
        sys.exit(1)
