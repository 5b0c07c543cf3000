"""A photo by phone: the sheet on a table, seen at a slant through a lens, with a shadow and a glare."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from tests.paper.pens import Image
from tests.paper.scans import Points, Scan
from tests.paper.wears import Step
from tests.paper.wears.bending import bent

SIZE = (2448, 3264)
"""Eight million pixels, upright."""

FAR_MM = 420.0
"""From the lens to the middle of the sheet, on average."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Seen:
    """Moves px of a sheet, which may curl up from the table, to px of the photo.

    A cylinder's height `curl_mm` over the sheet, a turn of the camera, a pinhole, radial distortion (Brown, k1).
    """

    px_per_mm: float
    size_mm: tuple[float, float]
    turn: Floats
    far_mm: float
    focal_px: float = 1.0
    middle_px: tuple[float, float] = (0.0, 0.0)
    k1: float = 0.0
    curl_mm: float = 0.0
    curl_angle: float = 0.0
    curl_phase: float = 0.0

    def height_mm(self, x: Floats, y: Floats) -> Floats:
        """Give how far points, in mm from the sheet's middle, are above the table."""
        along = (x * np.cos(self.curl_angle) + y * np.sin(self.curl_angle)) / max(self.size_mm)
        height: Floats = self.curl_mm * (1 + np.cos(2 * np.pi * 0.75 * along + self.curl_phase)) / 2
        return height

    def __call__(self, points: Points) -> Points:
        """Give the points moved."""
        flat = points / self.px_per_mm - np.array(self.size_mm) / 2
        risen = self.height_mm(flat[:, 0], flat[:, 1])
        turned = np.column_stack([flat, -risen]) @ self.turn.T
        seen = turned[:, :2] / (turned[:, 2:] + self.far_mm)
        bowed = seen * (1 + self.k1 * (seen**2).sum(axis=1, keepdims=True))
        moved: Points = bowed * self.focal_px + np.array(self.middle_px)
        return moved


def photographed(*, curl_mm: tuple[float, float] = (0.0, 0.0)) -> Step:
    """Photograph the sheet by hand, tilted up to 14°, the sheet curling up by so much."""

    def step(scan: Scan, rng: np.random.Generator) -> Scan:
        move = Seen(
            scan.px_per_mm[0],
            scan.size_mm,
            _turn(rng),
            FAR_MM * rng.uniform(0.9, 1.15),
            k1=rng.uniform(-0.06, 0.06),
            curl_mm=rng.uniform(*curl_mm),
            curl_angle=rng.uniform(0, np.pi),
            curl_phase=rng.uniform(0, 2 * np.pi),
        )
        table = _table(rng)
        move = _framed(move, rng)
        seen = bent(scan, move, SIZE, table)
        return seen.looking(_lit(seen.image, rng))

    return step


def _framed(move: Seen, rng: np.random.Generator) -> Seen:
    """Give the view with the whole sheet in the photo, filling 86 to 96 % of it one way."""
    width, height = (length * move.px_per_mm for length in move.size_mm)
    x, y = np.meshgrid(np.linspace(0, width, 9), np.linspace(0, height, 9))
    there = move(np.column_stack([x.ravel(), y.ravel()]))
    low, high = there.min(axis=0), there.max(axis=0)
    focal = rng.uniform(0.86, 0.96) * float((np.array(SIZE) / (high - low)).min())
    middle = np.array(SIZE) / 2 - focal * (low + high) / 2 + rng.uniform(-25, 25, 2)
    return replace(move, focal_px=focal, middle_px=(float(middle[0]), float(middle[1])))


def _turn(rng: np.random.Generator) -> Floats:
    """Give the camera's turn: nods and shakes up to 10°, rolls up to 6°."""
    nod, shake, roll = np.deg2rad(rng.uniform((-10, -10, -6), (10, 10, 6)))
    about_x = np.array([[1, 0, 0], [0, np.cos(nod), -np.sin(nod)], [0, np.sin(nod), np.cos(nod)]])
    about_y = np.array([[np.cos(shake), 0, np.sin(shake)], [0, 1, 0], [-np.sin(shake), 0, np.cos(shake)]])
    about_z = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    turn: Floats = about_z @ about_y @ about_x
    return turn


def _table(rng: np.random.Generator) -> Image:
    """Give a table top: a wood, a dark or a grey one, with a grain."""
    tone = np.array(((60, 95, 140), (45, 48, 52), (125, 130, 135))[rng.integers(3)])
    grain = np.clip(128 + 14 * rng.normal(0, 1, (200, 10)), 0, 255).astype(np.uint8)
    level = cv2.resize(grain, SIZE, interpolation=cv2.INTER_LINEAR)
    tints = [cv2.LUT(level, np.clip(np.arange(256) / 128 * each, 0, 255).astype(np.uint8)) for each in tone]
    return cv2.merge(tints).astype(np.uint8, copy=False)


def _lit(image: Image, rng: np.random.Generator) -> Image:
    """Give the photo with the room's light: warm or cold, falling off, the hand's shadow, a lamp's glare."""
    x, y = np.meshgrid(np.linspace(-1, 1, 48), np.linspace(-1.33, 1.33, 64))
    turn, edge = rng.uniform(0, 2 * np.pi), rng.uniform(-0.2, 0.9)
    across = x * np.cos(turn) + y * np.sin(turn)
    shadow = 1 - rng.uniform(0.2, 0.45) / (1 + np.exp(-(across - edge) / rng.uniform(0.05, 0.2)))
    light = shadow * (1 - 0.08 * (x**2 + y**2)) * (1 + rng.uniform(-0.1, 0.1) * x)
    at = rng.uniform(-0.8, 0.8, 2)
    glare = rng.uniform(0.1, 0.35) * np.exp(-(((x - at[0]) / 0.35) ** 2) - ((y - at[1]) / 0.3) ** 2)
    tint = np.array((0.93, 0.98, 1.0)) if rng.random() < 0.6 else np.array((1.0, 0.97, 0.92))
    gains = np.clip(light[..., None] * tint * 245, 0, 255).astype(np.uint8)
    lit = cv2.multiply(image, cv2.resize(gains, SIZE, interpolation=cv2.INTER_LINEAR), scale=1 / 255)
    veil = cv2.resize(np.rint(glare * 255).astype(np.uint8), SIZE, interpolation=cv2.INTER_LINEAR)
    veil3 = cv2.merge([veil] * 3)
    return cv2.add(lit, cv2.multiply(255 - lit, veil3, scale=1 / 255)).astype(np.uint8, copy=False)
