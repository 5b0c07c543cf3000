"""The audit log, to look through."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from server.models.officers import Role
from server.queries.audit import events_page
from server.queries.paging import page_asked
from server.web.here import store_here
from server.web.roles import requires

bp = Blueprint("audit", __name__, template_folder="templates", url_prefix="/audit")


@bp.get("/")
@requires(Role.ADMINISTRATOR)
def events() -> ResponseReturnValue:
    """Show what was done, the latest first."""
    officer, action = request.args.get("officer", ""), request.args.get("action", "")
    with store_here().reading() as session:
        page = events_page(session, page_asked(request.args.get("page")), officer_uid=officer, action=action)
    return render_template("audit/events.html", page=page, officer=officer, action=action)
