"""A person at a kiosk's browser: touches buttons, and reads what the screen says of itself."""

import re
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forms.definition import Form
from server.installation import kiosks, sites
from server.models.campaigns import Campaign, Site
from server.store import Store
from tests.server.filling import a_campaign

SCREEN = re.compile(r'data-kind="(\w+)" data-turn="(-?\d+)"')
CHOICE = re.compile(r'<input type="(?:radio|checkbox)" name="([\w.]+)" value="(\w+)"')
RECEIPT = re.compile(r'class="receipt"[^>]*>([^<]+)<')
HEADING = re.compile(r"<h1[^>]*>([^<]*)</h1>")


@dataclass(frozen=True)
class Place:
    """A site with a kiosk and what can be answered there."""

    site_id: int
    kiosk_id: int
    key: str
    campaigns: dict[str, int]


def a_place(store: Store, *forms: str | Form, name: str = "The Cove", **how: Any) -> Place:
    """Give a site with a kiosk, where a campaign is open for each of the forms; `how` changes the campaigns."""
    site = sites.add(store, name, by=None)
    kiosk = kiosks.add(store, name, site.id, by=None)
    campaigns = {
        title: a_campaign_at(store, site.id, form, f"{title} at {name}", **how)
        for form in forms
        for title in (form if isinstance(form, str) else form.form,)
    }
    return Place(site.id, kiosk.kiosk_id, kiosk.key, campaigns)


def a_campaign_at(store: Store, site_id: int, form: str | Form, name: str, **how: Any) -> int:
    with store.writing() as session:
        campaign = a_campaign(session, name, form)
        campaign.sites = [session.get_one(Site, site_id)]
        for what, value in how.items():
            setattr(campaign, what, value)
        return campaign.id


def campaign_of(store: Store, campaign_id: int) -> Campaign:
    with store.reading() as session:
        return session.get_one(Campaign, campaign_id)


@dataclass
class Visitor:
    """Somebody at a kiosk; `page` is the last answer."""

    client: FlaskClient
    headers: dict[str, str] = field(default_factory=lambda: {"HX-Request": "true"})
    page: TestResponse | None = None

    @classmethod
    def at(cls, app: Flask, place: Place) -> "Visitor":
        """Give somebody at a kiosk that was set up, at its start screen."""
        visitor = cls(app.test_client())
        visitor.client.post("/kiosk/set-up", data={"key": place.key})
        visitor.look()
        return visitor

    def look(self) -> str:
        """Load the page anew; give which screen it is."""
        self.page = self.client.get("/kiosk/")
        return self.kind

    def touch(self, act: str, *, turn: int | None = None, **fields: Any) -> str:
        """Touch a button; give which screen comes."""
        sent = {name.replace("__", "."): value for name, value in fields.items()}
        sent |= {"act": act, "turn": self.turn if turn is None else turn}
        self.page = self.client.post("/kiosk/", data=sent, headers=self.headers)
        return self.kind

    def begin(self, campaign_id: int, *, code: str | None = None) -> None:
        """Come to the first question of a campaign."""
        self.touch(f"begin {campaign_id}")
        self.touch("next")
        if code is not None:
            self.touch("next", code=code)
        self.touch("skip")

    def to_check(self, said: dict[str, Any]) -> None:
        """Answer the questions that come as `said` has them, and skip the others."""
        while self.kind != "check":
            given = self.given(said)
            self.touch("next" if given else "skip", **given)

    def given(self, said: dict[str, Any]) -> dict[str, Any]:
        """Give what to send of what would be said, for the question on the screen."""
        names = set(re.findall(r' name="([\w.]+)"', self.text))
        fields: dict[str, Any] = {}
        for question, value in said.items():
            parts = {f"{question}.{part}": words for part, words in value.items()} if isinstance(value, dict) else {}
            fields |= {name: words for name, words in (parts or {question: value}).items() if name in names}
        return fields

    def answer_all(self, campaign_id: int, said: dict[str, Any]) -> str:
        """Go the whole way; give the receipt."""
        self.begin(campaign_id)
        self.to_check(said)
        self.touch("send")
        return self.receipt

    @property
    def text(self) -> str:
        assert self.page is not None
        return self.page.get_data(as_text=True)

    @property
    def kind(self) -> str:
        found = SCREEN.search(self.text)
        assert found, self.text[:500]
        return found[1]

    @property
    def turn(self) -> int:
        found = SCREEN.search(self.text)
        assert found
        return int(found[2])

    @property
    def heading(self) -> str:
        found = HEADING.search(self.text)
        assert found
        return found[1]

    @property
    def receipt(self) -> str:
        found = RECEIPT.search(self.text)
        assert found, self.heading
        return found[1]
