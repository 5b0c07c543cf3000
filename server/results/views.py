"""Results of campaigns: all questions of one, any two things crossed, and what people wrote."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from server.catalogue.versions import form_of
from server.models.campaigns import Audience, Campaign
from server.models.officers import Role
from server.queries.campaigns import campaign_of
from server.queries.paging import page_asked
from server.queries.results import campaigns_answered, comments_of
from server.results.crosstable import Shown, cross_table, is_one_thing, side_of, sides
from server.results.gathering import EQUALITY_SMALL, equality_of, results_of
from server.results.inputs import Search
from server.results.wording import Worded, fact_words
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import requires

bp = Blueprint("results", __name__, template_folder="templates", url_prefix="/results")

OPEN_TO_ALL = (
    "Anyone could answer this. The figures stand for those who chose to take part. They do not speak for all tenants."
)


@bp.get("/")
@requires(Role.VIEWER)
def listing() -> ResponseReturnValue:
    """Show the campaigns that have results."""
    with store_here().reading() as session:
        page = campaigns_answered(session, page_asked(request.args.get("page")))
    return render_template("results/listing.html", listing=page)


@bp.get("/<int:campaign_id>")
@requires(Role.VIEWER)
def one(campaign_id: int) -> ResponseReturnValue:
    """Show what each question of a campaign came to."""
    with store_here().reading() as session:
        campaign, worded = _campaign(campaign_id)
        responses, groups = results_of(session, campaign_id, worded)
        equality = equality_of(session, campaign.survey_round, worded)
    return render_template(
        "results/one.html",
        campaign=campaign,
        worded=worded,
        notice=_notice(campaign, worded),
        responses=responses,
        groups=groups,
        equality=equality,
        least=EQUALITY_SMALL,
    )


@bp.get("/<int:campaign_id>/cross")
@requires(Role.VIEWER)
def cross(campaign_id: int) -> ResponseReturnValue:
    """Show any two things of a campaign crossed."""
    campaign, worded = _campaign(campaign_id)
    known = sides(worded)
    rows, columns = request.args.get("rows", ""), request.args.get("columns", "")
    shown: Shown | None = None
    is_same = bool(rows) and is_one_thing(side_of(rows), side_of(columns))
    if rows or columns:
        if rows not in known or columns not in known:
            abort(404)
        with store_here().reading() as session:
            sides_asked = (side_of(rows), side_of(columns))
            shown = None if is_same else cross_table(session, campaign_id, *sides_asked, worded)
    return render_template(
        "results/cross.html",
        campaign=campaign,
        notice=_notice(campaign, worded),
        known=known,
        rows=rows,
        columns=columns,
        shown=shown,
        is_same=is_same,
    )


@bp.get("/<int:campaign_id>/comments")
@requires(Role.OFFICER)
def comments(campaign_id: int) -> ResponseReturnValue:
    """Show the latest of what people wrote."""
    return _comments(campaign_id, nothing_sent(Search), Search(words="", page=1))


@bp.post("/<int:campaign_id>/comments")
@requires(Role.OFFICER)
def search(campaign_id: int) -> ResponseReturnValue:
    """Show what people wrote that holds all these words."""
    form = sent(Search, request.form)
    if form.value is None:
        return _comments(campaign_id, form, Search(words="", page=1)), 422
    return _comments(campaign_id, form, form.value)


def _comments(campaign_id: int, form: Sent[Search], asked: Search) -> str:
    campaign, worded = _campaign(campaign_id)
    questions = {one.id: worded.say(one.ask) for one in worded.commented}
    with store_here().reading() as session:
        found = comments_of(session, campaign_id, list(questions), asked.words, asked.page)
    return render_template(
        "results/comments.html",
        campaign=campaign,
        questions=questions,
        listing=found,
        form=form,
        asked=asked,
        fact_words=fact_words,
    )


def _campaign(campaign_id: int) -> tuple[Campaign, Worded]:
    store = store_here()
    with store.reading() as session:
        campaign = campaign_of(session, campaign_id)
    return campaign, Worded(form_of(campaign.form_version), store.settings.who().details())


def _notice(campaign: Campaign, worded: Worded) -> str:
    """Give what the figures are not, in the form's own words where it has some."""
    if worded.form.notice is not None:
        return worded.say(worded.form.notice)
    return OPEN_TO_ALL if campaign.audience == Audience.ANYONE else ""
