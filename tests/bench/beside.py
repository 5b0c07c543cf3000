"""`python -m tests.bench.beside [FOLDER] [--pages N]`: words beside tick boxes, found and imagined; simulated.

Our own forms and other people's are filled in by the pen model and worn. On half of the pages words are written too,
in free paper beside the boxes of one question. Any question that they do not stand beside is a false alarm.
"""

import argparse
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from forms.layout import Box
from forms.paper.editions import EditionName
from scanning.foreign import ForeignLibrary, ForeignPage, read_foreign
from scanning.foreign.templates import drawn
from scanning.pipeline import Library, Located, read_image
from scanning.pipeline.page import prepared
from scanning.readings import SetAside
from scanning.settling import question_name
from scanning.surface import SURFACE_PX_PER_MM
from scanning.template import Grey, PageTemplate, template_of
from scanning.writing.beside import MARK_REACH_MM, beside
from tests.bench.foreign import BESIDE, DPI, FORMS, decoded, filled_in, known
from tests.bench.reading import printing
from tests.paper.hands import Family, writer
from tests.paper.handwriting import words
from tests.paper.intentions import intention
from tests.paper.pens import put_ink
from tests.paper.printed import copy_code, form_and_layout
from tests.paper.sheets import FilledPage, filled
from tests.paper.wear import HARD, ORDINARY, WEARS, Wear
from tests.scanning.foreign.theirs import their_pdf

OURS: Final = ("event", "tsm-2026-27", "your-choice", "after-repair")
QUICK_WEARS: Final = ("grey",)

WORDS_MM: Final = (30.0, 6.0)
"""The room that words take: "see letter" in an ordinary hand."""

FALSE_MAX: Final = 0.005
FOUND_MIN: Final = 0.95
"""What is wanted: of questions with nothing beside them, and of those written beside; half a percent is what may be
doubted in all."""

Read = Callable[[Grey], Located | SetAside]


@dataclass(slots=True)
class Count:
    """What came of some pages."""

    pages: int = 0
    questions: int = 0
    false: int = 0
    words: int = 0
    found: int = 0
    crowded: int = 0
    """Pages with three false alarms or more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filled-in page, how it is read, and the questions of which nobody can say what was meant."""

    filled: FilledPage
    page: PageTemplate
    read: Read
    seed: int
    ambiguous: frozenset[str] = frozenset()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and give the exit code: 0 when it is as wanted."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.beside")
    parser.add_argument("folder", nargs="?", type=Path, default=BESIDE)
    parser.add_argument("--pages", type=int, default=4, help="of each page with boxes, in each wear")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    wears = [WEARS[name] for name in QUICK_WEARS] if asked.quick else [*ORDINARY, *HARD]
    counts: dict[tuple[str, str], Count] = {}
    for whose, sheets in (("ours", _ours), ("theirs", _theirs)):
        for wear, number in itertools.product(wears, range(1 if asked.quick else asked.pages)):
            group = "ordinary" if wear in ORDINARY else "hard"
            for sheet in sheets(wear, number, asked):
                of_sheet(counts.setdefault((whose, group), Count()), sheet, wear, with_words=bool(sheet.seed % 2))
    return 0 if _reached(counts) else 1


def _reached(counts: dict[tuple[str, str], Count]) -> bool:
    table = Table("pages of", "wear", "pages", "questions", "false alarms", "crowded pages", "written beside", "found")
    for (whose, group), one in counts.items():
        cells = (one.pages, one.questions, f"{one.false} ({one.false / max(one.questions, 1):.2%})", one.crowded)
        table.add_row(
            whose, group, *map(str, cells), str(one.words), f"{one.found} ({one.found / max(one.words, 1):.1%})"
        )
    Console(width=120).print(table)
    return all(
        one.false <= FALSE_MAX * one.questions and one.found >= FOUND_MIN * one.words
        for (_, group), one in counts.items()
        if group == "ordinary"
    )


def of_sheet(count: Count, sheet: Sheet, wear: Wear, *, with_words: bool) -> None:
    """Wear a page, with words or without, read it, and count what was said to be written beside."""
    rng = np.random.default_rng(sheet.seed)
    place = _free(sheet, rng) if with_words else None
    page = sheet.filled if place is None else _with_words(sheet, place[1])
    image = decoded(wear(page, rng).encoded())
    located = sheet.read(image) if image is not None else None
    if image is None or not isinstance(located, Located) or located.reading.page != sheet.page.number:
        return
    found = {one.name for one in beside(image, located)} - sheet.ambiguous
    asked = {question_name(box) for box in sheet.page.ticks} - sheet.ambiguous
    meant = {place[0]} if place is not None else set()
    near = _near(sheet.page, place[1]) if place is not None else set()
    false = found - meant - near
    count.pages += 1
    count.questions += len(asked - meant - near)
    count.false += len(false)
    count.crowded += len(false) > 2
    count.words += len(meant)
    count.found += len(found & meant)


def _near(page: PageTemplate, words_mm: Box) -> set[str]:
    """Give the questions beside whose boxes words stand: of lone boxes in a row nobody can say which is meant."""
    return {
        name
        for name, area in prepared(page).areas.items()
        if area.x < words_mm.right and words_mm.x < area.right and area.y < words_mm.bottom and words_mm.y < area.bottom
    }


def _with_words(sheet: Sheet, box: Box) -> FilledPage:
    hand = writer(sheet.seed, Family.JUDGING)
    image = sheet.filled.image.copy()
    rng = np.random.default_rng(sheet.seed)
    strokes = words(box.x + 1, box.right - 1, box.y + 0.7 * box.h, hand, rng)
    put_ink(image, sheet.filled.px_per_mm, strokes, hand.pen, rng)
    return replace(sheet.filled, image=image)


def _free(sheet: Sheet, rng: np.random.Generator) -> tuple[str, Box] | None:
    """Draw a question, and free paper beside its boxes; None where the page has none for any."""
    ready = prepared(sheet.page)
    blank = ready.blank.copy()
    boxes = (Box(tick.x, tick.y, tick.side, tick.side) for tick in sheet.page.ticks)
    for box in (*boxes, *(field.box_mm for field in sheet.page.texts)):
        ends = (box.y - MARK_REACH_MM, box.bottom + MARK_REACH_MM, box.x - MARK_REACH_MM, box.right + MARK_REACH_MM)
        top, bottom, left, right = (max(0, round(end * SURFACE_PX_PER_MM)) for end in ends)
        blank[top:bottom, left:right] = 0
    size = tuple(round(side * SURFACE_PX_PER_MM) for side in WORDS_MM)
    fits = cv2.erode(blank, np.ones(size[::-1], np.uint8), anchor=(0, 0), borderValue=0)
    names = sorted(set(ready.areas) - sheet.ambiguous)
    for name in rng.permutation(names).tolist():
        area = ready.areas[name]
        top, left = round(area.y * SURFACE_PX_PER_MM), round(area.x * SURFACE_PX_PER_MM)
        bottom, right = (
            round(area.bottom * SURFACE_PX_PER_MM) - size[1],
            round(area.right * SURFACE_PX_PER_MM) - size[0],
        )
        rows, columns = np.nonzero(fits[top : max(bottom - size[1], top), left : max(right - size[0], left)])
        if len(rows):
            at = int(rng.integers(len(rows)))
            x, y = (columns[at] + left) / SURFACE_PX_PER_MM, (rows[at] + top) / SURFACE_PX_PER_MM
            return name, Box(float(x), float(y), *WORDS_MM)
    return None


def _ours(wear: Wear, number: int, asked: argparse.Namespace) -> Iterator[Sheet]:
    for place, name in enumerate(OURS[:1] if asked.quick else OURS):
        printed = printing(name, EditionName.CLEAR)
        template = template_of(printed.pdf)
        assert template is not None, "our own printings carry their definition"
        library = Library({template.printing: template})
        seed = 7_000_000 + 1000 * number + 100 * place + sum(map(ord, wear.name))
        hand = writer(seed, Family.JUDGING)
        form, layout = form_and_layout(printed)
        meant = intention(form, layout, hand, np.random.default_rng(seed))
        ambiguous = frozenset(one.question for one in meant.questions if one.ambiguous)
        for page in filled(printed, hand, meant, copy_code(np.random.default_rng(seed)), dpi=DPI, colour=wear.colour):
            template_page = template.pages[page.truth.number - 1]
            if template_page.ticks:
                read = partial(_read_ours, library)
                yield Sheet(page, template_page, read, seed + page.truth.number, ambiguous)


def _theirs(wear: Wear, number: int, asked: argparse.Namespace) -> Iterator[Sheet]:
    paths = [asked.folder / f"{name}.pdf" for name in FORMS if (asked.folder / f"{name}.pdf").exists()]
    contents = [path.read_bytes() for path in paths[:2]] if asked.quick else [path.read_bytes() for path in paths]
    for place, content in enumerate(contents or [their_pdf(seed) for seed in (1, 2)]):
        template = known(content)
        library = ForeignLibrary({template.printing: template})
        printed = drawn(content, DPI / 25.4)
        for page in template.pages:
            if isinstance(page, ForeignPage) and page.ticks:
                seed = 1000 * number + 100 * place + page.number + sum(map(ord, wear.name))
                image = printed[page.number - 1]
                paper = np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), np.uint8) if wear.colour else image
                yield Sheet(filled_in(page, paper, seed)[0], page, partial(_read_theirs, library), seed)


def _read_ours(library: Library, image: Grey) -> Located | SetAside:
    return read_image(image, library)[0]


def _read_theirs(library: ForeignLibrary, image: Grey) -> Located | SetAside:
    return read_foreign(image, library)


if __name__ == "__main__":
    raise SystemExit(main())
