"""Is there anything on a page? Only where neither marks nor codes were found, and in doubt there is."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.template import Grey

LONG_PX: Final = 880
"""The longer side at which a page is looked at: 75 dpi on A4, at which a pen's thin line is still a px wide."""

PAPER_MIN: Final = 150
"""The least lightness (of 256) of paper; a dark picture is none."""

EVEN_MIN: Final = 0.75
"""The darkest part of the paper over its lightest: a photo with shadows is in doubt."""

FILLS_MIN: Final = 0.6
"""The least part of the image that light paper must fill; what is around it is the scanner's lid."""

INK: Final = 0.16
"""From this darkness on (of paper's lightness) it may be ink: a faint pencil has 0.2 and more at this resolution,
what shows through thin paper up to 0.13."""

TRACE: Final = 0.08
"""From this darkness on px belong to the ink beside them: the rim of a hole is in places no darker."""

EDGE_PART: Final = 0.02
"""How much of the longer side is left out along the paper's edges, where its shadow lies: 6 mm on A4."""

HOLES_PART: Final = 0.08
"""How far from the edges, as a part of the longer side, a hole or a staple lies: 24 mm on A4."""

DUST_PX: Final = 4
"""The largest speck, in px at 75 dpi, that is dust: 0.5 mm²."""

SPECKS_MAX: Final = 40
"""More specks than this may be the dots of a faint pencil."""

HOLE_PX: Final = (12, 30)
"""Least and largest width and height of a punch hole: 4 to 10 mm."""

ROUND: Final = (0.68, 0.88)
"""The part of its frame that a round thing fills, or what its ring encloses (a circle: 0.79)."""

CLOSED_MIN: Final = 0.85
"""The least part of its hull that a hole's outline encloses."""

SCAR_PX: Final = 16
"""The largest hole that a staple leaves when it is pulled out: 1.8 mm²."""

STAPLE_PX: Final = 48
"""The longest frame of a staple or its scar: 16 mm."""

THIN: Final = 0.3
"""The largest part of its frame's diagonal, squared, that a thin line fills."""

Mask = npt.NDArray[np.uint8]
Outline = cv2.typing.MatLike


def is_blank(image: Grey) -> bool:
    """Tell whether a page bears nothing but dust, holes, a staple and what shows through faintly from its back."""
    scale = min(1.0, LONG_PX / max(image.shape))
    small = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    if min(small.shape) < 3 * HOLE_PX[1]:
        return False
    paper = _paper(small)
    inside = _inside(paper)
    if inside is None or not _is_even(paper, inside):
        return False
    ink, trace = (((small < (1 - least) * paper) & (inside > 0)).astype(np.uint8) for least in (INK, TRACE))
    return not _is_written(ink, trace, inside)


def _paper(small: Grey) -> npt.NDArray[np.float32]:
    """Give the lightness of paper around each px: the lightest of its neighbourhood, smoothed."""
    light = cv2.morphologyEx(
        cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((HOLE_PX[1] + 3, HOLE_PX[1] + 3), np.uint8)
    )
    return np.asarray(cv2.blur(light, (15, 15)), dtype=np.float32)


def _inside(paper: npt.NDArray[np.float32]) -> Mask | None:
    """Give the sheet without its edges; None when the image does not mostly show a light sheet."""
    light = (paper >= PAPER_MIN).astype(np.uint8)
    outlines, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    if cv2.contourArea(hull) < FILLS_MIN * paper.size:
        return None
    inside = cv2.fillConvexPoly(np.zeros(paper.shape, np.uint8), hull, 1)
    return _eroded(np.asarray(inside, dtype=np.uint8), EDGE_PART)


def _eroded(inside: Mask, part: float) -> Mask:
    """Give a mask without a strip along its edges and the image's."""
    strip = 2 * round(part * max(inside.shape)) + 1
    kernel = np.ones((strip, strip), np.uint8)
    return np.asarray(cv2.erode(inside, kernel, borderType=cv2.BORDER_CONSTANT, borderValue=0), dtype=np.uint8)


def _is_even(paper: npt.NDArray[np.float32], inside: Mask) -> bool:
    levels = paper[inside > 0]
    if not levels.size:
        return False
    return float(levels.min()) >= EVEN_MIN * float(levels.max())


def _is_written(ink: Mask, trace: Mask, inside: Mask) -> bool:
    """Tell whether any ink is more than dust, a hole near an edge, or a staple in a corner."""
    joined = cv2.morphologyEx(trace, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    found, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outlines = [outline for outline in found if _ink_in(outline, ink)]
    if len(outlines) > SPECKS_MAX:
        return True
    middle = _eroded(inside, HOLES_PART - EDGE_PART)
    return not all(_is_harmless(outline, ink, middle) for outline in outlines)


def _is_harmless(outline: Outline, ink: Mask, middle: Mask) -> bool:
    left, top, wide, high = cv2.boundingRect(outline)
    rows, columns = slice(top, top + high), slice(left, left + wide)
    area = _ink_in(outline, ink)
    if area <= DUST_PX:
        return True
    if middle[rows, columns].any():
        return False
    if _is_round(outline, wide, high):
        return True
    # In a corner of the sheet: outside its middle both across and down.
    in_corner = not middle[rows].any() and not middle[:, columns].any()
    thin = max(wide, high) <= STAPLE_PX and area <= THIN * (wide**2 + high**2)
    return in_corner and (thin or area <= SCAR_PX)


def _ink_in(outline: Outline, ink: Mask) -> int:
    """Give how many px of ink the frame of an outline holds."""
    left, top, wide, high = cv2.boundingRect(outline)
    return int(ink[top : top + high, left : left + wide].sum())


def _is_round(outline: Outline, wide: int, high: int) -> bool:
    hull = cv2.contourArea(cv2.convexHull(outline))
    return (
        all(HOLE_PX[0] <= side <= HOLE_PX[1] for side in (wide, high))
        and ROUND[0] <= hull / (wide * high) <= ROUND[1]
        and cv2.contourArea(outline) >= CLOSED_MIN * hull
    )
