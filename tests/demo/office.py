"""What an officer does in the site, each through the page that is there for it."""

import csv
import io
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any, Final

from server.models.campaigns import Audience, Channel, Sampling
from server.models.copies import RunKind
from server.models.officers import Role
from tests.demo.browser import Browser, DemoError, File

KEY: Final = re.compile(r"(?:[A-Z0-9]{4} ){7}[A-Z0-9]{4}")
GUESSED: Final = re.compile(r'<select id="(column-\d+)".*?</select>', re.DOTALL)
SELECTED: Final = re.compile(r'<option value="([^"]*)" selected')
VERSION: Final = re.compile(r'name="version" value="(\d+)"')
PRINTED_SECONDS: Final = 900.0


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign as it is to be: its name, form and days, and how it may be answered."""

    name: str
    form: str
    opens_on: date
    closes_on: date
    channels: Sequence[Channel]
    audience: Audience
    sites: Sequence[int] = ()
    shows_results: bool = False

    def fields(self, closes_on: date) -> Mapping[str, Any]:
        """Give what the page of a campaign sends, with that as its last day."""
        return {
            **day_fields("opens_on", self.opens_on),
            **day_fields("closes_on", closes_on),
            "name": self.name,
            "form": self.form,
            "channels": [channel.value for channel in self.channels],
            "sites": self.sites,
            "audience": self.audience.value,
            "sampling": Sampling.CENSUS.value,
            "at_kiosk": ["shows_results"] if self.shows_results else [],
        }


@dataclass(frozen=True, slots=True)
class Printed:
    """A run as it came from the printer: its file, and the code of each copy with whose it is."""

    run_id: int
    pdf: bytes
    copies: Sequence[tuple[str, str]]
    """Code of the copy, and of the home where it has one; in the run's order."""


@dataclass(frozen=True, slots=True)
class Office:
    """An officer who has signed in."""

    browser: Browser

    def add_officer(self, username: str, name: str, password: str) -> None:
        """Add an officer who reviews."""
        self.browser.send(
            "/officers/add", {"username": username, "name": name, "role": Role.OFFICER.value, "password": password}
        )

    def add_site(self, name: str) -> int:
        """Add a place where kiosks stand; give its number."""
        page = self.browser.send("/settings/sites", {"site_name": name}).text
        found = re.search(rf'href="/settings/sites/(\d+)"[^>]*>{re.escape(name)}<', page)
        if found is None:
            raise DemoError(f"The site {name} is not on the page Settings.")
        return int(found[1])

    def add_kiosk(self, name: str, site: int) -> str:
        """Add a kiosk; give its key."""
        page = self.browser.send("/settings/kiosks", {"kiosk_name": name, "site": site}).text
        found = KEY.search(page)
        if found is None:
            raise DemoError("The page of a new kiosk does not show its key.")
        return found[0]

    def import_homes(self, content: bytes) -> None:
        """Import the landlord's list, its columns matched as they were guessed."""
        page = self.browser.send("/households/import", {}, {"file": [("homes.csv", content)]})
        self.browser.send(f"{page.path}/apply", _guessed(page.text))

    def put_in_form(self, content: bytes) -> str:
        """Put in a form; give what a campaign knows it by."""
        page = self.browser.send("/forms/new", {}, {"file": [("form.yaml", content)]})
        return page.path.removeprefix("/forms/")

    def make_campaign(self, wanted: Campaign, today: date, *, asks_homes: bool) -> int:
        """Make a campaign and open it; give its number. None opens after its last day: that is set once it is open."""
        number = self.browser.send("/campaigns/new", wanted.fields(max(today, wanted.closes_on))).number
        if asks_homes:
            self.browser.send(f"/campaigns/{number}/households/invite", {"how": Sampling.CENSUS.value})
        self.browser.send(f"/campaigns/{number}/open", {"version": self._version(f"/campaigns/{number}/open")})
        if wanted.closes_on < today:
            version = self._version(f"/campaigns/{number}/edit")
            self.browser.send(f"/campaigns/{number}/edit", {**wanted.fields(wanted.closes_on), "version": version})
        return number

    def close_campaign(self, number: int) -> None:
        """Close a campaign."""
        self.browser.send(f"/campaigns/{number}/close", {"version": self._version(f"/campaigns/{number}/close")})

    def _version(self, page: str) -> str:
        found = VERSION.search(self.browser.get(page).text)
        if found is None:
            raise DemoError(f"{page}: there is nothing to confirm.")
        return found[1]

    def ask_for_run(self, campaign: int, kind: RunKind, copies: int = 1, size: str = "a4", letter: str = "") -> int:
        """Ask for paper; give the run's number."""
        wanted = {"copies": copies, "edition": "clear", "size": size, "language": "en", "letter": letter}
        return self.browser.send(f"/print/new?campaign={campaign}&kind={kind.value}", wanted).number

    def printed(self, run_id: int) -> Printed:
        """Wait until a run is made; give it."""
        until = time.monotonic() + PRINTED_SECONDS
        while not self.browser.get(f"/print/{run_id}/state").content:
            if time.monotonic() > until:
                raise DemoError(f"Print run {run_id} is not made after {PRINTED_SECONDS:.0f} seconds.")
            time.sleep(0.2)
        pdf = self.browser.get(f"/print/{run_id}/run.pdf").content
        index = self.browser.get(f"/print/{run_id}/index.csv").content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(index)))[1:]
        return Printed(run_id, pdf, [(code, home.removeprefix("'")) for _, code, home in rows])

    def send_post(self, name: str, came_on: date, files: Sequence[File]) -> int:
        """Send scans in as a batch that came on a day; give its number."""
        batch = self.browser.send("/intake/", {"name": name, **day_fields("received_on", came_on)}).number
        self.browser.send(f"/intake/{batch}", {}, {"files": list(files)})
        return batch

    def say_when_it_came(self, batch: int, came_on: date) -> None:
        """Say on which day the paper of a batch of the watched folder came."""
        name = re.search(r'name="name"[^>]* value="([^"]*)"', self.browser.get(f"/batches/{batch}").text)
        given = unescape(name[1]) if name else ""
        self.browser.send(f"/batches/{batch}", {"name": given, **day_fields("received_on", came_on)})

    def import_answers(self, campaign: int, content: bytes) -> None:
        """Import answers that were collected elsewhere, its columns matched as they were guessed."""
        page = self.browser.send("/collected/", {"campaign": campaign}, {"file": [("interviews.csv", content)]})
        reading = {"method": "telephone", "direction": "words", **day_fields("received_on", date(2000, 1, 1))}
        preview = self.browser.send(page.path, {**_guessed(page.text), **reading})
        self.browser.send(f"{preview.path}/apply", {})

    def report(self, kind: str, year: str) -> bytes:
        """Give a report of a year as a PDF."""
        return self.browser.get(f"/reports/{kind}.pdf?year={year}").content


def day_fields(name: str, day: date) -> dict[str, int]:
    """Give a date as the three fields that pages send."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def _guessed(page: str) -> dict[str, str]:
    """Give what is chosen for each column on a page that matches them."""
    found = dict[str, str]()
    for one in GUESSED.finditer(page):
        chosen = SELECTED.search(one[0])
        if chosen is None:
            raise DemoError("A column of the list is not known.")
        found[one[1]] = unescape(chosen[1])
    return found
