"""Rows of ink → whether they were typed or written by hand."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from scanning.template import PX_PER_MM
from scanning.writing.rows import Row

DARK: Final = 110
"""Px of a row's picture that are darker count."""

PIECES_MIN: Final = 6
"""With fewer pieces than this nothing is told: a few letters look alike."""

EVEN_MIN: Final = 0.62
"""The least part of a row's pieces that stand on one line, to a tenth of the row's height, where it is print."""

APART_MIN: Final = 0.75
"""The fewest pieces for each height of the row along its length, where it is print: hands join letters."""

BASE_MM: Final = 0.35
"""How far from a row's base line a printed letter may end."""


def is_print(rows: Sequence[Row]) -> bool:
    """Tell whether a box holds print: letters apart, of one height, on one straight line."""
    told = [_is_printed(row) for row in rows]
    known = [one for one in told if one is not None]
    return bool(known) and sum(known) > len(known) / 2


def _is_printed(row: Row) -> bool | None:
    dark = (row.picture < DARK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    pieces = (
        stats[1:][stats[1:, cv2.CC_STAT_HEIGHT] >= 0.3 * np.median(stats[1:, cv2.CC_STAT_HEIGHT])]
        if len(stats) > 1
        else stats[1:]
    )
    if len(pieces) < PIECES_MIN:
        return None
    bottoms = pieces[:, cv2.CC_STAT_TOP] + pieces[:, cv2.CC_STAT_HEIGHT]
    base = np.median(bottoms)
    even = float((np.abs(bottoms - base) <= max(1.0, BASE_MM * PX_PER_MM * 0.5)).mean())
    across = pieces[:, cv2.CC_STAT_LEFT] + pieces[:, cv2.CC_STAT_WIDTH]
    length = float(across.max() - pieces[:, cv2.CC_STAT_LEFT].min())
    apart = len(pieces) * float(np.median(pieces[:, cv2.CC_STAT_HEIGHT])) / max(length, 1.0)
    return even >= EVEN_MIN and apart >= APART_MIN
