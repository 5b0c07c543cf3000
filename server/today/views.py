"""What needs me today."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from server.alerts.telling import lines
from server.installation import clock
from server.intake.trouble import troubles
from server.models.base import now
from server.models.officers import Role
from server.queries.alerts import open_alerts
from server.queries.today import needs_of_today, open_campaigns
from server.web.here import store_here
from server.web.roles import current_officer, requires
from server.web.words import today

bp = Blueprint("today", __name__, template_folder="templates")


@bp.get("/")
@requires(Role.VIEWER)
def home() -> ResponseReturnValue:
    """Show what came in, and what waits for somebody; to whom only figures are open, the figures."""
    role, store = Role(current_officer().role), store_here()
    with store.reading() as session:
        if not role.includes(Role.OFFICER):
            return render_template("today/figures.html", campaigns=open_campaigns(session), today=today())
        needs, alerts = needs_of_today(session, today()), open_alerts(session)
        doubt_of_clock = clock.doubted(session)
    return render_template(
        "today/home.html",
        needs=needs,
        lines=lines(alerts),
        troubles=troubles(store.folder),
        doubt_of_clock=doubt_of_clock,
        now=now(),
        today=today(),
        is_manager=role.includes(Role.MANAGER),
    )
