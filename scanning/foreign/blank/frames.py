"""What is light and closed on all sides: boxes to tick, and cells with what is free in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from forms.layout.model import Box, Kind
from scanning.foreign.blank.combs import COMB_CELL_MM
from scanning.foreign.blank.places import CELL_MM, INK, LEVELS, Mask, Place
from scanning.template import Grey

TICK_MM: Final = (2.0, 8.3)
TICK_ASPECT: Final = (0.55, 2.3)
"""The sides of what is ticked, and its width over its height: ballots have ovals twice as wide as high."""

SQUARE_ONLY_MM: Final = 6.6
SQUARE_ASPECT: Final = 0.05
"""A box larger than this is one to tick only if it is square, else a cell for a number."""

PANEL_MM: Final = 90.0
"""What is higher than this and has print in it is a panel with questions; a high empty box is one to write in."""

RECTANGLE_MIN, CORNERS_MIN, ROUND = 0.88, 0.94, (0.70, 0.86)
"""How much of its frame a rectangle fills, one with four corners (a D has two), and what a circle fills (0.785)."""

ALONE_MM: Final = 1.2
"""How far a round place stands from other print on both sides: the letters of a headline are closer."""

PRINTED_MAX: Final = 0.02
"""The part of a box to tick that may be print: dirt of a scan, not a letter."""

FRAME_MM: Final = 1.1
STROKE_MAX: Final = 0.25
"""The thickest line around a place, and around a round one as a part of its width: the strokes of a headline's letters
are thicker than that of any ring."""

FREE_MIN, PRINTLESS_MIN = 0.3, 0.995
"""The part of a cell with words in it that must be free to write in, and of one without."""

BEFORE_MIN: Final = 0.6
"""The part of a cell that must be free before what stands at its end: a unit, or the button of a list."""

HEADING_TONE, CROSSED_TONE = 0.9, 0.8
"""How light a cell must be, as a part of its page's paper, to be written in beside its words, and at all: headings are
on a tint, and what nobody should fill in is shaded darker than forms are tinted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A closed rectangle in mm, how wide its print is, and where in it somebody can write."""

    box_mm: Box
    words_mm: float
    free: Place | None


def closed(image: Grey, px: float) -> tuple[list[Place], list[Cell]]:
    """Give the boxes to tick and the cells of a page; those that are found at several levels come several times."""
    ticks: list[Place] = []
    cells: list[Cell] = []
    for level in LEVELS:
        light = (image >= level).astype(np.uint8)
        for found in _closed(image, light, px):
            if isinstance(found, Cell):
                cells.append(found)
            elif _is_framed(light, found.box_mm, px) and not _is_letter(light, found, px):
                ticks.append(found)
    return ticks, cells


def _closed(image: Grey, light: Mask, px: float) -> Iterator[Place | Cell]:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(light, connectivity=4)
    height, width = image.shape
    paper = max(float(np.percentile(image, 95)), 1.0)  # 0 on a page that is black but for a little
    for number, (x, y, wide, high, area) in enumerate(stats[1:].tolist(), 1):
        if min(wide, high) < TICK_MM[0] * px or x == 0 or y == 0 or x + wide == width or y + high == height:
            continue
        if area < (PRINTLESS_MIN if high > PANEL_MM * px else FREE_MIN) * wide * high:
            continue
        part = (labels[y : y + high, x : x + wide] == number).astype(np.uint8)
        shown = image[y : y + high, x : x + wide]
        found = _found(
            part, shown, Box(x / px, y / px, wide / px, high / px), float(np.median(shown[part > 0])) / paper
        )
        if found is not None:
            yield found


def _found(part: Mask, shown: Grey, box: Box, tone: float) -> Place | Cell | None:
    area = int(part.sum())
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
            return _cell(part, shown, box, tone)
        if fills >= CORNERS_MIN or (ROUND[0] <= fills <= ROUND[1] and _is_oval(outline, fills)):
            return Place(Kind.CHECK, box, is_round=area < CORNERS_MIN * part.size)
    if fills < RECTANGLE_MIN or box.w < COMB_CELL_MM[0] or box.h < CELL_MM[1]:
        return None
    return _cell(part, shown, box, tone)


def _is_oval(outline: cv2.typing.MatLike, fills: float) -> bool:
    hull = cv2.convexHull(outline)
    return float(cv2.contourArea(outline)) >= 0.93 * float(cv2.contourArea(hull)) and fills < ROUND[1]


def _is_framed(light: Mask, box: Box, px: float) -> bool:
    """Tell whether the line around a place is a line: beyond it there is paper on most sides."""
    x, y, wide, high = (round(side * px) for side in (box.x, box.y, box.w, box.h))
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


def _is_letter(light: Mask, place: Place, px: float) -> bool:
    """Tell whether a round place has other print right beside it, or the line around it is a letter's stroke."""
    if not place.is_round:
        return False
    box = place.box_mm
    x, y, wide, high = (round(side * px) for side in (box.x, box.y, box.w, box.h))
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
        if line_end < columns.shape[1] - 1 and line_end - int(dark[0]) + 1 > STROKE_MAX * wide:
            return True
        beyond = dark[dark > line_end]
        if len(beyond) and int(beyond[0]) - line_end - 1 <= ALONE_MM * px:
            return True
    return False


def _cell(part: Mask, shown: Grey, box: Box, tone: float) -> Cell:
    px = part.shape[1] / box.w
    edge = max(round(0.4 * px), 1)
    inner = part[edge:-edge, edge:-edge] == 0
    rows, columns = np.flatnonzero(inner.any(axis=1)), np.flatnonzero(inner.any(axis=0))
    if not len(rows):
        return Cell(box, 0.0, Place(Kind.TEXT, box) if tone >= CROSSED_TONE else None)
    # Words are dark at every level; at some the grain of a scan is not light.
    words = np.flatnonzero((shown[edge:-edge, edge:-edge] < INK).any(axis=0))
    words_mm = float(words[-1] - words[0] + 1) / px if len(words) else 0.0
    if tone < HEADING_TONE:
        return Cell(box, words_mm, None)
    top, left, right = int(rows[-1]) + edge + 1, int(columns[-1]) + edge + 1, int(columns[0]) + edge
    below = Box(box.x, box.y + top / px, box.w, box.h - top / px)
    beside = Box(box.x + left / px, box.y, box.w - left / px, box.h)
    before = Box(box.x, box.y, right / px, box.h)
    choices = [below, beside, before] if before.w >= BEFORE_MIN * box.w else [below, beside]
    best = max(choices, key=lambda one: one.w * one.h if one.w >= CELL_MM[0] and one.h >= CELL_MM[1] else 0.0)
    is_enough = best.w >= 2 * CELL_MM[0] and best.h >= CELL_MM[1] and best.w * best.h >= FREE_MIN * box.w * box.h
    return Cell(box, words_mm, Place(Kind.TEXT, best) if is_enough else None)
