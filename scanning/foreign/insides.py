"""Where a box's printed inside is: what is drawn counts, which is seldom quite what the PDF's field says."""

from typing import Final

import cv2
import numpy as np

from forms.layout.model import Box
from scanning.template import PX_PER_MM, Grey

AROUND_MM: Final = 1.2
"""How far outside of its field a box's frame is looked for: frames are drawn up to 1 mm around fields."""

LIGHT_PART: Final = 0.82
"""From this part of the lightness in the middle on, a px belongs to the inside."""

LEAST_PART: Final = 0.45
"""The least part of the field's side that an inside has each way: less is a pocket of print within it."""

SLACK_PX: Final = 1


def inside_of(reference: Grey, field: Box) -> Box:
    """Give the inside of the frame that is drawn around a field, in mm; the field itself where none is."""
    left, top = (max(round((one - AROUND_MM) * PX_PER_MM), 0) for one in (field.x, field.y))
    right, bottom = (round((one + AROUND_MM) * PX_PER_MM) for one in (field.right, field.bottom))
    window = reference[top:bottom, left:right]
    if window.size == 0:
        return field
    middle = _middle(window)
    light = (window >= LIGHT_PART * float(middle)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(light, connectivity=4)
    rows, columns = (slice(side // 2 - side // 5, side // 2 + side // 5 + 1) for side in window.shape)
    seen = labels[rows, columns][light[rows, columns] > 0]
    if not seen.size:
        return field
    x, y, wide, high, _ = stats[int(np.bincount(seen).argmax())].tolist()
    touches = x == 0 or y == 0 or x + wide == window.shape[1] or y + high == window.shape[0]
    if touches or wide < LEAST_PART * field.w * PX_PER_MM or high < LEAST_PART * field.h * PX_PER_MM:
        return field
    return Box((left + x) / PX_PER_MM, (top + y) / PX_PER_MM, wide / PX_PER_MM, high / PX_PER_MM)


def _middle(window: Grey) -> int:
    rows, columns = (slice(side // 3, side - side // 3) for side in window.shape)
    return int(np.percentile(window[rows, columns], 75)) if window[rows, columns].size else 255
