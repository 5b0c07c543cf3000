"""How a sheet lies on the glass, and how the scanner cuts out, scales and turns its image."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from tests.paper.pens import Image
from tests.paper.scans import Points, Scaled, Scan, paint
from tests.paper.wears import Step

HALF = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
"""From continuous px to OpenCV's, in which a pixel's middle is a whole number."""

EDGE_GREY = 222
"""The shadow line at a sheet's edge."""

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Affine:
    """Moves points by a matrix (3, 3)."""

    matrix: Matrix

    def __call__(self, points: Points) -> Points:
        """Give the points moved."""
        return points @ self.matrix[:2, :2].T + self.matrix[:2, 2]


def moved(scan: Scan, matrix: Matrix, size: tuple[int, int]) -> Scan:
    """Give the scan moved by an affine matrix of continuous px onto a canvas of (width, height)."""
    image = edged(scan.image)
    moves = (HALF @ matrix @ np.linalg.inv(HALF))[:2]
    seen: Image = np.empty(0, np.uint8)
    lid = paint(image, scan.lid)
    seen = cv2.warpAffine(image, moves, size, flags=cv2.INTER_LINEAR, borderValue=lid).astype(np.uint8, copy=False)
    return scan.seen(seen, Affine(matrix))


def edged(image: Image) -> Image:
    """Give the image with a sheet's faint shadow line at its edges."""
    edged = image.copy()
    cv2.rectangle(edged, (0, 0), (image.shape[1] - 1, image.shape[0] - 1), paint(image, EDGE_GREY), 2)
    return edged


def placed(
    *,
    angle: tuple[float, float] = (-0.6, 0.6),
    scale: tuple[float, float] = (0.998, 1.002),
    shear: float = 0.0,
    whole: bool = False,
) -> Step:
    """Lay the sheet at an angle in degrees, scaled about its middle, sheared by up to `shear`.

    `whole` makes the canvas as large as the turned sheet needs; else it keeps the sheet's size, with 2 mm of slack.
    """

    def step(scan: Scan, rng: np.random.Generator) -> Scan:
        height, width = scan.image.shape[:2]
        turn, factor, lean = np.deg2rad(rng.uniform(*angle)), rng.uniform(*scale), rng.uniform(-shear, shear)
        cos, sin = np.cos(turn), np.sin(turn)
        linear = factor * np.array([[cos, -sin], [sin, cos]]) @ np.array([[1, lean], [0, 1]])
        reach = np.abs(linear) @ np.array([width, height]) if whole else np.array([width, height])
        size = int(np.ceil(reach[0])), int(np.ceil(reach[1]))
        slack = np.array([0.0, 0.0]) if whole else rng.uniform(-1, 1, 2) * scan.px_per_mm[0]
        matrix = np.eye(3)
        matrix[:2, :2] = linear
        matrix[:2, 2] = np.array(size) / 2 + slack - linear @ np.array([width, height]) / 2
        return moved(scan, matrix, size)

    return step


def turned(quarters: int) -> Step:
    """Turn the image counterclockwise by quarters, without touching a pixel's value."""

    def step(scan: Scan, rng: np.random.Generator) -> Scan:
        del rng
        image, matrix = scan.image, np.eye(3)
        for _ in range(quarters % 4):
            matrix = np.array([[0, 1, 0], [-1, 0, image.shape[1]], [0, 0, 1.0]]) @ matrix
            image = cv2.rotate(image, cv2.ROTATE_90_COUNTERCLOCKWISE).astype(np.uint8, copy=False)
        return scan.seen(image, Affine(matrix))

    return step


def resampled(dpi_x: float, dpi_y: float | None = None) -> Step:
    """Scan at another resolution than the sheet was drawn at."""

    def step(scan: Scan, rng: np.random.Generator) -> Scan:
        del rng
        dpi = (dpi_x, dpi_y or dpi_x)
        height, width = scan.image.shape[:2]
        size = round(width * dpi[0] / scan.dpi[0]), round(height * dpi[1] / scan.dpi[1])
        image = cv2.resize(scan.image, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
        return replace(scan.seen(image, Scaled(size[0] / width, size[1] / height)), dpi=dpi)

    return step


def cropped(scan: Scan, rng: np.random.Generator) -> Scan:
    """Cut one edge off the image, and with it two corner marks: 17 mm, or 14 at the sides."""
    height, width = scan.image.shape[:2]
    side = rng.integers(4)
    cut = round((14 if side < 2 else 17) * scan.px_per_mm[0] * scan.dpi[0] / 300)
    left, right, top, bottom = (cut if side == each else 0 for each in range(4))
    image = np.ascontiguousarray(scan.image[top : height - bottom, left : width - right])
    matrix = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1.0]])
    return scan.seen(image, Affine(matrix))
