"""Read 2,000 files that are damaged, hostile or foreign: `python -m tests.bench.hostile [--quick] [--seed N]`.

The sound files are simulated returns, so that the right answers are known. A damaged file has to be read right,
doubted, set aside or refused with a reason; a foreign one has to be refused. The exit code is 1 when one was read wrong
or took over 30 s a page, or when the parent did not live to the end.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from scanning.pages import PageLimits
from scanning.readers import FileRefused, PageResult, Readers
from scanning.readers.readers import BOUNDS
from tests.bench.hostility.bombs import bombs
from tests.bench.hostility.cases import Case, Verdict, verdict
from tests.bench.hostility.foreign import FOREIGN
from tests.bench.hostility.mutations import MUTATIONS
from tests.bench.hostility.sound import Sound, printing, sound_files
from tests.bench.processes import Watch

SEED = 20_261_124
FILES, QUICK_FILES = 2_000, 40
FOREIGN_SHARE = 0.2
SLOW_S = BOUNDS.wall_s
GRACE_S = 5.0
"""For starting a child anew after one was killed."""


@dataclass(slots=True)
class Group:
    """What became of the files of one kind."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    worst_s: float = 0.0
    found: list[str] = field(default_factory=list)
    """What was read wrong."""


@dataclass(slots=True)
class Outcome:
    """What became of all files."""

    groups: dict[str, Group] = field(default_factory=lambda: defaultdict(Group))
    hangs: int = 0
    unanswered: int = 0
    child_mb: float = 0.0
    parent_mb: float = 0.0

    @property
    def wrong(self) -> int:
        """Give how many files were read wrong."""
        return sum(group.verdicts[Verdict.WRONG] for group in self.groups.values())

    @property
    def held(self) -> bool:
        """Tell whether nothing was read wrong, nothing hung, and every file was answered."""
        return not (self.wrong or self.hangs or self.unanswered)


def cases(many: int, seed: int, *, with_bombs: bool) -> Iterator[Case]:
    """Give so many files: the sound ones, bombs, foreign ones, and damaged ones for the rest."""
    rng = np.random.default_rng(seed)
    sound = sound_files(seed)
    made = [Case("sound", one.content, one.truth, one.name) for one in sound]
    if with_bombs:
        made += [Case("bombs", content, {}, name) for name, content in bombs()]
    foreign = max(len(FOREIGN), int(many * FOREIGN_SHARE))
    yield from made
    for number in range(foreign):
        name = list(FOREIGN)[number % len(FOREIGN)]
        yield Case(f"foreign: {name}", FOREIGN[name](rng), {}, name)
    for number in range(many - len(made) - foreign):
        yield _damaged(sound, number, rng)


def _damaged(sound: Sequence[Sound], number: int, rng: np.random.Generator) -> Case:
    """Give a sound file damaged in one way, or in two; every format and every way in turn."""
    one = sound[number % len(sound)]
    ways = list(MUTATIONS)
    way = ways[number // len(sound) % len(ways)]
    content = MUTATIONS[way](one.content, rng)
    if content and rng.random() < 0.2:
        content = MUTATIONS[str(rng.choice(ways))](content, rng)
    return Case(f"damaged: {one.name}", content, one.truth, f"{one.name}, {way}")


def outcome_of(given: Iterator[Case]) -> Outcome:
    """Have the files read by one child, and take down what becomes of each."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder, Watch() as watch:
        files = Files(given, Path(folder))
        with Readers([printing().pdf], limits=PageLimits()) as readers:
            for path, results, seconds in _by_file(readers, files):
                _take_down(outcome, files.kept.pop(path), path, results, seconds)
                path.unlink()
        outcome.child_mb, outcome.parent_mb = watch.child_mb, watch.parent_mb
    outcome.unanswered = len(files.kept)
    return outcome


class Files:
    """Writes each file when it is asked for, and keeps its case until it is answered."""

    def __init__(self, given: Iterator[Case], folder: Path) -> None:
        self._given, self._folder = given, folder
        self.kept: dict[Path, Case] = {}
        self.making_s = 0.0
        """Spent on making files, which is not the reader's time."""

    def __iter__(self) -> Iterator[Path]:
        for number in count():
            start = time.monotonic()
            case = next(self._given, None)
            if case is None:
                return
            path = self._folder / f"{number:05}"
            path.write_bytes(case.content)
            self.kept[path] = case
            self.making_s += time.monotonic() - start
            yield path


def _by_file(readers: Readers, files: Files) -> Iterator[tuple[Path, list[PageResult | FileRefused], float]]:
    """Give each file with its results and the time since the one before."""
    results: list[PageResult | FileRefused] = []
    before_s = _clock_s(files)
    for result in readers.read(files):
        if results and result.file != results[0].file:
            yield results[0].file, results, _clock_s(files) - before_s
            results, before_s = [], _clock_s(files)
        results.append(result)
    if results:
        yield results[0].file, results, _clock_s(files) - before_s


def _clock_s(files: Files) -> float:
    return time.monotonic() - files.making_s


def _take_down(
    outcome: Outcome, case: Case, path: Path, results: Sequence[PageResult | FileRefused], seconds: float
) -> None:
    group = outcome.groups[case.group]
    found = verdict(case, results)
    group.verdicts[found] += 1
    group.worst_s = max(group.worst_s, seconds)
    outcome.hangs += seconds > SLOW_S * len(results) + GRACE_S
    if found is Verdict.WRONG:
        group.found.append(f"{path.name}, {case.suffix}")


def table(outcome: Outcome, title: str) -> Table:
    """Give the counts of each group, and of all."""
    shown = Table(title=title)
    for name in ("files", "count", *Verdict, "longest"):
        shown.add_column(name, justify="left" if name == "files" else "right")
    for name, group in outcome.groups.items():
        shown.add_row(name, *_cells(group.verdicts), f"{group.worst_s:.1f} s")
    shown.add_section()
    total: Counter[Verdict] = sum((group.verdicts for group in outcome.groups.values()), Counter())
    worst_s = max(group.worst_s for group in outcome.groups.values())
    shown.add_row("all", *_cells(total), f"{worst_s:.1f} s", style="bold")
    return shown


def _cells(verdicts: Counter[Verdict]) -> list[str]:
    return [f"{verdicts.total():,}", *(f"{verdicts[one]:,}" for one in Verdict)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the files, print the table; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.hostile", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_FILES} files, and no bombs")
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args(arguments)
    many = QUICK_FILES if chosen.quick else chosen.files
    outcome = outcome_of(cases(many, chosen.seed, with_bombs=not chosen.quick))
    console = Console(width=140)
    console.print(table(outcome, f"{many:,} damaged, hostile and foreign files, seed {chosen.seed}, simulated"))
    console.print(
        f"read wrong: {outcome.wrong}; over {SLOW_S:g} s a page: {outcome.hangs}; without an answer: "
        f"{outcome.unanswered}; memory: {outcome.child_mb:,.0f} MB of a child at most, {outcome.parent_mb:,.0f} MB of "
        "the parent"
    )
    for name, group in outcome.groups.items():
        for line in group.found:
            console.print(f"wrong: {name}: {line}", markup=False, soft_wrap=True)
    return 0 if outcome.held else 1


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
