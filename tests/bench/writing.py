"""`python -m tests.bench.writing`: every figure of reading writing, measured on writers that nothing was trained on.

The data are files that are not part of the product: name them, or have them in `SAYSO_HANDWRITING`, a folder. Strokes
are real; pens, paper and scanners are simulated.
"""

import argparse
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import cv2
import numpy as np
from rich.console import Console

from scanning.template import Grey
from scanning.writing import page as reading_page
from scanning.writing.alphabet import CAPITALS, CLASSES, DIGITS
from scanning.writing.cells import Sheet
from scanning.writing.characters import Holds
from scanning.writing.combs import Combs, read_combs
from scanning.writing.decoding import Decoded
from scanning.writing.drafts import Draft
from scanning.writing.engines import Engines, Tesseract
from scanning.writing.expected import Lists
from scanning.writing.network import probabilities
from scanning.writing.page import drafts
from tests.bench.paper import Figures
from tests.bench.writing_form import Hand, filled, read
from tests.bench.writing_lines import ROWS, Box, boxes_of, handwritten, is_one_row, printed
from tests.paper.pens import some_pen
from tests.paper.wear import ORDINARY, WEARS, Wear
from tests.training.cells import CELLS, placed, read_cells, sheet_of
from tests.training.characters import Handwritten, Part, characters, part_of
from tests.training.lines import Line, lines

FOLDER = "SAYSO_HANDWRITING"
PEN = WEARS["clean-300"]
LISTED = 300
FIRST_DAY = date(1950, 1, 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table; 1 when a figure is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.writing", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="a few of each")
    parser.add_argument("--folder", type=Path, default=Path(os.environ.get(FOLDER, "../shared/data/handwriting")))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fields", type=int, default=600, help="pages of combs")
    parser.add_argument("--boxes", type=int, default=60, help="comment boxes of each kind")
    chosen = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    found = sorted(chosen.folder.glob("unipen-characters-*.jsonl.gz")) if chosen.folder.is_dir() else []
    if not found:
        Console().print(f"writing: no data in {chosen.folder}; name its folder in {FOLDER}. Nothing was measured.")
        return 0
    hands = [one for one in characters(found[0]) if part_of(one.writer) is Part.JUDGING]
    every = (one for path in chosen.folder.glob("unipen-lines-*.jsonl.gz") for one in lines(path) if is_one_row(one))
    rows = [one for one in every if part_of(one.writer) is Part.JUDGING]
    rng = np.random.default_rng([chosen.seed, 9])
    figures = Figures("writing: real strokes of writers never trained on; pens and scans simulated")
    of_characters(figures, hands[:: 12 if chosen.quick else 1], rng)
    of_fields(figures, hands, 2 if chosen.quick else chosen.fields, rng)
    of_boxes(figures, rows, 1 if chosen.quick else chosen.boxes, rng)
    return figures.show()


def of_characters(figures: Figures, hands: Sequence[Handwritten], rng: np.random.Generator) -> None:
    """Measure single characters, and empty cells."""
    missed = Counter[str]()
    for name, wears, least in (("by a pen", (PEN,), (0.985, 0.95)), ("worn", ORDINARY, (0.975, 0.94))):
        right, seen = Counter[str](), Counter[str]()
        for start in range(0, len(hands), CELLS - CELLS // 6):
            ones = hands[start : start + CELLS - CELLS // 6]
            order = rng.permutation(CELLS)[: len(ones)]
            cells = {int(at): placed(one, rng) for at, one in zip(order, ones, strict=True)}
            page = sheet_of([cells.get(at) for at in range(CELLS)], rng)
            got = list(read_cells(page, wears[rng.integers(len(wears))], page, rng))
            likely = probabilities(np.array([one.picture for one in got]))
            for at, one in enumerate(got):
                if at not in cells:
                    missed["empty"] += 1
                    missed["imagined"] += one.holds is Holds.SOMETHING
                    continue
                missed["written"] += 1
                missed["lost"] += one.holds is Holds.NOTHING
                label = cells[at].label
                group = DIGITS if label in DIGITS else CAPITALS
                first = CLASSES.index(group[0])
                seen[group] += 1
                right[group] += group[int(likely[at, first : first + len(group)].argmax())] == label
        for group, wanted, what in ((DIGITS, least[0], "digits"), (CAPITALS, least[1], "capitals")):
            rate = right[group] / max(seen[group], 1)
            figures.add(f"{what}, {name}", f"≥ {wanted:.1%}", f"{rate:.2%} of {seen[group]:,}", held=rate >= wanted)
    for what, part, whole in (
        ("empty taken for written", "imagined", "empty"),
        ("written taken for empty", "lost", "written"),
    ):
        rate = missed[part] / max(missed[whole], 1)
        figures.add(what, "≤ 0.1%", f"{rate:.3%} of {missed[whole]:,}", held=rate <= 0.001)


def of_fields(figures: Figures, hands: Sequence[Handwritten], count: int, rng: np.random.Generator) -> None:
    """Measure postcodes and dates: on a page of the form, found and read as the product does."""
    writers = hands_of(hands)
    today = datetime.now(UTC).date()
    codes, others = (sorted({postcode(rng) for _ in range(LISTED)}) for _ in range(2))
    lists = Lists(today, postcodes=frozenset(codes))
    told, clock = Counter[str](), _Clock()
    probabilities(np.zeros((1, 28, 28), np.float32))  # loads the network, once in the life of whoever reads
    for turn in range(count):
        is_off = turn % 3 == 2
        code = str(rng.choice([one for one in others if one not in codes] if is_off else codes))
        day = FIRST_DAY + timedelta(days=int(rng.integers((today - FIRST_DAY).days)))
        answers = {"postcode": code, "moved/day": f"{day:%d}", "moved/month": f"{day:%m}", "moved/year": f"{day:%Y}"}
        hand = writers[rng.integers(len(writers))]
        one = next(filled(answers, hand, some_pen(rng), rng))
        found = read(one, ORDINARY[rng.integers(len(ORDINARY))], rng)
        if found is None:
            told["lost"] += 1
            continue
        with patch.object(reading_page, "read_combs", clock):
            by_name = {draft.name: draft for draft in drafts(*found, lists, Engines())}
        kinds = (
            ("off-list" if is_off else "postcodes", "postcode", code.replace(" ", "")),
            ("dates", "moved", f"{day:%d%m%Y}"),
        )
        for kind, name, truth in kinds:
            count_in(told, kind, by_name.get(name), truth)
    rates(figures, told)
    figures.add("a comb cell", "≤ 1 ms", f"{clock.each_s * 1000:.2f} ms of CPU", held=clock.each_s <= 0.001)


class _Clock:
    """Reads combs and takes down how long that took."""

    def __init__(self) -> None:
        self.seconds, self.cells = 0.0, 0

    def __call__(self, sheet: Sheet, combs: Sequence[Combs], reference: Grey) -> list[tuple[Decoded, str]]:
        start = time.process_time()
        found = read_combs(sheet, combs, reference)
        self.seconds += time.process_time() - start
        self.cells += sum(field.comb_cells or 0 for one in combs for field in one.fields)
        return found

    @property
    def each_s(self) -> float:
        """Give the CPU time of one cell."""
        return self.seconds / max(self.cells, 1)


def count_in(told: Counter[str], kind: str, draft: Draft | None, truth: str) -> None:
    """Count one field by what was accepted of it."""
    told[kind] += 1
    told[f"{kind} accepted"] += draft is not None and draft.is_sure
    told[f"{kind} wrong"] += draft is not None and draft.is_sure and draft.value != truth


def rates(figures: Figures, told: Counter[str]) -> None:
    """Add the rates of what was counted."""
    for kind, wrong_max in (("postcodes", 0.0005), ("dates", 0.001)):
        accepted = told[f"{kind} accepted"]
        rate, wrong = accepted / max(told[kind], 1), told[f"{kind} wrong"] / max(accepted, 1)
        figures.add(f"{kind} accepted", "≥ 95%", f"{rate:.1%} of {told[kind]:,}", held=rate >= 0.95)
        figures.add(
            f"{kind} wrong among accepted",
            f"≤ {wrong_max:.2%}",
            f"{wrong:.2%} of {accepted:,}",
            held=wrong <= wrong_max,
        )
    rate = told["off-list accepted"] / max(told["off-list"], 1)
    figures.add("off-list postcodes accepted", "≤ 0.1%", f"{rate:.2%} of {told['off-list']:,}", held=rate <= 0.001)


def hands_of(hands: Sequence[Handwritten]) -> list[Hand]:
    """Give writers, each with all characters: what one did not write is taken from another of the same part."""
    by_writer: defaultdict[str, defaultdict[str, list[Handwritten]]] = defaultdict(lambda: defaultdict(list))
    every: defaultdict[str, list[Handwritten]] = defaultdict(list)
    for one in hands:
        by_writer[one.writer][one.label].append(one)
        every[one.label].append(one)
    return [{**every, **own} for own in by_writer.values()]


def postcode(rng: np.random.Generator) -> str:
    """Draw a postcode of a city's landlord."""
    area = str(rng.choice(["M", "OL", "SK", "BL", "WN"]))
    inward = "".join(rng.choice(list("ABDEFGHJLNPQRSTUWXYZ"), 2))
    return f"{area}{rng.integers(1, 30)} {rng.integers(0, 10)}{inward}"


def of_boxes(figures: Figures, rows: Sequence[Line], count: int, rng: np.random.Generator) -> None:
    """Measure handwritten lines, alone and in boxes, and print."""
    if not rows:
        return
    engines = Engines()
    others = Engines()
    others.__dict__["hand"] = Tesseract()
    for name, many, wear in (
        ("lines alone", (1,), PEN),
        ("boxes of lines", ROWS, PEN),
        ("boxes of lines, worn", ROWS, None),
    ):
        for reader, of in (("RapidOCR's network", engines), ("Tesseract", others)):
            told = list(_boxes(rows, count, many, wear, of, np.random.default_rng(rng.integers(2**32))))
            rate = sum(one.errors for one in told) / max(sum(one.characters for one in told), 1)
            is_asked = reader != "Tesseract"
            figures.add(
                f"character errors, {name}, {reader}",
                "≤ 8%" if is_asked else "",
                f"{rate:.1%}",
                held=rate <= 0.08 or not is_asked,
            )
            if is_asked and many == ROWS:
                cpu = max(one.seconds for one in told) if told else 0.0
                figures.add(f"a comment box ({name})", "≤ 1.2 s", f"{cpu:.2f} s of CPU at most", held=cpu <= 1.2)
    told = [one for _ in range(count) if (one := printed(WEARS["grey"], engines, rng)) is not None]
    rate = sum(one.errors for one in told) / max(sum(one.characters for one in told), 1)
    as_print = sum(one.by == "print" for one in told)
    figures.add(
        "character errors, print, light wear",
        "≤ 0.5%",
        f"{rate:.2%}, {as_print} of {len(told)} taken for print",
        held=rate <= 0.005,
    )


def _boxes(
    rows: Sequence[Line], count: int, many: Sequence[int], wear: Wear | None, engines: Engines, rng: np.random.Generator
) -> Iterator[Box]:
    for several in boxes_of(rows, count, many, rng):
        found = handwritten(several, wear or ORDINARY[rng.integers(len(ORDINARY))], engines, rng)
        if found is not None:
            yield found


if __name__ == "__main__":
    sys.exit(main())
