"""Measure a whole campaign, from scans to figures: `python -m tests.bench.whole [--quick] [--households N]`.

A survey of the twelve measures goes to all households on paper. Some of it comes back in mixed quality, as stacks
from an office scanner in the watched folder, while others answer at the kiosk; an officer who knows what was meant
settles all doubts; the page of figures is compared with the truth. Nothing is written past the site. Simulated are
pens, paper and scanner: making them takes longer than reading them, is done before the clock starts and not counted.
The clock runs from the first file dropped until all pages are read, and the machine's load stands beside it. The exit
code is 1 when an answer is wrong in the end, or a figure differs from the truth.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import click
from sqlalchemy import func, select

from server.models.review import Doubt
from tests.bench.paper import Figures
from tests.bench.whole_played import HOUSEHOLDS, Whole, play, returned_of, visits_of
from tests.bench.whole_truth import figures_equal, kept_of, truth_of, wrong_in
from tests.demo import workspace
from tests.demo.comparing import compared, judgements
from tests.demo.site import free_port, held

QUICK: Final = 6
FREE_FROM: Final = 9100
DOUBT_S: Final = 4.0
"""What an officer takes for a doubt, as the issue that asked for this has it; words to be typed take longer, and this
form has no place for any."""

AGAIN_S: Final = 120.0
"""Assumed: what an officer takes to find a sheet that could not be read in its stack, and to scan it once more."""

KEYED_COPY_S, KEYED_PAGE_S, KEYED_QUESTION_S = 10.0, 3.0, 1.5
"""Keying by hand is an assumption, meant to flatter it: ten seconds to take a copy up, type the eight characters of
its code, save it and lay it down; three to turn a page and find the place; a second and a half to see which of five
boxes is ticked and press its digit. No pause, no doubt, no second look."""

KEYED_WRONG: Final = (0.00037, 0.0065)
"""Of fields keyed once, how many are wrong: 0.37 in 1,000 in Paulsen, Overgaard and Lauritsen, PLoS ONE 7(4) e35087
(2012), by trained staff; 0.65 % in "The impact of single versus dual data entry on accuracy of relational database
information", Journal of Innovation in Health Informatics (June 1999), of 17,988 fields by five clerks."""


def main(arguments: Sequence[str]) -> int:
    """Print the table; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.whole")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} households")
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    asked = parser.parse_args(arguments)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as name:
        folder = Path(name) / "whole"
        return run(
            folder,
            QUICK if asked.quick else asked.households,
            lambda words: click.echo(f"{time.monotonic() - begun:6.0f} s  {words}"),
        )


def run(folder: Path, households: int, say: Callable[[str], None]) -> int:
    """Play the campaign in a new folder and print its tables; give the exit code."""
    workspace.begin(folder)
    with held(folder, free_port(FREE_FROM)) as site:
        whole = play(folder, site, households, say)
        missed = compared(whole.played).show() + figures(whole).show()
    return 1 if missed else 0


def figures(whole: Whole) -> Figures:
    """Give the table of a campaign that was played."""
    title = f"Simulated: a survey of {whole.households:,} households, {whole.pages_a_copy} pages a copy"
    table = Figures(f"{title} (load average {whole.load:.1f})")
    wanted = returned_of(whole.households)
    table.add("copies that came back", f"{wanted}", f"{whole.copies}", held=whole.copies == wanted)
    wanted, came = visits_of(whole.households), len(whole.at_kiosk)
    table.add("answered at the kiosk meanwhile", f"{wanted}", f"{came}", held=came == wanted)
    _add_time(table, whole)
    _add_right(table, whole)
    _add_keying(table, whole)
    return table


def _add_time(table: Figures, whole: Whole) -> None:
    pages, minutes = whole.pages, whole.read_s / 60
    officer = (whole.did.doubts * DOUBT_S + whole.did.scanned_again * AGAIN_S) / 60
    wanted = whole.copies * whole.pages_a_copy
    table.add("pages read", f"{wanted:,}", f"{pages:,}", held=pages == wanted > 0)
    table.add("minutes from scans to read", "", f"{minutes:.1f}", held=True)
    table.add("pages a minute", "", f"{pages / minutes:.0f}", held=True)
    table.add("CPU seconds of site and readers, a page", "", f"{whole.cpu_s:.0f}, {whole.cpu_s / pages:.2f}", held=True)
    table.add("minutes, were it four pages a copy", "", f"{minutes * 4 / whole.pages_a_copy:.1f}", held=True)
    table.add("pages that had to be scanned again", "", f"{whole.did.scanned_again}", held=True)
    table.add(f"officer minutes, at {DOUBT_S:.0f} s a doubt", "", f"{officer:.1f}", held=True)
    table.add("minutes from scans to figures", "", f"{minutes + officer:.1f}", held=True)


def _add_right(table: Figures, whole: Whole) -> None:
    with whole.played.post.store.reading() as session:
        counts = judgements(session, whole.played)
        doubts = session.scalar(select(func.count()).select_from(Doubt)) or 0
    true = truth_of(whole)
    wrong, (equal, all_) = wrong_in(kept_of(whole), true), figures_equal(whole, true)
    accepted, unclear = counts["accepted"], counts["unclear"]
    table.add("doubts settled", f"{doubts}", f"{whole.did.doubts}", held=whole.did.doubts == doubts)
    table.add("of them truly ambiguous", "", f"{counts['truly']}", held=True)
    table.add(f"wrong of {accepted:,} accepted unseen", "0", f"{counts['wrong']}", held=counts["wrong"] == 0)
    table.add("truly ambiguous and accepted", "0", f"{unclear}", held=unclear == 0)
    table.add(f"wrong in the end, of {sum(map(len, true.values())):,}", "0", f"{wrong}", held=wrong == 0)
    table.add("measures equal to the truth", f"{all_}", f"{equal}", held=equal == all_ > 0)


def _add_keying(table: Figures, whole: Whole) -> None:
    questions = sum(not whole.form.section_of(one.id).detachable for one in whole.form.questions)
    seconds = keyed_s(whole.copies, whole.pages_a_copy, questions)
    few, many = (share * whole.copies * questions for share in KEYED_WRONG)
    table.add("minutes, keyed once by hand (assumed)", "", f"{seconds / 60:.0f}", held=True)
    table.add("wrong then, by what others measured", "", f"{few:.0f} to {many:.0f}", held=True)


def keyed_s(copies: int, pages: int, questions: int) -> float:
    """Give how long somebody takes to key so many copies, of so many pages and questions each."""
    return copies * (KEYED_COPY_S + pages * KEYED_PAGE_S + questions * KEYED_QUESTION_S)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
