"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from pydantic import Field

from server.accounts import login, signing_in
from server.models.officers import Role
from server.web.here import store_here
from server.web.inputs import Input, nothing_sent, sent
from server.web.roles import current_officer, public, requires

bp = Blueprint("accounts", __name__, template_folder="templates")

WRONG = "The name, the password or the code is not right."


class SignIn(Input):
    """What the sign-in page sends."""

    username: str = Field(min_length=1, max_length=60)
    password: str = Field(min_length=1, max_length=400)
    code: str = Field("", max_length=20)


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
        return redirect(_within_site(request.args.get("next")))
    if outcome.wait_seconds:
        words = f"There were several wrong tries. Wait {outcome.wait_seconds} seconds, then try again."
        return render_template("accounts/sign_in.html", form=form.with_mistake("", words), wants_code=False), 429
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


@bp.get("/account")
@requires(Role.VIEWER)
def own() -> ResponseReturnValue:
    """Show one's own account."""
    return render_template("accounts/own.html", officer=current_officer())


def _within_site(target: str | None) -> str:
    """Give where to go on: only ever a page of this site."""
    parts = urlsplit(target or "")
    is_here = not parts.scheme and not parts.netloc and parts.path.startswith("/") and "\\" not in (target or "")
    return target if target and is_here and not target.startswith("//") else url_for("today.home")
