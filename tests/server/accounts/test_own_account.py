"""One's own account: each change asks for the password, and the secret of the telephone stays off every road."""

from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from server.accounts import own, sessions
from server.accounts.errors import FieldRefusedError
from server.accounts.officers import add
from server.accounts.signing_in import sign_in
from server.models.audit import AuditEvent
from server.models.officers import Officer, Role
from server.store import Store
from tests.server.accounts.conftest import Clock
from tests.server.conftest import PASSWORD, Browser

NEW = "kettle orbit plum"
CHANGE = {"old_password": PASSWORD, "password": NEW, "again": NEW}


@pytest.fixture
def signed_in(browser: Browser, clock: Clock, anna: Officer) -> Browser:
    del clock, anna
    browser.post("/sign-in", {"username": "anna", "password": PASSWORD})
    return browser


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def kept(store: Store) -> Officer:
    with store.reading() as session:
        return session.scalars(select(Officer)).one()


def test_a_new_password_ends_every_other_session_and_keeps_this(signed_in: Browser, app: Flask) -> None:
    other = Browser(app.test_client())
    other.post("/sign-in", {"username": "anna", "password": PASSWORD})
    assert other.get("/account/").status_code == 200
    assert signed_in.post("/account/password", CHANGE).location == "/account/"
    assert "Your password is changed" in text(signed_in.get("/account/"))
    assert other.get("/account/").status_code == 302
    assert other.post("/sign-in", {"username": "anna", "password": PASSWORD}).status_code == 422
    assert other.post("/sign-in", {"username": "anna", "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("old_password", "wrong", "This is not your password."),
        ("old_password", "", "Fill this in."),
        ("again", "kettle orbit plums", "not the same both times"),
    ],
)
def test_a_password_is_not_changed_while_something_is_wrong(
    field: str, value: str, words: str, signed_in: Browser, store: Store
) -> None:
    before = kept(store).password_hash
    answer = signed_in.post("/account/password", {**CHANGE, field: value})
    assert answer.status_code == 422
    assert words in text(answer).split(f'id="{field}-mistake">')[1]
    assert NEW not in text(answer)
    assert kept(store).password_hash == before


def test_an_easy_password_is_refused_on_the_page(signed_in: Browser) -> None:
    answer = signed_in.post("/account/password", {**CHANGE, "password": "anna anna anna", "again": "anna anna anna"})
    assert answer.status_code == 422
    assert "too easy to guess" in text(answer)


def test_guessing_at_a_screen_left_open_is_slowed_down(signed_in: Browser, clock: Clock) -> None:
    for _ in range(3):
        signed_in.post("/account/password", {**CHANGE, "old_password": "wrong"})
    for address in ("/account/password", "/account/second-factor", "/account/second-factor/off"):
        answer = signed_in.post(address, CHANGE)
        assert answer.status_code == 422
        assert "Wait 2 seconds" in text(answer)
    clock.passes(seconds=2)
    assert signed_in.post("/account/password", CHANGE).status_code == 302


def test_strangers_who_guess_at_the_name_do_not_keep_one_from_ones_own_account(
    signed_in: Browser, store: Store
) -> None:
    for number in range(5):
        sign_in(store, "anna", "wrong", "", f"10.0.0.{number}")
    assert signed_in.post("/account/password", CHANGE).status_code == 302


def test_a_second_factor_is_on_once_a_code_is_entered(
    signed_in: Browser, store: Store, clock: Clock, app: Flask
) -> None:
    other = Browser(app.test_client())
    other.post("/sign-in", {"username": "anna", "password": PASSWORD})
    started = signed_in.post("/account/second-factor", {"old_password": PASSWORD})
    assert started.location == "/account/second-factor/set-up"
    secret = kept(store).totp_pending or ""
    assert kept(store).totp_secret is None
    assert " ".join(secret[at : at + 4] for at in range(0, 32, 4)) in text(signed_in.get(started.location))
    wrong = signed_in.post("/account/second-factor/set-up", {"code": "000000"})
    assert wrong.status_code == 422
    code = pyotp.TOTP(secret).at(clock.at)
    assert signed_in.post("/account/second-factor/set-up", {"code": code}).location == "/account/"
    assert (kept(store).totp_secret, kept(store).totp_pending) == (secret, None)
    assert other.get("/account/").status_code == 302
    again = {"username": "anna", "password": PASSWORD, "code": code}
    assert other.post("/sign-in", again).status_code == 422, "the first code is taken once, too"


def test_the_secret_is_in_no_address_and_no_cookie_and_kept_by_no_cache(signed_in: Browser, store: Store) -> None:
    signed_in.post("/account/second-factor", {"old_password": PASSWORD})
    secret = kept(store).totp_pending or ""
    page = signed_in.get("/account/second-factor/set-up")
    assert page.headers["Cache-Control"] == "no-store"
    assert secret not in page.headers.get("Set-Cookie", "")
    assert 'src="/account/second-factor/code.svg"' in text(page)
    with signed_in.client.session_transaction() as session:
        assert secret not in str(dict(session))


def test_the_drawing_is_a_picture_only_while_a_secret_waits(signed_in: Browser, store: Store, clock: Clock) -> None:
    drawing = "/account/second-factor/code.svg"
    assert signed_in.get(drawing).status_code == 404
    signed_in.post("/account/second-factor", {"old_password": PASSWORD})
    answer = signed_in.get(drawing)
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "no-store"
    assert text(answer).startswith("<svg")
    code = pyotp.TOTP(kept(store).totp_pending or "").at(clock.at)
    signed_in.post("/account/second-factor/set-up", {"code": code})
    assert signed_in.get(drawing).status_code == 404
    assert signed_in.get("/account/second-factor/set-up").location == "/account/second-factor"


def test_a_secret_set_up_halfway_is_forgotten_at_the_next_sign_in(signed_in: Browser, store: Store) -> None:
    signed_in.post("/account/second-factor", {"old_password": PASSWORD})
    signed_in.post("/sign-out")
    signed_in.post("/sign-in", {"username": "anna", "password": PASSWORD})
    assert kept(store).totp_pending is None
    code = signed_in.post("/account/second-factor/set-up", {"code": "123456"})
    assert code.location == "/account/second-factor"


def test_switching_the_second_factor_on_or_off_asks_for_the_password(any_store: Store, clock: Clock) -> None:
    anna = add(any_store, "anna", "Anna", Role.OFFICER, PASSWORD, by=None)
    with any_store.writing() as session:
        token = sessions.begin(session, session.get_one(Officer, anna.id))
    with pytest.raises(FieldRefusedError, match="not your password"):
        own.start_second_factor(any_store, anna, "wrong", "")
    own.start_second_factor(any_store, anna, PASSWORD, "")
    own.switch_on(any_store, anna, token, pyotp.TOTP(kept(any_store).totp_pending or "").at(clock.at))
    with pytest.raises(FieldRefusedError, match="not your password"):
        own.switch_off(any_store, anna, "wrong", "")
    assert kept(any_store).totp_secret
    own.switch_off(any_store, anna, PASSWORD, "")
    assert kept(any_store).totp_secret is None
    own.change_password(any_store, anna, token, PASSWORD, NEW, "")
    with any_store.reading() as session:
        assert sessions.officer_of(session, token) is not None
        assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.number)).all() == [
            *("officer added", "second factor on", "second factor off", "own password changed"),
        ]
