"""One's own account: the password and the second factor."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.accounts import own
from server.accounts.errors import FieldRefusedError
from server.accounts.inputs import Code, NewPassword, PasswordAsked
from server.accounts.login import token_here
from server.accounts.totp import grouped, qr_svg
from server.models.officers import Role
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires

bp = Blueprint("own", __name__, template_folder="templates", url_prefix="/account")


@bp.get("/")
@requires(Role.VIEWER)
def account() -> ResponseReturnValue:
    """Show one's own account."""
    return render_template("accounts/own.html", officer=current_officer())


@bp.get("/password")
@requires(Role.VIEWER)
def password() -> ResponseReturnValue:
    """Ask for the old password and a new one."""
    return render_template("accounts/own_password.html", form=nothing_sent(NewPassword))


@bp.post("/password")
@requires(Role.VIEWER)
def change_password() -> ResponseReturnValue:
    """Change one's password and end all other sessions."""
    form = sent(NewPassword, request.form)
    if form.value is not None:
        given = form.value
        try:
            own.change_password(
                store_here(), current_officer(), token_here(), given.old_password, given.password, _address()
            )
        except FieldRefusedError as error:
            form = form.with_mistake(error.field, str(error))
        else:
            flash("Your password is changed. Wherever else you were signed in, you are signed out.", "good")
            return redirect(url_for("own.account"))
    return render_template("accounts/own_password.html", form=form), 422


@bp.get("/second-factor")
@requires(Role.VIEWER)
def second_factor() -> ResponseReturnValue:
    """Ask for the password, to set the second factor up or switch it off."""
    form = nothing_sent(PasswordAsked)
    return render_template("accounts/second_factor.html", officer=current_officer(), form=form)


@bp.get("/second-factor/set-up")
@requires(Role.VIEWER)
def set_up() -> ResponseReturnValue:
    """Show the secret that waits, and ask for a code of it."""
    return _shown(nothing_sent(Code)) if current_officer().totp_pending else redirect(url_for("own.second_factor"))


@bp.get("/second-factor/code.svg")
@requires(Role.VIEWER)
def drawing() -> ResponseReturnValue:
    """Draw the secret that waits, for the telephone's camera."""
    officer = current_officer()
    if not officer.totp_pending:
        abort(404)
    landlord = store_here().settings.who().landlord
    return Response(qr_svg(officer.totp_pending, officer.username, landlord), mimetype="image/svg+xml")


@bp.post("/second-factor")
@requires(Role.VIEWER)
def start_second_factor() -> ResponseReturnValue:
    """Make a new secret; it is in force once a code of it is entered."""
    form = sent(PasswordAsked, request.form)
    if form.value is not None:
        try:
            own.start_second_factor(store_here(), current_officer(), form.value.old_password, _address())
        except FieldRefusedError as error:
            form = form.with_mistake(error.field, str(error))
        else:
            return redirect(url_for("own.set_up"))
    return render_template("accounts/second_factor.html", officer=current_officer(), form=form), 422


@bp.post("/second-factor/set-up")
@requires(Role.VIEWER)
def switch_on() -> ResponseReturnValue:
    """Take the first code, and ask for codes from now on."""
    form = sent(Code, request.form)
    if form.value is not None:
        try:
            own.switch_on(store_here(), current_officer(), token_here(), form.value.code)
        except FieldRefusedError as error:
            form = form.with_mistake(error.field, str(error))
        else:
            flash("From now on you need your telephone to sign in.", "good")
            return redirect(url_for("own.account"))
    if not current_officer().totp_pending:
        return redirect(url_for("own.second_factor"))
    return _shown(form), 422


@bp.post("/second-factor/off")
@requires(Role.VIEWER)
def switch_off() -> ResponseReturnValue:
    """Ask for no codes any more."""
    form = sent(PasswordAsked, request.form)
    if form.value is not None:
        try:
            own.switch_off(store_here(), current_officer(), form.value.old_password, _address())
        except FieldRefusedError as error:
            form = form.with_mistake(error.field, str(error))
        else:
            flash("You now sign in with your password alone.", "good")
            return redirect(url_for("own.account"))
    return render_template("accounts/second_factor.html", officer=current_officer(), form=form), 422


def _shown(form: Sent[Code]) -> str:
    secret = grouped(current_officer().totp_pending or "")
    return render_template("accounts/second_factor_code.html", form=form, secret=secret)


def _address() -> str:
    return request.remote_addr or ""
