"""Take 500 pages in, from files to saved answers, beside `sayso read`: `python -m tests.bench.intake_bulk [--quick]`.

The same simulated returns, 25 copies a PDF, are read by `sayso read --jsonl --crops` with two children, and by the
worker with two. What the worker takes more is what keeping, judging and saving cost, and the pictures that it makes of
accepted answers. The exit code is 1 when that is over 1.3 times.
"""

import io
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

from sqlalchemy import func, select

from server.cli import run
from server.intake.batches import NewBatch, begin
from server.intake.reading import Reading
from server.intake.receiving import Coming, receive
from server.models.copies import Copy, PrintRun, RunKind
from server.models.intake import CameBy, Page, PageState, Return, ReturnState
from server.models.responses import Response
from server.runs.printed import keep_printing
from server.store import Store
from tests.bench.hostility.sound import FORM, printing
from tests.bench.paper import Figures
from tests.bench.stores import load, store_on
from tests.paper import files
from tests.paper.hands import Family
from tests.paper.returns import simulated_return
from tests.paper.wear import WEARS
from tests.server.filling import new_campaign
from tests.server.returns_made import RECEIVED

PAGES, QUICK_PAGES = 500, 4
JOBS = 2
TIMES_MAX = 1.3
COPIES_A_FILE = 25


def stacks(pages: int) -> tuple[list[bytes], list[str]]:
    """Give PDFs of so many pages in all, and the codes of the copies on them."""
    made: list[bytes] = []
    codes: list[str] = []
    stored: list[bytes] = []
    count = seed = 0
    while count < pages:
        one = simulated_return(printing(), seed, WEARS["grey"], Family.JUDGING)
        seed += 1
        codes.append(one.copy)
        stored += [page.encoded() for page in one.pages]
        count += len(one.pages)
        if len(codes) % COPIES_A_FILE == 0 or count >= pages:
            made.append(files.pdf(stored))
            stored = []
    return made, codes


def read_alone(contents: Sequence[bytes]) -> float:
    """Read them with `sayso read`, as JSON and with pictures of what is doubted; give the seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "form.pdf").write_bytes(printing().pdf)
        paths = [folder / f"{number}.pdf" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        start = time.monotonic()
        more = ["--jsonl", str(folder / "out.jsonl"), "--crops", str(folder / "crops"), "--jobs", str(JOBS)]
        with redirect_stdout(io.StringIO()):
            run(["read", str(folder / "form.pdf"), *map(str, paths), *more])
        return time.monotonic() - start


def taken_in(store: Store, contents: Sequence[bytes], codes: Sequence[str]) -> float:
    """Take them in and read them, until all that can be saved is; give the seconds."""
    campaign = new_campaign(store, form=FORM)
    pdf = store.files.add(printing().pdf)
    with store.writing() as session:
        form = keep_printing(session, campaign.form_version_id, printing(), "en", pdf)
        run = PrintRun(
            campaign_id=campaign.id,
            printed_form_id=form.id,
            kind=RunKind.COPIES,
            edition="clear",
            size="a4",
            language="en",
            copies_wanted=len(codes),
        )
        session.add(run)
        session.flush()
        for number, code in enumerate(codes, 1):
            session.add(Copy(code=code, campaign_id=campaign.id, print_run_id=run.id, number=number))
    batch = begin(store, NewBatch("Bulk", CameBy.UPLOAD, RECEIVED), by=None)
    start = time.monotonic()
    for number, content in enumerate(contents):
        coming = Coming(f"{number}.pdf", CameBy.UPLOAD, str(number), lambda content=content: io.BytesIO(content))  # type: ignore[misc]
        receive(store, lambda _: batch, coming)
    Reading(store, JOBS, lambda: False).read_waiting()
    return time.monotonic() - start


def figures(*, quick: bool) -> Figures:
    """Read both ways, in turns; give the times as a table."""
    contents, codes = stacks(QUICK_PAGES if quick else PAGES)
    alone_s = read_alone(contents)
    with store_on("SQLite") as store:
        stored_s = taken_in(store, contents, codes)
        with store.reading() as session:
            pages = session.scalar(select(func.count()).where(Page.state != PageState.WAITING)) or 0
            copies = session.scalar(select(func.count()).select_from(Return)) or 0
            complete = session.scalar(select(func.count()).where(Return.state == ReturnState.COMPLETE)) or 0
            saved = session.scalar(select(func.count()).select_from(Response)) or 0
    alone_s = min(alone_s, read_alone(contents))
    times = stored_s / alone_s
    table = Figures(f"{pages:,} pages of {copies} copies, grey, 300 dpi, simulated, {JOBS} children ({load()})")
    table.add("pages kept", f"{pages:,}", f"{pages:,}", held=pages >= (QUICK_PAGES if quick else PAGES))
    table.add(
        "copies put together, of them complete", f"{len(codes)}", f"{copies}, {complete}", held=copies == len(codes)
    )
    table.add("responses saved", f"{complete}", f"{saved}", held=saved == complete)
    table.add("sayso read", "", f"{alone_s:.1f} s, {pages / alone_s:.1f} pages a second", held=True)
    table.add("scan to answers stored", "", f"{stored_s:.1f} s, {pages / stored_s:.1f} pages a second", held=True)
    table.add("times", f"≤ {TIMES_MAX}", f"{times:.2f}", held=quick or times <= TIMES_MAX)
    return table


def main(arguments: Sequence[str]) -> int:
    """Print the table; give the exit code."""
    return 1 if figures(quick="--quick" in arguments).show() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
