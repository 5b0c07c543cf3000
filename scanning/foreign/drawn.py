"""A picture of a blank form → where somebody is asked to tick or to write: offered to an officer, never taken as sure.

Whatever is light and closed on all sides is a place: a square, a circle or an oval to tick, a cell to write in, many
equal cells in a row a comb. A lone line with white above it is one to write on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from forms.layout.model import Box, Kind
from scanning.template import Grey

LEVELS: Final = (250, 238, 215, 170, 120)
"""From which grey on paper is taken to be light: white boxes on a tint are closed at the highest, thin lines that are
drawn grey at the middle ones, and where a copy is grey all over only black lines close anything."""

TICK_MM: Final = (2.0, 8.3)
TICK_ASPECT: Final = (0.55, 2.3)
"""The sides of what is ticked, and its width over its height: ballots have ovals twice as wide as high."""

SQUARE_ONLY_MM: Final = 6.6
SQUARE_ASPECT: Final = 0.05
"""A box larger than this is one to tick only if it is square, else a cell for a number."""

CELL_MM: Final = (5.0, 3.2)
"""The least width and height of a place to write in."""

PANEL_MM: Final = 90.0
"""What is higher than this is a panel with questions in it."""

RECTANGLE_MIN, CORNERS_MIN, ROUND = 0.88, 0.94, (0.70, 0.86)
"""How much of its frame a rectangle fills, one with four corners (a D has two), and what a circle fills (0.785)."""

ALONE_MM: Final = 1.2
"""How far a round place stands from other print on both sides: the letters of a headline are closer."""

PRINTED_MAX: Final = 0.02
"""The part of a box to tick that may be print: dirt of a scan, not a letter."""

FRAME_MM: Final = 1.1
"""The thickest line around a place; the holes of a headline's letters have thicker strokes."""

COMB_LEAST: Final = 2
COMB_CELL_MM: Final = (2.5, 9.5)
COMB_GAP_MM: Final = 0.9
"""Equal cells that many or more in a row, of that width, no further apart, are one comb."""

LINE_MM: Final = 14.0
LINE_ABOVE_MM: Final = 4.5
"""The shortest line to write on, and how much white stands above it."""

EDGE_MM: Final = 1.0
"""How far a place's own lines are from what is light in it."""

OVERLAP_MAX: Final = 0.6

Mask = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody ticks or writes, in mm; a comb has cells."""

    kind: Kind
    box_mm: Box
    cells: int | None = None


def places_on(image: Grey, px_per_mm: float) -> list[Place]:
    """Give the places on a picture of a blank page, from the top left down; a place is found at most once."""
    found: list[Place] = []
    for level in LEVELS:
        for place in _closed(image, level, px_per_mm):
            if not any(_same(place.box_mm, one.box_mm) for one in found):
                found.append(place)
    found = _combed(_innermost(found))
    found += [line for line in _lines(image, px_per_mm) if not any(_borders(line.box_mm, one.box_mm) for one in found)]
    return sorted(found, key=lambda one: (round(one.box_mm.y), one.box_mm.x))


def _closed(image: Grey, level: int, px: float) -> Iterator[Place]:
    """Give the light places of a level that are closed on all sides and look like one to tick or to write in."""
    light = (image >= level).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(light, connectivity=4)
    height, width = image.shape
    for number, (x, y, wide, high, area) in enumerate(stats[1:].tolist(), 1):
        if min(wide, high) < TICK_MM[0] * px or x == 0 or y == 0 or x + wide == width or y + high == height:
            continue
        if high > PANEL_MM * px or area < 0.3 * wide * high:
            continue
        part = (labels[y : y + high, x : x + wide] == number).astype(np.uint8)
        place = _place(part, Box(x / px, y / px, wide / px, high / px), area)
        if place is None:
            continue
        frame = (x, y, wide, high)
        is_round = area < CORNERS_MIN * wide * high
        if place.kind is Kind.TEXT or (
            _is_framed(light, frame, px) and not (is_round and _is_letter(light, frame, px))
        ):
            yield place


def _place(part: Mask, box: Box, area: int) -> Place | None:
    outlines, _ = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    filled = np.zeros_like(part)
    cv2.drawContours(filled, [outline], -1, 1, cv2.FILLED)
    whole = int(filled.sum())
    fills = whole / part.size
    is_tick = all(TICK_MM[0] <= side <= TICK_MM[1] for side in (box.w, box.h))
    if is_tick and TICK_ASPECT[0] <= box.w / box.h <= TICK_ASPECT[1] and area >= (1 - PRINTED_MAX) * whole:
        is_square = abs(box.w / box.h - 1) <= SQUARE_ASPECT
        if max(box.w, box.h) > SQUARE_ONLY_MM and not is_square and fills >= CORNERS_MIN:
            return Place(Kind.TEXT, box)
        if fills >= CORNERS_MIN or (ROUND[0] <= fills <= ROUND[1] and _is_oval(outline, fills)):
            return Place(Kind.CHECK, box)
    if fills < RECTANGLE_MIN or box.w < COMB_CELL_MM[0] or box.h < CELL_MM[1]:
        return None
    return _unprinted(part, box)


def _is_oval(outline: cv2.typing.MatLike, fills: float) -> bool:
    hull = cv2.convexHull(outline)
    return float(cv2.contourArea(outline)) >= 0.93 * float(cv2.contourArea(hull)) and fills < ROUND[1]


def _is_framed(light: Mask, frame: tuple[int, int, int, int], px: float) -> bool:
    """Tell whether the line around a place is a line: beyond it there is paper on most sides."""
    x, y, wide, high = frame
    reach = max(round(FRAME_MM * px), 2)
    height, width = light.shape
    beyond = (
        light[max(y - reach, 0), x : x + wide],
        light[min(y + high - 1 + reach, height - 1), x : x + wide],
        light[y : y + high, max(x - reach, 0)],
        light[y : y + high, min(x + wide - 1 + reach, width - 1)],
    )
    tinted = [float(side.mean()) for side in beyond]
    return sum(one >= 0.6 for one in tinted) >= 2 or max(tinted) < 0.05


def _is_letter(light: Mask, frame: tuple[int, int, int, int], px: float) -> bool:
    """Tell whether a round place has other print right beside it."""
    x, y, wide, high = frame
    rows = slice(y + high // 4, y + high - high // 4)
    for columns in (
        light[rows, max(x - round(FRAME_MM * px * 2.5), 0) : x][:, ::-1],
        light[rows, x + wide :][:, : round(FRAME_MM * px * 2.5)],
    ):
        dark = np.flatnonzero((columns == 0).any(axis=0))
        if not len(dark):
            continue
        ends = np.flatnonzero(np.diff(dark) > 1)
        line_end = int(dark[ends[0]]) if len(ends) else int(dark[-1])
        beyond = dark[dark > line_end]
        if len(beyond) and int(beyond[0]) - line_end <= ALONE_MM * px:
            return True
    return False


def _unprinted(part: Mask, box: Box) -> Place | None:
    """Give what of a cell is free to write in: below or beside its caption; None where nothing much is."""
    px = part.shape[1] / box.w
    edge = max(round(0.4 * px), 1)
    inner = part[edge:-edge, edge:-edge] == 0
    rows, columns = np.flatnonzero(inner.any(axis=1)), np.flatnonzero(inner.any(axis=0))
    if not len(rows):
        return Place(Kind.TEXT, box) if box.w >= COMB_CELL_MM[0] else None
    top, left = (int(ends[-1] + edge + 1) for ends in (rows, columns))
    below = Box(box.x, box.y + top / px, box.w, box.h - top / px)
    beside = Box(box.x + left / px, box.y, box.w - left / px, box.h)
    best = max((below, beside), key=lambda one: one.w * one.h if one.w >= CELL_MM[0] and one.h >= CELL_MM[1] else 0.0)
    is_enough = best.w >= 2 * CELL_MM[0] and best.h >= CELL_MM[1] and best.w * best.h >= 0.3 * box.w * box.h
    return Place(Kind.TEXT, best) if is_enough else None


def _innermost(found: Sequence[Place]) -> list[Place]:
    """Leave out what holds other places: a panel, or a frame around a frame."""
    return [
        one for one in found if sum(other is not one and _share(other.box_mm, one.box_mm) > 0.8 for other in found) == 0
    ]


def _combed(found: Sequence[Place]) -> list[Place]:
    """Put equal cells in a row together; a lone cell too small to write in is none."""
    rest = sorted(found, key=lambda one: (one.box_mm.x, one.box_mm.y))
    made: list[Place] = []
    while rest:
        row = [rest.pop(0)]
        while (following := next((one for one in rest if _follows(row[-1].box_mm, one.box_mm)), None)) is not None:
            rest.remove(following)
            row.append(following)
        if len(row) >= COMB_LEAST:
            first, last = row[0].box_mm, row[-1].box_mm
            made.append(Place(Kind.TEXT, Box(first.x, first.y, last.right - first.x, first.h), len(row)))
        else:
            made += row
    return [one for one in made if one.kind is Kind.CHECK or one.box_mm.w >= CELL_MM[0]]


def _follows(one: Box, other: Box) -> bool:
    return (
        0 <= other.x - one.right <= COMB_GAP_MM
        and abs(other.y - one.y) <= 0.5
        and abs(other.h - one.h) <= 0.6
        and abs(other.w - one.w) <= 0.15 * one.w + 0.2
        and COMB_CELL_MM[0] <= one.w <= COMB_CELL_MM[1]
    )


def _lines(image: Grey, px: float) -> Iterator[Place]:
    """Give the lines to write on, with the white above them."""
    dark = (image < LEVELS[3]).astype(np.uint8)
    long = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, round(LINE_MM * px)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    above = round(LINE_ABOVE_MM * px)
    for x, y, wide, high, _ in stats[1:].tolist():
        if high > 1.0 * px or y < above:
            continue
        if dark[y - above : y - 2, x : x + wide].mean() <= 0.005:
            yield Place(Kind.TEXT, Box(x / px, (y - above) / px, wide / px, above / px))


def _share(inner: Box, outer: Box) -> float:
    """Give the part of a box that lies in another."""
    wide = min(inner.right, outer.right) - max(inner.x, outer.x)
    high = min(inner.bottom, outer.bottom) - max(inner.y, outer.y)
    return max(wide, 0.0) * max(high, 0.0) / (inner.w * inner.h)


def _same(one: Box, other: Box) -> bool:
    return min(_share(one, other), _share(other, one)) > OVERLAP_MAX


def _borders(line: Box, other: Box) -> bool:
    """Tell whether a line to write on is only the edge of another place, or crosses one."""
    wide = min(line.right, other.right) - max(line.x, other.x)
    return wide > 0.05 * line.w and other.y - EDGE_MM <= line.bottom <= other.bottom + EDGE_MM
