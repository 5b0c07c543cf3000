"""A page, or a file, that was set aside: its picture, why, and what can be done with it."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.aside import naming, pages, words
from server.aside.inputs import AT_FIRST, CORNERS, Naming, Rejecting
from server.aside.picture import picture_of
from server.aside.reasons import REJECTIONS
from server.errors import NotFoundError, RefusedError
from server.models.intake import Page, PageState
from server.models.officers import Role
from server.queries.aside import copy_in_need, copy_of, file_of, page_of
from server.queries.printings import printing_name, printings_to_choose
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires

bp = Blueprint("pages", __name__)

REASONS = [(str(key), sentence) for key, sentence in REJECTIONS.items()]


@bp.get("/pages/<int:page_id>")
@requires(Role.OFFICER)
def show(page_id: int) -> ResponseReturnValue:
    """Show a page; `turn` turns its picture, and `belongs` fills in what is known of the copy that may lack it."""
    asked = request.args
    known = _known_of(asked["belongs"]) if asked.get("belongs") else {}
    return _page(page_id, nothing_sent(Naming, turn=asked.get("turn", "0"), **known), nothing_sent(Rejecting))


def _known_of(return_uid: str) -> dict[str, object]:
    """Give what a copy says of a page that it lacks. Its code stands in no address: it leads to a household."""
    with store_here().reading() as session:
        found = copy_of(session, return_uid)
        printing = printing_name(session, found.one.printed_form_id)
    number = found.one.pages_missing[0] if found.one.pages_missing else ""
    return {"printing": printing, "number": number, "copy_code": found.code or "", "belongs": found.one.uid}


@bp.post("/pages/<int:page_id>")
@requires(Role.OFFICER)
def name(page_id: int) -> ResponseReturnValue:
    """Read a page by what the officer says of it."""
    form = sent(Naming, request.form)
    if form.value is None:
        return _page(page_id, form, nothing_sent(Rejecting)), 422
    named = naming.Named(form.value.hint(), form.value.belongs or None)
    try:
        aside = naming.name_page(store_here(), page_id, named, by=current_officer())
    except RefusedError as error:
        return _page(page_id, form.with_mistake("copy_code", str(error)), None), 422
    if aside is not None:
        return _page(page_id, form.with_mistake("printing", f"It still cannot be read. {aside.detail}"), None), 422
    flash("The page is read. What is in doubt on it waits in the review.", "good")
    return _after(page_id)


def _after(page_id: int) -> ResponseReturnValue:
    """Go on to the copy that the page now belongs to, if that needs something; else back to the list."""
    with store_here().reading() as session:
        uid = copy_in_need(session, page_id)
    return redirect(url_for("aside.copies.show", return_uid=uid) if uid else url_for("aside.listing"))


def _page(page_id: int, form: Sent[Naming], rejecting: Sent[Rejecting] | None) -> str:
    store = store_here()
    with store.reading() as session:
        page = page_of(session, page_id)
        printings = printings_to_choose(session)
    turn = str(form.raw.get("turn", "0"))
    return render_template(
        "aside/page.html",
        page=page,
        form=Sent({**_corners_at_first(), **form.raw}, form.value, form.mistakes),
        rejecting=rejecting or nothing_sent(Rejecting),
        picture=picture_of(store, page, int(turn) if turn.isdecimal() and len(turn) == 1 else 0),
        printings=printings,
        corners=CORNERS,
        reasons=REASONS,
        is_open=page.state == PageState.SET_ASIDE,
        words=words,
    )


def _corners_at_first() -> dict[str, object]:
    places = enumerate(AT_FIRST, 1)
    return {"where": "look", **{f"{axis}{at}": part for at, xy in places for axis, part in zip("xy", xy, strict=True)}}


@bp.get("/pages/<int:page_id>/picture")
@requires(Role.OFFICER)
def picture(page_id: int) -> ResponseReturnValue:
    """Give the picture of a page."""
    store = store_here()
    with store.reading() as session:
        page: Page = page_of(session, page_id)
    if page.preview_sha256 is None:
        raise NotFoundError("There is no picture of this page.")
    return Response(store.files.read(page.preview_sha256), mimetype="image/jpeg")


@bp.post("/pages/<int:page_id>/ask-again")
@requires(Role.OFFICER)
def ask_again(page_id: int) -> ResponseReturnValue:
    """Put a page onto the list of what is to be scanned again."""
    pages.ask_again(store_here(), page_id, by=current_officer())
    flash("It is on the list of what is to be scanned again. It stays here until it comes.", "good")
    return redirect(url_for("aside.pages.show", page_id=page_id))


@bp.post("/pages/<int:page_id>/read-again")
@requires(Role.OFFICER)
def read_again(page_id: int) -> ResponseReturnValue:
    """Have a page read once more."""
    pages.read_again(store_here(), page_id, by=current_officer())
    flash("The page is read once more. If it still cannot be read, it is on this list again in a minute.", "good")
    return redirect(url_for("aside.listing"))


@bp.post("/pages/<int:page_id>/reject")
@requires(Role.OFFICER)
def reject(page_id: int) -> ResponseReturnValue:
    """Reject a page, for a reason."""
    form = sent(Rejecting, request.form)
    if form.value is None:
        return _page(page_id, nothing_sent(Naming), form), 422
    pages.reject(store_here(), page_id, form.value.why, by=current_officer())
    flash("The page is rejected. It is kept, and does not count.", "good")
    return redirect(url_for("aside.listing"))


@bp.post("/pages/<int:page_id>/put-back")
@requires(Role.OFFICER)
def put_back(page_id: int) -> ResponseReturnValue:
    """Take the rejection of a page back."""
    pages.put_back(store_here(), page_id, by=current_officer())
    flash("The page is back on the list.", "good")
    return redirect(url_for("aside.pages.show", page_id=page_id))


@bp.get("/files/<uuid:file_uid>")
@requires(Role.OFFICER)
def file(file_uid: object) -> ResponseReturnValue:
    """Show a file that could not be opened."""
    return _file(file_uid, nothing_sent(Rejecting))


def _file(uid: object, form: Sent[Rejecting]) -> str:
    with store_here().reading() as session:
        found = file_of(session, str(uid))
    return render_template("aside/file.html", file=found, form=form, reasons=REASONS, words=words)


@bp.post("/files/<uuid:file_uid>/<any('ask-again', 'read-again', 'put-back'):what>")
@requires(Role.OFFICER)
def change_file(file_uid: object, what: str) -> ResponseReturnValue:
    """Have a file scanned again, read again, or put back on the list."""
    does, said = {
        "ask-again": (pages.ask_file_again, "It is on the list of what is to be scanned again."),
        "read-again": (pages.read_file_again, "It is read once more. Look here again in a minute."),
        "put-back": (pages.put_file_back, "The file is back on the list."),
    }[what]
    does(store_here(), str(file_uid), by=current_officer())
    flash(said, "good")
    return redirect(url_for("aside.pages.file", file_uid=file_uid))


@bp.post("/files/<uuid:file_uid>/reject")
@requires(Role.OFFICER)
def reject_file(file_uid: object) -> ResponseReturnValue:
    """Reject a file, for a reason."""
    form = sent(Rejecting, request.form)
    if form.value is None:
        return _file(file_uid, form), 422
    pages.reject_file(store_here(), str(file_uid), form.value.why, by=current_officer())
    flash("The file is rejected. It is kept, and does not count.", "good")
    return redirect(url_for("aside.listing"))
