"""The pictures of doubts: of one answer, of its whole page, and having those made that lack."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.models.officers import Role
from server.queries.review import doubt_found
from server.returns import pictures
from server.review import sitting
from server.review.screen import screen
from server.web.here import store_here
from server.web.roles import current_officer, requires

bp = Blueprint("pictures", __name__)

JPEG = "image/jpeg"


@bp.get("/answers/<int:reading_id>.jpg")
@requires(Role.OFFICER)
def answer(reading_id: int) -> ResponseReturnValue:
    """Give the picture of one answer."""
    with store_here().reading() as session:
        return Response(pictures.crop(session, reading_id), mimetype=JPEG)


@bp.get("/pages/<int:page_id>.jpg")
@requires(Role.OFFICER)
def page(page_id: int) -> ResponseReturnValue:
    """Give the picture of one page, in full size."""
    with store_here().reading() as session:
        return Response(pictures.preview(store_here(), session, page_id), mimetype=JPEG)


@bp.get("/<int:doubt_id>/page")
@requires(Role.OFFICER)
def whole(doubt_id: int) -> ResponseReturnValue:
    """Show the whole page of a doubt, its place framed."""
    with store_here().reading() as session:
        shown = screen(store_here(), session, doubt_id, current_officer().id, sitting.wish())
    return render_template("review/page.html", shown=shown, asked=shown.asked)


@bp.post("/<int:doubt_id>/pictures")
@requires(Role.OFFICER)
def make(doubt_id: int) -> ResponseReturnValue:
    """Have the pictures of a doubt's page made, and show the doubt, or the page."""
    with store_here().reading() as session:
        page_id = doubt_found(session, doubt_id).page.id
    if not pictures.make(store_here(), page_id):
        flash(
            "No picture can be made of this page: its scan is not there any more, or is not read as it was.",
            "attention",
        )
    to = "review.pictures.whole" if request.form.get("to") == "page" else "review.show"
    return redirect(url_for(to, doubt_id=doubt_id))
