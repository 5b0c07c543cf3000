"""Pens, and how their strokes become ink on the pixels of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
import numpy.typing as npt

from tests.paper.strokes import Stroke

Image = npt.NDArray[np.uint8]
"""A page: grey (h, w) or colour (h, w, 3) in OpenCV's order blue, green, red."""

FINE = 3
"""Ink is drawn this many times finer than the page, then averaged."""

SHIFT = 3
"""Bits of a fine pixel to which `cv2.line` takes positions."""

GREY = np.array([0.114, 0.587, 0.299])
"""How much blue, green and red count for grey (ITU-R BT.601)."""


class PenKind(StrEnum):
    """What people write with."""

    BALLPOINT = "ballpoint"
    GEL = "gel"
    FELT = "felt"
    PENCIL = "pencil"
    FAINT_PENCIL = "faint pencil"


@dataclass(frozen=True, slots=True)
class Pen:
    """A pen: its line's width, what its ink gives back of blue, green and red light, how grainy it writes (0 to 1)."""

    kind: PenKind
    width_mm: float
    reflects: tuple[float, float, float]
    grain: float

    @property
    def darkness(self) -> float:
        """Give how much darker than paper a full line is in grey, 0 to 1."""
        return 1 - float(GREY @ np.array(self.reflects))


BLACK = {
    PenKind.BALLPOINT: (0.20, 0.34),
    PenKind.GEL: (0.06, 0.14),
    PenKind.FELT: (0.08, 0.18),
    PenKind.PENCIL: (0.34, 0.46),
    PenKind.FAINT_PENCIL: (0.54, 0.66),
}
"""What full lines reflect, least and most; office scans of such pens give 20 to 34 % for a ballpoint and so on."""

BLUE = (0.36, 0.02, -0.06)
"""What a blue ink reflects more than a black one."""

WIDTH_MM = {
    PenKind.BALLPOINT: (0.34, 0.55),
    PenKind.GEL: (0.45, 0.75),
    PenKind.FELT: (0.8, 1.5),
    PenKind.PENCIL: (0.4, 0.8),
    PenKind.FAINT_PENCIL: (0.4, 0.8),
}
GRAIN = {
    PenKind.BALLPOINT: 0.15,
    PenKind.GEL: 0.03,
    PenKind.FELT: 0.05,
    PenKind.PENCIL: 0.4,
    PenKind.FAINT_PENCIL: 0.5,
}
SHARES = {
    PenKind.BALLPOINT: 0.58,
    PenKind.GEL: 0.17,
    PenKind.FELT: 0.07,
    PenKind.PENCIL: 0.13,
    PenKind.FAINT_PENCIL: 0.05,
}


def some_pen(rng: np.random.Generator) -> Pen:
    """Draw a pen, as they lie about in homes."""
    kind = list(SHARES)[rng.choice(len(SHARES), p=list(SHARES.values()))]
    level = rng.uniform(*BLACK[kind])
    is_blue = "pencil" not in kind and rng.random() < 0.5
    blue, green, red = (level + extra * is_blue for extra in BLUE)
    return Pen(kind, rng.uniform(*WIDTH_MM[kind]), (blue, green, max(red, 0.02)), GRAIN[kind])


def put_ink(
    page: Image, px_per_mm: tuple[float, float], strokes: Sequence[Stroke], pen: Pen, rng: np.random.Generator
) -> None:
    """Draw strokes on a page, in place."""
    scale = np.array(px_per_mm)
    reach = pen.width_mm * 1.5 * scale + 2
    every = np.vstack([stroke.points for stroke in strokes]) * scale
    size = np.array(page.shape[1::-1])
    low = np.clip(np.floor(every.min(axis=0) - reach), 0, size).astype(int)
    high = np.clip(np.ceil(every.max(axis=0) + reach), 0, size).astype(int)
    if (high <= low).any():
        return
    cover = _coverage(strokes, pen, scale, low, high - low)
    if pen.grain:
        cover *= _grain((cover.shape[0], cover.shape[1]), pen.grain, rng)
    _darken(page[low[1] : high[1], low[0] : high[0]], cover, pen)


def _coverage(
    strokes: Sequence[Stroke],
    pen: Pen,
    scale: npt.NDArray[np.float64],
    origin: npt.NDArray[np.int_],
    size: npt.NDArray[np.int_],
) -> npt.NDArray[np.float32]:
    """Give how much of each pixel is inked, 0 to 1, where strokes that overlap count once, by the darkest."""
    canvas: Image = np.zeros((int(size[1]) * FINE, int(size[0]) * FINE), np.uint8)
    segments = [part for stroke in strokes for part in _segments(stroke, pen, scale, origin)]
    for darkness, thickness, x0, y0, x1, y1 in sorted(segments):
        cv2.line(canvas, (x0, y0), (x1, y1), darkness, thickness, cv2.LINE_8, SHIFT)
    small = cv2.resize(canvas, (int(size[0]), int(size[1])), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / np.float32(255)


def _segments(
    stroke: Stroke, pen: Pen, scale: npt.NDArray[np.float64], origin: npt.NDArray[np.int_]
) -> list[tuple[int, int, int, int, int, int]]:
    """Give the parts of a stroke as (darkness, thickness in fine px, ends in fractions of a fine px)."""
    points = np.rint((((stroke.points * scale) - origin) * FINE - 0.5) * 2**SHIFT).astype(int)
    pressure = (stroke.pressure[:-1] + stroke.pressure[1:]) / 2
    wide = pen.width_mm * float(scale.mean()) * FINE
    thickness = np.maximum(1, np.rint(wide * (0.8 + 0.2 * pressure))).astype(int)
    darkness = np.clip(255 * (0.45 + 0.55 * pressure), 60, 255).astype(int)
    columns = (darkness, thickness, points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1])
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _grain(shape: tuple[int, int], grain: float, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Give what the paper's tooth and a dry ball leave out of a line, 0 to 1."""
    noise = cv2.GaussianBlur(rng.standard_normal(shape, dtype=np.float32), (0, 0), 0.9)
    kept: npt.NDArray[np.float32] = np.clip(1 + grain * (1.6 * noise - 0.35), 0, 1)
    return kept


def _darken(patch: Image, cover: npt.NDArray[np.float32], pen: Pen) -> None:
    if patch.ndim == 2:
        patch[:] = (patch * (1 - cover * np.float32(pen.darkness)) + 0.5).astype(np.uint8)
        return
    taken = 1 - np.array(pen.reflects, np.float32)
    patch[:] = (patch * (1 - cover[..., None] * taken) + 0.5).astype(np.uint8)
