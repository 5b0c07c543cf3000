"""Numbered copies of somebody else's pages: where their codes stand, and the run."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from forms.copies import copy_code_place_mm, print_run
from forms.layout.model import Box
from forms.paper.editions import EDITIONS, SIZES, EditionName
from forms.paper.printing import Printing
from forms.stamping.carrying import SIZE

SHEET: Final = SIZES[SIZE]
EDITION: Final = EDITIONS[EditionName.CLEAR]
"""Whose type the copy codes are in."""


def place_of(copies: Sequence[str]) -> Box:
    """Give the place on a sheet that any of these copy codes takes up, in mm: all are about as wide as each other."""
    places = [copy_code_place_mm(one, SHEET, EDITION) for one in copies]
    left = min(one.x for one in places)
    return Box(left, places[0].y, max(one.right for one in places) - left, places[0].h)


def run_of(name: str, whole: bytes, uncoded: bytes, pages: int, copies: Sequence[str]) -> bytes:
    """Give the run of a printing of that name: its PDF is attached whole, and `uncoded` is what each copy shows."""
    run = BytesIO()
    print_run(Printing(name, whole, uncoded, SHEET, EDITION, (), (), pages), copies, run)
    return run.getvalue()
