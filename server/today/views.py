"""What needs me today."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from server.models.officers import Role
from server.queries.today import needs_of_today
from server.web.here import store_here
from server.web.roles import requires

bp = Blueprint("today", __name__, template_folder="templates")


@bp.get("/")
@requires(Role.VIEWER)
def home() -> ResponseReturnValue:
    """Show what came in, and what waits for somebody."""
    with store_here().reading() as session:
        return render_template("today/home.html", needs=needs_of_today(session))
