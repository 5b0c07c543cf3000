"""A picture of a blank form → where somebody is asked to tick or to write: offered to an officer, never taken as sure.

Whatever is light and closed on all sides is a place: a square, a circle or an oval to tick, a cell to write in, many
equal cells in a row a comb; but the headings of a table, what is shaded, and tinted bars with words are none. A lone
line with white above it is one to write on, and a tint without words is a place. A place that nothing is drawn around
is not found.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from forms.layout.model import Box
from scanning.foreign.blank.captions import parted, parted_line
from scanning.foreign.blank.combs import combed
from scanning.foreign.blank.frames import Cell, closed
from scanning.foreign.blank.lines import written_on
from scanning.foreign.blank.places import Place, is_inside, is_same, share
from scanning.foreign.blank.sides import Side, closed_by, open_sides
from scanning.foreign.blank.tables import headings
from scanning.foreign.blank.tints import tinted
from scanning.template import Grey

OPEN_HIGHEST_MM: Final = 13.0
"""The highest cell of a table with open sides: what is higher is a column in which the lines are written on."""

EDGE_MM: Final = 1.0
"""How far a place's own lines are from what is light in it."""

HALF: Final = 0.5
"""The lower edge of a cell has more of a line than this; else the line goes on as one to write on."""

SHARED_MAX: Final = 0.3
"""The part of the white above a line that another place may have: a tint above a line is the same place."""


def places_on(image: Grey, px_per_mm: float) -> list[Place]:
    """Give the places on a picture of a blank page, from the top left down; a place is found at most once."""
    sides = open_sides(image, px_per_mm)
    ticks, cells = closed(closed_by(image, sides), px_per_mm)
    cells = [cell for cell in cells if _is_closed_enough(cell.box_mm, sides, px_per_mm)]
    heads = [cell.box_mm for cell in headings(image, cells, px_per_mm)]
    asked = [cell for cell in cells if not any(is_inside(tick.box_mm, cell.box_mm) for tick in ticks)]
    asked = [cell for cell in asked if not any(is_same(cell.box_mm, head) for head in heads)]
    free = [part for cell in asked for part in _parts(image, cell, px_per_mm)]
    found = combed(_innermost(_once([*ticks, *free, *tinted(image, px_per_mm)])))
    taken = [one.box_mm for one in found]
    for line in written_on(image, px_per_mm):
        is_edge = any(_is_under(line.box_mm, cell.box_mm) for cell in cells)
        if not is_edge and not any(_borders(line.box_mm, one) for one in taken):
            found += parted_line(image, line, px_per_mm)
    return sorted(found, key=lambda one: (round(one.box_mm.y), one.box_mm.x))


def _parts(image: Grey, cell: Cell, px: float) -> list[Place]:
    """Give what is free in a cell, parted by the captions above it in the same cell."""
    if cell.free is None:
        return []
    is_captioned = cell.free.box_mm.y - cell.box_mm.y > EDGE_MM
    return parted(image, cell.free, cell.box_mm.y, px) if is_captioned else [cell.free]


def _is_closed_enough(box: Box, sides: Sequence[Side], px: float) -> bool:
    """Tell whether a cell is closed by lines on three sides at the least, or is not one of an open table."""
    missing = {
        side.is_left
        for side in sides
        if abs((box.x if side.is_left else box.right) - side.x / px) <= EDGE_MM
        and side.top / px - EDGE_MM <= box.y <= side.bottom / px
    }
    return not missing or (len(missing) == 1 and box.h <= OPEN_HIGHEST_MM)


def _once(found: Iterable[Place]) -> list[Place]:
    """Leave out what was found already."""
    kept: list[Place] = []
    for place in found:
        if not any(is_same(place.box_mm, one.box_mm) for one in kept):
            kept.append(place)
    return kept


def _innermost(found: Sequence[Place]) -> list[Place]:
    """Leave out what holds other places: a panel, or a frame around a frame."""
    return [
        one for one in found if not any(other is not one and is_inside(other.box_mm, one.box_mm) for other in found)
    ]


def _is_under(line: Box, cell: Box) -> bool:
    """Tell whether a line is the lower edge of a cell."""
    wide = min(line.right, cell.right) - max(line.x, cell.x)
    return wide > HALF * line.w and abs(line.bottom - cell.bottom) <= EDGE_MM


def _borders(line: Box, other: Box) -> bool:
    """Tell whether a line to write on is only the edge of another place, or crosses one."""
    wide = min(line.right, other.right) - max(line.x, other.x)
    if share(line, other) > SHARED_MAX:
        return True
    return wide > 0.05 * line.w and other.y - EDGE_MM <= line.bottom <= other.bottom + EDGE_MM
