"""A returned copy that needs a person: what is in its way, or which of two stands."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.aside import choosing, copies, pairs, words
from server.aside.inputs import Choosing, Rejecting, SayingCampaign
from server.aside.page_views import REASONS
from server.errors import RefusedError
from server.models.intake import ReturnState
from server.models.officers import Role
from server.models.responses import ResponseState
from server.queries.aside import asides_beside, copy_of, response_of
from server.queries.printings import campaigns_of_printing, printing_words
from server.returns import pictures
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires

bp = Blueprint("copies", __name__)

COUNTS = "The copy counts now."
GOES_ON = "Noted. Something else of this copy is still open."


@bp.get("/copies/<uuid:return_uid>")
@requires(Role.OFFICER)
def show(return_uid: object) -> ResponseReturnValue:
    """Show a copy and what is in its way."""
    return _copy(return_uid, nothing_sent(SayingCampaign), nothing_sent(Rejecting))


def _copy(return_uid: object, campaign: Sent[SayingCampaign], rejecting: Sent[Rejecting]) -> str:
    store = store_here()
    with store.reading() as session:
        found = copy_of(session, str(return_uid))
        return render_template(
            "aside/copy.html",
            copy=found,
            one=found.one,
            printing=printing_words(session, found.one.printed_form_id),
            campaigns=[(one.id, one.name) for one in campaigns_of_printing(session, found.one.printed_form_id)],
            beside=asides_beside(session, found.one) if found.one.pages_missing else (),
            mistakes=pairs.mistakes_of(session, found.one),
            form=campaign,
            rejecting=rejecting,
            reasons=REASONS,
            words=words,
        )


@bp.post("/copies/<uuid:return_uid>/give-up")
@requires(Role.OFFICER)
def give_up(return_uid: object) -> ResponseReturnValue:
    """Count a copy as it is, without its missing pages."""
    return _went_on(return_uid, copies.give_up_pages(store_here(), str(return_uid), by=current_officer()))


@bp.post("/copies/<uuid:return_uid>/campaign")
@requires(Role.OFFICER)
def say_campaign(return_uid: object) -> ResponseReturnValue:
    """Say which campaign a copy answers."""
    form = sent(SayingCampaign, request.form)
    if form.value is None:
        return _copy(return_uid, form, nothing_sent(Rejecting)), 422
    try:
        is_complete = copies.say_campaign(store_here(), str(return_uid), form.value.campaign, by=current_officer())
    except RefusedError as error:
        return _copy(return_uid, form.with_mistake("campaign", str(error)), nothing_sent(Rejecting)), 422
    return _went_on(return_uid, is_complete)


def _went_on(return_uid: object, is_complete: bool) -> ResponseReturnValue:
    flash(COUNTS if is_complete else GOES_ON, "good")
    return redirect(url_for("aside.listing") if is_complete else url_for("aside.copies.show", return_uid=return_uid))


@bp.post("/copies/<uuid:return_uid>/<any('ask-again', 'put-back'):what>")
@requires(Role.OFFICER)
def change(return_uid: object, what: str) -> ResponseReturnValue:
    """Have a copy's missing pages scanned, or take its rejection back."""
    does: Callable[..., Any] = copies.ask_again if what == "ask-again" else copies.put_back
    does(store_here(), str(return_uid), by=current_officer())
    flash("Its pages are on the list to scan." if what == "ask-again" else "The copy is back.", "good")
    return redirect(url_for("aside.copies.show", return_uid=return_uid))


@bp.post("/copies/<uuid:return_uid>/reject")
@requires(Role.OFFICER)
def reject(return_uid: object) -> ResponseReturnValue:
    """Reject a copy, for a reason."""
    form = sent(Rejecting, request.form)
    if form.value is None:
        return _copy(return_uid, nothing_sent(SayingCampaign), form), 422
    copies.reject(store_here(), str(return_uid), form.value.why, by=current_officer())
    flash("The copy is rejected. It is kept, and does not count.", "good")
    return redirect(url_for("aside.listing"))


@bp.post("/copies/<uuid:return_uid>/pictures")
@requires(Role.OFFICER)
def make_pictures(return_uid: object) -> ResponseReturnValue:
    """Make the pictures of a copy's pages that were not needed so far, and of the one that it repeats."""
    store = store_here()
    with store.reading() as session:
        wanted = pairs.pages_without_picture(session, str(return_uid))
    made = [pictures.make(store, page_id) for page_id in wanted]
    if not all(made):
        flash("Some pages have no picture: they were typed in, or their file was removed.", "attention")
    with store.reading() as session:
        is_repeat = copy_of(session, str(return_uid)).one.state == ReturnState.REPEATED
    return redirect(url_for("aside.copies.repeat" if is_repeat else "aside.copies.show", return_uid=return_uid))


@bp.get("/repeats/<uuid:return_uid>")
@requires(Role.OFFICER)
def repeat(return_uid: object) -> ResponseReturnValue:
    """Show two returns of one copy side by side; once that is settled, what became of the second."""
    with store_here().reading() as session:
        if copy_of(session, str(return_uid)).one.state != ReturnState.REPEATED:
            return redirect(url_for("aside.copies.show", return_uid=return_uid))
    return _repeat(return_uid, nothing_sent(Choosing))


def _repeat(return_uid: object, form: Sent[Choosing]) -> str:
    store = store_here()
    with store.reading() as session:
        pair = pairs.pair_of_copies(session, str(return_uid), store.settings.who().details())
    return render_template("aside/repeat.html", pair=pair, form=form, words=words)


@bp.post("/repeats/<uuid:return_uid>")
@requires(Role.OFFICER)
def choose(return_uid: object) -> ResponseReturnValue:
    """Settle which of two returns of one copy stands."""
    form = sent(Choosing, request.form)
    if form.value is None:
        return _repeat(return_uid, form), 422
    standing = choosing.choose_copy(store_here(), str(return_uid), form.value.stands, by=current_officer())
    is_complete = standing.state == ReturnState.COMPLETE
    flash("Settled. One counts." if is_complete else "Settled. It counts once what is open on it is seen to.", "good")
    return redirect(url_for("aside.listing"))


@bp.get("/clashes/<int:response_id>")
@requires(Role.OFFICER)
def clash(response_id: int) -> ResponseReturnValue:
    """Show two responses that came under one id side by side; once that is settled, the list."""
    with store_here().reading() as session:
        if response_of(session, response_id).state != ResponseState.CLASH:
            return redirect(url_for("aside.listing"))
    return _clash(response_id, nothing_sent(Choosing))


def _clash(response_id: int, form: Sent[Choosing]) -> str:
    store = store_here()
    with store.reading() as session:
        pair = pairs.pair_of_responses(session, response_id, store.settings.who().details())
    return render_template("aside/clash.html", pair=pair, form=form, words=words)


@bp.post("/clashes/<int:response_id>")
@requires(Role.OFFICER)
def choose_response(response_id: int) -> ResponseReturnValue:
    """Settle which of two responses stands."""
    form = sent(Choosing, request.form)
    if form.value is None:
        return _clash(response_id, form), 422
    choosing.choose_response(store_here(), response_id, form.value.stands, by=current_officer())
    flash("Settled. One counts.", "good")
    return redirect(url_for("aside.listing"))
