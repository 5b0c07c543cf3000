"""The paper of a whole campaign as it comes back: filled in, worn in mixed ways, scanned in stacks."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import cv2

from forms.paper.printing import Printing
from tests.demo.post import stack_of
from tests.demo.sheets import PageIn
from tests.paper.hands import Family
from tests.paper.returns import simulated_return
from tests.paper.wear import WEARS

STACK_PAGES: Final = 50
"""What an office scanner's feeder holds, and makes one PDF of."""

MIXED: Final = (
    "grey-200", "everyday", "grey", "letter-fold", "clean-300", "noise-jpeg-60", "turned-180", "bitonal", "folded",
    "grey-200", "rotated-3", "everyday", "punched", "bleed-through", "coffee-ring", "clean-150", "noise-jpeg-30",
    "stapled", "photocopied-twice", "corner-torn",
)  # fmt: skip
"""What becomes of one copy after the other: four in twenty are hard, as `tests.paper.wear` has it."""

FIRST_WRITER: Final = 60_006
"""The seed. All writers are of the family that no constant was chosen by; this one marks two boxes of one question, so
that the smallest campaign has a doubt."""

MAKERS: Final = 2
"""Processes."""


def stacks_of(printing: Printing, codes: Sequence[str], folder: Path) -> dict[Path, Sequence[PageIn]]:
    """Make the scans of copies, in files; give what is true of their pages."""
    size = max(1, STACK_PAGES // printing.pages)
    seeded = list(enumerate(codes, FIRST_WRITER))
    cuts = {folder / f"scan-{first:04}.pdf": seeded[first : first + size] for first in range(0, len(seeded), size)}
    if len(cuts) == 1:
        return {path: _stack(printing, copies, path) for path, copies in cuts.items()}
    with ProcessPoolExecutor(MAKERS, mp_context=get_context("spawn")) as pool:
        coming = {path: pool.submit(_stack, printing, copies, path) for path, copies in cuts.items()}
        return {path: one.result() for path, one in coming.items()}


def _stack(printing: Printing, copies: Sequence[tuple[int, str]], path: Path) -> list[PageIn]:
    """Write the scan of a few copies; give its pages without their images, which would fill the memory."""
    cv2.setNumThreads(1)
    pages = [page for seed, code in copies for page in come_back(printing, seed, code)]
    path.write_bytes(stack_of(pages))
    return [replace(page, image=b"") for page in pages]


def come_back(printing: Printing, seed: int, code: str, scan: int = 0) -> list[PageIn]:
    """Give the pages of a copy; another `scan` gives the same sheets scanned once more."""
    wear = WEARS[MIXED[(seed - FIRST_WRITER) % len(MIXED)]]
    copy = simulated_return(printing, seed, wear, Family.JUDGING, copy=code, scan=scan)
    return [
        PageIn(code, one.truth.number, one.encoded(), {true.question: true for true in one.truth.questions}, {})
        for one in copy.pages
    ]


def scanned_again(printing: Printing, codes: Sequence[str], page: PageIn) -> PageIn:
    """Scan one page once more."""
    pages = come_back(printing, FIRST_WRITER + codes.index(page.copy), page.copy, scan=1)
    return next(one for one in pages if one.number == page.number)
