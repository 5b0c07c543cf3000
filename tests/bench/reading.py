"""`python -m tests.bench.reading`: simulated returns by the ten thousand, read and held against the truth.

Every run has its own first seed and leaves a line in `records/reading.jsonl`; `--sum` adds up the runs of the reader as
it is now. All of it is simulated: rendered forms, filled in by a pen model, worn by a scanner model.
"""

import argparse
import json
import sys
import time
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import cv2
from rich.console import Console
from rich.progress import track

from forms import library
from forms.definition import Form
from forms.landlord import Landlord
from forms.paper.editions import EditionName
from forms.paper.printing import Printing, print_form
from scanning.template import Template, template_of
from tests.bench.dense import tight_printing
from tests.bench.reading_tables import GROUPS, figures, table
from tests.bench.scoring import scored
from tests.bench.survey import survey_form
from tests.bench.tally import Tally, added
from tests.paper.hands import Family, writer
from tests.paper.pens import PenKind
from tests.paper.returns import simulated_return
from tests.paper.wear import WEARS

RECORDS = Path(__file__).parent / "records" / "reading.jsonl"
ROOT = Path(__file__).resolve().parents[2]
SURVEY = "survey"
"""The bench's own form, from which most boxes come: its pages hold most."""
TIGHT = "survey-tight"
"""The same in the bench's own edition, tighter than what is sold: neighbours are nearer, a million sooner read."""

FORMS = ("tsm-2026-27", *2 * (SURVEY,), "your-choice", *2 * (SURVEY,), "after-repair", *2 * (SURVEY,), "event", SURVEY)
UNDECIDING = (
    "__init__.py",
    "annotations.py",
    "as_json.py",
    "condition.py",
    "errors.py",
    "hints.py",
    "printings.py",
    "sheets.py",
    "written_beside.py",
)
"""Modules of `scanning` in which no answer of a page is decided."""

BY_HAND = "by_hand.py"
"""In the pipeline: the way of a page that a person placed, which no page takes by itself."""

LAYOUT = (tokenize.ENCODING, tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)

BOXES_A_RUN = 50_000
BOXES_QUICK = 1_500


@dataclass(frozen=True, slots=True)
class Task:
    """One return to make and read; `again` reads a second scan of the same sheets too."""

    form: str
    edition: EditionName
    seed: int
    wear: str
    family: Family
    again: bool


def reader() -> str:
    """Give the name of the reader as it is: a hash over the code that decides its readings, words about it left out."""
    parts = [path for path in sorted((ROOT / "scanning").glob("*.py")) if path.name not in UNDECIDING]
    parts += [path for path in sorted((ROOT / "scanning" / "pipeline").glob("*.py")) if path.name != BY_HAND]
    return sha256("\n".join(" ".join(_code(path)) for path in parts).encode()).hexdigest()[:12]


def _code(path: Path) -> Iterator[str]:
    """Give the tokens of a module, without comments, docstrings and how its lines are broken."""
    before = tokenize.NEWLINE
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type in LAYOUT or token.type == tokenize.COMMENT:
                before = before if token.type in (tokenize.COMMENT, tokenize.NL) else tokenize.NEWLINE
            elif token.type != tokenize.STRING or before != tokenize.NEWLINE:
                before = token.type
                yield token.string


@cache
def printing(form: str, edition: EditionName) -> Printing:
    """Give a form as printed."""
    if form == TIGHT:
        return tight_printing(survey_form())
    return print_form(_form(form), Landlord(), edition=edition)


def _form(name: str) -> Form:
    return survey_form() if name == SURVEY else library.find(name)


@cache
def _template(form: str, edition: EditionName) -> Template:
    template = template_of(printing(form, edition).pdf)
    if template is None:
        raise ValueError(f"{form} carries no definition")
    return template


def done(task: Task) -> tuple[str, Tally]:
    """Make a return, read it, and give its tally."""
    cv2.setNumThreads(1)
    printed, template = printing(task.form, task.edition), _template(task.form, task.edition)
    wear = WEARS[task.wear]
    tally, answers = scored(simulated_return(printed, task.seed, wear, task.family, decoded=False), template)
    if task.again:
        second = simulated_return(printed, task.seed, wear, task.family, scan=1, decoded=False)
        tally_again, answers_again = scored(second, template)
        for question in answers.keys() & answers_again.keys():
            one, other = answers[question], answers_again[question]
            if "?" not in (one, other) and one != other:
                tally.counts["flips"] += 1
                tally.found.append(f"flip: seed {task.seed} {question}: {one} and {other}")
        tally.counts["boxes_twice"] += tally["boxes"]
        tally += tally_again
    tally.found = [f"{task.wear}, {task.form} {task.edition}: {line}" for line in tally.found]
    return task.wear, tally


def tasks(
    wears: Sequence[str], forms: Sequence[str], family: Family, first: int, *, again: bool, pens: Sequence[PenKind] = ()
) -> Iterator[Task]:
    """Give tasks without end: every wear in turn, forms and editions changing between rounds; of those pens alone."""
    editions = (EditionName.CLEAR, EditionName.CLEAR, EditionName.LARGE)
    seeds = (seed for seed in count(first) if not pens or writer(seed, family).pen.kind in pens)
    for number, seed in enumerate(seeds):
        turn, wear = divmod(number, len(wears))
        form = forms[(turn + wear) % len(forms)]
        yield Task(form, editions[turn % len(editions)], seed, wears[wear], family, again)


def run(plan: Iterator[Task], boxes: int, jobs: int) -> dict[str, Tally]:
    """Do tasks until that many boxes were read; give a tally for each wear."""
    tallies: dict[str, Tally] = {}
    read = 0
    with get_context("fork").Pool(jobs) as pool:
        bar = track(_chunks(plan, 8 * jobs), "reading", console=Console(stderr=True), disable=not sys.stderr.isatty())
        for chunk in bar:
            for wear, tally in pool.imap_unordered(done, chunk):
                tallies.setdefault(wear, Tally())
                tallies[wear] += tally
                read += tally["boxes"]
            if read >= boxes:
                break
    return tallies


def _chunks(plan: Iterator[Task], size: int) -> Iterator[list[Task]]:
    while True:
        yield [next(plan) for _ in range(size)]


def recorded(chosen: argparse.Namespace, name: str, tallies: dict[str, Tally], seconds: float) -> dict[str, object]:
    """Give a run of the reader of that name as it is kept."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "reader": name,
        "family": chosen.family.value,
        "forms": sorted({*chosen.forms}),
        "pens": chosen.pens,
        "first_seed": chosen.seed,
        "seconds": round(seconds),
        "wears": {wear: tally.plain() for wear, tally in sorted(tallies.items())},
    }


def summed(name: str, *, tight: bool, pens: Sequence[str] = ()) -> tuple[dict[str, Tally], int]:
    """Add up the recorded runs of that reader, by all pens or by those, on paper as sold or tighter; count them."""
    total: dict[str, Tally] = {}
    runs = 0
    for line in RECORDS.read_text().splitlines() if RECORDS.exists() else ():
        record = json.loads(line)
        of_these = (TIGHT in record.get("forms", ()), record.get("pens", [])) == (tight, [*pens])
        if record["reader"] == name and record["family"] == Family.JUDGING.value and of_these:
            runs += 1
            for wear, plain in record["wears"].items():
                total[wear] = added([total.get(wear, Tally()), Tally.from_plain(plain)])
    return total, runs


def reached(tallies: dict[str, Tally]) -> bool:
    """Tell whether nothing wrong was accepted, no identity mistaken, nothing ambiguous taken for an answer."""
    total = added(tallies.values())
    return not (
        total["wrong"] + total["wrong_on_page"] + total["wrong_identity"] + total["ambiguous_accepted"] + total["flips"]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Make one run, or add up those recorded; 1 when anything wrong was accepted."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reading", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{BOXES_QUICK:,} boxes")
    parser.add_argument("--boxes", type=int, default=BOXES_A_RUN)
    parser.add_argument("--seed", type=int, default=1, help="the first seed; keep runs apart by it")
    parser.add_argument("--wears", nargs="+", default=["ordinary", "hard"], help="groups or names")
    parser.add_argument("--forms", nargs="+", default=list(FORMS), help=f"of the library, {SURVEY} or {TIGHT}")
    parser.add_argument("--family", type=Family, default=Family.JUDGING)
    parser.add_argument("--pens", type=PenKind, nargs="+", default=[], help="of these alone: " + ", ".join(PenKind))
    parser.add_argument("--again", action="store_true", help="read a second scan of the same sheets too")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--record", action="store_true", help=f"keep the run in {RECORDS.name}")
    parser.add_argument("--sum", action="store_true", help="only add up what is recorded")
    parser.add_argument("--reader", default=reader(), help="with --sum: an earlier one, by its name in the records")
    chosen = parser.parse_args(arguments)
    console = Console(width=200)
    if chosen.sum:
        tight, tight_runs = summed(chosen.reader, tight=True)
        if tight_runs:
            console.print(table(tight, f"{tight_runs} runs on paper tighter than any that is sold, simulated"))
        tallies, runs = summed(chosen.reader, tight=False, pens=chosen.pens)
        console.print(table(tallies, f"{runs} runs of reader {chosen.reader}, simulated"))
        console.print(figures(tallies))
        return 0 if reached(tallies) else 1
    wears = [wear.name for name in chosen.wears for wear in GROUPS.get(name, (WEARS[name],) if name in WEARS else ())]
    start, name = time.monotonic(), reader()
    plan = tasks(wears, chosen.forms, chosen.family, chosen.seed, again=chosen.again, pens=chosen.pens)
    tallies = run(plan, BOXES_QUICK if chosen.quick else chosen.boxes, chosen.jobs)
    _report(console, chosen, tallies)
    if chosen.record:
        if name != reader():
            raise SystemExit("The reader was changed meanwhile: the run is not kept. Make it again.")
        RECORDS.parent.mkdir(exist_ok=True)
        with RECORDS.open("a") as records:
            records.write(json.dumps(recorded(chosen, name, tallies, time.monotonic() - start)) + "\n")
    return 0 if reached(tallies) else 1


def _report(console: Console, chosen: argparse.Namespace, tallies: dict[str, Tally]) -> None:
    console.print(table(tallies, f"reader {reader()}, {chosen.family} writers, first seed {chosen.seed}, simulated"))
    console.print(figures(tallies))
    total = added(tallies.values())
    console.print("doubts of what is clear to a person:", dict(total.reasons.most_common()))
    console.print("ambiguous:", dict(total.cases.most_common()))
    names = ("writings", "writings_doubted", "writings_missed", "writings_imagined")
    console.print("places to write in:", {name: total[name] for name in names})
    for line in total.found:
        console.print(line, markup=False, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
