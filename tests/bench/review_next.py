"""Print how long the server takes from a key to the next doubt: `python -m tests.bench.review_next [--quick]`.

10,000 doubts wait (made up). An officer settles one after the other through the application's own test client, without
a network, as the page itself sends it: each time is that of keeping the decision and giving the next doubt. The exit
code is 1 when 95 of 100 take longer than they may, or when a decision is not kept; `--quick` bounds no time.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from server.app import create_app
from server.models.review import Correction
from server.queries.review import Order
from server.store import Store
from tests.bench.paper import Figures
from tests.bench.review_rows import put
from tests.bench.stores import DATABASES, floor_ms, load, percentile, store_on
from tests.bench.visiting import as_administrator, token

COPIES, QUICK_COPIES = 2_500, 25
KEYS, QUICK_KEYS = 400, 10
P95_MS: Final = 30
PASSWORD: Final = "three random words"  # noqa: S105 (of the bench's own officer)


def settled(client: FlaskClient, csrf: str, order: Order, keys: int) -> list[float]:
    """Settle so many doubts; give how long each took, in ms."""
    address = client.post("/review/", data={"csrf_token": csrf, "order": order}).location
    client.get(address)
    taken = list[float]()
    for _ in range(keys):
        begun = time.perf_counter()
        answer = client.post(address, data={"csrf_token": csrf, "as": "blank"}, headers={"HX-Request": "true"})
        answer.get_data()
        taken.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
        address = answer.headers["HX-Push-Url"]
    return taken


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Note what is asked of the database, but for the beginning of transactions."""
    asked = list[str]()

    def hear(_: object, __: object, statement: str, *___: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", hear)
    yield asked
    event.remove(store.engine, "before_cursor_execute", hear)


def kept(store: Store) -> int:
    """Count the decisions that were kept."""
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(Correction)) or 0


def figures(database: str, *, quick: bool) -> Figures:
    """Measure one database."""
    copies, keys = (QUICK_COPIES, QUICK_KEYS) if quick else (COPIES, KEYS)
    with store_on(database) as store:
        put(store, copies)
        client = as_administrator(create_app(store.settings, store), store, PASSWORD)
        csrf = token(client)
        table = Figures(f"From a key to the next of {copies * 4:,} doubts on {database} ({load()})")
        for order in Order:
            used = time.process_time()
            with statements(store) as asked:
                taken = settled(client, csrf, order, keys)
            used = (time.process_time() - used) / keys * 1000
            p95 = percentile(taken, 95)
            words = f"95 of 100 keys, by {order}"
            table.add(words, "" if quick else f"≤ {P95_MS} ms", f"{p95:.1f} ms", held=quick or p95 <= P95_MS)
            table.add(f"half of them, by {order}", "", f"{percentile(taken, 50):.1f} ms", held=True)
            table.add(f"processor time of this process, by {order}", "", f"{used:.1f} ms a key", held=True)
            table.add(f"statements a key, by {order}", "", f"{len(asked) / keys:.1f}", held=True)
        wanted = keys * len(Order)
        table.add("decisions kept", f"{wanted:,}", f"{kept(store):,}", held=kept(store) == wanted)
        median, slow = floor_ms(store.folder)
    table.add("floor: one page to this disk", "", f"half {median:.1f} ms, 99 of 100 {slow:.1f} ms", held=True)
    return table


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give the exit code."""
    missed = sum(figures(database, quick="--quick" in arguments).show() for database in DATABASES)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
