"""The reports of a year, to download as PDFs."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from server.dashboard.asked import asked
from server.errors import NotFoundError
from server.models.officers import Role
from server.publishing.gathering import gather, shared_homes
from server.publishing.reports import ABOUT, Kind, made
from server.web.here import store_here
from server.web.roles import requires
from server.web.words import today

bp = Blueprint("publishing", __name__, template_folder="templates", url_prefix="/reports")


@bp.get("/")
@requires(Role.VIEWER)
def listing() -> ResponseReturnValue:
    """Show the reports of a year."""
    with store_here().reading() as session:
        of = asked(session, store_here().settings.who().landlord, request.args)
    return render_template("publishing/listing.html", asked=of, about=ABOUT)


@bp.get("/<kind>.pdf")
@requires(Role.VIEWER)
def pdf(kind: str) -> ResponseReturnValue:
    """Give one report as a PDF."""
    if kind not in set(Kind):
        raise NotFoundError("There is no such report.")
    store = store_here()
    gathered = gather(store, request.args, today())
    shared = shared_homes(store, gathered) if kind == Kind.TABLE else None
    headers = {"Content-Disposition": f'attachment; filename="{kind}-{gathered.name}.pdf"'}
    return Response(made(Kind(kind), gathered, shared), mimetype="application/pdf", headers=headers)
