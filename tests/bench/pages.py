"""Print how long the server takes over each page of a full store: `python -m tests.bench.pages [--quick]`.

The store holds what ten years would bring (1,000,000 answers, 20,000 households, 50,000 copies, 200,000 events of the
audit log, all made up); `--quick` fills it less, warms nothing and bounds nothing. Every page that the application has
is asked for several times through its own test client, without a network, once it is warm. The exit code is 1 when a
page fails, or when half the tries of one take too long.
"""

import statistics
import sys
import time
from collections.abc import Sequence

from server.app import create_app
from tests.bench.full_rows import FULL, SMALL
from tests.bench.full_store import fill
from tests.bench.paper import Figures
from tests.bench.stores import DATABASES, load, store_on
from tests.bench.visiting import PAPER, as_administrator, pages, token, visit

MS_MAX = 300
TRIES, QUICK_TRIES = 7, 1
PASSWORD = "three random words"  # noqa: S105 (of the bench's own officer)


def figures(database: str, *, quick: bool) -> Figures:
    """Measure every page on one database."""
    with store_on(database, safe=False) as store:
        fill(store, SMALL if quick else FULL)
        app = create_app(store.settings, store)
        client = as_administrator(app, store, PASSWORD)
        csrf = token(client)
        tries = QUICK_TRIES if quick else TRIES
        table = Figures(f"Pages of a full store on {database}: half of {tries} tries, and the worst ({load()})")
        for page in pages(app, store):
            statuses, ms = set[int](), list[float]()
            if not quick:
                visit(client, page, csrf)
            for _ in range(tries):
                begun = time.perf_counter()
                statuses.add(visit(client, page, csrf))
                ms.append((time.perf_counter() - begun) * 1000)
            median = statistics.median(ms)
            works = max(statuses) < 400
            shown = f"{median:,.0f} ms, {max(ms):,.0f} ms" if works else f"answered {max(statuses)}"
            table.add(page.words, "" if quick else f"≤ {MS_MAX} ms", shown, held=works and (quick or median <= MS_MAX))
    for endpoint, reason in PAPER.items():
        table.add(endpoint, "left out", reason, held=True)
    return table


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give the exit code."""
    missed = sum(figures(database, quick="--quick" in arguments).show() for database in DATABASES)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
