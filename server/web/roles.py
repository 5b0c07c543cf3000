"""Who may use a route. Every route says it, or the application does not start."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from server.models.officers import Officer, Role

P = ParamSpec("P")
R = TypeVar("R")

ROLE = "_sayso_role"
PUBLIC = "public"
"""Declared by routes that nobody needs to sign in for."""


def requires(role: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare that a route is for officers of at least this role."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        setattr(view, ROLE, role)
        return view

    return declare


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that a route is for everybody."""
    setattr(view, ROLE, PUBLIC)
    return view


def declared(app: Flask) -> dict[str, str]:
    """Give who may use each endpoint; `LookupError` for one that does not say."""
    roles = {}
    for endpoint, view in app.view_functions.items():
        role = getattr(view, ROLE, None)
        if role is None:
            raise LookupError(f"the route {endpoint} does not declare who may use it")
        roles[endpoint] = str(role)
    return roles


def role_of(endpoint: str) -> Role:
    """Give who may use an endpoint that is not public."""
    return Role(getattr(current_app.view_functions[endpoint], ROLE))


def check() -> ResponseReturnValue | None:
    """Send whoever has not signed in to the sign-in page, and refuse whoever's role is too small."""
    if request.endpoint is None:
        return None
    role = getattr(current_app.view_functions[request.endpoint], ROLE)
    if role == PUBLIC:
        return None
    if not current_user.is_authenticated:
        if request.headers.get("HX-Request"):
            return "", 401, {"HX-Redirect": url_for("accounts.sign_in")}
        target = request.full_path if request.method == "GET" and request.query_string else request.path
        return redirect(url_for("accounts.sign_in", next=target if request.method == "GET" else None))
    if not Role(current_officer().role).includes(role):
        abort(403)
    return None


def current_officer() -> Officer:
    """Give the officer who is signed in."""
    officer: Officer = current_user.officer
    return officer
