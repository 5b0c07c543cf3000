"""Finding a person, handing over what is held about them, and erasing it."""

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from pydantic import Field

from server.models.base import now
from server.models.officers import Role
from server.people.erasing import erase
from server.people.exporting import export
from server.people.summary import summary
from server.queries.held import held_about
from server.queries.people import KEYS, find_people, who
from server.queries.subjects import subject_named
from server.web.here import store_here
from server.web.inputs import Input, Sent, nothing_sent, sent
from server.web.roles import current_officer, requires
from server.web.words import many

bp = Blueprint("people", __name__, template_folder="templates", url_prefix="/people")

WORD = "erase"
"""What must be typed to erase somebody."""


class Search(Input):
    """What the search sends."""

    words: str = Field(min_length=2, max_length=200)


class Confirmation(Input):
    """What the page that asks once more sends."""

    word: str = Field("", max_length=40)


@bp.get("/")
@requires(Role.MANAGER)
def search() -> ResponseReturnValue:
    """Show the search."""
    return render_template("people/search.html", form=nothing_sent(Search), matches=None, keys=KEYS)


@bp.post("/")
@requires(Role.MANAGER)
def found() -> ResponseReturnValue:
    """Show who was found; a POST, so that what was searched for stands in no address."""
    form = sent(Search, request.form)
    if form.value is None:
        return render_template("people/search.html", form=form, matches=None, keys=KEYS), 422
    with store_here().reading() as session:
        matches = find_people(session, form.value.words)
    return render_template("people/search.html", form=form, matches=matches, keys=KEYS)


@bp.get("/<reference>")
@requires(Role.MANAGER)
def held(reference: str) -> ResponseReturnValue:
    """Show what is held about a subject, in counts and dates."""
    return _shown("people/held.html", reference, nothing_sent(Confirmation))


@bp.post("/<reference>/export")
@requires(Role.MANAGER)
def hand_over(reference: str) -> ResponseReturnValue:
    """Give everything that is held as one zip."""
    content = export(store_here(), reference, by=current_officer())
    name = f"person-{now():%Y-%m-%d}.zip"
    answer = send_file(content, mimetype="application/zip", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"  # a file sent would otherwise be kept, and asked for again
    return answer


@bp.get("/<reference>/erase")
@requires(Role.ADMINISTRATOR)
def confirm(reference: str) -> ResponseReturnValue:
    """Show what would be erased, and ask once more."""
    return _shown("people/confirm.html", reference, nothing_sent(Confirmation))


@bp.post("/<reference>/erase")
@requires(Role.ADMINISTRATOR)
def erase_now(reference: str) -> ResponseReturnValue:
    """Erase a subject, if the word was typed."""
    form = sent(Confirmation, request.form)
    if form.value is None or form.value.word.casefold() != WORD:
        form = form.with_mistake("word", f"Type the word {WORD} to go on, or go back.")
        return _shown("people/confirm.html", reference, form), 422
    gone = erase(store_here(), reference, by=current_officer())
    what = f"{many(gone.responses, 'response')} and {many(gone.pages, 'page')}"
    flash(f"Erased, with {what}. What was chosen still counts; nothing tells whose it was.", "good")
    if not gone.is_tidy:
        flash("Traces may be left in the database's file: it was in use. Later, run: sayso person tidy", "attention")
    return redirect(url_for("people.search"))


def _shown(template: str, reference: str, form: Sent[Confirmation]) -> str:
    with store_here().reading() as session:
        found = held_about(session, subject_named(session, reference))
        name, postcode = who(session, found.subject)
        lines = summary(found)
    return render_template(template, held=found, lines=lines, name=name, postcode=postcode, form=form, word=WORD)
