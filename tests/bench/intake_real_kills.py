"""Kill `sayso serve` and its worker while they read scans: `python -m tests.bench.intake_real_kills [--quick]`.

The real command, the real readers and simulated scans; `tests.bench.intake_kills` has many more kills where readers
play. Scans are put into the watched folder, and site, worker or both are killed (SIGKILL) at random times. In the end
every page must be there once, and every file must have been moved. The exit code is 1 when one of these is missed.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import func, select

from server.intake.folder import DONE, NEEDS_YOU
from server.models.intake import Arrival, FileState, Page, ReceivedFile
from server.store import Store
from server.store.keys import KeyName
from server.trail.chain import faults
from tests.bench.hostility.sound import printing
from tests.bench.intake_uploads import kept_form
from tests.bench.paper import Figures
from tests.bench.stores import load, opened
from tests.paper import files
from tests.paper.hands import Family
from tests.paper.returns import simulated_return
from tests.paper.wear import WEARS

KILLS, QUICK_KILLS = 20, 1
AFTER_S = (3.0, 12.0)
"""Starting takes 2 s, resting 5, and a file 1."""

PATIENCE_S = 300
SEED = 6


def scan(number: int, pages: Sequence[bytes]) -> bytes:
    """Give a PDF of these pages; each number has a content of its own."""
    return files.pdf(pages) + f"\n% {number}\n".encode()


def started(folder: Path) -> "subprocess.Popen[bytes]":
    """Start the site, and with it its worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "server.cli", "serve", "--port", str(port))
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command, cwd=Path(__file__).parents[2], env=os.environ | {"SAYSO_SETTINGS": str(folder / "sayso.toml")},
            stdout=log, stderr=log,
        )  # fmt: skip


def children(process: "subprocess.Popen[bytes]") -> list[int]:
    """Give the processes that one has started: the site's worker."""
    listed = Path(f"/proc/{process.pid}/task").glob("*/children")
    with suppress(OSError):
        return [int(number) for path in listed for number in path.read_text().split()]
    return []


def kill(process: "subprocess.Popen[bytes]", whom: int) -> None:
    """Kill the site, its worker or both; what is left of the site is ended, too, as an update would."""
    workers = children(process)
    if whom != 1:
        process.kill()
    if whom != 0:
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
    if whom == 1:
        time.sleep(1.0)
        process.terminate()
    process.wait()


def figures(*, quick: bool) -> Figures:
    """Kill so often; give what came of it as a table."""
    kills, chance = QUICK_KILLS if quick else KILLS, random.Random(SEED)
    pages = [page.encoded() for page in simulated_return(printing(), SEED, WEARS["grey"], Family.JUDGING).pages]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sayso.toml").write_text(f'data = "{folder / "data"}"\n')
        (folder / "data").mkdir()
        with opened(folder / "data", None) as store:
            kept_form(store)
            inbox = store.settings.inbox()
            inbox.mkdir()
            for turn in range(kills):
                (inbox / f"{turn}.pdf").write_bytes(scan(turn, pages))
                process = started(folder)
                time.sleep(chance.uniform(*AFTER_S))
                kill(process, turn % 3)
            _finish(folder, inbox)
            return table(store, kills, len(pages))


def _finish(folder: Path, inbox: Path) -> None:
    """Let site and worker live until the folder is empty."""
    process = started(folder)
    end = time.monotonic() + PATIENCE_S
    while any(path.is_file() for path in inbox.iterdir()) and time.monotonic() < end:
        time.sleep(0.5)
    kill(process, 2)


def table(store: Store, kills: int, pages: int) -> Figures:
    """Give what is there as a table."""
    made = Figures(f"{kills} kills of `sayso serve` and its worker, the real readers ({load()})")
    inbox = store.settings.inbox()
    with store.reading() as session:
        states = Counter(session.scalars(select(ReceivedFile.state)))
        comings = session.scalar(select(func.count()).select_from(Arrival))
        got = Counter(session.execute(select(Page.file_id, Page.number, Page.part)).all())
        broken = list(faults(session, store.keys.get(KeyName.AUDIT)))
    moved = [*inbox.glob(f"{DONE}/*"), *inbox.glob(f"{NEEDS_YOU}/*")]
    made.add("files read", f"{kills}", f"{states[FileState.READ]}", held=states == Counter({FileState.READ: kills}))
    made.add("comings", f"{kills}", f"{comings}", held=comings == kills)
    made.add("pages, each once", f"{kills * pages}", f"{len(got)}", held=got.total() == len(got) == kills * pages)
    made.add("files moved", f"{kills}", f"{len(moved)}", held=len(moved) == kills)
    made.add("faults of the audit log", "0", f"{len(broken)}", held=not broken)
    return made


def main(arguments: Sequence[str]) -> int:
    """Print the table; give the exit code."""
    return 1 if figures(quick="--quick" in arguments).show() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
