"""A page as printed, found again in an image that is straightened once: piece by piece, and how alike each is."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from forms.layout.model import Box
from scanning.likeness import COARSE_PX_PER_MM, coarse, patch_px, peak
from scanning.registration import Registration
from scanning.template import Grey, PageTemplate, Points

PIECES_GRID: Final = (9, 18)
"""Columns and rows of a page, from each of which the richest piece of print is taken: every line or two of text."""

TEXTURE_MIN: Final = 14.0
"""The least standard deviation (of 256 grey levels) of a piece that is looked for; words have 25 to 60."""

TELLING_PART: Final = 0.15
"""The least part of a piece's steps from light to dark that goes across its other ones."""

SMALL_PX: Final = 1300
"""The longer side below which an image is not halved again: 75 to 110 dpi on A4, at which letters are corners."""

FINER_MIN: Final = 1.15
"""How much coarser than a picture the image may be that it is made of."""

REACH_PX: Final = 40
"""The farthest that print is expected off its place: 13 mm."""

ALIKE_MIN: Final = 0.55
"""From this correlation on a piece is taken for found; other words reach 0.3 to 0.5."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Pieces of a page as looked for: the places of their middles in mm, how far off each was found, how alike."""

    places_mm: Points
    shifts_mm: Points
    alike: Floats


class Print:
    """What is printed on one page, at the resolution at which print is compared."""

    def __init__(self, page: PageTemplate) -> None:
        self.page = page
        self.small = coarse(page.reference)

    @cached_property
    def texture(self) -> npt.NDArray[np.float32]:
        """Give the standard deviation of the piece around each px."""
        light = self.small.astype(np.float32)
        mean = cv2.blur(light, patch_px())
        return np.asarray(np.sqrt(np.maximum(cv2.blur(light * light, patch_px()) - mean * mean, 0)), dtype=np.float32)

    @cached_property
    def pieces_mm(self) -> Points:
        """Give the middles (n, 2) of pieces of print all over the page, away from what is filled in."""
        wide, high = patch_px()
        texture = self.texture * self._unwritten(wide, high)
        texture[: high // 2 + 1], texture[-(high // 2) - 1 :] = 0, 0
        texture[:, : wide // 2 + 1], texture[:, -(wide // 2) - 1 :] = 0, 0
        found = []
        for rows in np.array_split(np.arange(self.small.shape[0]), PIECES_GRID[1]):
            for columns in np.array_split(np.arange(self.small.shape[1]), PIECES_GRID[0]):
                cell = texture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
                y, x = np.unravel_index(int(cell.argmax()), cell.shape)
                if cell[y, x] >= TEXTURE_MIN:
                    found.append((columns[0] + x + 0.5, rows[0] + y + 0.5))
        return np.array(found, dtype=np.float64).reshape(-1, 2) / COARSE_PX_PER_MM

    @cached_property
    def telling(self) -> npt.NDArray[np.bool_]:
        """Give which pieces tell by themselves how far off they are both ways: a lone line tells one way only."""
        wide, high = patch_px()
        kept = np.zeros(len(self.pieces_mm), dtype=np.bool_)
        for at, (x, y) in enumerate(np.rint(self.pieces_mm * COARSE_PX_PER_MM).astype(int).tolist()):
            left, top = max(x - wide // 2, 0), max(y - high // 2, 0)
            piece = self.small[top : top + high, left : left + wide].astype(np.float32)
            ways = [float((np.diff(piece, axis=axis) ** 2).sum()) for axis in (0, 1)]
            kept[at] = min(ways) >= TELLING_PART * max(ways)
        return kept

    @cached_property
    def blank_cells(self) -> npt.NDArray[np.bool_]:
        """Give the cells of a page, (rows, columns), in which nothing is printed and nobody is asked to write."""
        ink = (np.abs(self.small.astype(np.float32) - cv2.blur(self.small.astype(np.float32), CELL_BLUR)) > 4).astype(
            np.uint8
        )
        for box in (*(field.box_mm for field in self.page.texts), *_around_ticks(self.page)):
            top, bottom = (max(round(one * COARSE_PX_PER_MM), 0) for one in (box.y - 4, box.bottom + 4))
            left, right = (max(round(one * COARSE_PX_PER_MM), 0) for one in (box.x - 4, box.right + 4))
            ink[top:bottom, left:right] = 1
        edge = round(EDGE_MM * COARSE_PX_PER_MM)
        ink[:edge], ink[-edge:], ink[:, :edge], ink[:, -edge:] = 1, 1, 1, 1
        return np.asarray(_cells(cv2.dilate(ink, np.ones((7, 7), np.uint8)).astype(np.float32)) == 0)

    def _unwritten(self, wide: int, high: int) -> npt.NDArray[np.float32]:
        """Give 1 for pieces that hardly anybody writes on, less for those on fields."""
        free = np.ones(self.small.shape, np.float32)
        for field in self.page.texts:
            box = field.box_mm
            top, bottom = (max(round(one * COARSE_PX_PER_MM), 0) for one in (box.y, box.bottom))
            left, right = (max(round(one * COARSE_PX_PER_MM), 0) for one in (box.x, box.right))
            free[top:bottom, left:right] = 0
        share = cv2.blur(free, (wide, high))
        return np.asarray(np.where(share > 0.85, 1.0, share * 0.3), dtype=np.float32)


FLAT_MAX: Final = 3.0
"""A piece of less standard deviation is blank paper."""


CELL_PX: Final = 16
"""The side of a cell: 5 mm, a line of print with its lead."""

CELL_BLUR: Final = (17, 17)
"""What is smoother than this is a shadow or a fold, and no print."""

EDGE_MM: Final = 8.0
"""Along the edges of a sheet are holes, staples and what lies beside it."""

CELLS_MIN: Final = 40
ROUGH_PART, ROUGH_MIN = 0.3, 7.0
"""From this part of print's roughness on, and this many grey levels, there is something in a cell."""


def _cells(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Give the mean of values over each cell, (rows, columns)."""
    height, width = (side // CELL_PX for side in values.shape)
    whole = values[: height * CELL_PX, : width * CELL_PX].reshape(height, CELL_PX, width, CELL_PX)
    return np.asarray(whole.mean(axis=(1, 3)), dtype=np.float32)


def _around_ticks(page: PageTemplate) -> list[Box]:
    return [Box(box.x, box.y, box.side, box.side) for box in page.ticks]


class Seen:
    """An image at its size, a half, a quarter and so on: pairs of px are averaged many times faster than any others."""

    def __init__(self, image: Grey) -> None:
        self.images = [image]
        while max(self.images[-1].shape) > SMALL_PX and min(self.images[-1].shape) >= 2:
            height, width = (side // 2 for side in self.images[-1].shape)
            whole = self.images[-1][: height * 2, : width * 2]
            self.images.append(np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8))

    def of_length(self, long_px: int) -> tuple[Grey, float]:
        """Give the image with a longer side of about so many px, and its scale; a smaller one stays as it is."""
        level = max(at for at, image in enumerate(self.images) if at == 0 or max(image.shape) >= long_px)
        scale = min(1.0, long_px / max(self.images[level].shape))
        if scale == 1.0:
            return self.images[level], 0.5**level
        small = cv2.resize(self.images[level], None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        return np.asarray(small, np.uint8), scale * 0.5**level

    def about(self, finer: float) -> tuple[Grey, float]:
        """Give the image and its scale for a picture than which the original is so many times finer."""
        level = int(np.clip(np.floor(np.log2(max(finer, 1e-3) * FINER_MIN)), 0, len(self.images) - 1))
        return self.images[level], 0.5**level


class Straight:
    """An image straightened as a registration says, at the resolution at which print is compared."""

    def __init__(self, seen: "Seen", registration: Registration, shape: tuple[int, ...]) -> None:
        height, width = shape[:2]
        middle = np.array([[width, height]]) / 2 / COARSE_PX_PER_MM
        finer = float(np.sqrt(abs(np.linalg.det(registration.jacobian(middle)[0])))) / COARSE_PX_PER_MM
        image, scale = seen.about(finer)
        # px of the picture → mm → px of the image, with the middles of px at whole numbers on both sides.
        to_mm = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, COARSE_PX_PER_MM]]) / COARSE_PX_PER_MM
        smaller = np.array([[scale, 0, 0.5 * scale - 0.5], [0, scale, 0.5 * scale - 0.5], [0, 0, 1]])
        matrix = smaller @ registration.matrix @ to_mm
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        warped = cv2.warpPerspective(image, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        self.image = np.asarray(warped, dtype=np.uint8)

    def printed_over(self, printed: Print) -> float:
        """Give the part of a page's blank cells in which something is printed or written, 0 to 1."""
        blank = printed.blank_cells
        if int(blank.sum()) < CELLS_MIN:
            return 0.0
        light = cv2.GaussianBlur(self.image, (3, 3), 0).astype(np.float32)
        sharp = light - cv2.blur(light, CELL_BLUR)
        rough = np.sqrt(_cells(sharp * sharp))
        contrast = max(float(np.percentile(rough[~blank], 95)), 1.0) if (~blank).any() else 1.0
        return float(np.mean(rough[blank] >= max(ROUGH_PART * contrast, ROUGH_MIN)))

    def found(self, printed: Print, places_mm: Points, search_mm: float, expected_mm: Points | None = None) -> Found:
        """Look for the pieces of print around n places, each up to `search_mm` around where it should be.

        `expected_mm` says how far off its place each is looked for, (n, 2), where that is known.
        """
        wide, high = patch_px()
        search = int(np.ceil(search_mm * COARSE_PX_PER_MM))
        height, width = printed.small.shape
        off = np.zeros((len(places_mm), 2), int)
        if expected_mm is not None:
            off = np.clip(np.rint(expected_mm * COARSE_PX_PER_MM).astype(int), -REACH_PX, REACH_PX)
        edge = search + int(np.abs(off).max(initial=0))
        padded = cv2.copyMakeBorder(self.image, edge, edge, edge, edge, cv2.BORDER_REPLICATE)
        shifts, alike = np.zeros((len(places_mm), 2)), np.zeros(len(places_mm))
        starts = np.rint(places_mm * COARSE_PX_PER_MM - np.array([wide, high]) / 2).astype(int)
        starts = np.clip(starts, 0, np.array([width - wide, height - high]))
        for at, (left, top) in enumerate(starts.tolist()):
            piece = printed.small[top : top + high, left : left + wide]
            across, down = off[at].tolist()
            y0, x0 = top + down + edge - search, left + across + edge - search
            window = padded[y0 : y0 + high + 2 * search, x0 : x0 + wide + 2 * search]
            likeness = np.asarray(cv2.matchTemplate(window, piece, cv2.TM_CCOEFF_NORMED), dtype=np.float64)
            _, best, _, (x, y) = cv2.minMaxLoc(likeness)
            shifts[at] = x + peak(likeness[y], x) - search + across, y + peak(likeness[:, x], y) - search + down
            # Where nothing is printed OpenCV takes anything to be alike.
            is_printed = printed.texture[top + high // 2, left + wide // 2] >= FLAT_MAX
            alike[at] = best if np.isfinite(best) and is_printed else 0.0
        return Found(places_mm, shifts / COARSE_PX_PER_MM, alike)
