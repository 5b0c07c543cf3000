"""How safely other people's forms are read: `python -m tests.bench.foreign [FOLDER] [--pages N] [--quick]`.

Real PDFs (by default those of `../shared/data/fillable-pdfs`) are filled in by the pen model, worn as the proving
ground wears our own forms, and read by nothing but their print. Then every page is given where only other pages are
known, and pages with other words here and there are given as themselves: none may be read.
"""

import argparse
import itertools
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from forms.layout.model import Field, Kind
from scanning.foreign import ForeignLibrary, ForeignPage, foreign_template_of, read_foreign
from scanning.foreign.matching import Print
from scanning.foreign.templates import drawn
from scanning.pages import PageImage, PageLimits, page_images
from scanning.pipeline import Located
from scanning.readings import SetAside
from scanning.settling import question_name
from scanning.template import Grey, Template
from tests.paper.hands import Family, writer
from tests.paper.handwriting import written
from tests.paper.pens import put_ink
from tests.paper.sheets import FilledPage
from tests.paper.truth import PageTruth
from tests.paper.wear import WEARS
from tests.scanning.foreign.theirs import their_pdf

BESIDE: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "fillable-pdfs"

FORMS: Final = ("uk_LPA120", "us_ss5", "us_f8888", "qpdf_field_types", "uk_ET1_1122")
DPI: Final = 300
BLANK_SHARE: Final = 0.07
TICKED_SHARE: Final = 0.4
WRITTEN_SHARE: Final = 0.5
"""Of groups that are passed over, of lone check boxes that are ticked, of places that are written in."""

ADDED: Final = (
    *("pages", "registered", "boxes", "questions", "unclear", "unclear_doubted", "doubted", "wrong"),
    *("cpu_s", "decoding_s"),
)
"""What is added up over wears."""

REGISTERED_MIN, DOUBTED_MAX, WRONG_MAX = 0.99, 0.02, 1e-5
"""What is asked of it: pages placed, questions doubted, wrong answers accepted for each box."""


@dataclass(slots=True)
class Count:
    """What came of some pages."""

    pages: int = 0
    registered: int = 0
    boxes: int = 0
    questions: int = 0
    unclear: int = 0
    """Questions of which the PDF itself has a box ticked: nobody can tell a mark from that."""
    unclear_doubted: int = 0
    doubted: int = 0
    """Of all others."""
    wrong: int = 0
    cpu_s: float = 0.0
    decoding_s: float = 0.0
    reasons: Counter[str] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables and give the exit code: 0 when all is as asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.foreign")
    parser.add_argument("folder", nargs="?", type=Path, default=BESIDE)
    parser.add_argument("--pages", type=int, default=3, help="filled-in pages of each page with boxes, in each wear")
    parser.add_argument("--wears", nargs="*", default=list(WEARS))
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    paths = [asked.folder / f"{name}.pdf" for name in FORMS if (asked.folder / f"{name}.pdf").exists()]
    contents = {path.stem: path.read_bytes() for path in (paths[:2] if asked.quick else paths)}
    if not contents:
        Console().print(f"{asked.folder}: none of the real forms is here. Measured on forms that are made up.")
        contents = {f"made-{seed}": their_pdf(seed) for seed in (1, 2)}
    wears = ["grey", "fax-200", "phone"] if asked.quick else asked.wears
    return 0 if _filled(contents, wears, 1 if asked.quick else asked.pages) & _strangers(contents) else 1


def _filled(contents: dict[str, bytes], wears: Sequence[str], times: int) -> bool:
    counts = {wear: Count() for wear in wears}
    for name, content in contents.items():
        template = known(content)
        library = ForeignLibrary({template.printing: template})
        printed = drawn(content, DPI / 25.4)
        for image in printed:  # what is worked out once for a form is no part of a page's time
            read_foreign(image, library)
        pages = [page for page in template.pages if isinstance(page, ForeignPage) and page.ticks]
        for page, wear, seed in itertools.product(pages, wears, range(times)):
            of_page(counts[wear], library, page, printed[page.number - 1], wear, name, seed)
    return _reached(counts)


def _reached(counts: dict[str, Count]) -> bool:
    """Print what came of each wear; tell whether it is as asked."""
    table = Table(
        "wear", "pages", "registered", "boxes", "questions", "unclear", "doubted", "wrong", "CPU / decoding", "reasons"
    )
    for wear, one in counts.items():
        table.add_row(wear, *_cells(one))
    whole = _sum(counts.values())
    table.add_row("all", *_cells(whole))
    console = Console(width=150)
    console.print(table)
    for line in whole.found:
        console.print(f"  {line}", markup=False)
    return (
        whole.registered >= REGISTERED_MIN * whole.pages
        and whole.doubted <= DOUBTED_MAX * whole.questions
        and whole.unclear_doubted == whole.unclear
        and whole.wrong <= WRONG_MAX * whole.boxes
    )


def known(content: bytes) -> Template:
    """Give the template of a PDF that has fields."""
    template = foreign_template_of(content)
    if template is None:
        raise ValueError("the PDF has no fields")
    return template


def of_page(
    count: Count, library: ForeignLibrary, page: ForeignPage, printed: Grey, wear: str, name: str, seed: int
) -> None:
    """Fill in one page, wear it, read it, and count what came of it."""
    seed = 1000 * seed + page.number + sum(map(ord, name + wear))
    paper = np.asarray(cv2.cvtColor(printed, cv2.COLOR_GRAY2BGR), np.uint8) if WEARS[wear].colour else printed
    filled, answers = filled_in(page, paper, seed)
    encoded = WEARS[wear](filled, np.random.default_rng(seed)).encoded()
    where = f"{wear}, {name} page {page.number}, seed {seed}"
    count.pages += 1
    start = time.process_time()
    image = decoded(encoded)
    decoding_s = time.process_time() - start
    if image is None:
        count.found.append(f"{where}: refused by the decoder")
        return
    count.decoding_s += decoding_s
    start = time.process_time()
    got = read_foreign(image, library)
    count.cpu_s += time.process_time() - start
    count.boxes += len(page.ticks)
    if isinstance(got, SetAside) or got.reading.page != page.number:
        count.found.append(f"{where}: {got.detail if isinstance(got, SetAside) else 'another page'}")
        return
    count.registered += 1
    preset = {question_name(box) for box, is_ticked in zip(page.ticks, page.preset, strict=True) if is_ticked}
    _compare(count, got, answers, preset, where)


def _compare(count: Count, got: Located, answers: dict[str, str | None], preset: set[str], where: str) -> None:
    doubts = {doubt.question: doubt.reason for doubt in got.reading.doubts}
    for question, answer in got.reading.answers.items():
        count.questions += 1
        if question in preset:
            count.unclear += 1
            count.unclear_doubted += question in doubts
        elif question in doubts:
            count.doubted += 1
            count.reasons[str(doubts[question])] += 1
        elif answer != answers.get(question):
            count.wrong += 1
            count.found.append(f"{where}: {question}: {answer} for {answers.get(question)}")


def filled_in(page: ForeignPage, printed: Grey, seed: int) -> tuple[FilledPage, dict[str, str | None]]:
    """Give a page as somebody filled it in, and what they answered."""
    hand, rng = writer(seed, Family.JUDGING), np.random.default_rng(seed)
    px_per_mm = printed.shape[1] / page.size.width_mm, printed.shape[0] / page.size.height_mm
    image = printed.copy()
    groups: dict[str, list[int]] = {}
    for at, box in enumerate(page.ticks):
        groups.setdefault(question_name(box), []).append(at)
    answers: dict[str, str | None] = {}
    for name, boxes in groups.items():
        share = 1 - BLANK_SHARE if len(boxes) > 1 else TICKED_SHARE
        chosen = int(rng.choice(boxes)) if rng.random() < share else None
        answers[name] = page.ticks[chosen].option if chosen is not None else None
        if chosen is not None:
            put_ink(image, px_per_mm, hand.mark(page.insides[chosen], hand.rng(chosen)), hand.pen, hand.rng(chosen))
    for at, place in enumerate(_written(page.texts)):
        strokes = written(place, hand, hand.rng(at)) if rng.random() < WRITTEN_SHARE else []
        if strokes:
            put_ink(image, px_per_mm, strokes, hand.pen, hand.rng(at))
    size = (page.size.width_mm, page.size.height_mm)
    return FilledPage(image, printed, px_per_mm, size, PageTruth(page.printing, None, page.number, (), (), ())), answers


def _written(texts: Sequence[Field]) -> Iterator[Field]:
    """Give the places that the pen model can write in."""
    return (one for one in texts if one.kind is Kind.TEXT and one.box_mm.w >= 8 and one.box_mm.h >= 3.5)


def decoded(encoded: bytes) -> Grey | None:
    """Give the image as a reader decodes it from its file; None where the decoder refuses it."""
    [page] = page_images(BytesIO(encoded), PageLimits())
    return page.image if isinstance(page, PageImage) else None


def _strangers(contents: dict[str, bytes]) -> bool:
    """Give pages of other forms, and pages with other words, to readers that do not know them."""
    templates = {name: known(content) for name, content in contents.items()}
    table = Table("given", "pages", "read", "answers accepted")
    others, changed, siblings = Count(), Count(), Count()
    for name, content in contents.items():
        images = drawn(content, DPI / 25.4)
        own = templates[name]
        rest = {one.printing: one for key, one in templates.items() if key != name}
        for page, image in zip(own.pages, images, strict=True):
            if rest:
                _given(others, image, ForeignLibrary(rest))
            left = Template(own.printing, own.form, tuple(one for one in own.pages if one is not page), (), ())
            if left.pages:
                _given(siblings, image, ForeignLibrary({own.printing: left}))
            if isinstance(page, ForeignPage) and page.ticks:
                other = with_other_words(page, image, np.random.default_rng(page.number))
                _given(changed, other, ForeignLibrary({own.printing: own}))
    for words, one in (("other forms", others), ("other pages of the form", siblings), ("other words", changed)):
        table.add_row(words, str(one.pages), str(one.registered), str(one.wrong))
    Console(width=150).print(table)
    return others.wrong + siblings.wrong + changed.wrong == 0


def with_other_words(page: ForeignPage, image: Grey, rng: np.random.Generator, share: float = 0.25) -> Grey:
    """Give a page as another year's edition has it: in a part of its places the words are others."""
    pieces = Print(page).pieces_mm
    chosen = rng.permutation(len(pieces))[: max(2, round(share * len(pieces)))]
    px, changed = image.shape[1] / page.size.width_mm, image.copy()
    wide, high = round(20 * px), round(7 * px)
    for at, from_where in zip(chosen, rng.permutation(chosen), strict=True):
        (x, y), (from_x, from_y) = (
            np.rint(pieces[one] * px).astype(int) - (wide // 2, high // 2) for one in (at, from_where)
        )
        piece = np.fliplr(image[max(from_y, 0) :, max(from_x, 0) :][:high, :wide])
        place = changed[max(y, 0) :, max(x, 0) :][: piece.shape[0], : piece.shape[1]]
        place[:] = piece[: place.shape[0], : place.shape[1]]
    return changed


def _given(count: Count, image: Grey, library: ForeignLibrary) -> None:
    count.pages += 1
    got = read_foreign(image, library)
    if isinstance(got, Located):
        count.registered += 1
        doubted = {doubt.question for doubt in got.reading.doubts}
        count.wrong += sum(name not in doubted for name in got.reading.answers)


def _cells(one: Count) -> tuple[str, ...]:
    unclear = f"{one.unclear_doubted} of {one.unclear}"
    numbers = (one.pages, one.registered, one.boxes, one.questions, unclear, one.doubted, one.wrong)
    ratio = (one.cpu_s + one.decoding_s) / one.decoding_s if one.decoding_s else 0.0
    reasons = ", ".join(f"{reason} {number}" for reason, number in one.reasons.most_common(4))
    return *map(str, numbers), f"{ratio:.1f}", reasons


def _sum(counts: Iterable[Count]) -> Count:
    whole = Count()
    for one in counts:
        for name in ADDED:
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        whole.reasons += one.reasons
        whole.found += one.found
    return whole


if __name__ == "__main__":
    sys.exit(main())
