"""Sending files in: a batch is chosen or begun, then files are dropped into it, and each is told what became of it."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO, Final, cast

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from server.intake import batches, trouble
from server.intake.inputs import Begin, answering, day_parts, with_day
from server.intake.receiving import Coming, Taken, receive
from server.intake.working import is_working
from server.models.intake import CameBy
from server.models.officers import Role
from server.queries.intake import batch_shown, came_in, campaigns_to_answer, is_any_waiting, latest_batches
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires
from server.web.words import day, many, today

bp = Blueprint("intake", __name__, template_folder="templates", url_prefix="/intake")

TOKEN_MAX: Final = 80
"""A token of ours has 32 characters, and each file of a page adds its number."""

CHOOSE: Final = "Choose at least one file."


@bp.get("/")
@requires(Role.OFFICER)
def choose() -> ResponseReturnValue:
    """Show where to begin a batch, and the latest ones to put more into."""
    return _choosing(nothing_sent(Begin, **day_parts(today())))


@bp.post("/")
@requires(Role.OFFICER)
def begin() -> ResponseReturnValue:
    """Begin a batch and go on to its files."""
    form = sent(Begin, with_day(request.form))
    if form.value is None:
        return _choosing(form), 422
    wanted = batches.NewBatch(
        name=form.value.name or f"Post of {day(form.value.received_on)}",
        came_by=CameBy.UPLOAD,
        received_on=form.value.received_on,
        campaign_id=form.value.campaign,
    )
    officer = current_officer()
    batch_id = batches.begin(store_here(), wanted, by=officer.uid, officer_id=officer.id)
    return redirect(url_for("intake.files", batch_id=batch_id))


@bp.get("/<int:batch_id>")
@requires(Role.OFFICER)
def files(batch_id: int) -> ResponseReturnValue:
    """Show where to put files into a batch, and what became of those that came."""
    return _files(batch_id)


@bp.post("/<int:batch_id>")
@requires(Role.OFFICER)
def take_in(batch_id: int) -> ResponseReturnValue:
    """Take in the files that were sent, and say of each what became of it."""
    with store_here().reading() as session:
        batch_shown(session, batch_id)
    given = [file for file in request.files.getlist("files") if file.filename]
    wants_json = request.accept_mimetypes.best == "application/json"
    if not given:
        return (jsonify(words=CHOOSE), 422) if wants_json else (_files(batch_id, mistake=CHOOSE), 422)
    token = request.form.get("token", "")[:TOKEN_MAX] or secrets.token_hex()
    try:
        taken = [_took(batch_id, file, f"{token} {place}") for place, file in enumerate(given)]
    except OSError as error:
        words = trouble.words_of(error)
        return (jsonify(words=words), 507) if wants_json else (_files(batch_id, mistake=words), 507)
    if wants_json:
        return jsonify(files=[{"name": one.name, "words": outcome(one), "good": one.refused is None} for one in taken])
    flash(_summary(taken), "good" if all(one.refused is None for one in taken) else "attention")
    return redirect(url_for("intake.files", batch_id=batch_id))


def _took(batch_id: int, file: FileStorage, mark: str) -> Taken:
    coming = Coming(file.filename or "", CameBy.UPLOAD, mark, partial(_from_start, file))
    return receive(store_here(), lambda _: batch_id, coming, by=current_officer().uid)


@contextmanager
def _from_start(file: FileStorage) -> Iterator[BinaryIO]:
    """Give what was sent from its beginning; the request closes it."""
    file.stream.seek(0)
    yield cast(BinaryIO, file.stream)


def outcome(one: Taken) -> str:
    """Say what became of a file."""
    if one.refused is not None:
        return f"Set aside. {one.refused}"
    return "The same content is here already; it is kept and counted once." if one.is_repeat else "Taken in."


def _summary(taken: Sequence[Taken]) -> str:
    refused, repeats = sum(one.refused is not None for one in taken), sum(one.is_repeat for one in taken)
    parts = [f"{many(len(taken), 'file')} came in."]
    parts += [f"{many(repeats, 'was', 'were')} here already."] if repeats else []
    parts += [f"{many(refused, 'was', 'were')} set aside: see below."] if refused else []
    return " ".join(parts)


def _choosing(form: Sent[Begin]) -> str:
    store = store_here()
    with store.reading() as session:
        campaigns = [("", "The one that its form tells"), *campaigns_to_answer(session)]
        latest = latest_batches(session)
    about = {"campaigns": campaigns, "answering": answering(campaigns)}
    return render_template("intake/choose.html", form=form, latest=latest, **about, **_condition())


def _files(batch_id: int, mistake: str = "") -> str:
    with store_here().reading() as session:
        batch, came = batch_shown(session, batch_id), came_in(session, batch_id)
    return render_template(
        "intake/files.html", batch=batch, came=came, mistake=mistake, token=secrets.token_hex(16), **_condition()
    )


def _condition() -> dict[str, object]:
    """Give what an officer should know of intake as a whole."""
    store = store_here()
    with store.reading() as session:
        is_left = is_any_waiting(session) and not is_working(store.folder)
    return {"troubles": trouble.troubles(store.folder), "is_left": is_left}
