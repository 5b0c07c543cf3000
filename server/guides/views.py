"""The guides' pages."""

from flask import Blueprint, render_template, send_from_directory
from flask.typing import ResponseReturnValue

from server.guides.reading import PICTURES, guide, guides
from server.models.officers import Role
from server.web.roles import requires

bp = Blueprint("guides", __name__, url_prefix="/guides", template_folder="templates")


@bp.get("/")
@requires(Role.VIEWER)
def listing() -> ResponseReturnValue:
    """List the guides."""
    return render_template("guides/listing.html", guides=guides())


@bp.get("/<name>")
@requires(Role.VIEWER)
def one(name: str) -> ResponseReturnValue:
    """Show a guide."""
    return render_template("guides/one.html", guide=guide(name))


@bp.get("/pictures/<name>")
@requires(Role.VIEWER)
def picture(name: str) -> ResponseReturnValue:
    """Give a picture of a guide."""
    return send_from_directory(PICTURES, name)
