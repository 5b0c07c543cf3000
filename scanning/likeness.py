"""The page as printed, found again in an image: how alike they are, and where exactly the print lies."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.registration import Registration
from scanning.template import PX_PER_MM, Grey, PageTemplate, Points

COARSE_PX_PER_MM: Final = PX_PER_MM / 2
"""The resolution at which print is compared: 76 dpi, at which a word is a shape and noise is averaged out."""

PATCH_MM: Final = (12.0, 7.0)
"""A piece of print: about two words of a line with the white around them."""

GRID: Final = (5, 9)
"""Columns and rows of a page, from each of which the richest piece is taken."""

TEXTURE_MIN: Final = 12.0
"""The least standard deviation of 256 grey levels for a piece to be worth looking for; words have 25 to 60."""

ALIKE_MIN: Final = 0.55
"""From this correlation on a piece counts as found. Pieces of other words reach 0.3 to 0.5."""

PAGES_KEPT: Final = 256
"""Pages of printings of which the places of their pieces are kept, of 1 kB each; finding them takes 15 ms."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """Pieces of a page's print as looked for in an image."""

    places_mm: Points
    """Where the middle of each is on the page, (n, 2)."""
    found_px: Points
    """Where it was found, (n, 2)."""
    alike: Floats
    """The correlation there, (n,)."""


@lru_cache(PAGES_KEPT)
def pieces(page: PageTemplate) -> Points:
    """Give the middles in mm (n, 2) of the pieces of print that a page is best known by, spread all over it.

    They are not to be written to.
    """
    small = coarse(page.reference)
    wide, high = patch_px()
    texture = _deviation(small, wide, high)
    texture[: high // 2], texture[-(high // 2) :], texture[:, : wide // 2], texture[:, -(wide // 2) :] = 0, 0, 0, 0
    found = []
    for rows in np.array_split(np.arange(small.shape[0]), GRID[1]):
        for columns in np.array_split(np.arange(small.shape[1]), GRID[0]):
            cell = texture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
            y, x = np.unravel_index(int(cell.argmax()), cell.shape)
            if cell[y, x] >= TEXTURE_MIN:
                found.append(((columns[0] + x + 0.5) / COARSE_PX_PER_MM, (rows[0] + y + 0.5) / COARSE_PX_PER_MM))
    places = np.array(found, dtype=np.float64).reshape(-1, 2)
    places.setflags(write=False)
    return places


def matched(image: Grey, registration: Registration, page: PageTemplate, places_mm: Points, search_mm: float) -> Match:
    """Look for pieces of a page's print in an image, each up to `search_mm` around where the registration puts it."""
    small = coarse(page.reference)
    search = int(np.ceil(search_mm * COARSE_PX_PER_MM))
    jacobians = registration.jacobian(places_mm) / COARSE_PX_PER_MM
    wide, high = patch_px()
    starts = _starts(small, places_mm)
    middles_mm = (starts + np.array([wide, high]) / 2) / COARSE_PX_PER_MM
    offs = (places_mm - middles_mm) * COARSE_PX_PER_MM
    found, alike = [], []
    for (left, top), middle, off, jacobian in zip(
        starts.tolist(), registration.to_px(middles_mm), offs, jacobians, strict=True
    ):
        piece = small[top : top + high, left : left + wide]
        cut, back = _cut(image, middle, jacobian, wide + 2 * search, high + 2 * search)
        likeness = np.asarray(cv2.matchTemplate(cut, piece, cv2.TM_CCOEFF_NORMED), dtype=np.float64)
        _, best, _, (x, y) = cv2.minMaxLoc(likeness)
        shift = np.array([x + peak(likeness[y], x) - search, y + peak(likeness[:, x], y) - search])
        found.append(back @ np.array([*(shift + off + np.array(cut.shape[::-1]) / 2 - 0.5), 1.0]))
        alike.append(best)
    return Match(places_mm, np.array(found).reshape(-1, 2), np.array(alike, dtype=np.float64))


def coarse(reference: Grey) -> Grey:
    """Give a page as printed at the resolution at which print is compared."""
    small = cv2.resize(reference, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def patch_px() -> tuple[int, int]:
    """Give the width and height of a piece."""
    return round(PATCH_MM[0] * COARSE_PX_PER_MM), round(PATCH_MM[1] * COARSE_PX_PER_MM)


def _deviation(small: Grey, wide: int, high: int) -> npt.NDArray[np.float32]:
    """Give the standard deviation of the piece around each px."""
    light = small.astype(np.float32)
    mean = cv2.blur(light, (wide, high))
    return np.sqrt(np.maximum(cv2.blur(light * light, (wide, high)) - mean * mean, 0)).astype(np.float32)


def _starts(small: Grey, places_mm: Points) -> npt.NDArray[np.int64]:
    """Give the left top corners of the pieces around places, (n, 2), moved to whole px within the page."""
    size = np.array(patch_px())
    wanted = np.rint(places_mm * COARSE_PX_PER_MM - size / 2)
    return np.clip(wanted, 0, np.array(small.shape[::-1]) - size).astype(np.int64)


def _cut(image: Grey, middle_px: Points, jacobian: Points, wide: int, high: int) -> tuple[Grey, Points]:
    """Give the image around a place straightened, and the matrix (2, 3) from its px back to the image's."""
    start = middle_px - jacobian @ ((wide - 1) / 2, (high - 1) / 2)
    back = np.column_stack([jacobian, start])
    # Where the image is finer than the cut, linear sampling skips px: blurring the cut's own grid is cheap and enough.
    double = back @ np.array([[0.5, 0, -0.25], [0, 0.5, -0.25], [0, 0, 1]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    fine = cv2.warpAffine(image, double, (2 * wide, 2 * high), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(fine, (wide, high), interpolation=cv2.INTER_AREA), dtype=np.uint8), back


def peak(line: Floats, best: int) -> float:
    """Give how far from the best value a parabola through it and its neighbours peaks, -0.5 to 0.5."""
    if not 0 < best < len(line) - 1:
        return 0.0
    low, mid, high = map(float, line[best - 1 : best + 2])
    bend = low - 2 * mid + high
    return min(max(0.5 * (low - high) / bend, -0.5), 0.5) if bend < 0 else 0.0


def differences(page: PageTemplate, other: PageTemplate, least: float, most: int) -> Points:
    """Give the middles in mm (n, 2) of up to `most` pieces of a page's print where another is most different.

    Where the page itself is white there is nothing to be like, so a page that has all of this and more differs nowhere.
    """
    wide, high = patch_px()
    apart = cv2.absdiff(*(cv2.blur(coarse(one.reference), (3, 3)) for one in (page, other))).astype(np.float32)
    apart[_deviation(coarse(page.reference), wide, high) < TEXTURE_MIN] = 0
    found: list[tuple[float, float]] = []
    while len(found) < most:
        _, worst, _, (x, y) = cv2.minMaxLoc(apart)
        if worst < least:
            break
        found.append(((x + 0.5) / COARSE_PX_PER_MM, (y + 0.5) / COARSE_PX_PER_MM))
        apart[max(0, y - high // 2) : y + high // 2 + 1, max(0, x - wide // 2) : x + wide // 2 + 1] = 0
    return np.array(found, dtype=np.float64).reshape(-1, 2)
