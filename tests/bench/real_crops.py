"""A folder of crops of real hand marks → marks without the printed boxes they were made in, found automatically.

The folder has one below it for each shape of box (`SHAPES`); the first word of a file's name says what it shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from tests.paper.pens import Image
from tests.paper.real_marks import FINER, RealMark, cover_of

FILES: Final = "*.[jp][pn]g"

FINE: Final = 4
"""Printed boxes are found to a quarter of a crop's px."""

LINE_CONTRAST_MAX: Final = 0.6
"""How much darker than both of its sides a line may count: a pen's stroke across it no more than the line itself."""

FOUND_MIN: Final = 0.05
"""How much darker than both of its sides, on average, the line of a box that was found must be (0 paper, 1 black)."""

FRAMED: Final = ("clarice", "mitch", "copy")
FRAMED_REACH: Final = 0.26
"""Crops with these words in their names have a table's line around; it is 0.4 sides from the box, and 0.1 thick."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the printed boxes of one folder look, in px of its crops; `wide` and `high` are from, to."""

    wide: tuple[float, float]
    high: tuple[float, float] | None
    """None where it is as high as it is wide."""
    line_px: float
    """How far from the middle of its line its darkness reaches."""
    is_round: bool = False


SHAPES: Final = {
    "checkboxes": Shape((17.25, 19.25), None, 2.4),
    "bubbles": Shape((17.0, 20.5), None, 2.4, is_round=True),
    "prev_checkboxes": Shape((18.0, 23.5), (9.0, 12.5), 1.7),
}

TOO_COARSE: Final = ("square_checkboxes",)
"""Folders whose crops are 9 to 20 px wide and end at the box: a stroke on them cannot be told from the box's line."""


@dataclass(frozen=True, slots=True)
class PrintedBox:
    """Where the printed box is on a crop: to the middle of its line, in px; `clear` says how dark the line is."""

    x: float
    y: float
    wide: float
    high: float
    clear: float


@dataclass(frozen=True, eq=False, slots=True)
class Crop:
    """One crop; `mark` is None where no box was found on it."""

    path: Path
    pixels: Image
    box: PrintedBox
    mark: RealMark | None


def left_out(folder: Path) -> int:
    """Count the crops of the folders that are too coarse."""
    return sum(len(list((folder / name).glob(FILES))) for name in TOO_COARSE)


def crops_of(folder: Path) -> Iterator[Crop]:
    """Give the crops of a folder, shape by shape, in the order of their names."""
    for name, shape in SHAPES.items():
        for path in sorted((folder / name).glob(FILES)):
            pixels = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
            if pixels is not None:
                yield _crop(path, np.asarray(pixels, dtype=np.uint8), shape)


def _crop(path: Path, pixels: Image, shape: Shape) -> Crop:
    box = printed_box(pixels, shape)
    return Crop(path, pixels, box, _lifted(path, pixels, shape, box) if box.clear >= FOUND_MIN else None)


def _lifted(path: Path, pixels: Image, shape: Shape, box: PrintedBox) -> RealMark:
    cover = cover_of(pixels, _line(pixels.shape, shape, box))
    if any(word in path.stem for word in FRAMED):
        cover = cover * _near(pixels.shape, box)
    # Our boxes are square: a mark made in an oblong one is squeezed, as its writer would have.
    squeezed = cv2.resize(cover, None, fx=1.0, fy=box.wide / box.high, interpolation=cv2.INTER_LINEAR)
    place = (box.x * FINER, box.y * FINER * box.wide / box.high, box.wide * FINER)
    return RealMark(f"{path.parent.name}/{path.name}", _shown(path), np.asarray(squeezed, dtype=np.float32), place)


def _shown(path: Path) -> str:
    first = path.name.split("_")[0]
    return f"bubble {first}" if path.parent.name == "bubbles" and first != "empty" else first


def _line(shape_px: tuple[int, ...], shape: Shape, box: PrintedBox) -> Image:
    """Give where a printed box's line is."""
    rows, columns = np.mgrid[: shape_px[0], : shape_px[1]] + 0.5
    across, down = columns - box.x - box.wide / 2, rows - box.y - box.high / 2
    if shape.is_round:
        off = np.hypot(across, down) - box.wide / 2
    else:
        off = np.maximum(np.abs(across) - box.wide / 2, np.abs(down) - box.high / 2)
    return np.asarray(np.abs(off) < shape.line_px, dtype=np.uint8)


def _near(shape_px: tuple[int, ...], box: PrintedBox) -> npt.NDArray[np.float32]:
    rows, columns = (np.mgrid[: shape_px[0] * FINER, : shape_px[1] * FINER] + 0.5) / FINER
    across = np.abs(columns - box.x - box.wide / 2) / box.wide
    down = np.abs(rows - box.y - box.high / 2) / box.high
    return np.asarray(np.maximum(across, down) < 0.5 + FRAMED_REACH, dtype=np.float32)


def printed_box(pixels: Image, shape: Shape) -> PrintedBox:
    """Give the box whose line is darkest against what is beside it on both sides, by trying all places and sizes."""
    darkness = np.clip(1 - pixels / np.percentile(pixels, 85), 0, 1)
    fine = cv2.resize(darkness, None, fx=FINE, fy=FINE, interpolation=cv2.INTER_CUBIC).astype(np.float32)
    lines = _round_lines if shape.is_round else _straight_lines
    best = PrintedBox(0, 0, 1, 1, -1)
    for wide, high, scores in lines(fine, shape):
        y, x = np.unravel_index(scores.argmax(), scores.shape)
        if scores[y, x] > best.clear:
            best = PrintedBox((x + 0.5) / FINE, (y + 0.5) / FINE, wide / FINE, high / FINE, float(scores[y, x]))
    return best


def _sizes(limits: tuple[float, float]) -> range:
    """Give the sizes to try, in parts of a px, every other one."""
    return range(round(limits[0] * FINE), round(limits[1] * FINE) + 1, 2)


def _contrast(fine: Floats, axis: int, line_px: float) -> Floats:
    """Give how much darker each place is than what is beside it along an axis, no more than a line may be."""
    away = round(line_px * FINE)
    padded = np.pad(fine, [(away, away) if axis == one else (0, 0) for one in (0, 1)], mode="edge")
    before, after = (padded.take(range(start, start + fine.shape[axis]), axis) for start in (0, 2 * away))
    return np.clip(fine - (before + after) / 2, 0, LINE_CONTRAST_MAX)


def _straight_lines(fine: Floats, shape: Shape) -> Iterator[tuple[int, int, Floats]]:
    """Give for each size, and each top left corner, how dark a box's lines are: the mean of all and of the least."""
    down = np.pad(_contrast(fine, 1, shape.line_px).cumsum(axis=0), ((1, 0), (0, 0)))
    across = np.pad(_contrast(fine, 0, shape.line_px).cumsum(axis=1), ((0, 0), (1, 0)))
    for wide in _sizes(shape.wide):
        for high in _sizes(shape.high) if shape.high else (wide,):
            rows, columns = fine.shape[0] - high, fine.shape[1] - wide
            upright = (down[high:] - down[:-high])[:rows] / high
            level = (across[:, wide:] - across[:, :-wide])[:, :columns] / wide
            sides = np.stack([upright[:, :columns], upright[:, wide:], level[:rows], level[high:]])
            yield wide, high, np.asarray((sides.mean(axis=0) + sides.min(axis=0)) / 2, dtype=np.float32)


def _round_lines(fine: Floats, shape: Shape) -> Iterator[tuple[int, int, Floats]]:
    """Give for each size, and each top left corner, how dark a circle's line is against inside and outside of it."""
    away = shape.line_px * FINE
    for wide in _sizes(shape.wide):
        line = _circle_mean(fine, wide / 2)
        beside = (_circle_mean(fine, wide / 2 - away) + _circle_mean(fine, wide / 2 + away)) / 2
        at, size = round(wide / 2), fine.shape[0] - wide
        yield wide, wide, np.asarray((line - beside)[at : at + size, at : at + size], dtype=np.float32)


def _circle_mean(fine: Floats, radius: float) -> Floats:
    """Give the mean around every place, on a circle of that radius."""
    reach = int(radius) + 2
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    near = np.clip(1.5 - np.abs(np.hypot(rows, columns) - radius), 0, 1).astype(np.float32)
    return np.asarray(cv2.filter2D(fine, -1, near / near.sum(), borderType=cv2.BORDER_REPLICATE))
