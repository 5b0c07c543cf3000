"""Real hand marks, photographed on other people's forms, on the boxes of ours. Source and licence: odk/README.md."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from forms.layout import Box
from tests.paper.pens import Image

FOLDER = Path(__file__).parent / "odk"

FINER = 8
"""How many times finer than the crop a mark is kept."""

LINE_PX = 2.4
"""How far from the middle of the crop's own printed line its darkness reaches, in px of the crop."""

DARKEST_MIN = 0.4
"""A crop whose darkest places are paler than this holds no more than traces."""

INK_FROM, INK_FULL = 0.38, 0.66
"""Share of the darkest at which ink begins, and covers the paper: the crops are out of focus, which widens lines."""

Cover = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class RealMark:
    """One mark without the box it was made in: how much ink covers each place, 0 to 1.

    `shows` is X, check, diagonal, horizontal, vertical, partial (a scribble), boardering (on the box's edge), barely
    (a thin or small mark) or empty. `box` is the crop's own box in it: x, y and side.
    """

    name: str
    shows: str
    cover: Cover
    box: tuple[float, float, float]


@cache
def real_marks() -> tuple[RealMark, ...]:
    """Give all marks at hand, in the order of their files."""
    with (FOLDER / "boxes.csv").open(newline="", encoding="utf-8") as file:
        return tuple(_read(row) for row in csv.DictReader(file))


def _read(row: dict[str, str]) -> RealMark:
    crop = cv2.imread(str(FOLDER / row["file"]), cv2.IMREAD_GRAYSCALE)
    if crop is None:
        raise FileNotFoundError(row["file"])
    x, y, side = float(row["x_px"]), float(row["y_px"]), float(row["side_px"])
    cover = cover_of(np.asarray(crop, dtype=np.uint8), _box_line(crop.shape, x, y, side))
    return RealMark(row["file"], row["file"].split("-")[0], cover, (x * FINER, y * FINER, side * FINER))


def cover_of(crop: Image, line: Image) -> Cover:
    """Give how much ink covers each place of a grey crop, `FINER`, without the printed line (where `line` is 1)."""
    darkness = np.clip(1 - crop / np.percentile(crop, 85), 0, 1)
    bare = _without_line(darkness, line)
    fine = cv2.resize(bare, None, fx=FINER, fy=FINER, interpolation=cv2.INTER_CUBIC)
    share = fine / max(DARKEST_MIN, float(np.percentile(bare, 98)))
    return np.asarray(np.clip((share - INK_FROM) / (INK_FULL - INK_FROM), 0, 1), dtype=np.float32)


def _box_line(shape: tuple[int, ...], x: float, y: float, side: float) -> Image:
    """Give where the line of a crop's printed box is."""
    rows, columns = np.mgrid[: shape[0], : shape[1]] + 0.5
    off = np.maximum(np.abs(columns - x - side / 2), np.abs(rows - y - side / 2)) - side / 2
    return np.asarray(np.abs(off) < LINE_PX, dtype=np.uint8)


def _without_line(darkness: npt.NDArray[np.float64], line: Image) -> Cover:
    """Give the darkness with the printed line filled in from both of its sides."""
    shades: Image = np.rint(darkness * 255).astype(np.uint8)
    return (cv2.inpaint(shades, line, 2, cv2.INPAINT_TELEA) / np.float32(255)).astype(np.float32)


def put_mark(image: Image, px_per_mm: tuple[float, float], box_mm: Box, mark: RealMark, darkness: float = 0.75) -> None:
    """Draw a real mark on a grey page, in place, so that the crop's box comes to lie on ours."""
    x_px, y_px = px_per_mm
    left, top, side = mark.box
    scale_x, scale_y = box_mm.w * x_px / side, box_mm.h * y_px / side
    move = np.array([[scale_x, 0, box_mm.x * x_px - left * scale_x], [0, scale_y, box_mm.y * y_px - top * scale_y]])
    corner = np.floor(move[:, 2]).astype(int)
    size = int(mark.cover.shape[1] * scale_x) + 2, int(mark.cover.shape[0] * scale_y) + 2
    move[:, 2] -= corner + 0.5 - 0.5 * np.array([scale_x, scale_y])
    soft = cv2.GaussianBlur(mark.cover, (0, 0), 0.5 / scale_x)
    cover = cv2.warpAffine(soft, move, size, flags=cv2.INTER_LINEAR)
    first = np.maximum(corner, 0)
    patch = image[first[1] : corner[1] + size[1], first[0] : corner[0] + size[0]]
    skip = first - corner
    part = cover[skip[1] : skip[1] + patch.shape[0], skip[0] : skip[0] + patch.shape[1]]
    patch[:] = (patch * (1 - np.float32(darkness) * part) + 0.5).astype(np.uint8)
