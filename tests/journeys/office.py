"""What an officer does on the site, in a browser: homes in, a form, a campaign, paper out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from playwright.sync_api import Browser, Page, expect

from server.accounts import officers
from server.intake.working import work
from server.models.officers import Role
from server.runs import worker
from server.store import Store
from server.web.words import today
from tests.server.conftest import PASSWORD

LOOKS_MAX = 360
PRINTED_MS = 90_000


@contextmanager
def workers(store: Store) -> Iterator[None]:
    """Have print runs made and scans read meanwhile, as `sayso serve` does."""
    ended = Event()
    reader = Thread(target=work, args=(store, ended), kwargs={"jobs": 1})
    with worker.working(store):
        reader.start()
        try:
            yield
        finally:
            ended.set()
            reader.join()


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def somebody(chrome: Browser, store: Store, site: str, name: str, role: Role) -> Page:
    """Give the page of an officer who has signed in with a browser of their own."""
    officers.add(store, name, name.title(), role, PASSWORD, by=None)
    page = chrome.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{site}/sign-in")
    page.fill("#username", name)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(f"{site}/")
    return page


def bring_in_households(page: Page, site: str, folder: Path, homes: int) -> None:
    """Import a list of so many homes."""
    path = folder / "homes.csv"
    rows = [f"10{number},Tenant {number},{number} Mill Lane,NF1 1AA,North,Secure" for number in range(homes)]
    path.write_text("\n".join(["UPRN,Tenant name,Address,Postcode,Area,Tenure", *rows]))
    page.goto(f"{site}/households/import")
    page.set_input_files("#file", path)
    press(page, "Go on to the columns")
    press(page, "Import")
    expect(page.locator("h1")).not_to_have_text("What does each column hold?")


def put_in_form(page: Page, site: str, path: Path) -> str:
    """Put in a form that the officer wrote; give what a campaign knows it by."""
    page.goto(f"{site}/forms/new")
    page.set_input_files("#file", path)
    press(page, "Check and keep it")
    page.wait_for_url(f"{site}/forms/*/*")
    return page.url.removeprefix(f"{site}/forms/")


def open_a_campaign(
    page: Page, site: str, form: str, name: str, channels: Sequence[str] = ("paper",), *, invited: bool
) -> int:
    """Make a campaign of one day, at all sites, and open it; give its number."""
    page.goto(f"{site}/campaigns/new?form={form}")
    page.fill("#name", name)
    for which in ("opens_on", "closes_on"):
        for part in ("day", "month", "year"):
            page.fill(f"[name={which}_{part}]", str(getattr(today(), part)))
    for channel in channels:
        page.check(f"[name=channels][value={channel}]")
    for box in page.locator("[name=sites]").all():
        box.check()
    page.check(f"[name=audience][value={'invited' if invited else 'anyone'}]")
    page.check("[name=sampling][value=census]")
    press(page, "Make the draft")
    page.wait_for_url(f"{site}/campaigns/*")
    number = int(page.url.rpartition("/")[2])
    if invited:
        page.goto(f"{site}/campaigns/{number}/households/")
        page.check("[name=how][value=census]")
        press(page, "Invite them")
    page.goto(f"{site}/campaigns/{number}/open")
    press(page, "Open the campaign")
    return number


def print_copies(page: Page, site: str, campaign: int, kind: str = "households", copies: int = 0) -> None:
    """Ask for a run of a campaign, and wait until it is made."""
    page.goto(f"{site}/print/")
    page.select_option("#campaign", str(campaign))
    page.check(f"[name=kind][value={kind}]")
    press(page, "Go on")
    if copies:
        page.fill("#copies", str(copies))
    else:
        page.fill("#letter", "")
    press(page, "Make the run")
    expect(page.locator("a[href$='run.pdf']")).to_be_visible(timeout=PRINTED_MS)


def wait_until_read(page: Page, site: str) -> None:
    """Wait until the scans are taken in and read, by looking again and again as an officer would."""
    for _ in range(LOOKS_MAX):
        page.goto(f"{site}/batches/1")
        if page.get_by_text("All pages read after").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("the scans are not read")


def say_when_it_came(page: Page, site: str) -> None:
    """Say of the first batch that its paper came today."""
    page.goto(f"{site}/batches/1")
    for part in ("day", "month", "year"):
        page.fill(f"[name=received_on_{part}]", str(getattr(today(), part)))
    press(page, "Keep")
