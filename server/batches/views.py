"""Post: the list of batches, and the page of one, where its day is said once for all of it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.batches.saying import Done, Said, say
from server.batches.scanner import scanner_of
from server.batches.writing import read_again
from server.errors import RefusedError
from server.intake import trouble
from server.intake.inputs import Begin, answering, day_parts, with_day
from server.models.officers import Role
from server.queries.batches import batch_standing, batches_page
from server.queries.intake import came_in, campaigns_to_answer
from server.queries.paging import page_asked
from server.queries.scanner import page_shown
from server.returns import pictures
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires
from server.web.words import many

bp = Blueprint("batches", __name__, template_folder="templates", url_prefix="/batches")

NO_PICTURE = "No picture can be made of this page: its scan is not there any more, or is not read as it was."


@bp.get("/")
@requires(Role.OFFICER)
def listing() -> ResponseReturnValue:
    """Show all batches, the latest first, and what hinders intake."""
    with store_here().reading() as session:
        page = batches_page(session, page_asked(request.args.get("page")))
    return render_template("batches/listing.html", page=page, troubles=trouble.troubles(store_here().folder))


@bp.get("/<int:batch_id>")
@requires(Role.OFFICER)
def one(batch_id: int) -> ResponseReturnValue:
    """Show one batch."""
    return _one(batch_id)


def _one(batch_id: int, form: Sent[Begin] | None = None) -> str:
    store = store_here()
    with store.reading() as session:
        standing = batch_standing(session, batch_id)
        came = came_in(session, batch_id)
        scanner = scanner_of(store, session, batch_id)
        campaigns = [("", "The one that its form tells"), *campaigns_to_answer(session)]
    batch = standing.batch
    parts = day_parts(batch.received_on) if batch.received_on else {}
    shown = form or nothing_sent(Begin, name=batch.name, campaign=batch.campaign_id, **parts)
    return render_template(
        "batches/one.html",
        standing=standing,
        came=came,
        scanner=scanner,
        campaigns=campaigns,
        answering=answering(campaigns),
        form=shown,
        troubles=trouble.troubles(store.folder),
    )


@bp.post("/<int:batch_id>")
@requires(Role.OFFICER)
def change(batch_id: int) -> ResponseReturnValue:
    """Keep what is said of a batch."""
    form = sent(Begin, with_day(request.form))
    if form.value is None:
        return _one(batch_id, form), 422
    given = Said(form.value.received_on, form.value.name, form.value.campaign)
    try:
        done = say(store_here(), batch_id, given, current_officer())
    except RefusedError as refused:
        return _one(batch_id, form.with_mistake("campaign", str(refused))), 422
    flash(_words(done), "good")
    return redirect(url_for("batches.one", batch_id=batch_id))


def _words(done: Done) -> str:
    parts = ["Kept."]
    parts += [f"{many(done.completed, 'copy counts', 'copies count')} now."] if done.completed else []
    parts += [f"{many(done.moved, 'response')} got the new day."] if done.moved else []
    parts += [f"{many(done.read_again, 'page is', 'pages are')} read once more."] if done.read_again else []
    return " ".join(parts)


@bp.post("/<int:batch_id>/pages/<int:page_id>/picture")
@requires(Role.OFFICER)
def picture(batch_id: int, page_id: int) -> ResponseReturnValue:
    """Have the picture of a page made that shows what is wrong with the scanner."""
    with store_here().reading() as session:
        page_shown(session, batch_id, page_id)
    if not pictures.make(store_here(), page_id):
        flash(NO_PICTURE, "attention")
    return redirect(url_for("batches.one", batch_id=batch_id))


@bp.post("/<int:batch_id>/writing")
@requires(Role.OFFICER)
def writing(batch_id: int) -> ResponseReturnValue:
    """Have the machine try once more to read the writing that it gave up."""
    count = read_again(store_here(), batch_id, current_officer())
    if count:
        flash(f"The writing on {many(count, 'page')} is tried again; its drafts come by themselves.", "good")
    return redirect(url_for("batches.one", batch_id=batch_id))
