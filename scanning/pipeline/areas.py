"""Where on a page an answer may stand although no box is marked: on the words of an answer, or between the boxes."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from forms.layout import Box
from scanning.settling import question_name
from scanning.template import PX_PER_MM, Grey, PageTemplate, TickBox

AROUND_MM: Final = 3.0
"""How far above, left of and at least below the boxes an area reaches."""

BELOW_MM: Final = 18.0
"""The most that words of answers reach below the last box: three lines of the large edition."""

APART_MM: Final = 4.0
"""White from which on, below the boxes, words belong to something else."""

PRINTED_MAX: Final = 200
"""The lightest grey that counts as print in the reference."""


def answer_areas(page: PageTemplate) -> Mapping[str, Box]:
    """Give the area of each question with boxes on a page, in mm, by its name."""
    groups: dict[str, list[TickBox]] = {}
    for box in page.ticks:
        groups.setdefault(question_name(box), []).append(box)
    return {name: _area(page, boxes, _next_top(page, boxes)) for name, boxes in groups.items()}


def _next_top(page: PageTemplate, boxes: Sequence[TickBox]) -> float:
    """Give where the next thing to fill in below begins, or the end of the page."""
    bottom = max(box.y + box.side for box in boxes)
    tops = [one.y for one in page.ticks] + [field.box_mm.y for field in page.texts]
    return min((top for top in tops if top >= bottom), default=page.size.height_mm)


def _area(page: PageTemplate, boxes: Sequence[TickBox], next_top: float) -> Box:
    # From the leftmost box of the page: words under the first point of a scale begin left of their box.
    left, top = min(box.x for box in page.ticks) - AROUND_MM, min(box.y for box in boxes) - AROUND_MM
    bottom = max(box.y + box.side for box in boxes)
    right = page.size.width_mm - page.size.side_mm
    words = _words_below(page.reference, (left, right), bottom, min(bottom + BELOW_MM, next_top - AROUND_MM))
    return Box(left, top, right - left, max(words, min(bottom + AROUND_MM, next_top)) - top)


def _words_below(reference: Grey, across_mm: tuple[float, float], start_mm: float, end_mm: float) -> float:
    """Give how far down print goes on from a place, in mm, until there is nothing but white."""
    left, right, start, end = (round(max(one, 0) * PX_PER_MM) for one in (*across_mm, start_mm, end_mm))
    printed = (reference[start:end, left:right] < PRINTED_MAX).any(axis=1)
    reach = 0
    for row in np.flatnonzero(printed).tolist():
        if row - reach >= APART_MM * PX_PER_MM:
            break
        reach = row + 1
    return (start + reach) / PX_PER_MM
