"""Signing in and out."""

import re
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from server.accounts import login, signing_in, throttling
from server.accounts.inputs import SignIn
from server.models.officers import Role
from server.web.here import store_here
from server.web.inputs import nothing_sent, sent
from server.web.roles import public, requires

bp = Blueprint("accounts", __name__, template_folder="templates")

WRONG: Final = "The name, the password or the code is not right."

OF_THIS_SITE: Final = re.compile(r"/(?!/)[^\\\x00-\x1f\x7f]*")
"""An address that browsers cannot take for another site's: they read a backslash as a slash, and leave out tabs."""


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Show the sign-in page."""
    if current_user.is_authenticated:
        return redirect(url_for("today.home"))
    return render_template("accounts/sign_in.html", form=nothing_sent(SignIn), wants_code=False)


@bp.post("/sign-in")
@public
def sign_in_now() -> ResponseReturnValue:
    """Begin a session, or say what is wrong."""
    form = sent(SignIn, request.form)
    if form.value is None:
        return render_template("accounts/sign_in.html", form=form, wants_code=False), 422
    given = form.value
    outcome = signing_in.sign_in(store_here(), given.username, given.password, given.code, request.remote_addr or "")
    if outcome.officer is not None:
        login.begin(outcome.officer, outcome.token)
        return redirect(_within_site(request.args.get("next", "")))
    if outcome.wait_seconds:
        slower = form.with_mistake("", throttling.words(outcome.wait_seconds))
        return render_template("accounts/sign_in.html", form=slower, wants_code=False), 429
    if outcome.wants_code and not given.code:
        return render_template("accounts/sign_in.html", form=form, wants_code=True)
    wrong = form.with_mistake("", WRONG)
    return render_template("accounts/sign_in.html", form=wrong, wants_code=outcome.wants_code), 422


@bp.post("/sign-out")
@requires(Role.VIEWER)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    login.end()
    return redirect(url_for("accounts.sign_in"))


def _within_site(target: str) -> str:
    """Give where to go on: only ever a page of this site."""
    return target if OF_THIS_SITE.fullmatch(target) else url_for("today.home")
