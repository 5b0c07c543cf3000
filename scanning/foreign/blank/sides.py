"""Tables whose sides are left open: many lines that end together, and no line down their ends."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from scanning.foreign.blank.places import INK, Mask
from scanning.template import Grey

LINE_MM: Final = 14.0
"""The shortest line to write on, or of a table that shows where the table ends."""

TOGETHER_MM: Final = 1.0
"""How far apart lines end that end together: tables are drawn by hand."""

LEAST: Final = 3
"""As many lines that end together make a side."""

APART_MM: Final = 40.0
"""Lines further from each other are of two tables."""

BEYOND_MM: Final = (0.8, 3.0)
"""How far beyond a table's end, from where to where, there is only paper."""


@dataclass(frozen=True, slots=True)
class Side:
    """An open side in px: where it is, and from which line to which."""

    x: int
    top: int
    bottom: int
    is_left: bool


def rules(image: Grey, px: float) -> list[tuple[int, int, int, int]]:
    """Give the level lines of a page in px: left end, top, width, thickness."""
    dark = (image < INK).astype(np.uint8)
    long = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, round(LINE_MM * px)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    return [(x, y, wide, high) for x, y, wide, high, _ in stats[1:].tolist() if high <= 1.0 * px]


def open_sides(image: Grey, px: float) -> list[Side]:
    """Give the open sides of the tables on a page, from line to line."""
    dark = (image < INK).astype(np.uint8)
    found = rules(image, px)
    sides: list[Side] = []
    for is_left in (True, False):
        ends = [(x if is_left else x + wide - 1, y) for x, y, wide, _ in found]
        sides += _sides(sorted(end for end in ends if not _has_wall(dark, *end, px)), is_left, px)
    return [side for side in sides if _ends_table(dark, side, px)]


def _has_wall(dark: Mask, x: int, y: int, px: float) -> bool:
    """Tell whether a line goes up or down from the end of one."""
    reach, near = round(2.0 * px), round(0.5 * px)
    columns = slice(max(x - near, 0), x + near + 1)
    up, down = dark[max(y - reach, 0) : y, columns], dark[y : y + reach, columns]
    return any(part.shape[0] > 0 and float(part.mean(axis=0).max()) > 0.9 for part in (up, down))


def _sides(ends: list[tuple[int, int]], is_left: bool, px: float) -> Iterator[Side]:
    while ends:
        group = [one for one in ends if one[0] - ends[0][0] <= TOGETHER_MM * px]
        ends = ends[len(group) :]
        rows = sorted(group, key=lambda one: one[1])
        run = rows[:1]
        for end in [*rows[1:], (0, 10**6)]:
            if end[1] - run[-1][1] <= APART_MM * px:
                run.append(end)
                continue
            if len(run) >= LEAST:
                at = max(x for x, _ in run) if is_left else min(x for x, _ in run)
                yield from (Side(at, one[1], other[1], is_left) for one, other in itertools.pairwise(run))
            run = [end]


def _ends_table(dark: Mask, side: Side, px: float) -> bool:
    near, far = (round(one * px) for one in BEYOND_MM)
    columns = slice(max(side.x - far, 0), side.x - near) if side.is_left else slice(side.x + near, side.x + far)
    return not dark[side.top : side.bottom, columns].any()


def closed_by(image: Grey, sides: list[Side]) -> Grey:
    """Give the page with its open sides drawn."""
    drawn = image.copy()
    for side in sides:
        drawn[side.top : side.bottom + 1, side.x] = 0
    return drawn
