"""Making the runs that wait: all of a run is drawn, then kept in one transaction.

Nothing of a run is in the database before the whole of it is: a maker that is stopped halfway leaves the run waiting,
and the next one begins it again. One maker works at a time on one data folder, under a lock that the system itself
lets go of when its holder ends, however it ends.
"""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from forms.errors import FormsError
from server.errors import RefusedError
from server.models.base import now
from server.models.copies import Copy, PrintRun, RunKind, RunState
from server.queries.recipients import Recipient, recipients, recipients_as_now
from server.queries.runs import first_waiting, run_shown
from server.runs.asking import nobody
from server.runs.codes import unused_codes
from server.runs.drawing import Drawn, drawn
from server.runs.printed import keep_printing
from server.store import Store
from server.trail.chain import Detail
from server.trail.recording import note

log = logging.getLogger("sayso.runs")

LOCK = ".print-runs.lock"
"""The file in the data folder that whoever makes runs holds."""

TRIES_MAX = 5
"""A run is begun again when a household changed while it was made; an import changes many, but once."""

OVERTAKEN = "Households were changed while the run was made, again and again. Ask for it again when they are settled."


@dataclass(frozen=True, slots=True)
class Work:
    """A run as it is to be made: for whom, with which codes; `recipients` is empty for copies to hand out."""

    run: PrintRun
    recipients: tuple[Recipient, ...]
    codes: tuple[str, ...]


def make_waiting(store: Store) -> int:
    """Make every run that waits, the longest waiting first; give how many are ready now. Waits for another maker."""
    made = 0
    with _alone(store.folder):
        while (run_id := _next(store)) is not None:
            made += _settle(store, run_id)
    return made


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _next(store: Store) -> int | None:
    with store.reading() as session:
        return first_waiting(session)


def _settle(store: Store, run_id: int) -> bool:
    """Make one run, or say in words why it cannot be made; tell whether it is ready."""
    try:
        for _ in range(TRIES_MAX):
            if _made(store, _work(store, run_id)):
                return True
        raise RefusedError(OVERTAKEN)
    except (FormsError, RefusedError) as error:
        _fail(store, run_id, str(error))
    except OperationalError:
        raise  # the database is away: the run goes on waiting
    except OSError as error:
        _fail(store, run_id, f"The files could not be written ({error.strerror}). Tell your administrator.")
    except Exception as error:  # noqa: BLE001 (a run that cannot be made must not be tried for ever)
        _fail(store, run_id, f"Something went wrong inside Sayso ({type(error).__name__}). Tell your administrator.")
    return False


def _work(store: Store, run_id: int) -> Work:
    with store.reading() as session:
        run = run_shown(session, run_id).run
        chosen = recipients(session, run.campaign_id, RunKind(run.kind))
        count = run.copies_wanted if run.kind == RunKind.COPIES else len(chosen)
        if not count:
            raise RefusedError(nobody(RunKind(run.kind)))
        return Work(run, chosen, tuple(unused_codes(session, count)))


def _made(store: Store, work: Work) -> bool:
    """Draw a run and keep it; tell whether it stands, or must be begun again."""
    paper = drawn(store.settings.who(), work.run, work.recipients, work.codes)
    try:
        with store.files.keeping(), store.writing() as session:
            return _keep(store, session, work, paper)
    except IntegrityError:
        return False  # one of its codes was given out elsewhere in the meantime


def _keep(store: Store, session: Session, work: Work, paper: Drawn) -> bool:
    """Keep the copies, then the files, then what names them; nothing when it is no longer as it was drawn."""
    run = session.get(PrintRun, work.run.id, with_for_update=True)
    if run is None or run.state != RunState.WAITING:
        return True
    if recipients_as_now(session, work.recipients) != work.recipients:
        return False
    session.execute(insert(Copy), _copies(work))
    version_id = work.run.campaign.form_version_id
    form_pdf = store.files.add(paper.printing.pdf)
    run.printed_form_id = keep_printing(session, version_id, paper.printing, run.language, form_pdf).id
    run.pdf_sha256 = store.files.add(paper.run)
    run.labels_sha256 = store.files.add(paper.labels) if paper.labels else None
    run.letters_sha256 = store.files.add(paper.letters) if paper.letters else None
    run.state, run.ready_at, run.copies_wanted = RunState.READY, now(), len(work.codes)
    detail: Detail = {"kind": str(run.kind), "copies": len(work.codes), "campaign": work.run.campaign.uid}
    note(store, session, "print run made", f"print run {run.id}", detail=detail)
    return True


def _copies(work: Work) -> list[dict[str, object]]:
    households: list[int | None] = [one.household_id for one in work.recipients] or [None] * len(work.codes)
    return [
        {
            "code": code,
            "campaign_id": work.run.campaign_id,
            "print_run_id": work.run.id,
            "number": number,
            "household_id": household_id,
        }
        for number, (code, household_id) in enumerate(zip(work.codes, households, strict=True), start=1)
    ]


def _fail(store: Store, run_id: int, words: str) -> None:
    log.warning("print run %d could not be made: %s", run_id, words)
    with store.writing() as session:
        run = session.get(PrintRun, run_id, with_for_update=True)
        if run is not None and run.state == RunState.WAITING:
            run.state, run.failed_because = RunState.FAILED, words
            note(store, session, "print run failed", f"print run {run_id}")
