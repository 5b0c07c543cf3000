"""Pictures as JPEG of a bounded size: every browser and office shows them, and they cost little to make."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.template import Grey

QUALITIES: Final = (80, 65, 50)
"""Tried one after the other; below 50 a faint pencil begins to drown."""

SMALLER: Final = 0.75
"""How much a picture is reduced when it is too large at the least quality."""

PREVIEW_LONG_PX: Final = 1200
PREVIEW_MAX_BYTES: Final = 150_000

Picture = npt.NDArray[np.uint8]
"""A grey (h, w) or blue-green-red (h, w, 3) image."""


def preview(image: Grey) -> bytes:
    """Give the page, newly encoded, with a longer side of at most `PREVIEW_LONG_PX`."""
    return jpeg_within(reduced(image, PREVIEW_LONG_PX), PREVIEW_MAX_BYTES)


def reduced(image: Picture, long_px: int) -> Picture:
    """Give an image whose longer side has at most so many px."""
    scale = long_px / max(image.shape[:2])
    return scaled(image, scale) if scale < 1 else image


def scaled(image: Picture, scale: float) -> Picture:
    """Give an image enlarged or reduced; no side is ever below 1 px."""
    height, width = image.shape[:2]
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, size, interpolation=how), dtype=np.uint8)


def jpeg_within(image: Picture, max_bytes: int) -> bytes:
    """Give a JPEG of at most so many bytes: first of lower quality, then smaller."""
    while True:
        for quality in QUALITIES:
            done, encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if done and len(encoded) <= max_bytes:
                return encoded.tobytes()
        image = scaled(image, SMALLER)
