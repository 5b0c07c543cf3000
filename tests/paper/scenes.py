"""Several sheets on one scan, and what is lost of a sheet: pages laid anywhere on a glass, parts painted over."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from tests.paper.pens import Image
from tests.paper.returns import ReturnedPage
from tests.paper.scans import Mapping, Moving, Points, Scaled, paint
from tests.paper.truth import PageTruth
from tests.paper.wears.placing import HALF, Affine, edged

A4_MM = (210.0, 297.0)
DRAWN_DPI = 300
"""At which pages are drawn: a scene takes pages of the wear `clean-300`, and is worn as a whole."""

NOISE = 3.0
"""Grey levels, as a good office scanner has."""

MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Laid:
    """A page where it lies on the glass: its middle in mm from the top left, turned clockwise in degrees."""

    page: ReturnedPage
    x_mm: float
    y_mm: float
    angle_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What is true of one page of a scene."""

    truth: PageTruth
    mapping: Mapping


@dataclass(frozen=True, slots=True)
class SceneScan:
    """One image of several pages, in the order in which they were laid."""

    image: Image
    pages: tuple[Seen, ...]


def scanned_together(
    laid: Sequence[Laid],
    *,
    glass_mm: tuple[float, float] = A4_MM,
    dpi: float = DRAWN_DPI,
    lid: int = 253,
    seed: int = 0,
) -> SceneScan:
    """Give the grey scan of pages on a glass of that size; a later page covers an earlier one."""
    drawn_px = DRAWN_DPI / MM_PER_INCH
    width, height = (round(side * drawn_px) for side in glass_mm)
    canvas = np.full((height, width), lid, dtype=np.uint8)
    moves = [_put(canvas, one, drawn_px) for one in laid]
    size = round(glass_mm[0] * dpi / MM_PER_INCH), round(glass_mm[1] * dpi / MM_PER_INCH)
    scaled = Scaled(size[0] / width, size[1] / height)
    small = cv2.resize(canvas, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    noisy = small + np.random.default_rng(seed).normal(0, NOISE, small.shape)
    pages = tuple(
        Seen(one.page.truth, Mapping((*one.page.mapping.moves, move, scaled)))
        for one, move in zip(laid, moves, strict=True)
    )
    return SceneScan(np.clip(noisy, 0, 255).astype(np.uint8), pages)


def _put(canvas: Image, laid: Laid, px_per_mm: float) -> Moving:
    """Draw a page onto the canvas; give how its points move."""
    image = edged(laid.page.scan.image)
    height, width = image.shape[:2]
    cos, sin = np.cos(np.deg2rad(laid.angle_deg)), np.sin(np.deg2rad(laid.angle_deg))
    matrix = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]])
    matrix[:2, 2] = np.array([laid.x_mm, laid.y_mm]) * px_per_mm - matrix[:2, :2] @ (width / 2, height / 2)
    moves = (HALF @ matrix @ np.linalg.inv(HALF))[:2]
    size = canvas.shape[1], canvas.shape[0]
    there = cv2.warpAffine(np.full((height, width), 255, np.uint8), moves, size) > 127
    drawn = cv2.warpAffine(image, moves, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    canvas[there] = drawn[there]
    return Affine(matrix)


def painted_over(image: Image, mapping: Mapping, quads_mm: npt.NDArray[np.float64], grey: int = 250) -> Image:
    """Give the image with quadrilaterals of the page, (n, 4, 2) in mm, covered, and 1 mm around each."""
    covered = image.copy()
    for quad in quads_mm:
        wider = quad + np.sign(quad - quad.mean(axis=0))
        corners: Points = mapping(wider)
        cv2.fillConvexPoly(covered, np.rint(corners).astype(np.int32), paint(image, grey))
    return covered
