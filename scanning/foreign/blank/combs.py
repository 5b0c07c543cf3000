"""Equal cells in a row are one comb."""

from collections.abc import Sequence
from typing import Final

from forms.layout.model import Box, Kind
from scanning.foreign.blank.places import CELL_MM, Place

COMB_LEAST: Final = 2
COMB_CELL_MM: Final = (2.5, 9.5)
COMB_GAP_MM: Final = 0.9
"""Equal cells that many or more in a row, of that width, no further apart, are one comb."""

WRITTEN_GAP: Final = 0.35
"""How far cells that nobody would tick may be apart, as a part of their width."""


def combed(found: Sequence[Place]) -> list[Place]:
    """Put equal cells in a row together; a lone cell too small to write in is none."""
    rest = sorted(found, key=lambda one: (one.box_mm.x, one.box_mm.y))
    made: list[Place] = []
    while rest:
        row = [rest.pop(0)]
        while (following := next((one for one in rest if _follows(row[-1], one)), None)) is not None:
            rest.remove(following)
            row.append(following)
        if len(row) >= COMB_LEAST:
            first, last = row[0].box_mm, row[-1].box_mm
            made.append(Place(Kind.TEXT, Box(first.x, first.y, last.right - first.x, first.h), len(row)))
        else:
            made += row
    return [one for one in made if one.kind is Kind.CHECK or one.box_mm.w >= CELL_MM[0]]


def _follows(place: Place, after: Place) -> bool:
    one, other = place.box_mm, after.box_mm
    return (
        0 <= other.x - one.right <= (COMB_GAP_MM if Kind.CHECK in (place.kind, after.kind) else WRITTEN_GAP * one.w)
        and abs(other.y - one.y) <= 0.5
        and abs(other.h - one.h) <= 0.6
        and abs(other.w - one.w) <= 0.15 * one.w + 0.2
        and COMB_CELL_MM[0] <= one.w <= COMB_CELL_MM[1]
    )
