"""Print how long each report takes as a PDF: `python -m tests.bench.reports [--quick]`.

A year of some 350 made-up responses in 1,745 homes, as large as the landlord's own. Each is timed from the opened
store to its PDF, in a process that has printed one already. `--quick` has fewer homes and bounds nothing. The exit code
is 1 when one takes too long.
"""

import random
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta

from server.publishing.gathering import gather, shared_homes
from server.publishing.reports import Kind, made
from server.store import Store
from tests.bench.paper import Figures
from tests.bench.stores import load, store_on
from tests.server.reports.homes import a_home, a_response, invite, the_year

SECONDS_MAX = 5.0
HOMES, QUICK_HOMES = 1_745, 60
TODAY = date(2026, 11, 26)
POINTS = ("very_satisfied", "fairly_satisfied", "neither", "fairly_dissatisfied", "very_dissatisfied")
SEED = 26


def fill(store: Store, homes: int) -> None:
    """Put in homes of which every fifth answers."""
    chance = random.Random(SEED)
    with store.writing() as session:
        campaign = the_year(session)
        for number in range(homes):
            known = {
                "area": f"Area {number % 4}",
                "scheme": f"Scheme {number % 21}",
                "age_band": f"{number % 7}0 to {number % 7}9",
            }
            home = a_home(session, number, **known)
            invite(session, campaign, home, None if number % 90 else "Asked not to be")
            if number % 5 == 0:
                said = {
                    question: chance.choice(POINTS)
                    for question in ("overall", "repairs_service", "safe_home", "listens")
                }
                day = date(2026, 4, 1) + timedelta(days=chance.randrange(200))
                a_response(session, campaign, home, {**said, "repair_done": "yes"}, received_on=day)


def figures(*, quick: bool) -> Figures:
    """Time each report."""
    shown = Figures(f"Reports as PDFs ({load()})")
    with store_on("SQLite", safe=False) as store:
        fill(store, QUICK_HOMES if quick else HOMES)
        made(Kind.TABLE, gather(store, {}, TODAY))
        for kind in Kind:
            begun = time.perf_counter()
            gathered = gather(store, {}, TODAY)
            pdf = made(kind, gathered, shared_homes(store, gathered))
            seconds = time.perf_counter() - begun
            asked = "" if quick else f"≤ {SECONDS_MAX:g} s"
            held = pdf.startswith(b"%PDF") and (quick or seconds <= SECONDS_MAX)
            shown.add(kind.value, asked, f"{seconds:.2f} s", held=held)
    return shown


def main(arguments: Sequence[str]) -> int:
    """Print the table; give the exit code."""
    return 1 if figures(quick="--quick" in arguments).show() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
