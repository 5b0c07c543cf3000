"""Send 1,000 damaged, hostile and foreign files through the browser's route: `python -m tests.bench.intake_uploads`.

They are those that `tests.bench.hostile` has read, some under hostile names, and some in requests that are damaged
themselves. No answer may be one of 5xx, each file must be named in its answer, and once the worker has read them, in
limited children as ever, each must be read or set aside with its reason. With `--quick` it is a few. The exit code is
1 when one of these is missed.
"""

import gc
import io
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import numpy as np
from flask.testing import FlaskClient
from sqlalchemy import func, or_, select

from server.accounts import officers
from server.app import create_app
from server.intake.batches import NewBatch, begin
from server.intake.reading import Reading
from server.intake.receiving import clean_name
from server.models.intake import CameBy, FileState, Page, PageState, ReceivedFile
from server.models.officers import Role
from server.runs.printed import keep_printing
from server.store import Store
from tests.bench.hostile import SEED, cases
from tests.bench.hostility.cases import Case
from tests.bench.hostility.foreign import FOREIGN
from tests.bench.hostility.sound import FORM, printing
from tests.bench.paper import Figures
from tests.bench.stores import load, store_on
from tests.server.conftest import PASSWORD, Browser
from tests.server.filling import new_campaign
from tests.server.returns_made import RECEIVED

FILES, QUICK_FILES = 1000, 24
LINES = "a\r\nb.pdf"
"""A name that ends the head of its part: the request then holds no file, and the answer must say so."""

NAMES = (
    "../../etc/passwd",
    'a".pdf',
    LINES,
    "\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe",
    "x" * 5000,
    "<b>.pdf",
    "%00",
    " ",
)
"""Hostile names, each tenth file's."""

NAME_EVERY, REQUEST_EVERY = 10, 20


@dataclass(slots=True)
class Outcome:
    """What the route answered."""

    codes: Counter[int] = field(default_factory=Counter)
    nameless: int = 0
    damaged_requests: Counter[int] = field(default_factory=Counter)


def sent(client: FlaskClient, page: str, token: str, many: int, *, quick: bool) -> Outcome:
    """Send so many files one by one, as the page's script does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Werkzeug leaves open what a damaged request begins to send
        outcome = _sent(client, page, token, many, quick=quick)
        gc.collect()
    return outcome


def _sent(client: FlaskClient, page: str, token: str, many: int, *, quick: bool) -> Outcome:
    outcome, rng = Outcome(), np.random.default_rng(SEED)
    for number, case in enumerate(_foreign(many, rng) if quick else cases(many, SEED, with_bombs=True)):
        name = NAMES[number // NAME_EVERY % len(NAMES)] if number % NAME_EVERY == 0 else f"{number} {case.suffix}"
        data = {"csrf_token": token, "token": str(number), "files": [(io.BytesIO(case.content), name)]}
        answer = client.post(
            page, data=data, content_type="multipart/form-data", headers={"Accept": "application/json"}
        )
        outcome.codes[answer.status_code] += 1
        if answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            outcome.nameless += "too large" not in answer.get_data(as_text=True)
        else:
            outcome.nameless += not _is_named(answer.get_json(silent=True) or {}, name)
        if number % REQUEST_EVERY == 0:
            outcome.damaged_requests[_damaged(client, page, token, case.content, rng)] += 1
    return outcome


def _foreign(many: int, rng: np.random.Generator) -> Iterator[Case]:
    """Give files that are no scans of ours: quickly made."""
    names = list(FOREIGN)
    for number in range(many):
        name = names[number % len(names)]
        yield Case("foreign", FOREIGN[name](rng), {}, name)


def _is_named(told: dict[str, Any], name: str) -> bool:
    """Tell whether the answer names the file and says what became of it."""
    if "files" not in told:
        return name == LINES and bool(told.get("words"))
    (one,) = told["files"]
    return one["name"] == clean_name(name) if name.isprintable() and '"' not in name else bool(one["words"])


def _damaged(client: FlaskClient, page: str, token: str, content: bytes, rng: np.random.Generator) -> int:
    """Send a request whose body was cut, or in which bytes were changed; give the answer's code."""
    head = b'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token.encode() + b"\r\n"
    head += b'--b\r\nContent-Disposition: form-data; name="files"; filename="f"\r\n\r\n'
    body = bytearray(head + content[:2000] + b"\r\n--b--\r\n")
    for place in rng.integers(len(body), size=20):
        body[place] = int(rng.integers(256))
    cut = bytes(body[: int(rng.integers(1, len(body)))])
    return client.post(page, data=cut, content_type="multipart/form-data; boundary=b").status_code


def kept_form(store: Store) -> None:
    """Have the printing that the sound files are returns of known."""
    campaign = new_campaign(store, form=FORM)
    pdf = store.files.add(printing().pdf)
    with store.writing() as session:
        keep_printing(session, campaign.form_version_id, printing(), "en", pdf)


def figures(*, quick: bool) -> Figures:
    """Send the files and read them; give what came of it as a table."""
    many = QUICK_FILES if quick else FILES
    with store_on("SQLite") as store:
        if not quick:
            kept_form(store)
        officers.add(store, "anna", "Anna Field", Role.OFFICER, PASSWORD, by=None)
        browser = Browser(create_app(store.settings, store).test_client())
        browser.post("/sign-in", {"username": "anna", "password": PASSWORD})
        page = f"/intake/{begin(store, NewBatch('Hostile', CameBy.UPLOAD, RECEIVED), by=None)}"
        token = browser.get(page).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
        start = time.monotonic()
        outcome = sent(browser.client, page, token, many, quick=quick)
        sent_s = time.monotonic() - start
        Reading(store, 2, lambda: False).read_waiting()
        return table(store, outcome, many, sent_s, time.monotonic() - start - sent_s)


def table(store: Store, outcome: Outcome, many: int, sent_s: float, read_s: float) -> Figures:
    """Give what was answered, and what became of the files, as a table."""
    made = Figures(f"{many:,} damaged and hostile uploads (sent in {sent_s:.0f} s, read in {read_s:.0f} s, {load()})")
    failed = sum(count for code, count in (outcome.codes + outcome.damaged_requests).items() if code >= 500)
    made.add("answers of 5xx", "0", f"{failed} of {_said(outcome.codes)}", held=failed == 0)
    made.add("not named in their answer", "0", str(outcome.nameless), held=outcome.nameless == 0)
    made.add("damaged requests", "none of 5xx", _said(outcome.damaged_requests), held=failed == 0)
    with store.reading() as session:
        states = dict(session.execute(select(ReceivedFile.state, func.count()).group_by(ReceivedFile.state)).all())
        silent = session.scalar(
            select(func.count()).where(
                ReceivedFile.state == FileState.SET_ASIDE, ReceivedFile.set_aside_because.is_(None)
            )
        )
        pages = session.scalar(
            select(func.count()).where(
                or_(Page.state == PageState.WAITING, Page.state == PageState.SET_ASIDE),
                Page.set_aside_because.is_(None),
            )
        )
    waiting = states.get(FileState.WAITING, 0)
    made.add("files that still wait", "0", f"{waiting} of {dict(states)}", held=waiting == 0)
    made.add("set aside without a reason", "0", f"{silent} files, {pages} pages", held=not silent and not pages)
    return made


def _said(codes: Counter[int]) -> str:
    return ", ".join(f"{count:,} × {code}" for code, count in sorted(codes.items()))


def main(arguments: Sequence[str]) -> int:
    """Print the table; give the exit code."""
    return 1 if figures(quick="--quick" in arguments).show() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
