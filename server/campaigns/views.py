"""Campaigns to look at, make, change, open and close."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from server.campaigns import drafting, opening
from server.campaigns.draft_page import as_form, draft_page
from server.campaigns.errors import ChangedMeanwhileError, NameTakenError
from server.campaigns.household_views import bp as invitations
from server.campaigns.inputs import Changes, Draft, Seen, date_parts, with_dates
from server.campaigns.next_step import next_step
from server.errors import RefusedError
from server.models.campaigns import Audience, Campaign, CampaignState, Channel, Sampling
from server.models.officers import Role
from server.queries.campaigns import campaign_of, progress_page, standing
from server.queries.paging import page_asked
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires
from server.web.words import today

bp = Blueprint("campaigns", __name__, template_folder="templates", url_prefix="/campaigns")
bp.register_blueprint(invitations)


@bp.errorhandler(ChangedMeanwhileError)
def changed_meanwhile(error: ChangedMeanwhileError) -> ResponseReturnValue:
    """Say that somebody else came first."""
    campaign_id = (request.view_args or {}).get("campaign_id")
    return render_template("campaigns/changed.html", words=str(error), campaign_id=campaign_id), 409


@bp.get("/")
@requires(Role.OFFICER)
def listing() -> ResponseReturnValue:
    """Show all campaigns, the open ones first."""
    with store_here().reading() as session:
        page = progress_page(session, page_asked(request.args.get("page")))
    return render_template("campaigns/listing.html", listing=page, today=today(), is_manager=_is_manager())


@bp.get("/new")
@requires(Role.MANAGER)
def new() -> ResponseReturnValue:
    """Show the form of a new campaign."""
    first = {**date_parts("opens_on", today()), "audience": Audience.INVITED, "sampling": Sampling.CENSUS}
    return draft_page(nothing_sent(Draft, form=request.args.get("form", ""), channels=[Channel.PAPER], **first))


@bp.post("/new")
@requires(Role.MANAGER)
def make() -> ResponseReturnValue:
    """Make a campaign as a draft."""
    form = sent(Draft, with_dates(request.form, "opens_on", "closes_on"))
    if form.value is None:
        return draft_page(form), 422
    try:
        campaign = drafting.make(store_here(), form.value, by=current_officer().uid)
    except NameTakenError as error:
        return draft_page(form.with_mistake("name", str(error))), 422
    flash("The campaign is made, as a draft.", "good")
    return _to(campaign.id)


@bp.get("/<int:campaign_id>")
@requires(Role.OFFICER)
def one(campaign_id: int) -> ResponseReturnValue:
    """Show one campaign and what is to be done next."""
    with store_here().reading() as session:
        found = standing(session, campaign_id)
    return render_template(
        "campaigns/one.html", standing=found, step=next_step(found, today()), today=today(), is_manager=_is_manager()
    )


@bp.get("/<int:campaign_id>/edit")
@requires(Role.MANAGER)
def edit(campaign_id: int) -> ResponseReturnValue:
    """Show what of a campaign can be changed."""
    campaign = _campaign(campaign_id)
    return draft_page(as_form(campaign), campaign)


@bp.post("/<int:campaign_id>/edit")
@requires(Role.MANAGER)
def change(campaign_id: int) -> ResponseReturnValue:
    """Change a campaign."""
    campaign = _campaign(campaign_id)
    is_draft = campaign.state == CampaignState.DRAFT
    form: Sent[Draft] | Sent[Changes] = (
        sent(Draft, with_dates(request.form, "opens_on", "closes_on"))
        if is_draft
        else sent(Changes, with_dates(request.form, "closes_on"))
    )
    if form.value is None:
        return draft_page(form, campaign), 422
    try:
        drafting.change(store_here(), campaign_id, form.value, by=current_officer().uid)
    except NameTakenError as error:
        return draft_page(form.with_mistake("name", str(error)), campaign), 422
    flash("The campaign is changed.", "good")
    return _to(campaign_id)


@bp.get("/<int:campaign_id>/open")
@requires(Role.MANAGER)
def opening_page(campaign_id: int) -> ResponseReturnValue:
    """Say what opening a campaign means, and ask whether to."""
    with store_here().reading() as session:
        found = standing(session, campaign_id)
    return render_template(
        "campaigns/open.html", standing=found, hindrances=opening.hindrances(found.campaign, today()), today=today()
    )


@bp.post("/<int:campaign_id>/open")
@requires(Role.MANAGER)
def open_now(campaign_id: int) -> ResponseReturnValue:
    """Open a campaign."""
    opening.open_now(store_here(), campaign_id, _version(), today(), by=current_officer().uid)
    flash("The campaign is open.", "good")
    return _to(campaign_id)


@bp.get("/<int:campaign_id>/close")
@requires(Role.MANAGER)
def closing_page(campaign_id: int) -> ResponseReturnValue:
    """Say what closing a campaign means, and ask whether to."""
    with store_here().reading() as session:
        return render_template("campaigns/close.html", standing=standing(session, campaign_id), today=today())


@bp.post("/<int:campaign_id>/close")
@requires(Role.MANAGER)
def close_now(campaign_id: int) -> ResponseReturnValue:
    """Close a campaign."""
    opening.close_now(store_here(), campaign_id, _version(), by=current_officer().uid)
    flash("The campaign is closed.", "good")
    return _to(campaign_id)


def _campaign(campaign_id: int) -> Campaign:
    with store_here().reading() as session:
        campaign = campaign_of(session, campaign_id)
    if campaign.state == CampaignState.CLOSED:
        raise RefusedError("This campaign is closed: it stays as it was.")
    return campaign


def _version() -> int:
    seen = sent(Seen, request.form).value
    return seen.version if seen else 0


def _to(campaign_id: int) -> Response:
    return redirect(url_for("campaigns.one", campaign_id=campaign_id))


def _is_manager() -> bool:
    return Role(current_officer().role).includes(Role.MANAGER)
