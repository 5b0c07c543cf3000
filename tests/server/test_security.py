"""What holds for every page: no form without its token, and the same headers everywhere, errors too."""

import errno
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, UUIDConverter

from server.accounts import sessions
from server.app import create_app
from server.models.officers import Role
from server.store import Store
from server.web.roles import requires
from server.web.security import HEADERS
from tests.server.conftest import Browser


def sample(kind: BaseConverter) -> object:
    """Give what may stand in an address for a kind of argument."""
    if isinstance(kind, AnyConverter):
        return min(kind.items)
    return {IntegerConverter: 1, UUIDConverter: UUID(int=0)}.get(type(kind), "x")


def addresses(app: Flask, method: str) -> Iterator[str]:
    """Give an address of every route that takes a method."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            values = {name: sample(kind) for name, kind in rule._converters.items()}
            yield adapter.build(rule.endpoint, values, method=method)


@pytest.mark.parametrize("token", [{}, {"csrf_token": "forged"}])
def test_every_form_is_refused_without_its_token(
    token: dict[str, str], app: Flask, as_role: Callable[[Role], Browser]
) -> None:
    browser = as_role(Role.ADMINISTRATOR)
    # a kiosk's are proved by its key and by their turn: tests/server/sittings/test_doors.py
    posts = [address for address in addresses(app, "POST") if not address.startswith("/kiosk/")]
    assert len(posts) > 10
    for address in posts:
        answer = browser.client.post(address, data=token)
        assert (address, answer.status_code) == (address, 400)
        assert "open for too long" in answer.get_data(as_text=True)


def test_a_token_of_another_session_is_refused(app: Flask, as_role: Callable[[Role], Browser]) -> None:
    stranger = Browser(app.test_client()).token()
    answer = as_role(Role.ADMINISTRATOR).client.post("/sign-out", data={"csrf_token": stranger})
    assert answer.status_code == 400


def is_guarded(answer: Any) -> bool:
    with answer:
        kept = "public" if answer.request.path.startswith("/static/") else "no-store"
        guarded = all(answer.headers.get(name) == value for name, value in HEADERS.items())
        return bool(guarded and answer.headers["Cache-Control"].startswith(kept))


def test_every_page_has_the_headers(app: Flask, browser: Browser, as_role: Callable[[Role], Browser]) -> None:
    signed_in = as_role(Role.ADMINISTRATOR)
    for address in addresses(app, "GET"):
        assert is_guarded(browser.get(address)), address
        assert is_guarded(signed_in.get(address)), address
    assert is_guarded(browser.get("/static/officer.css"))


def test_every_error_has_the_headers(
    app: Flask, as_role: Callable[[Role], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_role(Role.VIEWER)

    @requires(Role.VIEWER)
    def broken() -> str:
        raise ValueError

    def unreachable(*_: object) -> None:
        raise OperationalError("select", {}, ConnectionError())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    app.view_functions["today.home"] = broken
    answers = {
        400: browser.client.post("/sign-out"),
        403: browser.get("/audit/"),
        404: browser.get("/nothing"),
        405: browser.get("/sign-out"),
        500: browser.get("/"),
    }
    monkeypatch.setattr(sessions, "officer_of", unreachable)
    answers[503] = browser.get("/account/")
    monkeypatch.setattr(sessions, "officer_of", full)
    answers[507] = browser.get("/account/")
    assert "make room" in answers[507].get_data(as_text=True)
    for code, answer in answers.items():
        assert answer.status_code == code
        assert "<h1>" in answer.get_data(as_text=True), "a page of our own"
        assert is_guarded(answer)


def test_the_policy_lets_nothing_run_inline_or_come_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    for loose in ("unsafe-inline", "unsafe-eval", "data:", "http:", "https:", "*"):
        assert loose not in policy


def test_behind_tls_browsers_are_told_to_stay_there(store: Store, browser: Browser) -> None:
    behind = create_app(store.settings.model_copy(update={"https": True}), store).test_client()
    assert behind.get("/sign-in").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in browser.get("/sign-in").headers
