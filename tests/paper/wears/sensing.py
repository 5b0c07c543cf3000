"""Lens, chip, threshold and file format: what becomes of each pixel's value."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from tests.paper import files
from tests.paper.pens import Image
from tests.paper.scans import Scan
from tests.paper.wears import Step

TILE = 1024
"""The side of the square of noise that is laid over an image, shifted by chance."""

NOISES = 16
"""Squares of noise, of which chance takes one."""


def grainy(image: Image, deviation: float, rng: np.random.Generator) -> Image:
    """Give the image with a chip's noise."""
    noise = _noise(int(rng.integers(NOISES)), image.ndim == 3)
    # Added and taken away as bytes, which takes a fifth of the time of sums of two kinds of number.
    lighter, darker = (
        np.asarray(cv2.addWeighted(noise, by, noise, 0, -0.5, dtype=cv2.CV_8U), np.uint8)
        for by in (deviation, -deviation)
    )
    top, left = (rng.integers(1, TILE + 1, 2) - TILE).tolist()
    return laid_over(image, lighter, darker, (top, left))


def laid_over(image: Image, lighter: Image, darker: Image, first: tuple[int, int]) -> Image:
    """Give the image with squares added to it and taken away, side by side from a row and a column before its own."""
    seen = np.empty_like(image)
    for top in range(first[0], image.shape[0], TILE):
        for left in range(first[1], image.shape[1], TILE):
            rows, columns = slice(max(top, 0), top + TILE), slice(max(left, 0), left + TILE)
            part = image[rows, columns]
            here = np.s_[max(-top, 0) :, max(-left, 0) :]
            there = np.s_[: part.shape[0], : part.shape[1]]
            seen[rows, columns] = cv2.subtract(cv2.add(part, lighter[here][there]), darker[here][there])
    return seen


@cache
def _noise(number: int, colour: bool) -> npt.NDArray[np.float32]:
    """Give one of a few squares of noise: making one anew for each page took a fifth of all time."""
    shape = (TILE, TILE, 3) if colour else (TILE, TILE)
    return np.random.default_rng([TILE, number]).standard_normal(shape, dtype=np.float32)


def toned(image: Image, black: float, white: float, gamma: float = 1.0) -> Image:
    """Give the image with its greys from `black` to `white`."""
    levels = black + (white - black) * (np.arange(256) / 255) ** gamma
    return cv2.LUT(image, np.clip(np.rint(levels), 0, 255).astype(np.uint8)).astype(np.uint8, copy=False)


def blurred(image: Image, sigma_px: float) -> Image:
    """Give the image a little out of focus."""
    return cv2.GaussianBlur(image, (0, 0), sigma_px).astype(np.uint8, copy=False)


def sensed(blur: tuple[float, float] = (0.45, 0.8), noise: tuple[float, float] = (1.0, 2.5)) -> Step:
    """See the sheet with a scanner's lens and chip: print is no longer black, paper not white."""

    def step(scan: Scan, rng: np.random.Generator) -> Scan:
        image = blurred(scan.image, rng.uniform(*blur))
        image = toned(image, rng.uniform(12, 45), rng.uniform(238, 254), rng.uniform(0.9, 1.15))
        return scan.looking(grainy(image, rng.uniform(*noise), rng))

    return step


def as_jpeg(quality: tuple[int, int]) -> Step:
    """Store the image as a JPEG of a quality between two: the last step; `Scan.decoded` tells what is left."""

    def step(scan: Scan, rng: np.random.Generator) -> Scan:
        return replace(scan, file=files.jpeg(scan.image, int(rng.integers(quality[0], quality[1] + 1))))

    return step


def bitonal(level: tuple[float, float] = (0.74, 0.83)) -> Step:
    """Turn all greys to black or white: black below that share of the paper's white, as "text" modes choose it."""

    def step(scan: Scan, rng: np.random.Generator) -> Scan:
        white = float(np.percentile(scan.image[::16, ::16], 75))
        _, image = cv2.threshold(scan.image, white * rng.uniform(*level), 255, cv2.THRESH_BINARY)
        return scan.looking(image.astype(np.uint8, copy=False))

    return step


def photocopied(scan: Scan, rng: np.random.Generator) -> Scan:
    """Copy the sheet on a copier: softer, harder in contrast, with specks of toner and pinholes."""
    image = grainy(blurred(scan.image, rng.uniform(0.8, 1.2)), 7, rng)
    middle, steep = rng.uniform(165, 190), rng.uniform(20, 28)
    share = 1 / (1 + np.exp(-(np.arange(256) - middle) / steep))
    curve = 22 + 230 * share / share[243]
    image = cv2.LUT(image, np.clip(curve, 0, 255).astype(np.uint8)).astype(np.uint8, copy=False)
    specks = int(image.shape[0] * image.shape[1] * rng.uniform(0.5, 2.5) * 1e-5)
    rows, columns = rng.integers(2, image.shape[0] - 2, specks), rng.integers(2, image.shape[1] - 2, specks)
    sizes = rng.integers(0, 3, specks)
    for row, column, size in zip(rows.tolist(), columns.tolist(), sizes.tolist(), strict=True):
        image[row : row + 1 + size, column : column + 2] = 60
    return scan.looking(image)


def line_faults(scan: Scan, rng: np.random.Generator) -> Scan:
    """Spoil a few lines of a fax as a bad telephone line does, and leave lone specks."""
    image = scan.image.copy()
    height, width = image.shape[:2]
    for row in rng.integers(0, height, rng.integers(0, 4)).tolist():
        start = int(rng.integers(0, width))
        image[row, start : start + int(rng.integers(20, width // 3))] = int(rng.choice([0, 255]))
    count = int(height * width * 1.5e-5)
    image[rng.integers(0, height, count), rng.integers(0, width, count)] = 0
    return scan.looking(image)
