"""Sheets that are not flat: any smooth way in which points move, with the image that follows it."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from tests.paper.pens import Image
from tests.paper.scans import Moving, Points, Scan, paint
from tests.paper.wears.placing import edged

GRID_PX = 16
"""Between the points at which the way back is worked out; between them it is taken as straight."""

STEPS = 8
"""Of nearing the way back; each makes what is left at least five times smaller."""

NEAR_PX = 1e-4
"""What is left may be that much."""

Maps = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


def bent(scan: Scan, move: Moving, size: tuple[int, int] | None = None, behind: Image | None = None) -> Scan:
    """Give the scan with its points moved, on a canvas of (width, height), in front of an image or the lid."""
    height, width = scan.image.shape[:2]
    canvas = size or (width, height)
    maps = _way_back(move, (width, height), canvas)
    image = edged(scan.image)
    if behind is None:
        lid = paint(image, scan.lid)
        seen = cv2.remap(image, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=lid)
    else:
        seen = cv2.remap(image, *maps, cv2.INTER_LINEAR, dst=behind.copy(), borderMode=cv2.BORDER_TRANSPARENT)
    return scan.seen(seen.astype(np.uint8, copy=False), move)


def _way_back(move: Moving, size: tuple[int, int], canvas: tuple[int, int]) -> Maps:
    """Give for each pixel of the canvas the place in the image that moves there."""
    columns, rows = (-(-length // GRID_PX) + 2 for length in canvas)
    x, y = np.meshgrid((np.arange(columns) - 0.5) * GRID_PX, (np.arange(rows) - 0.5) * GRID_PX)
    wanted = np.column_stack([x.ravel(), y.ravel()])
    back = _solved(move, wanted, size).reshape(rows, columns, 2).astype(np.float32) - np.float32(0.5)
    return _between(back[..., 0], canvas), _between(back[..., 1], canvas)


def _solved(move: Moving, wanted: Points, size: tuple[int, int]) -> Points:
    """Give the points that move to those wanted: start from the nearest homography, then take off what it misses."""
    x, y = np.meshgrid(np.linspace(0, size[0], 9), np.linspace(0, size[1], 9))
    known = np.column_stack([x.ravel(), y.ravel()])
    nearest, _ = cv2.findHomography(move(known), known, 0)
    matrix = np.asarray(nearest, dtype=np.float64)
    start = _projected(matrix, wanted)
    found = start
    for _ in range(STEPS):
        missed = start - _projected(matrix, move(found))
        found = found + missed
        if np.abs(missed).max() < NEAR_PX:
            break
    return found


def _projected(matrix: npt.NDArray[np.float64], points: Points) -> Points:
    moved = points @ matrix[:, :2].T + matrix[:, 2]
    return moved[:, :2] / moved[:, 2:]


def _between(grid: npt.NDArray[np.float32], canvas: tuple[int, int]) -> npt.NDArray[np.float32]:
    """Give the values at every pixel: the grid begins half a step outside the canvas."""
    rows, columns = grid.shape
    full = cv2.resize(grid, (columns * GRID_PX, rows * GRID_PX), interpolation=cv2.INTER_LINEAR)
    return np.asarray(full[GRID_PX : GRID_PX + canvas[1], GRID_PX : GRID_PX + canvas[0]], dtype=np.float32)


@dataclass(frozen=True, eq=False, slots=True)
class Folded:
    """Moves the px of a sheet with level creases: each part beyond one leans, slips and is a little short."""

    px_per_mm: float
    middle_mm: float
    creases_mm: Points
    leans: Points
    slopes: Points
    short_mm: Points

    def __call__(self, points: Points) -> Points:
        """Give the points moved."""
        x, y = (points / self.px_per_mm).T
        beyond = y[:, None] - self.creases_mm
        after = np.maximum(beyond, 0)
        risen = self.short_mm / (1 + np.exp(-np.clip(beyond / 1.5, -40, 40)))
        new_x = x + after @ self.leans
        new_y = y + (x - self.middle_mm) / 100 * (after @ self.slopes) - risen.sum(axis=1)
        return np.column_stack([new_x, new_y]) * self.px_per_mm


def folded(scan: Scan, rng: np.random.Generator, *, most: float = 1.0) -> Scan:
    """Fold the sheet in three as for an envelope, and flatten it badly; 1 moves points by up to about 0.5 mm."""
    creases = scan.size_mm[1] * np.array([1 / 3, 2 / 3]) + rng.uniform(-2.5, 2.5, 2)
    move = Folded(
        scan.px_per_mm[0],
        scan.size_mm[0] / 2,
        creases,
        leans=most * rng.uniform(-0.004, 0.004, 2),
        slopes=most * rng.uniform(-0.003, 0.003, 2),
        short_mm=most * rng.uniform(0.1, 0.4, 2),
    )
    return bent(scan.looking(_creased(scan, creases, rng, most)), move)


def _creased(scan: Scan, creases_mm: Points, rng: np.random.Generator, most: float) -> Image:
    """Darken the creases and shade the paper beside them, row by row."""
    y_mm = (np.arange(scan.image.shape[0]) + 0.5) / scan.px_per_mm[1]
    kept = np.ones(len(y_mm))
    for crease in creases_mm:
        off = y_mm - crease - rng.uniform(-0.1, 0.1)
        line = rng.uniform(0.1, 0.3) * (0.4 + 0.6 * most)
        kept *= 1 - line * np.exp(-((off / 0.25) ** 2)) - 0.06 * most * np.exp(-np.abs(off) / 3) * (off < 0)
    image = scan.image.copy()
    near = np.flatnonzero(kept < 0.998)
    column = kept[near, None] if image.ndim == 2 else kept[near, None, None]
    image[near] = (image[near] * column).astype(np.uint8)
    return image


def letter_fold(scan: Scan, rng: np.random.Generator) -> Scan:
    """Fold the sheet in three and let the scanner's glass press it flat: points move by up to 0.1 mm."""
    return folded(scan, rng, most=0.2)


@dataclass(frozen=True, eq=False, slots=True)
class Fed:
    """Moves px down the page by waves, as rollers that do not turn evenly."""

    waves_px: Points
    lengths_px: Points
    phases: Points

    def __call__(self, points: Points) -> Points:
        """Give the points moved."""
        y = points[:, 1:]
        moved = self.waves_px * (np.sin(2 * np.pi * y / self.lengths_px + self.phases) - np.sin(self.phases))
        return np.column_stack([points[:, 0], points[:, 1] + moved.sum(axis=1)])


def fed_unevenly(scan: Scan, rng: np.random.Generator) -> Scan:
    """Stretch and squeeze the page along its height, by up to about 1 mm."""
    mm = scan.px_per_mm[1]
    move = Fed(
        rng.uniform(0.15, 0.45, 3) * mm,
        np.array([230.0, 110.0, 62.0]) * rng.uniform(0.85, 1.15, 3) * mm,
        rng.uniform(0, 6.28, 3),
    )
    return bent(scan, move)
