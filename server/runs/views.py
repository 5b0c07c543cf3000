"""Print runs: the list, asking for one, and what comes of it."""

from io import BytesIO
from typing import BinaryIO

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms.languages import english_name
from server.catalogue.versions import form_of
from server.errors import NotFoundError, RefusedError
from server.models.campaigns import Campaign
from server.models.copies import RunKind, RunState
from server.models.officers import Role
from server.queries.paging import page_asked
from server.queries.recipients import count_of_recipients
from server.queries.runs import ShownRun, campaign_to_print, campaigns_to_print, index_rows, run_shown, runs_page
from server.runs import worker
from server.runs.asking import LetterRefusedError, ask
from server.runs.inputs import KINDS, Chosen, Offers, Paper
from server.runs.letter_words import default_letter
from server.sheets import csv_bytes, xlsx_bytes
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires

bp = Blueprint("runs", __name__, template_folder="templates", url_prefix="/print")

INDEX_HEADINGS = ("Copy", "Code", "Household")
bp.add_app_template_filter(english_name, "language_name")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/")
@requires(Role.OFFICER)
def listing() -> ResponseReturnValue:
    """Show all runs, the latest first."""
    return _listing(nothing_sent(Chosen, kind=RunKind.HOUSEHOLDS))


def _listing(form: Sent[Chosen]) -> str:
    with store_here().reading() as session:
        page = runs_page(session, page_asked(request.args.get("page")))
        options = [(one.id, f"{one.name} ({one.state})") for one in campaigns_to_print(session)]
    may_ask = Role(current_officer().role).includes(Role.MANAGER)
    return render_template("runs/listing.html", page=page, options=options, form=form, kinds=KINDS, may_ask=may_ask)


@bp.get("/new")
@requires(Role.MANAGER)
def new() -> ResponseReturnValue:
    """Show what can be chosen for a run of one campaign and kind."""
    chosen = sent(Chosen, request.args)
    if chosen.value is None:
        return _listing(chosen), 422
    campaign = _campaign(chosen.value)
    form, kind = form_of(campaign.form_version), chosen.value.kind
    letter = default_letter(campaign, form, store_here().settings.who(), kind) if kind is not RunKind.COPIES else ""
    start = nothing_sent(Paper, edition="clear", size="a4", language=form.language, letter=letter, copies=20)
    return _new(campaign, kind, start)


@bp.post("/new")
@requires(Role.MANAGER)
def add() -> ResponseReturnValue:
    """Write down a run that is to be made, and show how far it is."""
    chosen, paper = sent(Chosen, request.args), sent(Paper, request.form)
    if chosen.value is None:
        return _listing(chosen), 422
    campaign, kind = _campaign(chosen.value), chosen.value.kind
    if paper.value is not None and paper.value.language not in form_of(campaign.form_version).languages:
        paper = paper.with_mistake("language", "Choose one of these.")
    if paper.value is None:
        return _new(campaign, kind, paper), 422
    try:
        run_id = ask(store_here(), campaign, paper.value.wanted(kind), officer=current_officer())
    except RefusedError as refused:
        field = "letter" if isinstance(refused, LetterRefusedError) else ""
        return _new(campaign, kind, paper.with_mistake(field, str(refused))), 422
    worker.wake()
    flash("The run was asked for.", "good")
    return redirect(url_for("runs.show", run_id=run_id))


def _campaign(chosen: Chosen) -> Campaign:
    with store_here().reading() as session:
        return campaign_to_print(session, chosen.campaign)


def _new(campaign: Campaign, kind: RunKind, form: Sent[Paper]) -> str:
    with store_here().reading() as session:
        goes_to = count_of_recipients(session, campaign.id, kind)
    offers = Offers(form_of(campaign.form_version))
    return render_template(
        "runs/new.html", campaign=campaign, kind=kind, form=form, offers=offers, goes_to=goes_to, kinds=KINDS
    )


@bp.get("/<int:run_id>")
@requires(Role.OFFICER)
def show(run_id: int) -> ResponseReturnValue:
    """Show one run."""
    return render_template("runs/show.html", shown=_run(run_id), kinds=KINDS)


@bp.get("/<int:run_id>/state")
@requires(Role.OFFICER)
def state(run_id: int) -> ResponseReturnValue:
    """Give the part of a run's page that changes once it is made; nothing before, so that nothing is read out again."""
    run = _run(run_id).run
    return ("", 204) if run.state == RunState.WAITING else render_template("runs/_state.html", run=run)


@bp.get("/<int:run_id>/<any(run, labels, letters):what>.pdf")
@requires(Role.OFFICER)
def paper(run_id: int, what: str) -> ResponseReturnValue:
    """Give a run's copies, labels or letters."""
    run = _run(run_id).run
    names = {"run": run.pdf_sha256, "labels": run.labels_sha256, "letters": run.letters_sha256}
    name = names[what]
    if name is None:
        raise NotFoundError(f"Print run {run_id} has no such file: it is not ready, or its addresses were removed.")
    file = store_here().files.open(name)
    ending = "" if what == "run" else f"-{what}"
    return _download(file, f"run-{run_id}{ending}.pdf", "application/pdf", store_here().files.size(name))


@bp.get("/<int:run_id>/index.<any(csv, xlsx):kind>")
@requires(Role.OFFICER)
def index(run_id: int, kind: str) -> ResponseReturnValue:
    """Give the list of which copy is whose."""
    with store_here().reading() as session:
        run_shown(session, run_id)
        rows = [(row.number, row.code, row.household) for row in index_rows(session, run_id)]
    if kind == "csv":
        content, mimetype = csv_bytes(INDEX_HEADINGS, rows), "text/csv"
    else:
        content, mimetype = xlsx_bytes(INDEX_HEADINGS, rows, f"Run {run_id}"), XLSX
    return _download(BytesIO(content), f"run-{run_id}-index.{kind}", mimetype, len(content))


def _download(file: BinaryIO, name: str, mimetype: str, size: int) -> Response:
    """Give a file to be saved; no cache keeps it."""
    answer = send_file(file, mimetype=mimetype, as_attachment=True, download_name=name)
    answer.content_length = size
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _run(run_id: int) -> ShownRun:
    with store_here().reading() as session:
        return run_shown(session, run_id)
