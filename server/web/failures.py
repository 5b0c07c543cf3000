"""Errors as pages: what happened, and what to do next. Nothing about a person, and never a traceback."""

import errno
import logging
from pathlib import Path
from traceback import walk_tb

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from forms.errors import FormsError
from server.errors import NotFoundError, ServerError

HERE = Path(__file__).resolve().parents[1]
FULL = ("is full", "disk I/O error", "No space left")
"""What SQLite and PostgreSQL say of a full disk."""

log = logging.getLogger("sayso.web")

WORDS = {
    400: ("This was not understood", "Go back, load the page again and try once more."),
    401: ("You are not signed in", "Sign in, then go on."),
    403: ("This is not for your role", "Ask a manager or administrator if you need it."),
    404: ("There is nothing here", "It may have been removed, or the address is wrong."),
    405: ("This cannot be done here", "Go back and use the buttons of the page."),
    413: ("This file is too large", "Files of up to 64 MB can be sent here. Larger ones go through the command line."),
    500: ("Something went wrong in Sayso", "What you sent before is safe. Try again, and tell your administrator."),
    503: ("The database cannot be reached", "What you sent before is safe. Wait a minute, then try again."),
    507: (
        "The disk is full",
        "What you sent before is safe. Ask your administrator to make room, then send this again.",
    ),
}


def register(app: Flask) -> None:
    """Answer every error with a page of its own."""
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFoundError, lambda error: _page(404, words=str(error)))
    app.register_error_handler(ServerError, lambda error: _page(400, words=str(error)))
    app.register_error_handler(FormsError, lambda error: _page(400, words=str(error)))
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(OSError, _machine)
    app.register_error_handler(Exception, _fault)


def _stale(_: CSRFError) -> ResponseReturnValue:
    return _page(400, title="This page was open for too long", words="Load it again, then send it once more.")


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:
        return error.get_response()
    return _page(error.code or 500)


def _database(error: OperationalError) -> ResponseReturnValue:
    log.error("%s: the database failed: %s", request.endpoint, type(error.orig).__name__)
    return _page(507 if any(words in str(error.orig) for words in FULL) else 503)


def _machine(error: OSError) -> ResponseReturnValue:
    """Tell a full disk, which whoever sent something can have mended, from what is Sayso's own fault."""
    return _page(507) if error.errno in (errno.ENOSPC, errno.EDQUOT) else _fault(error)


def _fault(error: Exception) -> ResponseReturnValue:
    """Log where it happened, by file and line: the message of an error may hold what a person wrote."""
    frames = [frame for frame in walk_tb(error.__traceback__) if Path(frame[0].f_code.co_filename).is_relative_to(HERE)]
    places = [f"{Path(frame.f_code.co_filename).relative_to(HERE)}:{line}" for frame, line in frames]
    where = places[-1] if places else "a library"
    log.error("%s: %s at %s", request.endpoint, type(error).__name__, where)
    return _page(500)


def _page(code: int, *, title: str = "", words: str = "") -> ResponseReturnValue:
    usual = WORDS.get(code, WORDS[400 if code < 500 else 500])
    return render_template("web/failure.html", title=title or usual[0], words=words or usual[1]), code
