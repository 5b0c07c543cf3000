"""Print how quickly responses are saved: `python -m tests.bench.store_saves [--quick]`.

Fifty clients at once send TSM responses (made up), each the next as soon as it has the receipt of the one before; on
SQLite and on PostgreSQL, both keeping what they acknowledged through a power cut. Beside the figures stands the floor
of this disk: writing one page for good. The exit code is 1 when one save failed, or when the slowest hundredth took
too long.
"""

import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier, Lock

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from server.models.responses import Response
from server.responses.incoming import Incoming
from server.responses.saving import save_response
from server.store import Store
from tests.bench.paper import Figures
from tests.bench.stores import DATABASES, floor_ms, load, made_up, percentile, store_on
from tests.server.filling import TSM, form_of, incoming, new_campaign

CLIENTS, SAVES_EACH = 50, 40
QUICK_CLIENTS, QUICK_SAVES_EACH = 8, 3
P99_MS = {"SQLite": 500, "PostgreSQL": 250}
SEED = 26


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of many saves at once."""

    ms: tuple[float, ...]
    """How long each took, from its sending to its receipt."""
    seconds: float
    locked: int
    kept: int
    """How many responses there are in the end."""


def saved(store: Store, clients: int, each: int) -> Saved:
    """Have so many clients save so many responses each."""
    form, campaign, chance = form_of(TSM), new_campaign(store), random.Random(SEED)
    save_response(store, incoming(campaign, made_up(form, chance)))  # the first opens connections and compiles
    waiting = [[incoming(campaign, made_up(form, chance)) for _ in range(each)] for _ in range(clients)]
    taken, locked, count = list[float](), list[str](), Lock()
    start = Barrier(clients + 1)

    def client(responses: Sequence[Incoming]) -> None:
        mine = list[float]()
        start.wait()
        for response in responses:
            begun = time.perf_counter()
            try:
                save_response(store, response)
            except OperationalError as error:
                locked.append(str(error.orig))
                continue
            mine.append((time.perf_counter() - begun) * 1000)
        with count:
            taken.extend(mine)

    with ThreadPoolExecutor(clients) as pool:
        ended = [pool.submit(client, responses) for responses in waiting]
        start.wait()
        begun = time.perf_counter()
    seconds = time.perf_counter() - begun
    for one in ended:
        one.result()
    with store.reading() as session:
        kept = session.scalar(select(func.count()).select_from(Response)) or 0
    return Saved(tuple(taken), seconds, len(locked), kept - 1)


def figures(database: str, *, quick: bool) -> Figures:
    """Measure one database; what depends on the machine's speed is left out of the quick figures."""
    clients, each = (QUICK_CLIENTS, QUICK_SAVES_EACH) if quick else (CLIENTS, SAVES_EACH)
    with store_on(database) as store:
        median, slow = floor_ms(store.folder)
        got = saved(store, clients, each)
    table = Figures(f"{clients} clients saving {clients * each:,} responses at once on {database} ({load()})")
    table.add("database is locked", "0", str(got.locked), held=got.locked == 0)
    table.add("responses kept", f"{clients * each:,}", f"{got.kept:,}", held=got.kept == clients * each)
    if not quick:
        p99 = percentile(got.ms, 99)
        table.add("99 of 100 saved within", f"≤ {P99_MS[database]} ms", f"{p99:,.0f} ms", held=p99 <= P99_MS[database])
    table.add("half saved within", "", f"{percentile(got.ms, 50):,.0f} ms", held=True)
    table.add("slowest", "", f"{max(got.ms):,.0f} ms", held=True)
    table.add("saves a second", "", f"{len(got.ms) / got.seconds:,.0f}", held=True)
    table.add("floor: one page to this disk", "", f"half {median:.1f} ms, 99 of 100 {slow:.1f} ms", held=True)
    return table


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give the exit code."""
    missed = sum(figures(database, quick="--quick" in arguments).show() for database in DATABASES)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
