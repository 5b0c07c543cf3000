"""The quality check: what can be said of accepted answers, drawing some by lot, and reading them blind."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.checks import drawing, looking
from server.checks.inputs import Draw, batch_asked, kind_asked, target_asked
from server.checks.looking import Outcome
from server.checks.screen import batch_screen, campaign_statement, home, look_screen
from server.checks.statement import TARGETS, in_per_cent
from server.errors import NotFoundError, RefusedError
from server.models.officers import Role
from server.models.review import LookKind
from server.review.inputs import Given, given
from server.web.here import store_here
from server.web.inputs import nothing_sent, sent
from server.web.roles import current_officer, requires
from server.web.words import many

bp = Blueprint("checks", __name__, template_folder="templates", url_prefix="/checks")
bp.add_app_template_filter(in_per_cent, "in_per_cent")

DONE = "Nothing is left to look at here."


@bp.get("/")
@requires(Role.OFFICER)
def listing() -> ResponseReturnValue:
    """Show what can be said of each campaign and each of its batches."""
    with store_here().reading() as session:
        shown = home(session, target_asked(request.args))
    return render_template("checks/listing.html", shown=shown, target=target_asked(request.args), targets=TARGETS)


@bp.get("/batches/<int:batch_id>")
@requires(Role.OFFICER)
def batch(batch_id: int) -> ResponseReturnValue:
    """Show what can be said of one batch, and every answer that was read in two ways."""
    return _batch(batch_id)


def _batch(batch_id: int, form: object = None) -> str:
    target = target_asked(request.args)
    with store_here().reading() as session:
        shown = batch_screen(store_here(), session, batch_id, target)
    me = current_officer().id
    return render_template(
        "checks/batch.html",
        shown=shown,
        target=target,
        targets=TARGETS,
        form=form or nothing_sent(Draw),
        me=me,
    )


@bp.post("/batches/<int:batch_id>/draw")
@requires(Role.OFFICER)
def draw(batch_id: int) -> ResponseReturnValue:
    """Draw answers of one batch by lot, and show the first of them."""
    form = sent(Draw, request.form)
    if form.value is None:
        return _batch(batch_id, form), 422
    kind = kind_asked(request.form)
    count = drawing.draw(store_here(), batch_id, kind, form.value.count, current_officer())
    if not count:
        flash("There is nothing more to draw: no other answer of this batch has a picture for checks.", "attention")
        return redirect(url_for("checks.batch", batch_id=batch_id))
    return _next(batch_id)


@bp.post("/campaigns/<int:campaign_id>/draw")
@requires(Role.OFFICER)
def draw_evenly(campaign_id: int) -> ResponseReturnValue:
    """Draw answers of all batches of a campaign, from each as many as is its share."""
    store, target = store_here(), target_asked(request.form)
    with store.reading() as session:
        wanted = campaign_statement(session, campaign_id, target).to_draw
    count = sum(
        drawing.draw(store, batch_id, LookKind.ACCEPTED, each, current_officer()) for batch_id, each in wanted.items()
    )
    words = f"{many(count, 'answer')} drawn." if count else "There is nothing more to draw."
    flash(words, "good" if count else "attention")
    return redirect(url_for("checks.listing", target=target))


@bp.post("/begin")
@requires(Role.OFFICER)
def begin() -> ResponseReturnValue:
    """Show the next answer, of one batch or of all."""
    return _next(batch_asked(request.form))


def _next(batch_id: int | None, after: int | None = None) -> ResponseReturnValue:
    found = looking.begin(store_here(), batch_id, current_officer(), after)
    if found is not None:
        return redirect(url_for("checks.show", look_id=found, batch=batch_id))
    flash(DONE, "good")
    return _back(batch_id)


def _back(batch_id: int | None) -> ResponseReturnValue:
    return redirect(url_for("checks.listing") if batch_id is None else url_for("checks.batch", batch_id=batch_id))


@bp.get("/looks/<int:look_id>")
@requires(Role.OFFICER)
def show(look_id: int) -> ResponseReturnValue:
    """Show one answer, and nothing of how it was read before."""
    return _show(look_id, Given())


def _show(look_id: int, form: Given) -> str:
    batch_id = batch_asked(request.args)
    with store_here().reading() as session:
        shown = look_screen(store_here(), session, look_id, batch_id, current_officer().id)
    return render_template("checks/look.html", shown=shown, asked=shown.asked, form=form, batch_id=batch_id)


@bp.post("/looks/<int:look_id>")
@requires(Role.OFFICER)
def read(look_id: int) -> ResponseReturnValue:
    """Keep what the officer reads, and show the next answer."""
    store, batch_id = store_here(), batch_asked(request.args)
    try:
        with store.reading() as session:
            asked = look_screen(store, session, look_id, batch_id, current_officer().id).asked
        form = given(asked, request.form)
        if form.said is None:
            return _show(look_id, form), 422
        outcome = looking.look(store, look_id, form.said, current_officer())
    except (NotFoundError, RefusedError) as gone:
        flash(str(gone), "attention")
        return _next(batch_id)
    if outcome.kind is LookKind.THIRD:
        _tell(outcome)
        return redirect(url_for("checks.batch", batch_id=outcome.batch_id))
    return _next(batch_id, look_id)


def _tell(outcome: Outcome) -> None:
    if outcome.agrees:
        flash("You read it as it was read at first: that stands, and the second reading was a slip.", "good")
    elif outcome.hindered is None:
        flash("The first reading was wrong. The answer is corrected in its response.", "good")
    else:
        flash(f"The first reading was wrong, and it could not be corrected. {outcome.hindered}", "attention")


@bp.post("/looks/<int:look_id>/later")
@requires(Role.OFFICER)
def later(look_id: int) -> ResponseReturnValue:
    """Leave one answer for later, and show the next."""
    return _next(batch_asked(request.args), look_id)


@bp.post("/looks/<int:look_id>/third")
@requires(Role.OFFICER)
def third(look_id: int) -> ResponseReturnValue:
    """Have an answer that was read in two ways read a third time, by somebody else."""
    try:
        return redirect(url_for("checks.show", look_id=looking.third_look(store_here(), look_id, current_officer())))
    except RefusedError as refused:
        flash(str(refused), "attention")
        return _back(batch_asked(request.form))


@bp.post("/looks/<int:look_id>/correct")
@requires(Role.OFFICER)
def correct(look_id: int) -> ResponseReturnValue:
    """Try once more to correct an answer."""
    try:
        looking.correct_again(store_here(), look_id, current_officer())
        flash("The answer is corrected in its response.", "good")
    except RefusedError as refused:
        flash(str(refused), "attention")
    return _back(batch_asked(request.form))


@bp.post("/looks/<int:look_id>/hold")
@requires(Role.OFFICER)
def hold(look_id: int) -> ResponseReturnValue:
    """Keep an answer for the officer who looks at it."""
    looking.hold(store_here(), look_id, current_officer())
    return "", 204


@bp.post("/looks/<int:look_id>/leave")
@requires(Role.OFFICER)
def leave(look_id: int) -> ResponseReturnValue:
    """Give an answer back that the officer does not look at any more."""
    looking.leave(store_here(), look_id, current_officer())
    return "", 204
