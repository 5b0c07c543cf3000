"""Officers' accounts, for an administrator."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.accounts import officers
from server.accounts.errors import FieldRefusedError
from server.accounts.inputs import NewOfficer, OfficerChange, PasswordGiven
from server.errors import RefusedError
from server.models.officers import Role
from server.queries.officers import officer_with_uid, officers_listed
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires

bp = Blueprint("officers", __name__, template_folder="templates", url_prefix="/officers")

ROLES = (
    (Role.VIEWER, "Viewer: sees figures only"),
    (Role.OFFICER, "Officer: reads in paper, keys in, settles doubts"),
    (Role.MANAGER, "Manager: runs campaigns, households and printing as well"),
    (Role.ADMINISTRATOR, "Administrator: everything, officers' accounts and settings too"),
)


@bp.get("/")
@requires(Role.ADMINISTRATOR)
def listed() -> ResponseReturnValue:
    """Show all officers."""
    with store_here().reading() as session:
        return render_template("accounts/officers.html", officers=officers_listed(session))


@bp.get("/add")
@requires(Role.ADMINISTRATOR)
def new() -> ResponseReturnValue:
    """Ask who is to be added."""
    return render_template("accounts/add_officer.html", form=nothing_sent(NewOfficer, role=Role.OFFICER), roles=ROLES)


@bp.post("/add")
@requires(Role.ADMINISTRATOR)
def add() -> ResponseReturnValue:
    """Add an officer."""
    form = sent(NewOfficer, request.form)
    if form.value is not None:
        given = form.value
        try:
            officer = officers.add(
                store_here(), given.username, given.name, given.role, given.password, by=current_officer().uid
            )
        except FieldRefusedError as error:
            form = form.with_mistake(error.field, str(error))
        else:
            flash(f"{officer.name} may sign in as {officer.username}.", "good")
            return redirect(url_for("officers.listed"))
    return render_template("accounts/add_officer.html", form=form, roles=ROLES), 422


@bp.get("/<uuid:uid>")
@requires(Role.ADMINISTRATOR)
def one(uid: UUID) -> ResponseReturnValue:
    """Show one officer's account."""
    return _page(str(uid))


@bp.post("/<uuid:uid>")
@requires(Role.ADMINISTRATOR)
def change(uid: UUID) -> ResponseReturnValue:
    """Give an officer another name or role."""
    form = sent(OfficerChange, request.form)
    if form.value is None:
        return _page(str(uid), change_form=form), 422
    try:
        officers.change(store_here(), str(uid), name=form.value.name, role=form.value.role, by=current_officer().uid)
    except FieldRefusedError as error:
        return _page(str(uid), change_form=form.with_mistake(error.field, str(error))), 422
    except RefusedError as error:
        return _page(str(uid), change_form=form.with_mistake("role", str(error))), 422
    flash("This is kept.", "good")
    return redirect(url_for("officers.one", uid=uid))


@bp.post("/<uuid:uid>/password")
@requires(Role.ADMINISTRATOR)
def give_password(uid: UUID) -> ResponseReturnValue:
    """Give an officer a new password."""
    form = sent(PasswordGiven, request.form)
    if form.value is None:
        return _page(str(uid), password_form=form), 422
    try:
        officers.give_password(store_here(), str(uid), form.value.password, by=current_officer().uid)
    except FieldRefusedError as error:
        return _page(str(uid), password_form=form.with_mistake(error.field, str(error))), 422
    flash("The new password is in force. Pass it on, and ask for it to be changed after signing in.", "good")
    return redirect(url_for("officers.one", uid=uid))


@bp.post("/<uuid:uid>/second-factor/forget")
@requires(Role.ADMINISTRATOR)
def forget_second_factor(uid: UUID) -> ResponseReturnValue:
    """Let an officer whose telephone is lost sign in without it."""
    officers.forget_second_factor(store_here(), str(uid), by=current_officer().uid)
    flash("No code is asked for any more. A new telephone can be set up on the page “Your account”.", "good")
    return redirect(url_for("officers.one", uid=uid))


@bp.post("/<uuid:uid>/disable")
@requires(Role.ADMINISTRATOR)
def disable(uid: UUID) -> ResponseReturnValue:
    """Shut an officer out."""
    try:
        officers.disable(store_here(), str(uid), by=current_officer().uid)
    except RefusedError as error:
        return _page(str(uid), password_form=nothing_sent(PasswordGiven).with_mistake("", str(error))), 422
    flash("This account is disabled: nobody can sign in with it.", "good")
    return redirect(url_for("officers.one", uid=uid))


@bp.post("/<uuid:uid>/enable")
@requires(Role.ADMINISTRATOR)
def enable(uid: UUID) -> ResponseReturnValue:
    """Let an officer in again."""
    officers.enable(store_here(), str(uid), by=current_officer().uid)
    flash("This account is enabled again.", "good")
    return redirect(url_for("officers.one", uid=uid))


def _page(
    uid: str, change_form: Sent[OfficerChange] | None = None, password_form: Sent[PasswordGiven] | None = None
) -> str:
    with store_here().reading() as session:
        officer = officer_with_uid(session, uid)
    return render_template(
        "accounts/officer.html",
        officer=officer,
        is_own=officer.uid == current_officer().uid,
        change_form=change_form or nothing_sent(OfficerChange, name=officer.name, role=officer.role),
        password_form=password_form or nothing_sent(PasswordGiven),
        roles=ROLES,
    )
