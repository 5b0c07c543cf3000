"""Other people's forms: a file in, its draft beside its pages, corrections one by one, and keeping it as a form."""

from pathlib import PurePath

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.adopting import AdoptingError
from forms.adopting.sheets import FILE_MAX_MB
from forms.loading import DefinitionError
from server.adopting.correcting import Correction, corrected
from server.adopting.drafts import Drafts, Waiting
from server.adopting.keeping import keep_as_form, paper_of
from server.adopting.showing import shown
from server.errors import NotFoundError, RefusedError
from server.models.officers import Role
from server.web.here import store_here
from server.web.inputs import sent
from server.web.roles import current_officer, requires

bp = Blueprint("adopting", __name__, template_folder="templates", url_prefix="/forms/adopt")

NO_PAPER = "The form is here now. Their paper cannot bear our marks: {why}. Print the form’s own paper instead."
WITH_PAPER = "The form is here now, and so is their paper with our marks on it."
UNREAD = "What comes back on the paper that they print cannot be read: {why}."
READ = "What comes back on the paper that they print is read in batches of which you say that they answer its campaign."


@bp.get("/")
@requires(Role.MANAGER)
def choose() -> ResponseReturnValue:
    """Show where to choose a file, and the drafts that wait."""
    return _choosing()


@bp.post("/")
@requires(Role.MANAGER)
def upload() -> ResponseReturnValue:
    """Make a draft of the file that was sent, or say why it cannot be one."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _choosing("Choose a file."), 422
    with file.stream:
        content = file.stream.read(FILE_MAX_MB * 2**20 + 1)
    if len(content) > FILE_MAX_MB * 2**20:
        return _choosing(f"The file has more than {FILE_MAX_MB} MB. Cut out the pages of the form."), 422
    try:
        uid = _drafts().begin(content, PurePath(file.filename).stem)
    except AdoptingError as error:
        words = str(error)
        return _choosing(f"{words[:1].upper()}{words[1:]}."), 422
    return redirect(url_for("adopting.draft", uid=uid, page=1))


@bp.get("/<uid>/<int:page>")
@requires(Role.MANAGER)
def draft(uid: str, page: int) -> ResponseReturnValue:
    """Show one page of a draft with its questions beside it."""
    return _page(_drafts().one(uid), page)


@bp.get("/<uid>/<int:page>.png")
@requires(Role.MANAGER)
def picture(uid: str, page: int) -> ResponseReturnValue:
    """Give the picture of one page."""
    answer = Response(_drafts().picture(uid, page), mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


@bp.post("/<uid>/<int:page>")
@requires(Role.MANAGER)
def correct(uid: str, page: int) -> ResponseReturnValue:
    """Put something right, or say why it cannot be so."""
    waiting = _drafts().one(uid)
    _check_page(waiting, page)
    form = sent(Correction, request.form)
    if form.value is None:
        return _page(waiting, page, " ".join(form.mistakes.values())), 422
    try:
        put_right = corrected(waiting.draft, waiting.sizes, page, form.value, request.form)
        _drafts().change(uid, put_right, form.value.change)
    except (AdoptingError, RefusedError) as error:
        words = str(error)
        return _page(_drafts().one(uid), page, words[:1].upper() + words[1:]), 422
    flash("This is kept in the draft.", "good")
    at = f"q-{form.value.question}" if form.value.question and form.value.act != "drop" else None
    return redirect(url_for("adopting.draft", uid=uid, page=page, _anchor=at))


@bp.post("/<uid>/keep")
@requires(Role.MANAGER)
def keep(uid: str) -> ResponseReturnValue:
    """Keep the draft as a form, or show what has to be put right before."""
    try:
        kept = keep_as_form(store_here(), _drafts(), uid, by=current_officer().uid)
    except DefinitionError as error:
        words = " ".join(f"{one.key}: {one.wrong}. {one.remedy}" for one in error.mistakes[:5])
        return _page(_drafts().one(uid), 1, f"Before it can be kept, put this right. {words}"), 422
    marked = NO_PAPER.format(why=kept.without_paper) if kept.without_paper else WITH_PAPER
    flash(f"{marked} {UNREAD.format(why=kept.unread) if kept.unread else READ}", "good")
    return redirect(url_for("catalogue.screen", name=kept.name, version=kept.version))


@bp.post("/<uid>/give-up")
@requires(Role.MANAGER)
def give_up(uid: str) -> ResponseReturnValue:
    """Forget a draft."""
    _drafts().remove(_drafts().one(uid).uid)
    flash("The draft is gone.", "good")
    return redirect(url_for("adopting.choose"))


@bp.get("/<name>/<version>/theirs.pdf")
@requires(Role.OFFICER)
def paper(name: str, version: str) -> ResponseReturnValue:
    """Give their paper with our marks on it, to be printed."""
    answer = Response(paper_of(store_here(), name, version), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-theirs.pdf"'
    return answer


def _choosing(wrong: str = "") -> str:
    return render_template("adopting/choose.html", waiting=_drafts().all(), wrong=wrong, most=FILE_MAX_MB)


def _page(waiting: Waiting, page: int, wrong: str = "") -> str:
    _check_page(waiting, page)
    return render_template(
        "adopting/draft.html",
        waiting=waiting,
        page=page,
        asked=shown(waiting, page),
        size=waiting.sizes[page - 1],
        wrong=wrong,
    )


def _check_page(waiting: Waiting, page: int) -> None:
    if not 1 <= page <= len(waiting.sizes):
        raise NotFoundError(f"There is no page {page} of this draft.")


def _drafts() -> Drafts:
    return Drafts(store_here().folder)
