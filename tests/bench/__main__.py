"""`python -m tests.bench [--quick]`: measure, and print each figure beside the one that is wanted."""

import argparse
import sys
from collections.abc import Callable, Sequence

import cv2
from rich.console import Console

from tests.bench import (
    adopting,
    alerts,
    audit_tampering,
    beside,
    counting,
    exports,
    flat,
    foreign,
    forms,
    hostile,
    households,
    intake_bulk,
    intake_faults,
    intake_folder,
    intake_kills,
    intake_real_kills,
    intake_uploads,
    kiosk_kills,
    kiosk_look,
    kiosk_speed,
    kiosk_taps,
    pages,
    paper,
    reading,
    reading_speed,
    real_marks,
    reports,
    review_next,
    review_races,
    speech,
    standing,
    store_kills,
    store_saves,
    whole,
    writing,
)

Bench = Callable[[Sequence[str]], int]

BENCHES: tuple[Bench, ...] = (
    paper.main,
    reading.main,
    real_marks.main,
    hostile.main,
    households.main,
    store_kills.main,
    store_saves.main,
    standing.main,
    audit_tampering.main,
    pages.main,
    review_next.main,
    review_races.main,
    counting.main,
    intake_kills.main,
    intake_real_kills.main,
    intake_faults.main,
    intake_folder.main,
    intake_uploads.main,
    intake_bulk.main,
    speech.main,
    alerts.main,
    kiosk_kills.main,
    kiosk_speed.main,
    kiosk_look.main,
    kiosk_taps.main,
    exports.main,
    reports.main,
    whole.main,
    writing.main,
    adopting.main,
    foreign.main,
    beside.main,
    flat.main,
)
"""Each prints its tables and gives 0 when what it measures is as wanted."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print all tables; 1 when a figure is missed that does not depend on the machine's speed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="measure a little of each, in about a minute")
    quick = parser.parse_args(arguments).quick
    # A bench that forks must not have OpenCV's threads waiting in the parent.
    cv2.setNumThreads(1)
    reached = [of_forms(quick=quick)]
    passed_on = ["--quick"] if quick else []
    reached += [bench(passed_on) == 0 for bench in BENCHES]
    reading_speed.main(passed_on)
    return 0 if all(reached) else 1


def of_forms(*, quick: bool) -> bool:
    """Print the tables of the forms; tell whether they are as wanted."""
    console = Console(width=140)
    reached = []
    for table, ok in (forms.broken_forms(quick=quick), forms.reading_ages()):
        console.print(table)
        reached.append(ok)
    console.print(forms.help_time(quick=quick))
    return all(reached)


if __name__ == "__main__":
    sys.exit(main())
