"""Simulated returns: one seed → a filled-in copy, scanned, with all that is true of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from zlib import crc32

from forms.paper.printing import Printing
from tests.paper.hands import Family, Writer, writer
from tests.paper.intentions import intention
from tests.paper.printed import copy_code, form_and_layout
from tests.paper.scans import Mapping, Scan
from tests.paper.sheets import FilledPage, filled
from tests.paper.truth import PageTruth, QuestionTruth
from tests.paper.wear import DPI, Wear

MEANT, WORN = 1_000_001, 1_000_002
"""Purposes of chance beside those of single boxes, which are numbered from 0."""


@dataclass(frozen=True, slots=True)
class ReturnedPage:
    """One page as it came in: its scan, and what is true of it."""

    scan: Scan
    truth: PageTruth

    @property
    def mapping(self) -> Mapping:
        """Give where each point of the page, in mm, is in the image."""
        return self.scan.mapping

    def encoded(self) -> bytes:
        """Give the image's file."""
        return self.scan.encoded()


@dataclass(frozen=True, slots=True)
class Return:
    """One copy as it came in, its pages in order, without blank backs."""

    printing: str
    copy: str
    writer: Writer
    wear: str
    questions: tuple[QuestionTruth, ...]
    pages: tuple[ReturnedPage, ...]


def simulated_return(
    printing: Printing,
    seed: int,
    wear: Wear,
    family: Family = Family.CHOOSING,
    *,
    scan: int = 0,
    copy: str | None = None,
    decoded: bool = True,
) -> Return:
    """Give the return of that seed; another `scan` gives the same sheets worn and scanned once more.

    It bears the code of that `copy`, or one drawn by the seed. Unless `decoded`, an image that was stored has its
    pixels from before: see `Wear`.
    """
    hand = writer(seed, family)
    form, layout = form_and_layout(printing)
    rng = hand.rng(MEANT)
    meant = intention(form, layout, hand, rng)
    copy = copy or copy_code(rng)
    sheets = filled(printing, hand, meant, copy, dpi=DPI, colour=wear.colour)
    pages = tuple(
        ReturnedPage(
            wear(
                page,
                hand.rng(WORN, page.truth.number, crc32(wear.name.encode()), scan),
                _other_side(page, sheets),
                decoded=decoded,
            ),
            page.truth,
        )
        for page in sheets
    )
    return Return(printing.name, copy, hand, wear.name, meant.questions, pages)


def _other_side(page: FilledPage, pages: Sequence[FilledPage]) -> FilledPage | None:
    """Give the page on the same sheet's other side: 2 behind 1, 3 behind 4; None where it is blank."""
    other = page.truth.number + 1 if page.truth.number % 2 else page.truth.number - 1
    return next((one for one in pages if one.truth.number == other), None)


def returns(
    printings: Sequence[Printing], wears: Sequence[Wear], family: Family, first_seed: int = 0
) -> Iterator[Return]:
    """Give returns without end, from that seed on: printings and wears take turns, each seed its own writer."""
    for seed in count(first_seed):
        at = seed - first_seed
        yield simulated_return(
            printings[at % len(printings)], seed, wears[(at // len(printings) + at) % len(wears)], family
        )
