"""Lines to write on, and combs that are a line with upright strokes."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from forms.layout.model import Box, Kind
from scanning.foreign.blank.combs import COMB_CELL_MM
from scanning.foreign.blank.places import CELL_MM, INK, Mask, Place
from scanning.foreign.blank.sides import LINE_MM, rules
from scanning.template import Grey

LINE_ABOVE_MM: Final = 4.5
"""How much white stands above a line to write on."""

UPRIGHT_MM: Final = (1.0, 0.8)
"""The shortest stroke that stands on a line, and the thickest."""

COMB_STROKES: Final = 3
"""As many cells between strokes at equal distances are a comb."""

EQUAL: Final = 0.12
"""By how much the cells of a comb differ, as a part of their width."""

WALL_MM: Final = 2.5
"""A line with strokes of that length down from both of its ends is the top of a box."""

DIVIDER: Final = 0.75
"""A lone line that is longer, as a part of the page's width, parts what is above it from what is below."""

SIBLING_MM: Final = (4.5, 14.0)
"""How far apart lines to write on follow each other."""

SPECKS_MAX: Final = 0.005


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line between two upright strokes, in px."""

    x: int
    y: int
    wide: int


def written_on(image: Grey, px: float) -> Iterator[Place]:
    """Give the lines to write on with the white above them, and the combs that stand on lines."""
    dark = (image < INK).astype(np.uint8)
    stretches: list[Stretch] = []
    for x, y, wide, _ in rules(image, px):
        strokes = _strokes(dark, x, y, wide, px)
        combs = list(_combs(dark, strokes, y, px))
        yield from combs
        if not combs:
            bounds = [x, *strokes, x + wide]
            stretches += [Stretch(one, y, other - one) for one, other in itertools.pairwise(bounds)]
    free = [one for one in stretches if one.wide >= LINE_MM * px and _is_free(dark, one, px)]
    for one in free:
        if not _is_top(dark, one, px) and not _divides(one, free, image.shape[1], px):
            above = LINE_ABOVE_MM * px
            yield Place(Kind.TEXT, Box(one.x / px, (one.y - above) / px, one.wide / px, above / px))


def _strokes(dark: Mask, x: int, y: int, wide: int, px: float) -> list[int]:
    """Give where thin strokes stand on a line."""
    high = round(UPRIGHT_MM[0] * px)
    if y < high:
        return []
    standing = dark[y - high : y, x : x + wide].all(axis=0).astype(np.uint8)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], standing, [0])).astype(np.int8)))
    return [
        x + int(start + end) // 2
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if end - start <= UPRIGHT_MM[1] * px
    ]


def _combs(dark: Mask, strokes: Sequence[int], y: int, px: float) -> Iterator[Place]:
    """Give the runs of equal cells between strokes that nothing is printed in."""
    if not strokes:
        return
    run = [strokes[0]]
    for stroke in [*strokes[1:], 10**6]:
        if _is_cell(dark, run, stroke, y, px):
            run.append(stroke)
            continue
        if len(run) > COMB_STROKES:
            high = max(_height(dark, one, y, px) for one in run)
            box = Box(run[0] / px, (y - high) / px, (run[-1] - run[0]) / px, high / px)
            yield Place(Kind.TEXT, box, len(run) - 1)
        run = [stroke]


def _is_cell(dark: Mask, run: Sequence[int], stroke: int, y: int, px: float) -> bool:
    wide = stroke - run[-1]
    if not COMB_CELL_MM[0] * px <= wide <= COMB_CELL_MM[1] * px:
        return False
    if len(run) > 1 and abs(wide - (run[1] - run[0])) > EQUAL * wide:
        return False
    edge = round(UPRIGHT_MM[1] * px)
    above = dark[max(y - round(CELL_MM[1] * px), 0) : y - 1, run[-1] + edge : stroke - edge]
    return float(above.mean()) <= SPECKS_MAX


def _height(dark: Mask, x: int, y: int, px: float) -> int:
    """Give how high a stroke stands, in px, but no higher than a comb."""
    column = dark[max(y - round(COMB_CELL_MM[1] * px), 0) : y, x][::-1]
    gaps = np.flatnonzero(column == 0)
    return max(int(gaps[0]) if len(gaps) else len(column), round(CELL_MM[1] * px))


def _is_free(dark: Mask, one: Stretch, px: float) -> bool:
    above, edge = round(LINE_ABOVE_MM * px), round(UPRIGHT_MM[1] * px)
    if one.y < above:
        return False
    strip = dark[one.y - above : one.y - 2, one.x + edge : one.x + one.wide - edge]
    return float(strip.mean()) <= SPECKS_MAX


def _is_top(dark: Mask, one: Stretch, px: float) -> bool:
    """Tell whether a line is the upper edge of a box: strokes go down from both of its ends."""
    near, reach = round(UPRIGHT_MM[1] * px), round(WALL_MM * px)
    below = dark[one.y : one.y + reach]
    ends = (below[:, max(one.x - near, 0) : one.x + near], below[:, one.x + one.wide - near : one.x + one.wide + near])
    return all(float(end.mean(axis=0).max()) > 0.95 for end in ends)


def _divides(one: Stretch, others: Sequence[Stretch], width: int, px: float) -> bool:
    least, most = (side * px for side in SIBLING_MM)
    is_alone = not any(
        least <= abs(other.y - one.y) <= most and abs(other.x - one.x) <= px and abs(other.wide - one.wide) <= 2 * px
        for other in others
    )
    return one.wide >= DIVIDER * width and is_alone
