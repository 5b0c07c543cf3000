"""The captions on each side of a box: words that no other box stands in front of."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from forms.layout.model import Box
from forms.layout.words import Run

ASIDE_MAX_MM = 60.0
"""Farthest that a caption stands beside its box; a tick box has its own, nearer limit."""

TICK_SIDE_MAX_MM = 8.0
"""A box that is no larger than this, either way, is taken for a tick box."""

TICK_ASIDE_MAX_MM = 15.0
"""Farthest that a caption stands beside its tick box."""

ABOVE_MAX_MM = 6.0
"""Farthest that a caption stands above or below: a line of 11 pt with its lead is 5 mm."""

JOIN_MM = 8.0
"""Widest gap between the runs of one caption, such as a number and its words."""

TOUCH_MM = 1.0
"""How far a caption may reach into its box: loose letter boxes are taller than their letters."""

WORD = re.compile(r"[^\W\d_]{2,}")
"""Two letters: a caption without them is only a number, and the words belonging to it stand farther off."""

Gap = Callable[[Box], float]
"""How far a run's box is from the box in question, in mm, on one side of it."""


@dataclass(frozen=True, slots=True)
class Caption:
    """Words on one side of a box and how far away they begin; infinitely far where there are none."""

    text: str = ""
    gap_mm: float = math.inf


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is printed on each side of a box."""

    left: Caption
    right: Caption
    above: Caption
    below: Caption
    inside: Caption

    @classmethod
    def of(cls, box: Box, boxes: Sequence[Box], runs: Sequence[Run]) -> Self:
        """Find the captions around `box`, one of the `boxes` of its page."""
        others = [other for other in boxes if other != box]
        row = [run for run in runs if _shared(_rows(run.box_mm), _rows(box))]
        column = [run for run in runs if _starts_over(run.box_mm, box)]
        row_boxes = [other for other in others if _shared(_rows(other), _rows(box))]
        column_boxes = [other for other in others if _shared(_columns(other), _columns(box), least=0.0)]
        aside_mm = TICK_ASIDE_MAX_MM if max(box.w, box.h) <= TICK_SIDE_MAX_MM else ASIDE_MAX_MM
        inside = [run for run in runs if _is_inside(run.box_mm, box)]
        return cls(
            left=_aside(row, row_boxes, lambda it: box.x - it.right, aside_mm),
            right=_aside(row, row_boxes, lambda it: it.x - box.right, aside_mm),
            above=_stacked(column, column_boxes, lambda it: box.y - it.bottom),
            below=_stacked(column, column_boxes, lambda it: it.y - box.bottom),
            inside=Caption(_text(inside), 0.0) if inside else Caption(),
        )


def _aside(row: list[Run], boxes: list[Box], gap: Gap, most_mm: float) -> Caption:
    """Give the caption on one side: the nearest run and those that go on from it, up to the next box."""
    taken: list[Run] = []
    reach = 0.0
    for run in _unhidden(row, boxes, gap):
        away = gap(run.box_mm)
        allowed = JOIN_MM if WORD.search(_text(taken)) else math.inf if taken else most_mm
        if away - reach > allowed:
            break
        taken.append(run)
        reach = max(reach, away + run.box_mm.w)
    return Caption(_text(taken), gap(taken[0].box_mm)) if taken else Caption()


def _stacked(column: list[Run], boxes: list[Box], gap: Gap) -> Caption:
    """Give the caption above or below: the nearest line."""
    near = [run for run in _unhidden(column, boxes, gap) if gap(run.box_mm) <= ABOVE_MAX_MM]
    if not near:
        return Caption()
    line = [run for run in near if _shared(_rows(run.box_mm), _rows(near[0].box_mm))]
    return Caption(_text(line), max(gap(near[0].box_mm), 0.0))


def _unhidden(runs: list[Run], boxes: list[Box], gap: Gap) -> list[Run]:
    """Give the runs on one side that no box stands in front of, nearest first."""
    nearest_box = min((away for away in map(gap, boxes) if away > -TOUCH_MM), default=math.inf)
    beside = [run for run in runs if -TOUCH_MM <= gap(run.box_mm) < nearest_box]
    return sorted(beside, key=lambda run: gap(run.box_mm))


def _text(runs: Iterable[Run]) -> str:
    """Join runs line by line, from left to right."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda it: it.box_mm.y):
        if lines and _shared(_rows(run.box_mm), _rows(lines[-1][0].box_mm)):
            lines[-1].append(run)
        else:
            lines.append([run])
    return " ".join(run.text for line in lines for run in sorted(line, key=lambda it: it.box_mm.x))


def _is_inside(run: Box, box: Box) -> bool:
    x, y = run.x + run.w / 2, run.y + run.h / 2
    return box.x <= x <= box.right and box.y <= y <= box.bottom


def _starts_over(run: Box, box: Box) -> bool:
    """Say whether a run begins over the left half of the box, so that it does not belong to the next column."""
    return _shared(_columns(run), _columns(box), least=0.0) and run.x < box.x + box.w / 2


def _rows(box: Box) -> tuple[float, float]:
    return box.y, box.bottom


def _columns(box: Box) -> tuple[float, float]:
    return box.x, box.right


def _shared(one: tuple[float, float], other: tuple[float, float], least: float = 0.5) -> bool:
    """Say whether two spans share more than the fraction `least` of the shorter one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > least * min(one[1] - one[0], other[1] - other[0])
