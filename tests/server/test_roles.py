"""Who may use which route: the whole list, so that a new route must be put into it."""

from collections.abc import Callable

import pytest
from flask import Flask

from server.models.officers import Role
from server.web.roles import declared
from tests.server.conftest import Browser

ROUTES = {
    "static": "public",
    "accounts.sign_in": "public",
    "accounts.sign_in_now": "public",
    "accounts.sign_out": "viewer",
    "accounts.own": "viewer",
    "today.home": "viewer",
    "audit.events": "administrator",
}


def test_every_route_declares_who_may_use_it(app: Flask) -> None:
    assert declared(app) == ROUTES


def test_an_application_with_a_route_that_does_not_say_refuses_to_start(app: Flask) -> None:
    app.view_functions["new.page"] = lambda: ""
    with pytest.raises(LookupError, match=r"new\.page"):
        declared(app)


def test_only_a_post_writes(app: Flask) -> None:
    methods = {rule.endpoint: rule.methods or set() for rule in app.url_map.iter_rules()}
    assert all(used <= {"GET", "HEAD", "OPTIONS"} or used <= {"POST", "OPTIONS"} for used in methods.values())


def test_whoever_has_not_signed_in_is_sent_to_the_sign_in_page(browser: Browser) -> None:
    answer = browser.get("/audit/?page=2")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/audit/?page%3D2"


def test_a_smaller_role_is_refused_in_words(as_role: Callable[[Role], Browser]) -> None:
    answer = as_role(Role.MANAGER).get("/audit/")
    assert answer.status_code == 403
    assert "not for your role" in answer.get_data(as_text=True)


def test_an_administrator_sees_the_audit_log(as_role: Callable[[Role], Browser]) -> None:
    answer = as_role(Role.ADMINISTRATOR).get("/audit/")
    assert "signed in" in answer.get_data(as_text=True)
