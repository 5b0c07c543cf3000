"""`python -m tests.bench.real_marks [FOLDER] [--quick]`: real hand marks, lifted off photos, on our printed boxes.

The marks are real; the pages that they are put on, and how these are worn and scanned, are simulated. Without a folder
the crops copied into the tests are read, with one (see `real_crops`) all of it. A crop that occurs twice counts once.
The exit code is 1 when a mark was taken for another answer or for none, or an empty box for an answer.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from forms.layout import Box
from forms.paper.editions import EditionName
from tests.bench import real_crops
from tests.bench.real_sheets import EMPTY, Outcome, Sheet, outcomes, sheets
from tests.paper.pens import Image
from tests.paper.real_marks import RealMark, put_mark, real_marks

WEARS: Final = ("grey", "bitonal", "noise-jpeg-60", "everyday", "photocopied-twice", "fax-200", "phone")
WEARS_QUICK: Final = ("grey", "bitonal")
FORMS: Final = (("tsm-2026-27", EditionName.CLEAR), ("void-inspection", EditionName.LARGE))
FORMS_QUICK: Final = (("after-repair", EditionName.CLEAR),)

INK_MIN_MM2: Final = 2.0
"""A mark whose lifted ink within our box is less than this is not there to a person's eye: it lay on the crop's own
line, and went with it, or beside the box. A tick as long as a box, 0.35 mm wide, has 2.3."""

EMPTY_MAX_MM2: Final = 0.4
"""An empty crop that leaves more than this behind, in our box or around it, was lifted badly."""

BOX_MM: Final = 6.5
PX_PER_MM: Final = 300 / 25.4

KINDS: Final = ("right", "as blank", "as another", "as marked", "doubted")
WRONG: Final = frozenset({"as blank", "as another", "as marked"})


def lifted(folder: Path | None) -> tuple[list[RealMark], Counter[str]]:
    """Give the marks that are there to see, and count those left out, by what they show."""
    if folder is None:
        return _seen(real_marks())
    crops = {crop.pixels.tobytes(): crop for crop in reversed(list(real_crops.crops_of(folder)))}
    marks, excluded = _seen(crop.mark for crop in reversed(crops.values()) if crop.mark is not None)
    excluded["no box found"] = sum(crop.mark is None for crop in crops.values())
    excluded["too coarse"] = real_crops.left_out(folder)
    return marks, excluded


def _seen(marks: Iterable[RealMark]) -> tuple[list[RealMark], Counter[str]]:
    kept, excluded = [], Counter[str]()
    for mark in marks:
        if is_there(mark):
            kept.append(mark)
        else:
            excluded[mark.shows] += 1
    return kept, excluded


def is_there(mark: RealMark) -> bool:
    """Tell whether what was lifted is what the crop shows: ink in the box, or none anywhere."""
    in_all, inside = ink_mm2(mark)
    return in_all <= EMPTY_MAX_MM2 if mark.shows == EMPTY else inside >= INK_MIN_MM2


def ink_mm2(mark: RealMark) -> tuple[float, float]:
    """Give the ink of a mark, in all and within our box, in the clear edition's size."""
    paper: Image = np.full((240, 240), 255, np.uint8)
    put_mark(paper, (PX_PER_MM, PX_PER_MM), Box(6, 6, BOX_MM, BOX_MM), mark, darkness=1.0)
    start, end = round(6 * PX_PER_MM), round((6 + BOX_MM) * PX_PER_MM)
    ink = (255 - paper.astype(int)) / 255 / PX_PER_MM**2
    return float(ink.sum()), float(ink[start:end, start:end].sum())


def run(marks: Sequence[RealMark], *, quick: bool, jobs: int) -> list[Outcome]:
    """Read every mark in every wear."""
    tasks = [
        (sheet, wear)
        for sheet in sheets(marks, FORMS_QUICK if quick else FORMS)
        for wear in (WEARS_QUICK if quick else WEARS)
    ]
    if jobs == 1:
        return [outcome for task in tasks for outcome in outcomes(*task)]
    with get_context("fork").Pool(jobs) as pool:
        return [outcome for found in pool.imap_unordered(_done, tasks) for outcome in found]


def _done(task: tuple[Sheet, str]) -> list[Outcome]:
    cv2.setNumThreads(1)
    return outcomes(*task)


def table(found: Sequence[Outcome], by: str, excluded: Counter[str]) -> Table:
    """Give the counts of each class of mark, or of each wear."""
    shown = Table(title=f"Real hand marks by {by}; the pages and how they are worn are simulated")
    for name in (by, "left out", "read", *KINDS, "reasons of doubts"):
        shown.add_column(name, justify="left" if name in (by, "reasons of doubts") else "right")
    groups: dict[str, list[Outcome]] = {}
    for one in found:
        groups.setdefault(one.shows if by == "mark" else one.wear, []).append(one)
    for name in sorted(groups.keys() | (excluded.keys() if by == "mark" else set())):
        shown.add_row(name, str(excluded[name]) if by == "mark" else "", *_cells(groups.get(name, [])))
    shown.add_section()
    shown.add_row("all", str(excluded.total()), *_cells(found), style="bold")
    return shown


def _cells(found: Sequence[Outcome]) -> list[str]:
    kinds = Counter(one.kind for one in found)
    reasons = Counter(one.reason for one in found if one.reason is not None)
    said = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
    return [str(len(found)), *(str(kinds[kind]) for kind in KINDS), said]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables, and what is wrong or doubted mark by mark; 1 when anything wrong was accepted."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.real_marks", description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="crops in folders by the shape of their boxes")
    parser.add_argument("--quick", action="store_true", help=f"one form, and only {' and '.join(WEARS_QUICK)}")
    parser.add_argument("--jobs", type=int, default=1)
    chosen = parser.parse_args(arguments)
    marks, excluded = lifted(chosen.folder)
    if not marks:
        parser.error(f"there are no crops in {chosen.folder}: name the folder with the folders of crops in it")
    found = run(marks, quick=chosen.quick, jobs=chosen.jobs)
    console = Console(width=160)
    for by in ("mark", "wear"):
        console.print(table(found, by, excluded))
    rule = f"under {INK_MIN_MM2} mm2 of ink in the box; of empty boxes over {EMPTY_MAX_MM2} mm2 in it or around"
    console.print(f"{len(marks)} real marks on simulated pages; left out: {rule}")
    for one in sorted((one for one in found if one.kind != "right"), key=lambda one: (one.kind, one.mark, one.wear)):
        if one.kind in WRONG or not chosen.quick:
            console.print(described(one), markup=False, soft_wrap=True)
    return 0 if reached(found) else 1


def described(one: Outcome) -> str:
    """Give one line on a mark: what it was read as, and what was measured in its box."""
    measured = " ".join(f"{name}={value:.2f}" for name, value in _measured(one))
    return f"{one.kind} ({one.reason or one.answer}): {one.mark} on {one.question}, {one.wear}: {measured}"


def _measured(one: Outcome) -> list[tuple[str, float]]:
    return [(name, float(getattr(one.features, name))) for name in one.features.__slots__]


def reached(found: Sequence[Outcome]) -> bool:
    """Tell whether any was read, and nothing wrong was accepted."""
    return bool(found) and not any(one.kind in WRONG for one in found)


if __name__ == "__main__":
    sys.exit(main())
