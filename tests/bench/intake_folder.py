"""Write into the watched folder as scanners and people do: `python -m tests.bench.intake_folder [--quick]`.

In real time: files that grow by 1 kB a second, files written with pauses and held open, files renamed at their end and
while they are watched, the same content ten times, the same name with other contents. No file may be taken before it is
whole, and every coming must be counted exactly. The exit code is 1 when one is taken early, twice or not at all.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from unittest.mock import patch

from sqlalchemy import select

from server.intake import folder, resting
from server.intake.folder import Inbox
from server.models.intake import Arrival, FileState, ReceivedFile
from server.store import Store
from tests.bench.paper import Figures
from tests.bench.stores import load, store_on

SLOW_FILES, QUICK_SLOW_FILES = 20, 2
SLOW_SECONDS, QUICK_SLOW_SECONDS = 30, 2
REST_SECONDS, QUICK_REST_SECONDS = resting.REST_SECONDS, 1.3
REPEATS, QUICK_REPEATS = 10, 3
SEED = 6


class Scene:
    """A folder that others write to, and what should come of it."""

    def __init__(self, place: Path, seconds: int, rest_s: float, repeats: int) -> None:
        self.place, self.seconds, self.rest_s, self.repeats = place, seconds, rest_s, repeats
        self.whole: list[tuple[str, bytes]] = []
        """Name and content of each coming."""

    def grow(self, number: int) -> None:
        """Write 1 kB a second, opening the file anew each time as many devices do."""
        name, content = f"slow {number}.pdf", random.Random(number).randbytes(1024 * self.seconds)
        for second in range(self.seconds):
            with (self.place / name).open("ab") as file:
                file.write(content[1024 * second : 1024 * (second + 1)])
            time.sleep(1.0)
        self.whole.append((name, content))

    def stall(self, number: int) -> None:
        """Write half, hold the file open for longer than files rest, and write the rest."""
        name, content = f"stalled {number}.pdf", random.Random(1000 + number).randbytes(4096)
        with (self.place / name).open("wb", buffering=0) as file:
            file.write(content[:2048])
            time.sleep(3 * self.rest_s)
            file.write(content[2048:])
        self.whole.append((name, content))

    def rename(self, number: int) -> None:
        """Write under another name; rename the whole file while it is watched, too."""
        content = random.Random(2000 + number).randbytes(4096)
        part, name = self.place / f"renamed {number}.pdf.part", f"renamed {number}.pdf"
        part.write_bytes(content[:2048])
        time.sleep(2 * self.rest_s)
        with part.open("ab") as file:
            file.write(content[2048:])
        part.rename(self.place / f"first name {number}.pdf")
        time.sleep(self.rest_s / 2)
        (self.place / f"first name {number}.pdf").rename(self.place / name)
        self.whole.append((name, content))

    def repeat(self, _: int) -> None:
        """Write the same content again and again, and as often another one under the same name."""
        for number in range(self.repeats):
            self._drop(f"same {number}.pdf", b"the same content")
        for number in range(self.repeats):
            self._drop("one name.pdf", f"content {number}".encode())
            while (self.place / "one name.pdf").exists():
                time.sleep(0.05)

    def _drop(self, name: str, content: bytes) -> None:
        part = self.place / f"{name}.tmp"
        part.write_bytes(content)
        part.rename(self.place / name)
        self.whole.append((name, content))


def watched(store: Store, ended: Event) -> None:
    """Be the watcher; what it takes in counts as read at once, so that it is moved."""
    inbox = Inbox(store)
    while not ended.is_set():
        if inbox.look():
            with store.writing() as session:
                for file in session.scalars(select(ReceivedFile).where(ReceivedFile.state == FileState.WAITING)):
                    file.state = FileState.READ
        ended.wait(0.1)


def scene(store: Store, *, quick: bool) -> Scene:
    """Have everybody write at once, and wait until all is taken."""
    rest_s = QUICK_REST_SECONDS if quick else REST_SECONDS
    made = Scene(
        store.settings.inbox(),
        QUICK_SLOW_SECONDS if quick else SLOW_SECONDS,
        rest_s,
        QUICK_REPEATS if quick else REPEATS,
    )
    made.place.mkdir()
    many = QUICK_SLOW_FILES if quick else SLOW_FILES
    acts: list[Callable[[int], None]] = [made.grow, made.stall, made.rename]
    threads = [Thread(target=act, args=(number,)) for number in range(many) for act in acts]
    threads.append(Thread(target=made.repeat, args=(0,)))
    ended = Event()
    with patch.object(resting, "REST_SECONDS", rest_s):
        watcher = Thread(target=watched, args=(store, ended))
        for thread in (watcher, *threads):
            thread.start()
        for thread in threads:
            thread.join()
        while any(path.is_file() for path in made.place.iterdir()):
            time.sleep(0.1)
        ended.set()
        watcher.join()
    return made


def figures(*, quick: bool) -> Figures:
    """Play the scene; give what came of it as a table."""
    with store_on("SQLite") as store:
        start = time.monotonic()
        made = scene(store, quick=quick)
        took_s = time.monotonic() - start
        with store.reading() as session:
            came = session.execute(
                select(Arrival.name, ReceivedFile.sha256, Arrival.is_repeat).join(Arrival.file)
            ).all()
        moved = list((made.place / folder.DONE).iterdir())
    wanted = Counter((name, sha256(content).hexdigest()) for name, content in made.whole)
    got = Counter((name, sha) for name, sha, _ in came)
    contents = {sha for _, sha in wanted}
    table = Figures(f"{len(made.whole)} comings into a watched folder, at once ({took_s:.0f} s, {load()})")
    early = sum(sha not in contents for _, sha, _ in came)
    table.add("taken before it was whole", "0", str(early), held=early == 0)
    table.add("comings", f"{wanted.total()}", f"{got.total()}", held=got == wanted)
    table.add("contents kept", f"{len(contents)}", f"{len({sha for _, sha, _ in came})}", held=early == 0)
    repeats = wanted.total() - len(contents)
    table.add(
        "repeats told", f"{repeats}", f"{sum(one for *_, one in came)}", held=repeats == sum(one for *_, one in came)
    )
    table.add("files moved, none overwritten", f"{wanted.total()}", f"{len(moved)}", held=len(moved) == wanted.total())
    return table


def main(arguments: Sequence[str]) -> int:
    """Print the table; give the exit code."""
    return 1 if figures(quick="--quick" in arguments).show() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
