"""The forms to look through, each on screen and on paper, and putting in one's own."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.definition import Form
from forms.errors import FormsError
from forms.languages import english_name
from forms.loading import SIZE_MAX, DefinitionError
from forms.paper.editions import EditionName, SizeName
from server.catalogue.giving_out import given_out
from server.catalogue.papers import Paper, Papers, Wanted
from server.catalogue.screen import screen_of
from server.catalogue.shelf import Entry, find, shelf
from server.catalogue.uploading import upload
from server.errors import NotFoundError
from server.models.officers import Role
from server.queries.catalogue import campaigns_by_form, theirs_of
from server.queries.theirs import has_unmarked
from server.web.here import store_here
from server.web.roles import current_officer, requires

bp = Blueprint("catalogue", __name__, template_folder="templates", url_prefix="/forms")

PICTURE_SECONDS = 3600
"""How long a browser keeps a page's picture; its address changes with the paper."""

PAPER = "/<name>/<version>/paper/<edition>/<size>/<language>"


@bp.get("/")
@requires(Role.OFFICER)
def listing() -> ResponseReturnValue:
    """Show every form that can be asked."""
    with store_here().reading() as session:
        entries, uses = shelf(session), campaigns_by_form(session)
    details = store_here().settings.who().details()
    return render_template(
        "catalogue/listing.html", entries=entries, uses=uses, details=details, is_manager=_is_manager()
    )


@bp.get("/new")
@requires(Role.MANAGER)
def new() -> ResponseReturnValue:
    """Show where a form of one's own is put in."""
    return render_template("catalogue/new.html", mistakes=())


@bp.post("/new")
@requires(Role.MANAGER)
def put_in() -> ResponseReturnValue:
    """Keep the form that was sent, or say what is wrong with it."""
    content = _sent_file()
    if not content:
        return render_template("catalogue/new.html", mistakes=(), nothing=True), 422
    try:
        version, is_new = upload(store_here(), content, by=current_officer().uid)
    except DefinitionError as error:
        return render_template("catalogue/new.html", mistakes=error.mistakes), 422
    flash("The form is here now." if is_new else "This form was here already, word for word.", "good")
    return redirect(url_for("catalogue.screen", name=version.name, version=version.content_sha256))


@bp.get("/<name>/<version>")
@requires(Role.OFFICER)
def screen(name: str, version: str) -> ResponseReturnValue:
    """Show a form as a screen asks it."""
    entry = _entry(name, version)
    landlord = store_here().settings.who()
    shown = screen_of(entry.form, _language_asked(entry.form), landlord)
    with store_here().reading() as session:
        uses = campaigns_by_form(session).get(entry.form.content_hash, ())
    title = entry.form.title.filled(entry.form.language, landlord.details())
    return render_template(
        "catalogue/screen.html", entry=entry, screen=shown, title=title, uses=uses, is_manager=_is_manager()
    )


@bp.get("/<name>/<version>/paper")
@requires(Role.OFFICER)
def paper(name: str, version: str) -> ResponseReturnValue:
    """Show a form on paper: its pages where they were made before, else a place that they come to."""
    entry = _entry(name, version)
    edition, size = request.args.get("edition", EditionName.CLEAR), request.args.get("size", SizeName.A4)
    wanted = _wanted(entry, edition, size, _language_asked(entry.form))
    return _paper_page(entry, wanted, _papers().kept(wanted))


@bp.get(f"{PAPER}/pages")
@requires(Role.OFFICER)
def pages(name: str, version: str, edition: str, size: str, language: str) -> ResponseReturnValue:
    """Lay out the pages, then show them; or say why this form cannot be printed so."""
    entry = _entry(name, version)
    wanted = _wanted(entry, edition, size, language)
    try:
        made = _papers().made(wanted)
    except FormsError as error:
        return _paper_page(entry, wanted, None, failed=str(error))
    return _paper_page(entry, wanted, made)


@bp.get(f"{PAPER}/<int:page>.png")
@requires(Role.OFFICER)
def picture(name: str, version: str, edition: str, size: str, language: str, page: int) -> ResponseReturnValue:
    """Give the picture of one page."""
    wanted = _wanted(_entry(name, version), edition, size, language)
    answer = Response(_papers().made(wanted).picture(page), mimetype="image/png")
    answer.headers["Cache-Control"] = f"private, max-age={PICTURE_SECONDS}"
    return answer


@bp.post(f"{PAPER}/form.pdf")
@requires(Role.OFFICER)
def pdf(name: str, version: str, edition: str, size: str, language: str) -> ResponseReturnValue:
    """Give the paper as a PDF to keep, and keep its printing: it may come back typed into."""
    wanted = _wanted(_entry(name, version), edition, size, language)
    answer = Response(given_out(store_here(), wanted, _papers().made(wanted)), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{edition}-{size}-{language}.pdf"'
    return answer


def _sent_file() -> bytes:
    """Give what was sent, up to a byte more than a form may have."""
    file = request.files.get("file")
    if file is None:
        return b""
    with file.stream:
        return file.stream.read(SIZE_MAX + 1)


@dataclass(frozen=True, slots=True)
class Choices:
    """What paper can be chosen from, each value with its words."""

    editions: tuple[tuple[str, str], ...]
    sizes: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]


def _choices(form: Form) -> Choices:
    return Choices(
        editions=((EditionName.CLEAR, "Clear, 14 point"), (EditionName.LARGE, "Large"), (EditionName.GIANT, "Giant")),
        sizes=tuple((size, size.upper()) for size in SizeName),
        languages=tuple((code, english_name(code)) for code in form.languages),
    )


def _paper_page(entry: Entry, wanted: Wanted, made: Paper | None, failed: str = "") -> ResponseReturnValue:
    address = {
        "name": entry.form.form,
        "version": entry.version,
        "edition": wanted.edition,
        "size": wanted.size,
        "language": wanted.language,
    }
    template = "catalogue/_pages.html" if request.headers.get("HX-Request") else "catalogue/paper.html"
    title = entry.form.title.filled(entry.form.language, wanted.landlord.details())
    with store_here().reading() as session:
        has_theirs = theirs_of(session, entry.form.form, entry.version) is not None
        is_unmarked_read = has_unmarked(session, entry.form.content_hash)
    return render_template(
        template,
        has_theirs=has_theirs,
        is_unmarked_read=is_unmarked_read,
        entry=entry,
        title=title,
        wanted=wanted,
        made=made,
        failed=failed,
        address=address,
        choices=_choices(entry.form),
    )


def _entry(name: str, version: str) -> Entry:
    with store_here().reading() as session:
        return find(session, name, version)


def _language_asked(form: Form) -> str:
    asked = request.args.get("language", form.language)
    return asked if asked in form.languages else form.language


def _wanted(entry: Entry, edition: str, size: str, language: str) -> Wanted:
    if edition not in list(EditionName) or size not in list(SizeName) or language not in entry.form.languages:
        raise NotFoundError("This form has no such paper. Choose another edition, size or language.")
    return Wanted(entry.form, store_here().settings.who(), EditionName(edition), SizeName(size), language)


def _papers() -> Papers:
    return Papers(store_here().folder)


def _is_manager() -> bool:
    return Role(current_officer().role).includes(Role.MANAGER)
