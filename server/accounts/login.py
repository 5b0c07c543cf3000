"""Flask-Login and the guard against forged forms, put into the application."""

from time import time
from typing import cast

from flask import Flask, Response, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFProtect

from server.accounts import sessions
from server.models.officers import Officer
from server.web.here import store_here

SEEN = "seen"
"""The cookie's key of the moment of the last request, in seconds."""


class SignedIn(UserMixin):  # type: ignore[misc]
    """An officer with the token of this session."""

    def __init__(self, officer: Officer, token: str) -> None:
        self.officer = officer
        self.token = token

    def get_id(self) -> str:
        """Give what the cookie holds."""
        return self.token


def register(app: Flask) -> None:
    """Let officers sign in to an application."""
    CSRFProtect(app)
    manager = LoginManager(app)
    manager.session_protection = None  # it goes by address, which changes on a council's network; the token is enough
    manager.user_loader(_loaded)
    app.after_request(_seen)
    app.jinja_env.globals["signed_in"] = lambda: current_user.officer if current_user.is_authenticated else None


def _loaded(token: str) -> SignedIn | None:
    seen = session.get(SEEN, 0)
    if not isinstance(seen, int) or time() - seen > sessions.IDLE.total_seconds():
        return None
    with store_here().reading() as database:
        officer = sessions.officer_of(database, token)
    return SignedIn(officer, token) if officer else None


def _seen(response: Response) -> Response:
    if "_user_id" in session:
        session[SEEN] = int(time())
    return response


def begin(officer: Officer, token: str) -> None:
    """Put a new session into the cookie; nothing of an earlier one is left in it."""
    session.clear()
    g.pop("csrf_token", None)
    login_user(SignedIn(officer, token))
    session[SEEN] = int(time())


def end() -> None:
    """End the session of this request, here and in the cookie."""
    if current_user.is_authenticated:
        with store_here().writing() as database:
            sessions.end(database, cast(SignedIn, current_user).token)
    logout_user()
    session.clear()
