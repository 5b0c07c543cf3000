"""Every page of the officer's side, with an example of whatever its address names: what is measured on each of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from kiosk.speech import number
from server.accounts import officers
from server.models import Base
from server.models.officers import Role
from server.store import Store

PAPER: Mapping[str, str] = {
    "static": "a file of the look, not a page",
    "catalogue.picture": "lays out paper, within its own bound (tests.bench.paper)",
    "catalogue.pages": "lays out paper, within its own bound (tests.bench.paper)",
    "adopting.draft": "is there only while a draft is being put right",
    "adopting.picture": "is there only while a draft is being put right",
    "adopting.paper": "sends a file that was made before",
    "runs.paper": "sends a file that was made before",
    "review.pictures.page": "sends a picture that was made before",
    "aside.pages.picture": "sends a picture that was made before",
    "publishing.pdf": "lays out paper, within its own bound (tests.bench.reports)",
    "guides.picture": "a file of the look, not a page",
    "own.drawing": "is there only while a second factor is being set up",
}
"""Left out, each for its reason."""

KIOSK = "kiosk."
"""How the names of a kiosk's own pages begin: they are no officer's, and are there for its browser alone."""

EXAMPLES: Mapping[str, str] = {
    "campaign_id": "campaigns.id",
    "kiosk_id": "kiosks.id",
    "run_id": "print_runs.id",
    "site_id": "sites.id",
    "doubt_id": "doubts.id",
    "reading_id": "doubts.reading_id",
    "mine_id": "corrections.id",
    "number": "household_imports.id",
    "officers.uid": "officers.uid",
    "households.uid": "households.uid",
    "name": "form_versions.name",
    "version": "form_versions.content_sha256",
    "page_id": "pages.id",
    "batch_id": "batches.id",
    "look_id": "second_looks.id",
    "file_uid": "received_files.uid",
    "return_uid": "returns.uid",
    "response_id": "responses.id",
    "alert_id": "alerts.id",
    "collected.key": "collected_imports.uid",
}
"""What an address names → the column that an example comes from; under a blueprint's name where it is only its own."""

WORDS: Mapping[str, str] = {
    "reference": "household-1",
    "kind": "csv",
    "group": "pages",
    "code": "TP01",
    "clip": number("en", 7).clip,
    "guides.name": "officer",
}

QUERIES: Mapping[str, str] = {"runs.new": "?campaign=1&kind=households"}
"""What an address asks beside its path, where there is no page without it."""

MORE = (
    "/audit/?page=999",
    "/audit/?action=signed+in",
    "/audit/?action=nothing",
    "/audit/?officer=nobody&page=2",
    "/campaigns/?page=2",
    "/campaigns/1/households/?page=2",
    "/figures/measures/TP05?by=scheme",
    "/figures/measures?weight=tenure",
    "/forms/tsm-2026-27/{version}?language=pl",
    "/forms/tsm-2026-27/{version}/aloud?language=pl&group=kiosk",
    "/households/?page=300",
    "/households/?show=gone",
    "/households/?area=North&scheme=Scheme+6",
    "/households/?tenure=Secure&page=20",
    "/print/?page=2",
    "/needs-you/all/clashes",
    "/needs-you/all/rejected",
    "/needs-you/all/copies?page=2",
    "/results/4/cross?rows=@scheme&columns=overall",
    "/results/4/cross?rows=overall&columns=safe_home",
)
"""Pages further on, and filtered ones."""

SEARCHES = (
    ("/people/", {"words": "zofia łukasik"}),
    ("/people/", {"words": "NF3 4AB"}),
    ("/people/", {"words": "tenant77@example.org"}),
    ("/people/", {"words": "nobody of that name"}),
    ("/households/search", {"words": "mill lane"}),
    ("/households/search", {"words": "Ada"}),
    ("/results/1/comments", {"words": "lift slow"}),
)
"""Searches are sent, so that no name stands in an address; they are pages all the same."""


LONG = re.compile(r"\b([0-9a-f]{8})[0-9a-f-]{28,}")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be asked for; `sent` is what a search sends."""

    endpoint: str
    address: str
    sent: Mapping[str, str] | None = None

    @property
    def words(self) -> str:
        """Give it in short: long ids by their beginnings, searches with what is searched for."""
        shown = LONG.sub(r"\1…", self.address)
        return f"{shown} ← {self.sent['words']}" if self.sent else shown


def pages(app: Flask, store: Store) -> Iterator[Page]:
    """Give every page that can be asked for, and the searches; `LookupError` for an address without an example."""
    with store.reading() as session:
        for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
            is_kiosks = rule.endpoint.startswith(KIOSK)
            if "GET" in (rule.methods or ()) and not is_kiosks and rule.endpoint not in PAPER:
                yield Page(rule.endpoint, _address(app, rule, session))
        version = _example(session, "form_versions.content_sha256")
    yield from (Page("", address.format(version=version)) for address in MORE)
    yield from (Page("", address, sent) for address, sent in SEARCHES)


def _address(app: Flask, rule: Rule, session: Session) -> str:
    values = dict[str, Any]()
    for argument in rule.arguments:
        own = f"{rule.endpoint.partition('.')[0]}.{argument}"
        word = WORDS.get(own)
        column = None if word else EXAMPLES.get(own, EXAMPLES.get(argument))
        if word is None and column is None and argument not in WORDS:
            raise LookupError(f"{rule.rule}: there is no example of {argument} in {__name__}")
        values[argument] = word or (_example(session, column) if column else WORDS[argument])
    with app.test_request_context():
        return app.url_map.bind("").build(rule.endpoint, values) + QUERIES.get(rule.endpoint, "")


def _example(session: Session, column: str) -> object:
    """Give the column's value in the first row."""
    name, _, key = column.partition(".")
    table: Table = Base.metadata.tables[name]
    return session.scalar(select(table.c[key]).order_by(table.c.id).limit(1))


def as_administrator(app: Flask, store: Store, password: str) -> FlaskClient:
    """Give a browser in which an administrator has signed in."""
    officers.add(store, "bench", "Bench", Role.ADMINISTRATOR, password, by=None)
    client = app.test_client()
    client.post("/sign-in", data={"csrf_token": token(client), "username": "bench", "password": password})
    return client


def token(client: FlaskClient) -> str:
    """Give the token that forms carry."""
    page = client.get("/sign-in", follow_redirects=True).get_data(as_text=True)
    return page.split('name="csrf_token" value="')[1].split('"')[0]


def visit(client: FlaskClient, page: Page, csrf_token: str) -> int:
    """Ask for a page; give the status of the answer, which has been read to its end."""
    if page.sent is None:
        answer = client.get(page.address)
    else:
        answer = client.post(page.address, data={"csrf_token": csrf_token, **page.sent})
    answer.get_data()
    answer.close()
    return answer.status_code
