"""The sign-in page: the same words whatever is wrong, no way off this site, nothing about anybody in the log."""

import logging
from typing import Any

import pytest
from flask import Flask

from server.accounts import signing_in
from server.accounts.officers import add
from server.app import create_app
from server.models.officers import Officer, Role
from server.store import Store
from tests.server.conftest import PASSWORD, Browser

ELSEWHERE = (
    *("//evil.example", "///evil.example", "https://evil.example", "https:evil.example", "javascript:alert(1)"),
    *("/\\evil.example", "\\\\evil.example", "/a\\b", "/\t/evil.example", "/\n/evil.example", "\t//evil.example"),
    *(" //evil.example", "/\x00/evil.example", "/\x7f", "evil.example", "", "//[", "http://[evil"),
)
"""Addresses that some browser takes for another site's, or that cannot be taken apart."""


def mistakes(answer: Any) -> str:
    return str(answer.get_data(as_text=True).split('id="mistakes">')[1].split("</div>")[0])


def test_the_words_are_the_same_for_a_wrong_password_and_an_unknown_name(browser: Browser, anna: Officer) -> None:
    del anna
    wrong = browser.post("/sign-in", {"username": "anna", "password": "wrong"})
    unknown = browser.post("/sign-in", {"username": "nobody", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 422
    assert mistakes(wrong) == mistakes(unknown)
    assert "The name, the password or the code is not right." in mistakes(wrong)


def test_whoever_must_wait_is_told_how_long(browser: Browser, anna: Officer) -> None:
    del anna
    for name in ("anna", "nobody"):
        for _ in range(3):
            browser.post("/sign-in", {"username": name, "password": "wrong"})
    for name in ("anna", "nobody"):
        answer = browser.post("/sign-in", {"username": name, "password": PASSWORD})
        assert answer.status_code == 429
        assert "There were several wrong tries. Wait" in mistakes(answer)


def test_a_code_is_asked_for_where_one_is_set_up(browser: Browser, anna: Officer, store: Store) -> None:
    with store.writing() as session:
        session.get_one(Officer, anna.id).totp_secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105
    form = {"username": "anna", "password": PASSWORD}
    answer = browser.post("/sign-in", form)
    assert answer.status_code == 200
    assert 'id="code"' in answer.get_data(as_text=True)
    wrong = browser.post("/sign-in", {**form, "code": "000000"})
    assert wrong.status_code == 422
    assert "is not right" in mistakes(wrong)


def test_a_password_counts_with_the_spaces_around_it(browser: Browser, store: Store) -> None:
    add(store, "ben", "Ben", Role.OFFICER, f" {PASSWORD} ", by=None)
    assert browser.post("/sign-in", {"username": " ben ", "password": PASSWORD}).status_code == 422
    assert browser.post("/sign-in", {"username": " ben ", "password": f" {PASSWORD} "}).status_code == 302


def test_a_name_that_no_database_could_hold_is_only_wrong(any_store: Store) -> None:
    browser = Browser(create_app(any_store.settings, any_store).test_client())
    for name in ("an\0na", "\ud800".encode("utf-8", "surrogatepass"), "x" * 61, "'; drop table officers --"):
        assert browser.post("/sign-in", {"username": name, "password": "wrong"}).status_code == 422


def test_after_signing_in_nobody_is_sent_off_this_site(app: Flask, anna: Officer) -> None:
    del anna
    assert {target: onward(app, target) for target in ELSEWHERE} == dict.fromkeys(ELSEWHERE, "/")


def test_after_signing_in_one_goes_where_one_was_going(app: Flask, anna: Officer) -> None:
    del anna
    for target in ("/audit/?page=2&action=signed+in", "/officers/", "/"):
        assert onward(app, target) == target


def onward(app: Flask, target: str) -> str:
    form = {"username": "anna", "password": PASSWORD}
    return str(Browser(app.test_client()).post("/sign-in", form, query_string={"next": target}).location)


def test_the_log_holds_neither_names_nor_passwords_nor_codes(
    browser: Browser, anna: Officer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    del anna
    caplog.set_level(logging.DEBUG)
    form = {"username": "anna", "password": "tell-tale-word", "code": "918273"}
    for name in ("anna", "tell-tale-name"):
        for _ in range(4):
            browser.post("/sign-in", {**form, "username": name})

    def fail(*given: str) -> bool:
        raise ValueError(f"cannot hash {given}")

    monkeypatch.setattr(signing_in, "is_right", fail)
    assert browser.post("/sign-in", {**form, "username": "other-name"}).status_code == 500
    assert "ValueError at accounts/signing_in.py" in caplog.text
    told = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    for secret in ("anna", "tell-tale", "918273", "other-name", PASSWORD):
        assert secret not in told.replace("server/accounts/conftest", "")
