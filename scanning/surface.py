"""Any rectangle of a page → the ink on it that was not printed: marks that missed their box, and handwriting."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from forms.layout import Box
from scanning.patches import straightened
from scanning.readings import StrayInk
from scanning.registration import Registration
from scanning.template import PX_PER_MM, Grey, Points
from scanning.tone import Tone

SURFACE_PX_PER_MM: Final = 3.0
"""76 dpi: a thin pen's line is still 1 px wide, and a page costs a quarter of what it does at 6."""

PRINTED_MAX: Final = 250
"""The lightest grey that counts as print in the reference: the faint rules to write on are reduced to nearly white."""

PRINT_GROW_MM: Final = 0.45
"""How far print is grown before ink is looked for beside it: what paper that is not flat moves it by, and blur."""

TILE_MM: Final = 42.0
"""About the width that is taken as flat: a curled photo bends by 0.3 mm over it, which `PRINT_GROW_MM` covers."""

REACH_MM: Final = 25.0
"""How far a box reaches that says how the page is bent around it."""

SPECK_MM2: Final = 0.15
"""Connected ink smaller than this is dirt."""

LINE_HIGH_MM: Final = 1.5
LINE_PART: Final = 0.5
"""Ink no higher than this that reaches over this part of a place's width is a fold or a fault of the scan."""

STEP_MM: Final = 4.0
"""Between the places at which paper's lightness is looked up."""

Mask = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Surface:
    """A page in an image, with what tells where its parts are and how dark ink must be."""

    image: Grey
    registration: Registration
    tone: Tone
    blank: Mask
    """Where nothing is printed on the whole page, as `blank_mask` gives it."""
    centres_mm: Points
    shifts_mm: Points
    """Of the tick boxes: how the page is bent there."""
    least: float
    """How dark ink is at least, between paper (0) and print (1)."""

    def stray_in(self, place: Box, without: Sequence[Box] = ()) -> StrayInk:
        """Give the ink in a place of the page, in mm, that was not printed; nothing in the places `without`."""
        left, top, right, bottom = (round(one * SURFACE_PX_PER_MM) for one in _ends(place))
        height, width = self.blank.shape
        left, top, right, bottom = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
        if right - left < 2 or bottom - top < 2:
            return StrayInk()
        tile, limit = self._seen(left, top, right, bottom)
        inked = cv2.bitwise_and(cv2.compare(tile, limit, cv2.CMP_LT), self.blank[top:bottom, left:right])
        for other in without:
            x, y, end_x, end_y = (round(one * SURFACE_PX_PER_MM) for one in _ends(other))
            inked[max(y - top, 0) : max(end_y - top, 0), max(x - left, 0) : max(end_x - left, 0)] = 0
        kept = _kept(np.asarray(inked, dtype=np.uint8))
        if kept is None:
            return StrayInk()
        mask, extent_mm, high_mm = kept
        covered = int(mask.sum())
        dark = self._dark(tile[mask], limit[mask])
        return StrayInk(covered / SURFACE_PX_PER_MM**2, extent_mm, high_mm, dark, covered / mask.size)

    def _dark(self, tile: Grey, limit: Grey) -> float:
        """Give how dark px are between paper (0) and print (1), by what just counts as ink there."""
        contrast = np.maximum((limit - self.tone.black) / (1 - self.least), 1)
        return float(np.median((self.tone.black + contrast - tile) / contrast))

    def _seen(self, left: int, top: int, right: int, bottom: int) -> tuple[Grey, Grey]:
        """Give a place straightened, and what is darker counts as ink; in px of the page at `SURFACE_PX_PER_MM`."""
        spans = _spans(left, right)
        middles = np.array([(start + end, top + bottom) for start, end in spans]) / 2 / SURFACE_PX_PER_MM
        centres = middles + self._shifts(middles)
        places = self.registration.to_px(centres)
        jacobians = self.registration.jacobian(centres) / SURFACE_PX_PER_MM
        tiles = [
            straightened(self.image, place, jacobian, (end - start, bottom - top))
            for place, jacobian, (start, end) in zip(places, jacobians, spans, strict=True)
        ]
        return np.hstack(tiles), self._limit(left, top, right, bottom)

    def _limit(self, left: int, top: int, right: int, bottom: int) -> Grey:
        """Give for every px of a place the grey below which it is ink."""
        across, down = (max(2, round(side / SURFACE_PX_PER_MM / STEP_MM)) for side in (right - left, bottom - top))
        x = left + (np.arange(across) + 0.5) / across * (right - left)
        y = top + (np.arange(down) + 0.5) / down * (bottom - top)
        grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2) / SURFACE_PX_PER_MM
        paper = self.tone.paper_at(self.registration.to_px(grid)).reshape(down, across)
        limit = np.clip(paper - self.least * (paper - self.tone.black), 0, 255).astype(np.uint8)
        return np.asarray(cv2.resize(limit, (right - left, bottom - top), interpolation=cv2.INTER_LINEAR), np.uint8)

    def _shifts(self, middles: Points) -> Points:
        """Give how far the page is bent at n places, as the boxes near each say; not at all without boxes."""
        if not len(self.centres_mm):
            return np.zeros_like(middles)
        away = np.linalg.norm(self.centres_mm - middles[:, None], axis=2)
        near = np.exp(-(((away - away.min(axis=1, keepdims=True)) / REACH_MM) ** 2))
        return np.asarray(near @ self.shifts_mm / near.sum(axis=1, keepdims=True), dtype=np.float64)


def _ends(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.right, box.bottom


def _spans(left: int, right: int) -> list[tuple[int, int]]:
    """Cut a width into tiles of about the same size."""
    count = max(1, round((right - left) / SURFACE_PX_PER_MM / TILE_MM))
    edges = np.linspace(left, right, count + 1).round().astype(int).tolist()
    return list(pairwise(edges))


def _kept(inked: Mask) -> tuple[npt.NDArray[np.bool_], float, float] | None:
    """Give the ink without dirt and lines, the longest side of a piece and the height of the highest, in mm.

    None where there is none.
    """
    if not inked.any():
        return None
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA] / SURFACE_PX_PER_MM**2
    wide, high = (
        stats[:, side].astype(np.float64) / SURFACE_PX_PER_MM for side in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)
    )
    middle = np.asarray(stats[:, cv2.CC_STAT_TOP] / SURFACE_PX_PER_MM + high / 2, dtype=np.float64)
    is_line = _is_line(wide, high, middle, inked.shape[1] / SURFACE_PX_PER_MM)
    kept = (areas >= SPECK_MM2) & ~is_line & (np.arange(count) > 0)
    if not kept.any():
        return None
    return kept[labels], float(np.maximum(wide, high)[kept].max()), float(high[kept].max())


def _is_line(wide: Floats, high: Floats, middle: Floats, width_mm: float) -> npt.NDArray[np.bool_]:
    """Tell which pieces are of a fold or a spoilt row: thin ones that together reach over half of a place's width.

    Print, where no ink is seen, cuts such a line to pieces.
    """
    is_thin = high <= LINE_HIGH_MM
    is_level = np.abs(middle[:, None] - middle[None]) <= LINE_HIGH_MM
    reach = (is_level & is_thin[None]) @ wide
    return np.asarray(is_thin & (reach >= LINE_PART * width_mm))


def blank_mask(reference: Grey) -> Mask:
    """Give where nothing is printed on a page (255), print grown a little (0), at `SURFACE_PX_PER_MM`."""
    scale = SURFACE_PX_PER_MM / PX_PER_MM
    small = cv2.resize(reference, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    size = 2 * round(PRINT_GROW_MM * SURFACE_PX_PER_MM) + 1
    _, blank = cv2.threshold(small, PRINTED_MAX, 255, cv2.THRESH_BINARY)
    return np.asarray(cv2.erode(blank, np.ones((size, size), np.uint8)), dtype=np.uint8)
