"""Who gets at a kiosk's pages, and what is left of them in a browser."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from server.accounts import officers
from server.app import create_app
from server.installation import kiosks
from server.models.audit import AuditEvent
from server.models.officers import Role, Throttle
from server.models.sittings import Sitting
from server.sittings.desk import KioskDesk
from server.sittings.sounds import KioskSounds
from server.store import Store
from tests.server.conftest import PASSWORD, Browser
from tests.server.sittings.visitor import Place, Visitor, a_place


@pytest.fixture
def place(store: Store) -> Place:
    return a_place(store, "poll")


def test_a_browser_without_a_kiosks_key_is_asked_for_it(site: Flask) -> None:
    visitor = Visitor(site.test_client())
    assert visitor.look() == "set_up"
    assert visitor.touch("next", key="3333 3333") == "set_up"
    assert "This is not the key of a kiosk in use" in visitor.text


def test_the_key_is_taken_however_it_is_typed(site: Flask, place: Place) -> None:
    visitor = Visitor(site.test_client())
    visitor.page = visitor.client.post("/kiosk/", data={"act": "next", "turn": -1, "key": place.key.lower()})
    assert visitor.look() == "start"


def test_a_kiosk_that_is_retired_shows_nothing_any_more(site: Flask, store: Store, place: Place) -> None:
    visitor = Visitor.at(site, place)
    kiosks.retire(store, place.kiosk_id, by=None)
    assert visitor.look() == "set_up"
    assert visitor.touch(f"begin {place.campaigns['poll']}") == "set_up"


def test_guessing_at_keys_is_slowed_down(site: Flask, store: Store, place: Place) -> None:
    visitor = Visitor(site.test_client())
    for _ in range(11):
        visitor.page = visitor.client.post("/kiosk/set-up", data={"key": "3333"})
    assert "several wrong keys" in visitor.text
    visitor.page = visitor.client.post("/kiosk/set-up", data={"key": place.key})
    assert "several wrong keys" in visitor.text
    with store.writing() as session:
        for throttle in session.scalars(select(Throttle)):
            throttle.failed_at -= timedelta(hours=2)
    assert visitor.client.post("/kiosk/set-up", data={"key": place.key}).status_code == 303


def test_setting_up_is_in_the_audit_log(site: Flask, store: Store, place: Place) -> None:
    Visitor.at(site, place)
    with store.reading() as session:
        assert "kiosk set up" in session.scalars(select(AuditEvent.action)).all()


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(site: Flask, place: Place) -> None:
    client = site.test_client()
    client.post("/kiosk/set-up", data={"key": place.key})
    for cookie in client.get("/kiosk/").headers.getlist("Set-Cookie"):
        assert re.match(r"sayso-(kiosk|sitting)=", cookie)
        assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/kiosk"))
        assert "Secure" not in cookie


def test_behind_tls_cookies_are_sent_no_other_way(store: Store, place: Place) -> None:
    site = create_app(store.settings.model_copy(update={"https": True}), store)
    client = site.test_client()
    cookies = client.post("/kiosk/set-up", data={"key": place.key}).headers.getlist("Set-Cookie")
    assert len([cookie for cookie in cookies if "Secure" in cookie and cookie.startswith("sayso-")]) == 2


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, False),
        ({"Origin": "http://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_forms_of_other_sites_are_refused(
    site: Flask, store: Store, place: Place, headers: dict[str, str], is_taken: bool
) -> None:
    visitor = Visitor.at(site, place)
    visitor.headers |= headers
    kind = visitor.touch(f"begin {place.campaigns['poll']}")
    assert kind == ("about" if is_taken else "not_now")
    with store.reading() as session:
        assert bool(session.scalars(select(Sitting)).all()) == is_taken


def test_nothing_of_a_kiosk_is_kept_by_a_cache_but_the_look_and_sounds(site: Flask, place: Place) -> None:
    visitor = Visitor.at(site, place)
    visitor.touch(f"begin {place.campaigns['poll']}")
    pages = [visitor.page, visitor.client.get("/kiosk/"), visitor.client.get("/kiosk/still-there")]
    pages += [visitor.client.get("/kiosk/set-up"), visitor.client.get("/kiosk/scale.css")]
    assert {page.headers["Cache-Control"] for page in pages if page is not None} == {"no-store"}
    look = re.findall(r'(?:href|src)="(/kiosk/static/[^"]+)"', visitor.client.get("/kiosk/").get_data(as_text=True))
    assert look
    for address in look:
        with visitor.client.get(address.replace("&amp;", "&")) as answer:
            assert "immutable" in answer.headers["Cache-Control"]


def test_a_fault_is_a_page_with_what_to_do_and_never_somebodys_words(
    site: Flask, place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = Visitor.at(site, place)

    def failing(*_: object) -> None:
        raise ValueError("the boiler sings opera")

    monkeypatch.setattr(KioskDesk, "keep", failing)
    assert visitor.touch(f"begin {place.campaigns['poll']}") == "not_now"
    assert visitor.page is not None
    assert visitor.page.status_code == 500
    assert "boiler" not in caplog.text + visitor.text
    monkeypatch.undo()
    assert visitor.touch("close") == "start"


def test_what_nobody_understands_shows_where_the_person_is(site: Flask, place: Place) -> None:
    visitor = Visitor.at(site, place)
    visitor.touch(f"begin {place.campaigns['poll']}")
    for sent in ({"act": "explode", "turn": "1"}, {"turn": "1"}, {"act": "next"}, {"act": "next", "turn": "x"}):
        assert visitor.client.post("/kiosk/", data=sent).status_code == 303
        assert visitor.look() == "about"


def test_a_zero_character_in_an_answer_harms_nothing(site: Flask, store: Store, place: Place) -> None:
    visitor = Visitor.at(site, place)
    visitor.begin(place.campaigns["poll"])
    visitor.touch("skip")
    visitor.touch("next", comment="zero\0 and more")
    with store.reading() as session:
        assert session.scalars(select(Sitting.delivered)).one()["comment"] == "zero and more"


def test_a_restart_of_the_server_keeps_what_was_answered(site: Flask, store: Store, place: Place) -> None:
    visitor = Visitor.at(site, place)
    visitor.begin(place.campaigns["poll"])
    visitor.touch("next", best_way_for_news="letter")
    cookies = {name: visitor.client.get_cookie(name, path="/kiosk") for name in ("sayso-kiosk", "sayso-sitting")}
    again = Visitor(create_app(store.settings, store).test_client())
    for name, cookie in cookies.items():
        assert cookie is not None
        again.client.set_cookie(name, cookie.value, path="/kiosk")
    assert again.look() == "question"
    again.touch("back")
    assert 'value="letter" checked' in again.text


def test_a_restart_of_the_browser_shows_nothing_of_it(site: Flask, place: Place) -> None:
    visitor = Visitor.at(site, place)
    visitor.begin(place.campaigns["poll"])
    visitor.client.delete_cookie("sayso-sitting", path="/kiosk")
    assert visitor.look() == "start"


def test_sounds_are_given_by_name_and_kept_by_the_browser(
    site: Flask, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.wav").write_bytes(b"RIFF")
    monkeypatch.setattr(KioskSounds, "clip", lambda _, name: tmp_path / "one.wav" if name == "one" else None)
    client = Visitor.at(site, place).client
    with client.get("/kiosk/clips/one.wav") as answer:
        assert (answer.data, answer.mimetype) == (b"RIFF", "audio/wav")
        assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/kiosk/clips/two.wav").status_code == 404


def test_what_is_typed_is_said_in_the_persons_language_and_kept_by_nobody(
    site: Flask, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KioskSounds, "say", lambda _, words, language: f"{language}: {words}".encode())
    visitor = Visitor.at(site, place)
    visitor.touch("language pl")
    answer = visitor.client.post("/kiosk/say", data={"words": "Mój dom"})
    assert answer.get_data(as_text=True) == "pl: Mój dom"
    assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_is_said_for_a_browser_that_is_no_kiosk(site: Flask) -> None:
    assert site.test_client().post("/kiosk/say", data={"words": "Hello"}).status_code == 403


def test_an_officer_signed_in_at_the_same_browser_makes_no_difference(site: Flask, place: Place, store: Store) -> None:
    officers.add(store, "anna", "Anna", Role.ADMINISTRATOR, PASSWORD, by=None)
    visitor = Visitor.at(site, place)
    browser = Browser(visitor.client)
    assert browser.post("/sign-in", {"username": "anna", "password": PASSWORD}).status_code == 302
    assert visitor.touch(f"begin {place.campaigns['poll']}") == "about"
    assert "Anna" not in visitor.text
