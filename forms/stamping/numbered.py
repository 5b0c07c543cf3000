"""Numbered copies of somebody else's pages: where their codes stand, and the run."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from forms.codes.copy_code import COPY_ALPHABET, COPY_LENGTH, spelt
from forms.copies import copy_code_place_mm, print_run
from forms.layout.model import Box
from forms.paper.editions import EDITIONS, SIZES, EditionName
from forms.paper.printing import Printing
from forms.stamping.carrying import SIZE

SHEET: Final = SIZES[SIZE]
EDITION: Final = EDITIONS[EditionName.CLEAR]
"""Whose type the copy codes are in."""


def place_of_codes() -> Box:
    """Give the place on a sheet that a copy code of the widest characters takes up, in mm.

    Every run of a form clears the same place, so that all of its runs are one printing.
    """
    widest = (copy_code_place_mm(spelt(one * COPY_LENGTH), SHEET, EDITION) for one in COPY_ALPHABET)
    return max(widest, key=lambda place: place.w)


def run_of(name: str, whole: bytes, uncoded: bytes, pages: int, copies: Sequence[str]) -> bytes:
    """Give the run of a printing of that name: its PDF is attached whole, and `uncoded` is what each copy shows."""
    run = BytesIO()
    printing = Printing(
        name=name,
        pdf=whole,
        uncoded=uncoded,
        size=SHEET,
        edition=EDITION,
        torn_off_pages=(),
        blank_pages=(),
        pages=pages,
    )
    print_run(printing, copies, run)
    return run.getvalue()
