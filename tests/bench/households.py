"""Print what importing households costs: `python -m tests.bench.households [--quick]`.

20,000 made-up homes of 13 columns, odd ones among them, as CSV and as XLSX, on SQLite and on PostgreSQL: first into an
empty database, then the next month's list, of which some homes have changed, some are new and some are gone. Seconds
by the clock, from the bytes to the report. The exit code is 1 when an import counts wrongly.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from pathlib import Path

from server.config import Settings
from server.households import imports
from server.households.guessing import guessed
from server.queries.household_imports import import_of
from server.sheets import csv_bytes, xlsx_bytes
from server.store import Store, migrating
from tests.bench.paper import Figures
from tests.server.postgres import postgres_server

HOMES, HOMES_QUICK = 20_000, 500
SECONDS_MAX = 10.0
SEED = 26

HEADINGS = (
    "UPRN", "Tenant name", "Address line 1", "Town", "Postcode", "Mobile", "Email",
    "Area", "Scheme", "Tenure", "Date of birth", "Property type", "No reminder",
)  # fmt: skip
FIRST = ("Ada", "Bilal", "Cerys", "Dev", "Zofia", "Siân", "José", "Nkechi")
LAST = ("Marsh", "Khan", "Powell", "O’Neill", "Łukasik", "Brown", "Nguyễn", "Smith")
ODD = ((0, ""), (0, "10000000000"), (4, "unknown"), (6, "no email"), (10, "31/02/1960"))
"""Column and words: no code, the first row's code, and three that cannot be what they should."""

AREAS = ("North", "South", "East", "West", "Centre")
TENURES = ("Secure", "Introductory", "Shared ownership", "Leasehold", "Licence")
TYPES = ("Flat", "House", "Bungalow", "Maisonette")

Row = list[str]


@dataclass(frozen=True, slots=True)
class Counted:
    """What an import comes to."""

    rows: int
    added: int
    changed: int
    unchanged: int
    gone: int
    refused: int
    odd: int


@dataclass(slots=True)
class Believed:
    """What should be kept, worked out from the lists alone: the last row of each code, and the codes that are here."""

    rows: dict[str, Row] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)

    def takes(self, rows: Sequence[Row], odd: int) -> Counted:
        """Take another list; give what importing it should come to."""
        good: dict[str, Row] = {}
        for row in rows:
            if row[0]:
                good.setdefault(row[0], row)
        same = sum(code in self.here and self.rows[code] == row for code, row in good.items())
        added = len(good.keys() - self.rows.keys())
        gone = len(self.here - good.keys())
        self.rows.update(good)
        self.here = set(good)
        return Counted(len(rows), added, len(good) - added - same, same, gone, len(rows) - len(good), odd)


def homes(count: int) -> list[Row]:
    """Give rows of made-up homes, each hundredth of them odd."""
    chance = random.Random(SEED)
    rows = [
        [
            f"1000{number:07d}",
            f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            f"{chance.randint(1, 300)} Mill Lane",
            "Northfield",
            f"NF{chance.randint(1, 9)} {chance.randint(1, 9)}AB",
            f"07700 9{chance.randint(0, 99999):05d}",
            f"tenant{number}@example.org" if number % 3 else "",
            chance.choice(AREAS),
            f"Scheme {chance.randint(1, 40)}",
            chance.choice(TENURES),
            f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{chance.randint(1930, 2004)}",
            chance.choice(TYPES),
            "yes" if number % 50 == 0 else "no",
        ]
        for number in range(count)
    ]
    for turn, row in enumerate(rows[99::100]):
        column, words = ODD[turn % len(ODD)]
        row[column] = words
    return rows


def next_month(rows: Sequence[Row]) -> list[Row]:
    """Give the list a month later: the odd rows mended, some phones changed, a fiftieth gone and as many new."""
    kept = [list(row) for number, row in enumerate(rows) if number % 100 != 99]
    for row in kept[7::20]:
        row[5] = "07700 900000"
    moved = len(rows) // 50
    return kept[moved:] + [[f"2000{number:07d}", *row[1:]] for number, row in enumerate(kept[:moved])]


KINDS: Mapping[str, Callable[[Sequence[Row]], bytes]] = {
    "CSV": lambda rows: csv_bytes(HEADINGS, rows),
    "XLSX": lambda rows: xlsx_bytes(HEADINGS, rows, "Homes"),
}


def imported(store: Store, content: bytes) -> tuple[Counted, float]:
    """Import a file as the site would, guessing its columns; give what it came to, and the seconds it took."""
    begun = time.perf_counter()
    number = imports.begin(store, content, by=None)
    table = imports.table_of_import(store, number)
    imports.apply(store, number, guessed(table.headings), table=table, by=None)
    seconds = time.perf_counter() - begun
    with store.reading() as session:
        made = import_of(session, number).made
    counts = (made.rows, made.added, made.changed, made.unchanged, made.gone, made.refused, len(made.oddities))
    return Counted(*counts), seconds


@contextmanager
def new_store(database: str | None) -> Iterator[Store]:
    """Give an empty store; on SQLite unless a database is named."""
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        store = Store(Settings(data=Path(folder), database=database))
        store.keys.make()
        migrating.upgrade(store.engine)
        try:
            yield store
        finally:
            store.close()


def measure(figures: Figures, database: str, store: Store, kind: str, count: int) -> bool:
    """Import three lists into an empty store, as one kind of file; tell whether all was counted as it should be."""
    believed, first = Believed(), homes(count)
    second = next_month(first)
    lists = (
        ("first list", first, len(first[99::100])),
        ("next month's list", second, 0),
        ("the same again", second, 0),
    )
    is_right = True
    for name, rows, odd in lists:
        wanted = believed.takes(rows, odd)
        came_to, seconds = imported(store, KINDS[kind](rows))
        what = f"{database}, {kind}, {name}: {came_to.added:,} new, {came_to.changed:,} changed, {came_to.odd:,} odd"
        figures.add(what, f"≤ {SECONDS_MAX:g} s", f"{seconds:.1f} s", held=seconds <= SECONDS_MAX)
        if came_to != wanted:
            is_right = False
            counts = [", ".join(map(str, astuple(one))) for one in (wanted, came_to)]
            figures.add("rows, added, changed, unchanged, gone, refused, odd", *counts, held=False)
    return is_right


def measured(count: int) -> tuple[Figures, bool]:
    """Measure all imports; tell, too, whether all was counted as it should be."""
    figures, is_right = Figures(f"Importing {count:,} households of {len(HEADINGS)} columns"), True
    with postgres_server(safe=True) as address:
        for database, url in (("SQLite", None), ("PostgreSQL", address.format(name="postgres"))):
            for kind in KINDS:
                with new_store(url) as store:
                    is_right &= measure(figures, database, store, kind, count)
                    if url:
                        migrating.downgrade(store.engine, "base")
    return figures, is_right


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 when an import was counted wrongly, for the seconds depend on the machine."""
    figures, is_right = measured(HOMES_QUICK if "--quick" in arguments else HOMES)
    figures.show()
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
