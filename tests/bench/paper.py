"""Print the figures of the paper, each beside the one asked for: `python -m tests.bench.paper [--quick]`.

`--quick` measures a little of each, leaves out what depends on the machine, and is what the tests run. The exit code
is 1 when a figure is missed.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from forms import library
from forms.landlord import Landlord
from forms.paper.editions import EditionName
from forms.paper.printing import print_form
from tests.bench import paper_copies, paper_edges, paper_filled
from tests.forms.paper import EVERY_KIND, Case, every_sheet, form_named, larger_slips, sheets, slips, whole

EDGE_MEAN_MM, EDGE_MAX_MM = 0.05, 0.15
COPIES_PER_S, KB_A_COPY = 500, 2.5
RENDERED_S = 2.0

COPIES, PAGES_READ = 1_800, 50
QUICK_COPIES, QUICK_PAGES_READ = 40, 6

QUICK = (
    Case("priorities"),
    Case("poll", "ar", EditionName.GIANT),
    Case("poll", "pl", EditionName.LARGE),
    *slips()[1:2],
)


class Figures:
    """A table of figures that knows whether any was missed."""

    def __init__(self, title: str) -> None:
        self.missed = 0
        self._table = Table("what", "asked for", "measured", "", title=title, title_justify="left")

    def add(self, what: str, asked: str, measured: str, *, held: bool) -> None:
        """Add a figure."""
        self.missed += not held
        self._table.add_row(what, asked, measured, "" if held else "MISSED")

    def show(self) -> int:
        """Print the table; give the number of figures missed."""
        Console().print(self._table)
        return self.missed


def main(arguments: Sequence[str]) -> int:
    """Print all tables; give the exit code."""
    quick = "--quick" in arguments
    missed = sum(table.show() for table in tables(quick=quick))
    return 1 if missed else 0


def tables(*, quick: bool) -> list[Figures]:
    """Measure everything, or a little of each."""
    cases = QUICK if quick else (*every_sheet(), *slips(), *larger_slips())
    made = [edges(cases), copies(quick=quick), filled(quick=quick), findings(cases)]
    return made if quick else [rendering(), *made]


def edges(cases: Sequence[Case]) -> Figures:
    """Measure the printed tick boxes against their fields' boxes."""
    figures = Figures(f"a. Inner edge of each tick box against its field's box, {paper_edges.DPI} dpi")
    measured = paper_edges.gaps_mm(cases)
    for edition in EditionName:
        of_edition = [gaps for case, gaps in measured if case.edition is edition]
        gaps = [abs(gap) for one in of_edition for gap in one]
        if gaps:
            what = f"{edition} print: {len(of_edition)} printings, {len(gaps) // 4} boxes"
            mean, most = statistics.mean(gaps), max(gaps)
            figures.add(f"{what}, mean", f"≤ {EDGE_MEAN_MM} mm", f"{mean:.4f} mm", held=mean <= EDGE_MEAN_MM)
            figures.add(f"{what}, max", f"≤ {EDGE_MAX_MM} mm", f"{most:.4f} mm", held=most <= EDGE_MAX_MM)
    return figures


def copies(*, quick: bool) -> Figures:
    """Measure a run of copies; how quickly it is made is left out of the quick figures."""
    with tempfile.TemporaryDirectory() as folder:
        count, sample = (QUICK_COPIES, QUICK_PAGES_READ) if quick else (COPIES, PAGES_READ)
        run = paper_copies.measured(count, sample, Path(folder))
    figures = Figures(f"b. {run.copies:,} copies of a four-page form ({paper_copies.four_pages()})")
    if not quick:
        speed = f"{run.copies_per_s:,.0f} a second of CPU"
        figures.add("copies", f"≥ {COPIES_PER_S} a second", speed, held=run.copies_per_s >= COPIES_PER_S)
    figures.add("size", f"≤ {KB_A_COPY} kB a copy", f"{run.kb_a_copy:.2f} kB", held=run.kb_a_copy <= KB_A_COPY)
    wanted = 2 * run.pages_read
    read = f"{run.codes_read} of {wanted}"
    figures.add(f"codes of {run.pages_read} pages read", f"{wanted}", read, held=run.codes_read == wanted)
    return figures


def rendering() -> Figures:
    """Measure how long each form takes to print, once the libraries are warm."""
    figures = Figures("c. Printing one form after start-up, clear print, CPU time")
    print_form(form_named("poll"), Landlord())
    for form in library.library():
        gc.collect()
        start = time.process_time()
        print_form(form, Landlord())
        seconds = time.process_time() - start
        figures.add(form.form, f"≤ {RENDERED_S} s", f"{seconds:.2f} s", held=seconds <= RENDERED_S)
    return figures


def filled(*, quick: bool) -> Figures:
    """Fill in every field of every form with pypdf, and read it back."""
    figures = Figures("d. Fields filled in by pypdf and read back")
    clear = [case for case in sheets() if case.edition is EditionName.CLEAR]
    for case in (EVERY_KIND, *([Case("poll", "ar")] if quick else clear)):
        trips = [paper_filled.round_trip(case, turn=turn) for turn in (0, 1)]
        fields, equal = (sum(trip[at] for trip in trips) for at in (0, 1))
        figures.add(str(case), f"{fields} equal", f"{equal}", held=fields == equal)
    return figures


def findings(cases: Sequence[Case]) -> Figures:
    """Look for what is cut off, overlaps, lies on a fold or is left out."""
    found = [(case, whole.of_printing(case)) for case in cases]
    figures = Figures(f"e. Words, boxes and lines cut off or overlapping, {len(found)} printings")
    figures.add(
        "all of them", "0 findings", str(sum(len(these) for _, these in found)), held=not any(f for _, f in found)
    )
    for case, these in found:
        if these:
            figures.add(str(case), "0 findings", f"{len(these)}, first: {these[0]}", held=False)
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
