"""Whether a decoded JPEG has a fault that its decoder cannot see.

A JPEG has no checksum. Where a few bytes are lost or changed, its codes sometimes fall into step again, with as many
blocks as there should be: then all that follows is moved sideways and, as every block's grey is told by its difference
from the block before, is lighter or darker. So the paper changes its grey all at once, along the edge of a row of
blocks, from one side of the image to the other, and stays so. Light and shadow never do that.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.pages.errors import CUT_SHORT, UnreadableFile
from scanning.template import Grey

BLOCK_PX: Final = 8
COLUMNS: Final = 128
"""Looked at, evenly spread."""

ROWS_OF_A_FAULT: Final = 3
"""Edges of rows of blocks over which a fault that begins amid a row is spread: colour takes two blocks a row."""

STEP_MIN: Final = 4
"""Grey levels (of 255). The middle of 128 columns of paper with noise of 5 varies by 0.6."""

SHARP_MIN: Final = 0.8
"""Part of the change that has to be at the edges of blocks, and of each column's at one of them.

A real edge is spread over 2 to 4 px by any lens; and light that fades becomes, at JPEG's lower qualities, a stair with
a step at every edge of a block."""

COLUMNS_MIN: Final = 0.5
"""Part of the columns that change by as much, as all of them do but for print: where the boxes and their words are."""

NOISE: Final = 4.0
"""Grey levels by which a column may differ from the others, or a tenth of the step; light differs by more."""

MARGIN: Final = 5
"""Columns at either side of the image that change as the others do, on average by half of that: a tinted panel ending
with the edge of a block does all the rest that a fault does, but has the page's margins beside it."""

BLACK_MAX: Final = 2
"""What a scanner shows beside the sheet cannot get darker."""

STAYS_MIN: Final = 0.75
"""Part of the step by which all that follows stays lighter or darker. The shadow of a page's lower edge, below a band
of print near the foot, came to half of a small step."""

FAR: Final = 6
"""Rows of blocks on both sides of the fault that do not count when all of what is above and below is compared."""

Levels = npt.NDArray[np.int16]


def check_no_step(image: Grey, reduced: int) -> None:
    """Refuse a JPEG's picture, decoded at 1/`reduced` of its size, in which such a fault is seen."""
    block = BLOCK_PX // reduced
    if block < 2 or image.shape[0] < block * 4 * FAR:
        return
    every = max(1, image.shape[1] // COLUMNS)
    below = image[block::block, ::every].astype(np.int16)
    above = image[block - 1 :: block, ::every][: len(below)].astype(np.int16)
    if _has_step(below - above, above, below):
        raise UnreadableFile(CUT_SHORT)


def _has_step(jumps: Levels, above: Levels, below: Levels) -> bool:
    """Tell by the changes at the edges of rows of blocks, and by the rows of px on both sides of each edge."""
    count = len(jumps) - ROWS_OF_A_FAULT + 1
    at_edges = sum((jumps[row : row + count] for row in range(1, ROWS_OF_A_FAULT)), jumps[:count])
    # How many columns change by a step at all is soon had, and leaves few rows to look at closely.
    least = at_edges.shape[1] // 2
    changing = _trues(at_edges >= STEP_MIN) >= least
    changing |= _trues(at_edges <= -STEP_MIN) >= least
    for row in np.flatnonzero(changing[: count - FAR]):
        step = float(np.median(at_edges[row]))
        if abs(step) < STEP_MIN or row < FAR:
            continue
        end = row + ROWS_OF_A_FAULT
        if _is_sharp(step, at_edges[row], jumps[row:end], above[row], below[end - 1]):
            far = np.median(below[end - 1 + FAR :]) - np.median(above[: row - FAR])
            if far * np.sign(step) >= abs(step) * STAYS_MIN:
                return True
    return False


def _trues(holds: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    """Give in how many columns of each row something holds; in a sixth of NumPy's time."""
    counts = cv2.reduce(holds.view(np.uint8), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    return np.asarray(counts, dtype=np.int32).reshape(-1)


def _is_sharp(step: float, at_edges: Levels, jumps: Levels, above: Levels, below: Levels) -> bool:
    """Tell whether most columns change by that step, each at one edge of blocks, and not between the edges."""
    alike = np.abs(at_edges - step) <= max(NOISE, abs(step) / 10)
    alike &= (jumps * np.sign(step)).max(axis=0) >= abs(step) * SHARP_MIN
    is_black = (above <= BLACK_MAX) & (below <= BLACK_MAX)
    shares = np.where(is_black, 1.0, at_edges / step)
    if alike.mean() < COLUMNS_MIN or min(shares[:MARGIN].mean(), shares[-MARGIN:].mean()) < COLUMNS_MIN:
        return False
    change = abs(float(np.median(below - above)))
    return bool(change * SHARP_MIN <= abs(step) <= change / SHARP_MIN)
