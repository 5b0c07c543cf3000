"""Exports of campaigns: choosing the file, and the file."""

from io import BytesIO

from flask import Blueprint, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from server.exports.columns import What
from server.exports.inputs import Choice
from server.exports.making import Asked, export_as_download
from server.models.officers import Role
from server.queries.campaigns import campaign_of
from server.queries.paging import page_asked
from server.queries.results import campaigns_answered, responses_of
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires
from server.web.words import today

bp = Blueprint("exports", __name__, template_folder="templates", url_prefix="/exports")

KINDS = (
    (".xlsx", "Excel (XLSX): answers in words, with a sheet that explains"),
    (".csv", "CSV: answers in words, for any program"),
    (".sav", "SPSS (SAV): numbers with their words"),
    (".jsonl", "JSON lines: answers by their ids, for programmers"),
)
WHAT = (
    (What.PROFILE.value, "What is known of the home: area, scheme, tenure, age band, property type"),
    (What.WORDS.value, "What people wrote in their own words"),
)


@bp.get("/")
@requires(Role.OFFICER)
def listing() -> ResponseReturnValue:
    """Show the campaigns whose answers can be exported."""
    with store_here().reading() as session:
        page = campaigns_answered(session, page_asked(request.args.get("page")))
    return render_template("exports/listing.html", listing=page)


@bp.get("/<int:campaign_id>")
@requires(Role.OFFICER)
def one(campaign_id: int) -> ResponseReturnValue:
    """Show what an export can be."""
    return _page(campaign_id, nothing_sent(Choice, kind=".xlsx", what=[]))


@bp.post("/<int:campaign_id>")
@requires(Role.OFFICER)
def download(campaign_id: int) -> ResponseReturnValue:
    """Write the export and give it, with a line in the audit log."""
    form = sent(Choice, request.form)
    if form.value is None:
        return _page(campaign_id, form), 422
    if form.value.what and not _may_have_more():
        abort(403)
    asked = Asked(campaign_id, form.value.kind, frozenset(form.value.what))
    name, content = export_as_download(store_here(), asked, today=today(), by=current_officer())
    return send_file(BytesIO(content), as_attachment=True, download_name=name)


def _may_have_more() -> bool:
    """Tell whether whoever is signed in may have rows that could tell who somebody is."""
    return Role(current_officer().role).includes(Role.MANAGER)


def _page(campaign_id: int, form: Sent[Choice]) -> str:
    with store_here().reading() as session:
        campaign = campaign_of(session, campaign_id)
        responses = responses_of(session, campaign_id)
    return render_template(
        "exports/one.html",
        campaign=campaign,
        responses=responses,
        form=form,
        kinds=KINDS,
        what=WHAT if _may_have_more() else (),
    )
