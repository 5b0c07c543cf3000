"""A comb on a page → its cells, cut out straight, each found by its own printed lines to a fraction of a mm."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from forms.layout import Box, Field
from forms.paper.editions import CELL_MM, PT_PER_MM, TICK_LINE_PT
from scanning.patches import FLAGS
from scanning.registration import Registration
from scanning.template import PX_PER_MM, Grey, Points
from scanning.tone import Tone

LINE_MM: Final = TICK_LINE_PT / PT_PER_MM
"""The printed line around a cell."""

HALF_PX: Final = (28, 36)
"""Half the width and height of a cell's picture, 4.8 and 6.1 mm: the cell, its lines, and what lies between it and
the line of the next one; above and below as far as writing runs over."""

SEARCH_PX: Final = 14
"""How far from where the page's boxes lead a cell's lines are looked for: 2.3 mm."""

COMB_WEIGHT: Final = 2.0
"""How much all cells of a comb together weigh against each by itself: strokes and faults seldom fit all."""

COMB_REACH_PX: Final = 3
"""How far a cell may lie from where the others lead: half a mm, as on a curled photo."""

CLEAR_MIN: Final = 0.3
"""The least part of a full line's ink that must be at both lines; below, a cell is where the others lead."""

Ink = npt.NDArray[np.float32]
"""How dark pictures are between paper (0) and print (1), as (n, height, width) at `PX_PER_MM`."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in an image with what tells where its parts are, and how dark they are."""

    image: Grey
    registration: Registration
    tone: Tone


def centres_mm(field: Field) -> Points:
    """Give the middles of a comb's cells, (n, 2)."""
    box, count = field.box_mm, field.comb_cells or 1
    across = box.x + (np.arange(count) + 0.5) * box.w / count
    return np.column_stack([across, np.full(count, box.y + box.h / 2)])


def found(sheet: Sheet, centres: Points, shifts_mm: Points) -> tuple[Points, float]:
    """Give how far each cell of a comb is from its place on the flat page, led by a first guess; and how clear it is.

    Clear is the least part of a full line's ink, in the middle of all lines of the comb: 0 to 1.
    """
    ink = cut(sheet, centres, shifts_mm, (HALF_PX[0] + SEARCH_PX, HALF_PX[1] + SEARCH_PX))
    across, across_clear = _lines(_profile(ink, 2, HALF_PX[1]), CELL_MM[0])
    down, down_clear = _lines(_profile(ink, 1, HALF_PX[0]), CELL_MM[1])
    steps = np.column_stack([across, down]) / PX_PER_MM
    return shifts_mm + steps, min(_median(across_clear), _median(down_clear))


def cut(sheet: Sheet, centres: Points, shifts_mm: Points, half: tuple[int, int] = HALF_PX) -> Ink:
    """Give the ink of n places, straightened, their middles in the middle px."""
    places = sheet.registration.to_px(centres + shifts_mm)
    jacobians = sheet.registration.jacobian(centres + shifts_mm) / PX_PER_MM
    size = (2 * half[0] + 1, 2 * half[1] + 1)
    pictures = np.empty((len(centres), size[1], size[0]), np.uint8)
    for picture, place, jacobian in zip(pictures, places, jacobians, strict=True):
        matrix = np.column_stack([jacobian, place - jacobian @ half])
        cv2.warpAffine(sheet.image, matrix, size, picture, FLAGS, cv2.BORDER_REPLICATE)
    return sheet.tone.ink(pictures, places)


def cell_box(centre_mm: Points) -> Box:
    """Give the inside of the cell with that middle."""
    return Box(float(centre_mm[0]) - CELL_MM[0] / 2, float(centre_mm[1]) - CELL_MM[1] / 2, *CELL_MM)


def _profile(ink: Ink, along: int, reach: int) -> Ink:
    """Give sums of ink along one side of each cell's picture, (n, length): full lines stand high in them."""
    middle = ink.shape[3 - along] // 2
    inner = slice(middle - reach + 6, middle + reach - 5)
    part = ink[:, inner, :] if along == 2 else ink[:, :, inner]
    return np.asarray(part.mean(axis=3 - along), dtype=np.float32)


def _lines(profiles: Ink, inside_mm: float) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Give where the two lines of each cell are, in px from where they were looked for, and the fainter one's ink."""
    apart, middle = (inside_mm + LINE_MM) * PX_PER_MM / 2, profiles.shape[1] // 2
    smooth = cv2.blur(profiles, (3, 1), borderType=cv2.BORDER_REPLICATE) * (3 / (LINE_MM * PX_PER_MM))
    steps = np.arange(-SEARCH_PX, SEARCH_PX + 1)
    left, right = (_sampled(smooth, middle + steps + side * apart) for side in (-1.0, 1.0))
    fainter = np.minimum(left, right)
    score = fainter + 0.25 * (left + right)
    together = score.mean(axis=0)
    near = np.abs(steps - steps[together.argmax()]) <= COMB_REACH_PX
    best = np.where(near, score + COMB_WEIGHT * together, -1.0).argmax(axis=1)
    clear = fainter[np.arange(len(best)), best]
    is_clear = clear >= CLEAR_MIN
    led = _median(best[is_clear]) if is_clear.any() else float(SEARCH_PX)
    exact = np.array([_peak(one, at) for one, at in zip(score, best.tolist(), strict=True)])
    return np.where(is_clear, exact, led) - SEARCH_PX, clear


def _median(few: npt.NDArray[np.float64] | npt.NDArray[np.intp]) -> float:
    """Give the median of a few numbers, many times faster than numpy's own."""
    ordered: list[float] = sorted(few.tolist())
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _sampled(profiles: Ink, places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give n profiles at places between their px, (n, places)."""
    first = np.clip(places, 0, profiles.shape[1] - 2).astype(np.intp)
    part = np.clip(places - first, 0, 1)
    return np.asarray(profiles[:, first] * (1 - part) + profiles[:, first + 1] * part, dtype=np.float64)


def _peak(score: npt.NDArray[np.float64], at: int) -> float:
    """Give a peak's place to a part of a px, by the parabola through it and its neighbours."""
    if not 0 < at < len(score) - 1:
        return float(at)
    low, mid, high = score[at - 1 : at + 2].tolist()
    bend = low - 2 * mid + high
    return at + (min(max(0.5 * (low - high) / bend, -0.5), 0.5) if bend < -1e-6 else 0.0)
