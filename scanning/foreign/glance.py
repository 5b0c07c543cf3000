"""Which pages an image may show, at a glance: by where they are dark and where they are light, in cells of 3 mm.

A scan shows the whole sheet, and so do most photos: then this tells in some ms which few of many pages are worth a
closer look, how they are turned and where about they lie. What it takes for likely is proved by print afterwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.foreign.framing import frames
from scanning.foreign.library import Known
from scanning.foreign.matching import Seen
from scanning.registration import Registration, outline_mm
from scanning.template import PX_PER_MM, Grey

CELL_MM: Final = 3.0
"""The side of a cell: a line of print. Finer cells miss each other where a scan is 2 % larger."""

SHIFT_CELLS: Final = 3
"""How far a page may lie off its frame each way: 9 mm, as a sheet on a scanner's glass does."""

SMOOTH_CELLS: Final = 15
"""What changes over more cells than that is light and shadow, and no print."""

ASPECT_SURE: Final = 1.12
"""From this ratio of a frame's sides on it tells whether a page lies on its side."""

SMALL_PX: Final = 250
"""The longer side of the image that is looked at: two px a cell."""

Cells = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Glance:
    """A page that an image may show, where it would lie, and how alike both are at a glance, -1 to 1."""

    known: Known
    rough: Registration
    alike: float


def glances(seen: Seen, pages: Sequence[Known], most: int) -> list[Glance]:
    """Give the likeliest pages of those that have print, the likeliest first, each once."""
    found: dict[Known, Glance] = {}
    for size in dict.fromkeys(known.page.size for known in pages):
        same = [known for known in pages if known.page.size == size and len(known.printed.pieces_mm)]
        for one in _of_size(seen, same):
            if one.known not in found or found[one.known].alike < one.alike:
                found[one.known] = one
    return sorted(found.values(), key=lambda one: -one.alike)[:most]


def _of_size(seen: Seen, pages: Sequence[Known]) -> Iterator[Glance]:
    """Give each of some pages of one size in each frame and turn, where it fits best."""
    if not pages:
        return
    maps = np.stack([_cells_of(known) for known in pages])
    high, wide = maps.shape[1:]
    flat = maps.reshape(len(pages), -1)
    grown = (high + 2 * SHIFT_CELLS, wide + 2 * SHIFT_CELLS)
    small, scale = _small(seen)
    for matrix in _turned_frames(seen, pages[0]):
        shown = _seen_cells(small, scale, matrix, grown)
        windows = np.lib.stride_tricks.sliding_window_view(shown, (high, wide))
        moved = windows.reshape(-1, high * wide)
        norms = np.linalg.norm(moved, axis=1)
        alike = (moved @ flat.T) / np.maximum(norms, 1e-3)[:, None]
        best = alike.argmax(axis=0)
        for at, known in enumerate(pages):
            down, across = divmod(int(best[at]), 2 * SHIFT_CELLS + 1)
            shift = np.array([across - SHIFT_CELLS, down - SHIFT_CELLS]) * CELL_MM
            move = np.array([[1, 0, shift[0]], [0, 1, shift[1]], [0, 0, 1]])
            yield Glance(known, Registration(matrix @ move), float(alike[best[at], at]))


def _turned_frames(seen: Seen, known: Known) -> Iterator[npt.NDArray[np.float64]]:
    """Give the mappings from mm to px that put a page into a frame, turned as the frame's sides allow."""
    outline = outline_mm(known.page.size).astype(np.float32)
    is_wide = known.page.size.width_mm > known.page.size.height_mm
    for corners in frames(seen):
        across = np.linalg.norm(corners[[1, 2]] - corners[[0, 3]], axis=1).mean()
        down = np.linalg.norm(corners[[3, 2]] - corners[[0, 1]], axis=1).mean()
        for turns in range(4):
            lies = (across > down) != (turns % 2 == 1)
            if max(across, down) >= ASPECT_SURE * min(across, down) and lies != is_wide:
                continue
            quad = np.roll(corners, turns, axis=0).astype(np.float32)
            yield np.asarray(cv2.getPerspectiveTransform(outline, quad), dtype=np.float64)


def _small(seen: Seen) -> tuple[Grey, float]:
    """Give an image of about two px a cell, and its scale."""
    whole = seen.images[-1]
    scale = min(1.0, SMALL_PX / max(whole.shape))
    small = cv2.resize(whole, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8), scale * 0.5 ** (len(seen.images) - 1)


def _seen_cells(small: Grey, scale: float, matrix: npt.NDArray[np.float64], shape: tuple[int, int]) -> Cells:
    """Give what a small image shows of a page and around it, in cells."""
    half = CELL_MM * SHIFT_CELLS
    to_mm = np.array([[CELL_MM, 0, CELL_MM / 2 - half], [0, CELL_MM, CELL_MM / 2 - half], [0, 0, 1]])
    smaller = np.array([[scale, 0, 0.5 * scale - 0.5], [0, scale, 0.5 * scale - 0.5], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cells = cv2.warpPerspective(
        small, smaller @ matrix @ to_mm, shape[::-1], flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return _sharpened(np.asarray(cells, dtype=np.uint8))


@lru_cache(1024)
def _cells_of(known: Known) -> Cells:
    """Give a page in cells, of zero mean and of length 1."""
    page = known.page.reference
    shape = round(page.shape[1] / PX_PER_MM / CELL_MM), round(page.shape[0] / PX_PER_MM / CELL_MM)
    cells = _sharpened(np.asarray(cv2.resize(page, shape, interpolation=cv2.INTER_AREA), dtype=np.uint8))
    cells = cells - cells.mean()
    return np.asarray(cells / max(float(np.linalg.norm(cells)), 1e-3), dtype=np.float32)


def _sharpened(cells: Grey) -> Cells:
    """Take what is smooth out, and blur the rest a little: a line of print lies between two cells as often as not."""
    light = cv2.GaussianBlur(cells, (3, 3), 0).astype(np.float32)
    return np.asarray(light - cv2.blur(light, (SMOOTH_CELLS, SMOOTH_CELLS)), dtype=np.float32)
