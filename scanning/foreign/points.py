"""Points that two images have in common, which tell pages apart and where they lie, at any turn and size."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.foreign.library import VOTING, Keypoints, Known

RATIO_MAX: Final = 0.86
"""A point's best match must be nearer than this part of the second best (Lowe, 2004)."""

TURN_DEG: Final = 15
TURNS: Final = 360 // TURN_DEG
"""Points of one page are turned alike, within this."""

Numbers = npt.NDArray[np.int64]


def likely(seen: Keypoints, pages: Sequence[Known], most: int) -> list[Known]:
    """Give the pages that have the most points in common with an image, the likeliest first."""
    if len(pages) == 1:
        return list(pages)
    votes = [agreeing_turns(seen, one.keypoints) for one in pages]
    return [pages[at] for at in np.argsort(votes)[::-1][:most].tolist()]


def agreeing_turns(seen: Keypoints, known: Keypoints) -> int:
    """Give how many of the strongest points that two images may have in common agree on how the page is turned."""
    one, other = matches(seen, known, VOTING)
    if not len(one):
        return 0
    turns = np.bincount(((seen.turns[other] - known.turns[one]) % 360 // TURN_DEG).astype(int), minlength=TURNS)
    return int((turns + np.roll(turns, 1)).max())


def matches(seen: Keypoints, known: Keypoints, most: int) -> tuple[Numbers, Numbers]:
    """Give the numbers of points that two images have in common, (n,) in each."""
    one, other = known.descriptors[:most], seen.descriptors[:most]
    if len(one) < 2 or len(other) < 2:
        return np.zeros(0, int), np.zeros(0, int)
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(one, other, k=2)
    clear = [first for first, second in pairs if first.distance < RATIO_MAX * second.distance]
    return np.array([it.queryIdx for it in clear], int), np.array([it.trainIdx for it in clear], int)
