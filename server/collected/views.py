"""Importing answers that were collected elsewhere: the file, its columns, what would come of it, what came of it."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.collected import importing, waiting
from server.collected.inputs import Matched, Upload, first_guess, matched, name_of
from server.collected.matching import LEAVE_OUT, targets
from server.collected.rows import Setup
from server.collected.values import Direction
from server.figures.directions import Method, direction
from server.households.errors import TableError
from server.households.tables import Table
from server.models.collected import CollectedImport
from server.models.officers import Role
from server.queries.collected import import_of, open_campaigns, recent_imports
from server.results.wording import Worded
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires
from server.web.words import plain, today

bp = Blueprint("collected", __name__, template_folder="templates", url_prefix="/collected")

SHOWN_MAX = 100
"""Problems on the page; all of them are in the file of refused rows."""

DIRECTIONS = (
    (Direction.WORDS.value, "Scales are in words: there are no numbers"),
    (Direction.BEST_FIRST.value, "1 is the best answer, such as very satisfied"),
    (Direction.BEST_LAST.value, "5 is the best answer, such as very satisfied"),
)


@bp.get("/")
@requires(Role.MANAGER)
def choose() -> ResponseReturnValue:
    """Show where to choose a file, and the imports that there are."""
    return _choosing(nothing_sent(Upload, campaign=request.args.get("campaign", "")))


@bp.post("/")
@requires(Role.MANAGER)
def upload() -> ResponseReturnValue:
    """Keep a file and go on to its columns, or say why it cannot be read."""
    form, file = sent(Upload, request.form), request.files.get("file")
    if file is None or not file.filename:
        form = form.with_mistake("file", "Choose a file.")
    if form.value is None or file is None:
        return _choosing(form), 422
    try:
        key = waiting.begin(store_here(), file.read(), file.filename or "", form.value.campaign, by=current_officer())
    except TableError as error:
        words = str(error)
        return _choosing(form.with_mistake("file", words[:1].upper() + words[1:])), 422
    return redirect(url_for("collected.columns", key=key))


@bp.get("/<uuid:key>/columns")
@requires(Role.MANAGER)
def columns(key: UUID) -> ResponseReturnValue:
    """Show what each column probably holds."""
    one, table, worded = _waiting(key)
    return _matching(one, table, worded, first_guess(table.headings, worded, today()))


@bp.post("/<uuid:key>/columns")
@requires(Role.MANAGER)
def match(key: UUID) -> ResponseReturnValue:
    """Keep how the columns are matched and go on to what comes of it, or show what is matched wrongly."""
    one, table, worded = _waiting(key)
    chosen = matched(table.headings, request.form, worded)
    if chosen.mistakes or chosen.reading is None:
        return _matching(one, table, worded, chosen), 422
    waiting.match(store_here(), one.uid, Setup(chosen.columns, **dict(chosen.reading)))
    return redirect(url_for("collected.show", key=key))


@bp.get("/<uuid:key>")
@requires(Role.MANAGER)
def show(key: UUID) -> ResponseReturnValue:
    """Show what would come of an import, or what came of one that is done."""
    one = _one(key)
    if one.applied_at is not None:
        return render_template("collected/report.html", one=one)
    if not one.columns:
        return redirect(url_for("collected.columns", key=key))
    one, table, worded = _waiting(key)
    read = importing.preview(store_here(), one, table, worded, today())
    methods = dict[str, int]()
    for ready in read.ready:
        method = direction().method_of("", ready.method)
        methods[plain(method)] = methods.get(plain(method), 0) + 1
    return render_template(
        "collected/preview.html",
        one=one,
        rows=len(table.rows),
        read=read,
        shown=read.problems[:SHOWN_MAX],
        methods=methods,
        with_home=sum(1 for ready in read.ready if ready.home or ready.copy_code),
    )


@bp.post("/<uuid:key>/apply")
@requires(Role.MANAGER)
def apply(key: UUID) -> ResponseReturnValue:
    """Make responses of the rows that can stand."""
    importing.apply(store_here(), str(key), today(), by=current_officer())
    flash("The answers are imported.", "good")
    return redirect(url_for("collected.show", key=key))


@bp.post("/<uuid:key>/remove")
@requires(Role.MANAGER)
def remove(key: UUID) -> ResponseReturnValue:
    """Forget an import with its file and its refused rows; the responses that were made of it stay."""
    is_done = waiting.remove(store_here(), str(key), by=current_officer())
    flash("The refused rows were removed." if is_done else "The file was removed. Nothing was imported.", "good")
    return redirect(url_for("collected.choose"))


@bp.get("/<uuid:key>/refused.csv")
@requires(Role.MANAGER)
def refused(key: UUID) -> ResponseReturnValue:
    """Give the rows that cannot stand, each with what is wrong."""
    store, one = store_here(), _one(key)
    if one.applied_at is not None:
        content = importing.refused_of(store, one)
    else:
        one, table, worded = _waiting(key)
        content = importing.refused_csv(table, importing.preview(store, one, table, worded, today()))
    headers = {"Content-Disposition": 'attachment; filename="refused-rows.csv"'}
    return Response(content, mimetype="text/csv", headers=headers)


def _one(key: UUID) -> CollectedImport:
    with store_here().reading() as session:
        return import_of(session, str(key))


def _waiting(key: UUID) -> tuple[CollectedImport, Table, Worded]:
    store, one = store_here(), _one(key)
    table = waiting.table_of(store, one)
    _, worded = waiting.open_campaign(store, one.campaign_id)
    return one, table, worded


def _choosing(form: Sent[Upload]) -> str:
    with store_here().reading() as session:
        campaigns, recent = open_campaigns(session), recent_imports(session)
    names = {campaign.id: campaign.name for campaign in campaigns}
    return render_template("collected/choose.html", form=form, names=names, recent=recent)


def _matching(one: CollectedImport, table: Table, worded: Worded, form: Matched) -> str:
    rows = [
        (name_of(place), heading, table.examples(place), form.columns.get(heading, LEAVE_OUT))
        for place, heading in enumerate(table.headings)
    ]
    return render_template(
        "collected/columns.html",
        one=one,
        rows=len(table.rows),
        columns=rows,
        targets=targets(worded).items(),
        methods=[(method.value, plain(method.value).capitalize()) for method in Method],
        directions=DIRECTIONS,
        form=form,
    )
