"""How many places are found on pictures of blank forms: `python -m tests.bench.flat [FOLDER]`.

The PDFs of the folder are drawn without their fields being known, and what is found is held against these fields.
"""

import sys
from collections.abc import Sequence
from typing import Final

import cv2
from rich.console import Console
from rich.table import Table

from forms.layout import layout_of
from forms.layout.model import Box, Field, Kind
from scanning.foreign.blank.places import Place
from scanning.foreign.drawn import places_on
from scanning.foreign.templates import drawn
from tests.bench.adopting import folder_of

IOU_MIN: Final = 0.5
NEAR: Final = 0.3
"""What a place to write and its field must share: where in a cell the writing begins is a matter of taste."""

PX_PER_MM: Final = 8.0

PART_MIN: Final = 0.95
"""What is asked of it: the part of places that are found, and the part of what is found that is right."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; the exit code is 0 when recall and precision reach 95 % each, of what is ticked and written."""
    cv2.setNumThreads(1)
    folder = folder_of(arguments)
    table = Table("PDF", "to tick", "found", "recall", "precision", "to write", "found", "recall", "precision")
    sums, sums_got = [0] * 6, [0] * 2
    paths = sorted(folder.glob("*.pdf"))
    if not paths:
        Console().print(f"{folder}: no PDF is here, so nothing was measured. Name a folder with fillable PDFs.")
        return 1
    for path in paths:
        layout = layout_of(path)
        found: list[tuple[int, Place]] = []
        for number, image in enumerate(drawn(path.read_bytes(), PX_PER_MM), 1):
            if any(field.page == number for field in layout.fields):
                found += [(number, place) for place in places_on(image, PX_PER_MM)]
        row = [path.stem]
        for at, kinds in enumerate(((Kind.CHECK, Kind.RADIO), (Kind.TEXT, Kind.CHOICE))):
            wanted = [field for field in layout.fields if field.kind in kinds]
            got = [one for one in found if one[1].kind in kinds]
            hits = sum(any(_is(field, one, kinds) for one in got) for field in wanted)
            right = sum(any(_is(field, one, kinds) for field in wanted) for one in got)
            for index, number in enumerate((hits, len(wanted), right)):
                sums[3 * at + index] += number
            row += [str(len(wanted)), str(len(got)), _part(hits, len(wanted)), _part(right, len(got))]
            sums_got[at] += len(got)
        table.add_row(*row)
    parts = [_part(sums[0], sums[1]), _part(sums[2], sums_got[0]), _part(sums[3], sums[4]), _part(sums[5], sums_got[1])]
    table.add_row("all", str(sums[1]), str(sums_got[0]), *parts[:2], str(sums[4]), str(sums_got[1]), *parts[2:])
    Console(width=140).print(table)
    good, whole = (sums[0], sums[2], sums[3], sums[5]), (sums[1], sums_got[0], sums[4], sums_got[1])
    return 0 if all(some >= PART_MIN * of for some, of in zip(good, whole, strict=True)) else 1


def _is(field: Field, one: tuple[int, Place], kinds: Sequence[Kind]) -> bool:
    least = IOU_MIN if Kind.CHECK in kinds else NEAR
    return field.page == one[0] and _iou(field.box_mm, one[1].box_mm) >= least


def _iou(one: Box, other: Box) -> float:
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    shared = max(wide, 0.0) * max(high, 0.0)
    return shared / (one.w * one.h + other.w * other.h - shared)


def _part(some: int, of: int) -> str:
    return f"{some / of:.0%}" if of else "-"


if __name__ == "__main__":
    sys.exit(main())
