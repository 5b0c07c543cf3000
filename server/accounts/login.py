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

USER = "_user_id"
"""Flask-Login's key of the token."""


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
    """Give who is signed in; a session that is over leaves nothing in the cookie that could revive it later."""
    if g.get("is_database_silent"):
        return None  # it failed just now: the page that says so must not ask again
    seen = session.get(SEEN, 0)
    officer = None
    if isinstance(seen, int) and time() - seen <= sessions.IDLE.total_seconds():
        g.is_database_silent = True
        with store_here().reading() as database:
            officer = sessions.officer_of(database, token)
        g.is_database_silent = False
    if officer is None:
        session.clear()
        return None
    g.is_in_use = True
    return SignedIn(officer, token)


def _seen(response: Response) -> Response:
    """Note when a session was used; what needs no session, such as a style sheet, neither prolongs nor sends it."""
    if g.get("is_in_use") and USER in session:
        session[SEEN] = int(time())
    return response


def begin(officer: Officer, token: str) -> None:
    """Put a new session into the cookie, and end the one before; nothing of it is left."""
    end()
    g.pop("csrf_token", None)
    login_user(SignedIn(officer, token))
    session[SEEN] = int(time())


def token_here() -> str:
    """Give the token of the session of this request."""
    return cast(SignedIn, current_user).token


def end() -> None:
    """End the session of this request, here and in the cookie."""
    if current_user.is_authenticated:
        with store_here().writing() as database:
            sessions.end(database, token_here())
    logout_user()
    session.clear()
