"""Importing households: choosing a file, matching its columns, and the report."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.households import imports
from server.households.errors import MatchingError, TableError
from server.households.example import example_csv
from server.households.fields import WORDS
from server.households.guessing import guessed
from server.households.inputs import Matched, Upload, matched, name_of
from server.households.oddities import ODDITIES_MAX, Oddity
from server.households.tables import Table
from server.models.officers import Role
from server.queries.household_imports import MadeImport, import_of, matched_before, recent_imports
from server.sheets import csv_bytes
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent
from server.web.roles import current_officer, requires

bp = Blueprint("imports", __name__)

SHOWN_MAX = 100
"""Oddities on the page; all of them are in the file to download."""


@bp.get("/import")
@requires(Role.MANAGER)
def choose() -> ResponseReturnValue:
    """Show where to choose a file, and what was imported lately."""
    return _choosing(nothing_sent(Upload))


@bp.post("/import")
@requires(Role.MANAGER)
def upload() -> ResponseReturnValue:
    """Keep a file and go on to its columns, or say why it cannot be read."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _choosing(nothing_sent(Upload).with_mistake("file", "Choose a file.")), 422
    try:
        number = imports.begin(store_here(), file.read(), by=current_officer())
    except TableError as error:
        words = str(error)
        return _choosing(nothing_sent(Upload).with_mistake("file", words[:1].upper() + words[1:])), 422
    return redirect(url_for("households.imports.show", number=number))


@bp.get("/imports/<int:number>")
@requires(Role.MANAGER)
def show(number: int) -> ResponseReturnValue:
    """Show the columns of an import that waits, or the report of one that is done."""
    store = store_here()
    with store.reading() as session:
        made = import_of(session, number)
        before = matched_before(session)
    if made.made.applied_at is not None:
        return _report(made)
    table = imports.table_of_import(store, number)
    return _matching(number, table, Matched(guessed(table.headings, before), {}))


@bp.post("/imports/<int:number>/apply")
@requires(Role.MANAGER)
def apply(number: int) -> ResponseReturnValue:
    """Import the households and go on to the report, or show which columns are matched wrongly."""
    store = store_here()
    table = imports.table_of_import(store, number)
    chosen = matched(table.headings, request.form)
    if not chosen.mistakes:
        try:
            imports.apply(store, number, chosen.fields, table=table, by=current_officer())
        except MatchingError as error:
            chosen = Matched(chosen.fields, {"": str(error)})
    if chosen.mistakes:
        return _matching(number, table, chosen), 422
    flash("The households are imported.", "good")
    return redirect(url_for("households.imports.show", number=number))


@bp.post("/imports/<int:number>/give-up")
@requires(Role.MANAGER)
def give_up(number: int) -> ResponseReturnValue:
    """Forget an import that waits."""
    imports.give_up(store_here(), number, by=current_officer())
    flash("The file was removed. No household has changed.", "good")
    return redirect(url_for("households.imports.choose"))


@bp.get("/imports/<int:number>/oddities.csv")
@requires(Role.MANAGER)
def oddities(number: int) -> ResponseReturnValue:
    """Give everything odd about the rows as a file."""
    with store_here().reading() as session:
        found = _oddities(import_of(session, number))
    rows = [(one.row, one.column, one.words, one.outcome) for one in found]
    return _csv(csv_bytes(("Row", "Column", "What is odd", "What was done"), rows), f"import-{number}-oddities.csv")


@bp.get("/example.csv")
@requires(Role.MANAGER)
def example() -> ResponseReturnValue:
    """Give a small list of households as an example."""
    return _csv(example_csv(), "households-example.csv")


def _choosing(form: Sent[Upload]) -> str:
    with store_here().reading() as session:
        recent = recent_imports(session)
    return render_template("households/choose.html", form=form, recent=recent)


def _matching(number: int, table: Table, chosen: Matched) -> str:
    columns = [
        (name_of(place), heading, table.examples(place), chosen.fields[heading])
        for place, heading in enumerate(table.headings)
    ]
    options = [(field.value, words) for field, words in WORDS.items()]
    return render_template(
        "households/matching.html",
        number=number,
        rows=len(table.rows),
        columns=columns,
        options=options,
        form=chosen,
    )


def _report(one: MadeImport) -> str:
    found = _oddities(one)
    return render_template(
        "households/report.html",
        one=one,
        shown=found[:SHOWN_MAX],
        total=len(found),
        is_cut=len(found) == ODDITIES_MAX,
    )


def _oddities(one: MadeImport) -> list[Oddity]:
    return [Oddity.from_plain(kept) for kept in one.made.oddities]


def _csv(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="text/csv", headers=headers)
