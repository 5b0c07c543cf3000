"""Which households a campaign asks: inviting them, and leaving some out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from server.campaigns import inviting
from server.campaigns.inputs import Invite, LeaveOut
from server.errors import NotFoundError, RefusedError
from server.models.officers import Role
from server.queries.campaigns import household_choices, left_out_page, standing
from server.queries.paging import page_asked
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires
from server.web.words import many

bp = Blueprint("invitations", __name__, url_prefix="/<int:campaign_id>/households")


@bp.get("/")
@requires(Role.MANAGER)
def households(campaign_id: int) -> ResponseReturnValue:
    """Show who is invited and who is left out, and how to invite more."""
    return _page(campaign_id)


@bp.post("/invite")
@requires(Role.MANAGER)
def invite(campaign_id: int) -> ResponseReturnValue:
    """Invite the households that were chosen."""
    form = sent(Invite, request.form)
    if form.value is None:
        return _page(campaign_id, invite=form), 422
    try:
        count = inviting.invite(store_here(), campaign_id, form.value, by=current_officer().uid)
    except RefusedError as error:
        return _page(campaign_id, invite=form.with_mistake("number", str(error))), 422
    words = f"{many(count, 'household')} invited." if count else "All of these were invited, or left out, before."
    flash(words, "good" if count else "attention")
    return _back(campaign_id)


@bp.post("/withdraw")
@requires(Role.MANAGER)
def withdraw(campaign_id: int) -> ResponseReturnValue:
    """Take all invitations back, to choose anew."""
    count = inviting.withdraw(store_here(), campaign_id, by=current_officer().uid)
    flash(f"{many(count, 'invitation')} taken back.", "good")
    return _back(campaign_id)


@bp.post("/leave-out")
@requires(Role.MANAGER)
def leave_out(campaign_id: int) -> ResponseReturnValue:
    """Leave one household out."""
    form = sent(LeaveOut, request.form)
    if form.value is None:
        return _page(campaign_id, leaving=form), 422
    given = form.value
    try:
        inviting.leave_out(store_here(), campaign_id, given.code, given.reason, by=current_officer().uid)
    except NotFoundError as error:
        return _page(campaign_id, leaving=form.with_mistake("code", str(error))), 422
    flash("The household is left out.", "good")
    return _back(campaign_id)


@bp.post("/<int:household_id>/take-back-in")
@requires(Role.MANAGER)
def take_back_in(campaign_id: int, household_id: int) -> ResponseReturnValue:
    """Invite a household after all."""
    inviting.take_back_in(store_here(), campaign_id, household_id, by=current_officer().uid)
    flash("The household is invited after all.", "good")
    return _back(campaign_id)


def _page(campaign_id: int, *, invite: Sent[Invite] | None = None, leaving: Sent[LeaveOut] | None = None) -> str:
    with store_here().reading() as session:
        found = standing(session, campaign_id)
        left_out = left_out_page(session, campaign_id, page_asked(request.args.get("page")))
        choices = household_choices(session)
    return render_template(
        "campaigns/households.html",
        standing=found,
        left_out=left_out,
        choices=choices,
        invite=invite or nothing_sent(Invite, how=found.campaign.sampling),
        leaving=leaving or nothing_sent(LeaveOut),
    )


def _back(campaign_id: int) -> Response:
    return redirect(url_for("campaigns.invitations.households", campaign_id=campaign_id))
