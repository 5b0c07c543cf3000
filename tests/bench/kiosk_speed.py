"""How quickly a kiosk's next screen comes: `python -m tests.bench.kiosk_speed [--quick]`.

First one kiosk by itself: from the whole request to the whole answer inside the server, with the answer kept on the
disk, over whole journeys through the TSM survey. Then a hundred kiosks at once, over HTTP: first with a person at each
who reads what the screen says, as quickly as anybody does; then, harder than life, each touched as soon as its screen
takes touches again. The times are those of this machine at this moment: its load stands beside them, and the exit code
does not depend on them.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, Final

from server.app import create_app
from server.store import Store
from tests.bench.kiosk_world import listening, places, question_on, said_to, serving, visitor_at
from tests.bench.paper import Figures
from tests.bench.stores import DATABASES, floor_ms, load, percentile, store_on
from tests.server.filling import TSM, form_of
from tests.server.sittings.visitor import Place, Visitor

ALONE_MS: Final = 20
TOGETHER_MS: Final = 250
JOURNEYS: Final = 20
QUICK_JOURNEYS: Final = 1
KIOSKS: Final = 100
QUICK_KIOSKS: Final = 4
TOUCHES: Final = 40
QUICK_TOUCHES: Final = 5
READING_S: Final = (2.0, 6.0)
"""From a screen to its touch: a question of the TSM survey has some 20 words, and a quick reader reads 5 a second."""

LOCK_S: Final = (0.6, 0.8)
"""The same for somebody who reads nothing: the lock, and up to a fifth of a second for the finger."""

SEED: Final = 7

How = tuple[int, tuple[float, float]]
"""How many touches, and the seconds between them, from and to."""


class Timed:
    """Goes through the survey, and notes in milliseconds how long each touch took to be answered."""

    def __init__(self, visitor: Visitor, place: Place, number: int, pause_s: tuple[float, float] = (0, 0)) -> None:
        self.visitor, self.place, self.pause_s = visitor, place, pause_s
        self.chance = random.Random(SEED * 1000 + number)
        self.form = form_of(TSM)
        self.taken_ms = list[float]()
        self.cpu_ms = list[float]()
        """What this thread worked for it; in the server's own process, what the server did."""

    def touch(self, act: str, **fields: Any) -> None:
        """Touch a button."""
        if self.pause_s[1]:
            time.sleep(self.chance.uniform(*self.pause_s))
        start, cpu = time.perf_counter(), time.thread_time()
        self.visitor.touch(act, **fields)
        self.taken_ms.append((time.perf_counter() - start) * 1000)
        self.cpu_ms.append((time.thread_time() - cpu) * 1000)

    def step(self) -> None:
        """Do what comes next, from the start screen on."""
        match self.visitor.kind:
            case "start":
                self.touch(f"begin {self.place.campaigns[TSM]}")
            case "about":
                self.touch("next")
            case "check":
                self.touch("send")
            case "sent":
                self.touch("leave")
            case _:
                question = question_on(self.visitor, self.form)
                self.touch("next", **(said_to(self.form, question, self.chance) if question else {}))

    def journey(self) -> None:
        """Go the whole way and back to the start screen."""
        self.step()
        while self.visitor.kind != "start":
            self.step()


def alone(store: Store, journeys: int) -> Timed:
    """Give how long each touch took inside the server."""
    (place,) = places(store, 1)
    timed = Timed(Visitor.at(create_app(store.settings, store), place), place, 0)
    timed.journey()
    timed.taken_ms.clear()
    timed.cpu_ms.clear()
    for _ in range(journeys):
        timed.journey()
    return timed


def together_ms(store: Store, kiosks: int, touches: int, pause_s: tuple[float, float]) -> list[float]:
    """Give how long each touch took over HTTP, of so many kiosks at once, with so long between touches."""
    at, door = places(store, kiosks), listening()
    app = create_app(store.settings, store)
    Visitor.at(app, at[0]).touch("help")
    store.close()
    with TemporaryDirectory(prefix="sayso-bench-") as folder, door:
        server = serving(app, store, door)
        try:
            people = _people(door.getsockname()[1], at, (touches, pause_s), Path(folder))
            os.waitpid(people, 0)
        finally:
            os.kill(server, signal.SIGKILL)
            os.waitpid(server, 0)
        told = [line for file in sorted(Path(folder).iterdir()) for line in file.read_text().split()]
    return [float(line) for line in told]


def _people(port: int, at: Sequence[Place], how: How, folder: Path) -> int:
    process = os.fork()
    if process == 0:
        threads = [Thread(target=_person, args=(port, place, number, how, folder)) for number, place in enumerate(at)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        os._exit(0)
    return process


def _person(port: int, place: Place, number: int, how: How, folder: Path) -> None:
    touches, pause_s = how
    timed = Timed(visitor_at(port, place), place, number, pause_s)
    for _ in range(touches):
        timed.step()
    (folder / str(number)).write_text("\n".join(map(str, timed.taken_ms)))


def figures(database: str, *, quick: bool) -> Figures:
    """Measure on one database."""
    with store_on(database) as store:
        floor, _ = floor_ms(store.folder)
        one = alone(store, QUICK_JOURNEYS if quick else JOURNEYS)
    kiosks, touches = (QUICK_KIOSKS, QUICK_TOUCHES) if quick else (KIOSKS, TOUCHES)
    with store_on(database) as store:
        reading = together_ms(store, kiosks, touches, LOCK_S if quick else READING_S)
    with store_on(database) as store:
        together = together_ms(store, kiosks, touches, LOCK_S)
    table = Figures(f"{database}: touches at a kiosk; a page to the disk takes {floor:.1f} ms ({load()})")
    count = len(one.taken_ms)
    table.add("touches of one kiosk", "> 20", f"{count:,}", held=count > 20)
    for percent, asked in ((50, ""), (95, f"≤ {ALONE_MS} ms"), (99, "")):
        table.add(f"in the server, p{percent}", asked, f"{percentile(one.taken_ms, percent):.1f} ms", held=True)
    for percent in (50, 95):
        table.add(f"of that its own work, p{percent}", "", f"{percentile(one.cpu_ms, percent):.1f} ms", held=True)
    _add_together(table, f"{kiosks} kiosks at once, read", reading, kiosks * touches)
    _add_together(table, f"{kiosks} kiosks, touched without reading", together, kiosks * touches)
    return table


def _add_together(table: Figures, name: str, taken_ms: Sequence[float], wanted: int) -> None:
    table.add(f"touches of {name}", f"{wanted:,}", f"{len(taken_ms):,}", held=len(taken_ms) == wanted)
    for percent, asked in ((50, ""), (95, ""), (99, f"≤ {TOGETHER_MS} ms")):
        table.add(f"over HTTP, p{percent}", asked, f"{percentile(taken_ms, percent):.1f} ms", held=True)


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give the exit code."""
    missed = sum(figures(database, quick="--quick" in arguments).show() for database in DATABASES)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
