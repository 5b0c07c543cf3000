"""Doubts, one at a time: the page of one, what an officer says of it, and what comes next."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.errors import NotFoundError, RefusedError
from server.models.officers import Role
from server.queries.review import Order, Wish, batch_named, batches_waiting, doubt_found, opinions
from server.returns.deciding import Clash
from server.review import settling, sitting
from server.review.asking import asked_of
from server.review.inputs import Given, drafted, given, is_number, said_before
from server.review.picture_views import bp as pictures
from server.review.screen import screen
from server.review.settling import Done
from server.review.words import NOTED, in_words, noted_in_words
from server.web.here import store_here
from server.web.roles import current_officer, requires

bp = Blueprint("review", __name__, template_folder="templates", url_prefix="/review")
bp.register_blueprint(pictures)
bp.add_app_template_global(in_words, "decision_in_words")
bp.add_app_template_filter(noted_in_words, "noted_in_words")

ORDERS = {Order.QUESTION: "By question", Order.SHEET: "By sheet"}


@bp.get("/")
@requires(Role.OFFICER)
def start() -> ResponseReturnValue:
    """Show how many doubts wait, in which batches; after a sitting, what was done and what comes next."""
    with store_here().reading() as session:
        waiting = batches_waiting(session)
    shown = {"waiting": waiting, "count": sum(one.count for one in waiting), "wish": sitting.wish()}
    return render_template("review/start.html", **shown, settled=sitting.settled(), orders=ORDERS)


@bp.post("/")
@requires(Role.OFFICER)
def begin() -> ResponseReturnValue:
    """Remember the order and the batch that were chosen, and go to the first doubt."""
    chosen, batch_id = request.form.get("order", ""), request.form.get("batch", "")
    order = Order(chosen) if chosen in list(Order) else sitting.wish().order
    with store_here().reading() as session:
        batch = batch_named(session, int(batch_id)) if is_number(batch_id) else None
    wish = Wish(order, batch.id if batch else None)
    sitting.choose(wish)
    return _go_to(settling.begin(store_here(), current_officer(), wish))


def _go_to(doubt_id: int | None) -> ResponseReturnValue:
    return redirect(url_for("review.start") if doubt_id is None else url_for("review.show", doubt_id=doubt_id))


@bp.get("/<int:doubt_id>")
@requires(Role.OFFICER)
def show(doubt_id: int) -> ResponseReturnValue:
    """Show one doubt."""
    return _page(doubt_id, Given())


def _page(doubt_id: int, form: Given) -> str:
    with store_here().reading() as session:
        shown = screen(store_here(), session, doubt_id, current_officer().id, sitting.wish())
    more = {"orders": ORDERS, "wish": sitting.wish(), "settled": sitting.settled()}
    can_take_back = sitting.last_decision() is not None
    return render_template(
        "review/doubt.html", shown=shown, asked=shown.asked, form=form, can_take_back=can_take_back, noted=NOTED, **more
    )


@bp.post("/<int:doubt_id>")
@requires(Role.OFFICER)
def decide(doubt_id: int) -> ResponseReturnValue:
    """Record what the officer says, and show the next doubt."""
    store = store_here()
    with store.reading() as session:
        asked = asked_of(doubt_found(session, doubt_id), store.settings.who())
    if "draft" in request.form:
        return _page(doubt_id, drafted(asked, request.form["draft"]))
    form = given(asked, request.form)
    if form.said is None:
        return _page(doubt_id, form), 422
    try:
        return _after(doubt_id, settling.decide(store, doubt_id, form.said, current_officer(), sitting.wish()))
    except (NotFoundError, RefusedError) as gone:
        flash(str(gone), "attention")
        return _go_to(settling.begin(store, current_officer(), sitting.wish()))


def _after(doubt_id: int, done: Done) -> ResponseReturnValue:
    """Go to the next doubt; to what another officer said where that was there first."""
    outcome = done.outcome
    if not isinstance(outcome, Clash):
        sitting.remember(outcome.correction_id)
        return _swapped_in(done.next_id) if request.headers.get("HX-Request") else _go_to(done.next_id)
    if outcome.agrees:
        flash("Somebody else had just decided the same.", "good")
        return _go_to(done.next_id)
    return redirect(url_for("review.clash", doubt_id=doubt_id, mine_id=outcome.correction_id))


def _swapped_in(doubt_id: int | None) -> ResponseReturnValue:
    """Give the next doubt at once to a page that swaps it in: a journey less for every key."""
    if doubt_id is None:
        return _go_to(None)
    return _page(doubt_id, Given()), 200, {"HX-Push-Url": url_for("review.show", doubt_id=doubt_id)}


@bp.get("/<int:doubt_id>/clash/<int:mine_id>")
@requires(Role.OFFICER)
def clash(doubt_id: int, mine_id: int) -> ResponseReturnValue:
    """Show what another officer decided beside what this one said."""
    return _clash(doubt_id, mine_id, Given())


def _clash(doubt_id: int, mine_id: int, form: Given) -> ResponseReturnValue:
    with store_here().reading() as session:
        shown = screen(store_here(), session, doubt_id, current_officer().id, sitting.wish())
    mine = next((one for one in shown.opinions if one.correction.id == mine_id), None)
    standing = next((one for one in shown.opinions if one.correction.undone_at is None), None)
    if mine is None or standing is None:
        return redirect(url_for("review.show", doubt_id=doubt_id))
    both = {"mine": mine, "standing": standing}
    page = render_template("review/clash.html", shown=shown, asked=shown.asked, form=form, noted=NOTED, **both)
    return page, 422 if form.mistakes else 200


@bp.post("/<int:doubt_id>/clash/<int:mine_id>")
@requires(Role.OFFICER)
def settle_clash(doubt_id: int, mine_id: int) -> ResponseReturnValue:
    """Record which of the two stands."""
    store, seen = store_here(), request.form.get("seen", "")
    with store.reading() as session:
        asked = asked_of(doubt_found(session, doubt_id), store.settings.who())
        said = said_before(opinions(session, doubt_id), request.form.get("stands"))
    form = Given(said=said) if said is not None else given(asked, request.form)
    if form.said is None or not is_number(seen):
        return _clash(doubt_id, mine_id, form)
    return _after(doubt_id, settling.overrule(store, int(seen), form.said, current_officer(), sitting.wish()))


@bp.post("/<int:doubt_id>/later")
@requires(Role.OFFICER)
def later(doubt_id: int) -> ResponseReturnValue:
    """Leave a doubt for later, and show the next."""
    following = settling.put_off(store_here(), doubt_id, current_officer(), sitting.wish())
    if following is None:
        flash("No other doubt waits here: those that are left were put off, or are with other officers.", "attention")
    return _go_to(following)


@bp.post("/<int:doubt_id>/hold")
@requires(Role.OFFICER)
def hold(doubt_id: int) -> ResponseReturnValue:
    """Keep a doubt for the officer who looks at it."""
    settling.hold(store_here(), doubt_id, current_officer())
    return "", 204


@bp.post("/<int:doubt_id>/leave")
@requires(Role.OFFICER)
def leave(doubt_id: int) -> ResponseReturnValue:
    """Give a doubt back that the officer does not look at any more."""
    settling.leave(store_here(), doubt_id, current_officer())
    return "", 204


@bp.post("/undo")
@requires(Role.OFFICER)
def undo() -> ResponseReturnValue:
    """Take the officer's last decision back, and show its doubt again."""
    last = sitting.last_decision()
    if last is None:
        flash("There is nothing to take back in this sitting.", "attention")
        return redirect(url_for("review.start"))
    try:
        doubt_id = settling.take_back(store_here(), last, current_officer())
    except RefusedError as refused:
        sitting.forget_last(was_taken_back=False)
        flash(str(refused), "attention")
        return redirect(url_for("review.start"))
    sitting.forget_last(was_taken_back=True)
    flash("Your last decision is taken back. This doubt is open again.", "good")
    return redirect(url_for("review.show", doubt_id=doubt_id))
