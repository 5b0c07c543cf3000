"""Households to look through and to find, and one household's page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.households import reminders
from server.households.import_views import bp as imports_bp
from server.households.inputs import Reminders, Search
from server.models.officers import Role
from server.queries.households import Filters, counts, households_like, households_page, story_of
from server.queries.paging import page_asked
from server.web.here import store_here
from server.web.inputs import nothing_sent, sent
from server.web.roles import current_officer, requires

bp = Blueprint("households", __name__, template_folder="templates", url_prefix="/households")
bp.register_blueprint(imports_bp)


@bp.get("/")
@requires(Role.OFFICER)
def listing() -> ResponseReturnValue:
    """Show how many households there are where, and a page of them."""
    given = request.args
    filters = Filters(
        area=given.get("area", ""),
        scheme=given.get("scheme", ""),
        tenure=given.get("tenure", ""),
        gone=given.get("show") == "gone",
    )
    with store_here().reading() as session:
        totals = counts(session)
        page = households_page(session, page_asked(given.get("page")), filters)
    return render_template(
        "households/listing.html",
        counts=totals,
        listing=page,
        filters=filters,
        form=nothing_sent(Search),
        may_import=Role(current_officer().role).includes(Role.MANAGER),
    )


@bp.post("/search")
@requires(Role.OFFICER)
def search() -> ResponseReturnValue:
    """Show the households that what was typed finds; it is about people, so it stands in no address."""
    form = sent(Search, request.form)
    if form.value is None:
        return render_template("households/search.html", form=form, found=None), 422
    with store_here().reading() as session:
        found = households_like(session, form.value.words)
    return render_template("households/search.html", form=form, found=found)


@bp.get("/<uuid:uid>")
@requires(Role.OFFICER)
def household(uid: object) -> ResponseReturnValue:
    """Show one household: what is known of it, and what it was asked."""
    with store_here().reading() as session:
        story = story_of(session, str(uid))
    return render_template("households/household.html", story=story)


@bp.post("/<uuid:uid>/reminders")
@requires(Role.OFFICER)
def set_reminders(uid: object) -> ResponseReturnValue:
    """Keep whether a household wants no reminder."""
    form = sent(Reminders, request.form)
    if form.value is not None:
        wanted = form.value.wants_none
        reminders.wants_no_reminder(store_here(), str(uid), wanted, by=current_officer())
        flash("No reminder goes to this household now." if wanted else "Reminders may go to this household.", "good")
    return redirect(url_for("households.household", uid=uid))
