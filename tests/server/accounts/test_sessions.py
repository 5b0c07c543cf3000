"""Sessions end when they should, everywhere, and leave nothing behind."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from server.accounts import officers, sessions
from server.app import create_app
from server.models.base import now
from server.models.officers import Officer, OfficerSession, Role
from server.store import Store
from tests.server.accounts.conftest import Clock
from tests.server.conftest import PASSWORD, Browser

PAGE = "/account/"


def sign_in(browser: Browser) -> None:
    answer = browser.post("/sign-in", {"username": "anna", "password": PASSWORD})
    assert answer.status_code == 302


def cookie(browser: Browser, name: str = "sayso") -> str:
    kept = browser.client.get_cookie(name)
    assert kept is not None
    return str(kept.value)


def is_signed_in(browser: Browser) -> bool:
    return bool(browser.get(PAGE).status_code == 200)


@pytest.fixture
def signed_in(browser: Browser, clock: Clock, anna: Officer) -> Browser:
    del clock, anna
    sign_in(browser)
    return browser


def test_a_session_begins_with_a_cookie_of_its_own(browser: Browser, anna: Officer) -> None:
    del anna
    browser.token()
    before = cookie(browser)
    with browser.client.session_transaction() as session:
        session["left"] = "by somebody"
        token = session["csrf_token"]
    sign_in(browser)
    assert cookie(browser) != before
    assert is_signed_in(browser)
    with browser.client.session_transaction() as session:
        assert "left" not in session
        assert session["csrf_token"] != token


def test_signing_in_again_ends_the_session_before(signed_in: Browser, app: Flask) -> None:
    before = cookie(signed_in)
    token = signed_in.get(PAGE).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "username": "anna", "password": PASSWORD}
    assert signed_in.client.post("/sign-in", data=form).status_code == 302
    assert is_signed_in(signed_in)
    thief = Browser(app.test_client())
    thief.client.set_cookie("sayso", before)
    assert not is_signed_in(thief)


def test_after_signing_out_a_replayed_cookie_opens_nothing(signed_in: Browser) -> None:
    before = cookie(signed_in)
    assert signed_in.post("/sign-out").location == "/sign-in"
    assert not is_signed_in(signed_in)
    signed_in.client.set_cookie("sayso", before)
    assert not is_signed_in(signed_in)


def test_a_session_ends_after_an_hour_without_use(signed_in: Browser, clock: Clock) -> None:
    clock.passes(minutes=59)
    assert is_signed_in(signed_in)
    clock.passes(minutes=59)
    assert is_signed_in(signed_in)
    clock.passes(minutes=61)
    assert not is_signed_in(signed_in)


@pytest.mark.parametrize("address", [PAGE, "/static/officer.css", "/nothing-here", "/sign-in"])
def test_no_request_revives_a_session_that_was_idle(signed_in: Browser, clock: Clock, address: str) -> None:
    clock.passes(minutes=61)
    signed_in.get(address).close()
    assert not is_signed_in(signed_in)
    assert not is_signed_in(signed_in)


def test_a_session_ends_after_twelve_hours_however_it_was_used(signed_in: Browser, clock: Clock) -> None:
    for _ in range(24):
        assert is_signed_in(signed_in)
        clock.passes(minutes=30)
    clock.passes(seconds=1)
    assert not is_signed_in(signed_in)


def test_disabling_an_officer_ends_their_session_at_the_next_request(
    signed_in: Browser, store: Store, anna: Officer
) -> None:
    assert is_signed_in(signed_in)
    officers.disable(store, anna.uid, by=None)
    assert not is_signed_in(signed_in)
    officers.enable(store, anna.uid, by=None)
    assert not is_signed_in(signed_in)


def test_a_disabled_officers_session_opens_nothing_even_if_it_was_left(
    signed_in: Browser, store: Store, anna: Officer
) -> None:
    with store.writing() as session:
        session.get_one(Officer, anna.id).disabled_at = now()
    assert not is_signed_in(signed_in)


def test_a_cookie_signed_with_another_key_opens_nothing(signed_in: Browser, store: Store) -> None:
    other = create_app(store.settings, store)
    other.secret_key = b"another key"
    thief = Browser(other.test_client())
    thief.client.set_cookie("sayso", cookie(signed_in))
    assert not is_signed_in(thief)


def test_a_style_sheet_carries_no_cookie(signed_in: Browser) -> None:
    with signed_in.get("/static/officer.css") as answer:
        assert answer.headers["Cache-Control"].startswith("public")
        assert "Set-Cookie" not in answer.headers


def test_the_cookie_is_kept_from_scripts_and_other_sites(signed_in: Browser) -> None:
    parts = signed_in.get(PAGE).headers["Set-Cookie"].split("; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert "Secure" not in parts
    assert not any(part.startswith(("Expires", "Max-Age", "Domain")) for part in parts)


def test_behind_tls_the_cookie_goes_no_other_way(store: Store, anna: Officer) -> None:
    del anna
    app = create_app(store.settings.model_copy(update={"https": True}), store)
    client = app.test_client()
    answer = client.get("/sign-in", base_url="https://localhost")
    assert answer.headers["Set-Cookie"].startswith("__Host-sayso=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(answer.headers["Set-Cookie"].split("; "))
    assert "Domain" not in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("all_but_one", [False, True])
def test_sessions_are_ended_all_or_all_but_one(any_store: Store, clock: Clock, all_but_one: bool) -> None:
    ann = officers.add(any_store, "anna", "Anna", Role.OFFICER, PASSWORD, by=None)
    ben = officers.add(any_store, "ben", "Ben", Role.OFFICER, PASSWORD, by=None)
    with any_store.writing() as session:
        tokens = [sessions.begin(session, session.get_one(Officer, who.id)) for who in (ann, ann, ben)]
        sessions.end_all(session, ann, but=tokens[0] if all_but_one else None)
    with any_store.reading() as session:
        left = [sessions.officer_of(session, token) is not None for token in tokens]
        assert left == [all_but_one, False, True]
    clock.passes(hours=13)
    with any_store.writing() as session:
        assert sessions.officer_of(session, tokens[2]) is None
        sessions.begin(session, session.get_one(Officer, ben.id))
        assert len(session.scalars(select(OfficerSession)).all()) == 1, "those that are over are removed"


def test_a_role_that_was_changed_is_the_new_one_at_the_next_sign_in(
    as_role: Callable[[Role], Browser], store: Store
) -> None:
    browser = as_role(Role.MANAGER)
    with store.reading() as session:
        uid = session.scalars(select(Officer.uid)).one()
    officers.change(store, uid, name="Manager", role=Role.ADMINISTRATOR, by=None)
    assert browser.get("/officers/").status_code == 302
    browser.post("/sign-in", {"username": "manager", "password": PASSWORD})
    assert browser.get("/officers/").status_code == 200
