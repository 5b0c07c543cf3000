"""The list of what needs a person, what was rejected, and what is to be scanned again."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.aside import choosing, words
from server.aside.copy_views import bp as copies_bp
from server.aside.page_views import bp as pages_bp
from server.models.officers import Role
from server.queries.aside import Group, group_page, needs_you, to_scan_again
from server.queries.paging import page_asked
from server.web.here import store_here
from server.web.roles import current_officer, requires

bp = Blueprint("aside", __name__, template_folder="templates", url_prefix="/needs-you")
bp.register_blueprint(pages_bp)
bp.register_blueprint(copies_bp)


@bp.get("/")
@requires(Role.OFFICER)
def listing() -> ResponseReturnValue:
    """Show everything that needs a person, group by group."""
    with store_here().reading() as session:
        groups = needs_you(session)
    return render_template("aside/listing.html", groups=groups, words=words)


@bp.get("/all/<group>")
@requires(Role.OFFICER)
def group(group: str) -> ResponseReturnValue:
    """Show all of one group, a page at a time."""
    if group not in list(Group):
        abort(404)
    asked = Group(group)
    with store_here().reading() as session:
        found = group_page(session, asked, page_asked(request.args.get("page")))
    return render_template("aside/group.html", group=asked, listing=found, words=words)


@bp.get("/rescans")
@requires(Role.OFFICER)
def rescans() -> ResponseReturnValue:
    """Show the list to take to the scanner."""
    with store_here().reading() as session:
        found = to_scan_again(session)
    return render_template("aside/rescans.html", found=found, words=words)


@bp.post("/again/<int:arrival_id>")
@requires(Role.OFFICER)
def see(arrival_id: int) -> ResponseReturnValue:
    """Take note that a file came again."""
    choosing.see(store_here(), arrival_id, by=current_officer())
    flash("Noted. It counts once.", "good")
    return redirect(url_for("aside.listing"))
