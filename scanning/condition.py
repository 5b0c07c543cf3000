"""A page's scan → what tells of the scanner's health: how light paper and dark print are, and lines down the glass.

Dirt on the glass of a feeder stands still while the paper goes by: it draws a thin line from the top of the image to
its bottom, at the same place on every page. Nothing printed does: it ends before the white margins.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Annotated, Final

import cv2
import numpy as np
import numpy.typing as npt
from msgspec import Meta

from forms.paper.editions import Size
from scanning.pages import PageImage
from scanning.registration import Registration, outline_mm
from scanning.template import Points
from scanning.tone import black_of

BANDS: Final = 24
"""A page's height is cut into so many, of 12 mm on A4: its margins are bands of their own, and noise is averaged."""

ROW_STEP: Final = 2
"""Every second row of px is enough, and takes half the time."""

INSET_MM: Final = 3.0
"""Left out along the edges of the sheet: its shadow is a line too, and never far from there."""

BESIDE_MM: Final = (0.6, 1.2)
"""Between these distances, left and right, paper is taken for what the line crosses; so a line is up to 1 mm wide."""

DARK_MIN: Final = 0.05
"""How much darker (or lighter) than what is beside it, of the contrast between paper and print, a line is at least. In
32 simulated wears a line of 0.25 mm, 70 of 256 levels darker, had 0.1 or more; no page without one has this much."""

BANDS_MISSED: Final = 3
"""In so many bands, of words or boxes, a line may be hidden."""

STREAKS_MAX: Final = 8
"""The strongest are told: with more, one look at any scan tells."""

WIDE_MIN_MM: Final = 20.0
"""Of less of a sheet nothing is said."""

QUARTER_DEG: Final = 90.0

FOLD_MM: Final = 4.0
"""On a page that lies on its side, lines this near a fold are taken for it."""

CONTRAST_MIN: Final = 40.0
"""Of 256 grey levels: below it a scan is too pale to say anything of lines."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Streak:
    """A thin line from the top of the image as stored to its bottom."""

    at_mm: float
    """From the left edge of the image as stored."""
    at_part: float
    """The same as a part of the image's width."""
    dark: float
    """How much darker it is than what is beside it, between paper (0) and print (1); below 0 where it is lighter."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What one page tells of the scanner; the tones are grey levels, black 0."""

    skew_deg: float
    """How crooked the sheet lies, clockwise, by the nearest quarter turn."""
    paper: int
    print: int
    streaks: Annotated[tuple[Streak, ...], Meta(max_length=STREAKS_MAX)] = ()


def condition_of(page: PageImage, registration: Registration, size: Size, fiducials_mm: Points) -> Condition:
    """Give what a page tells of the scanner; `registration` is that of the sheet in the working image."""
    sheet = _Sheet(page, registration, size)
    black = black_of(page.image, registration, fiducials_mm)
    bands, left = sheet.bands()
    paper = float(np.median(bands[[0, -1]])) if bands.size else black
    streaks: list[Streak] = []
    if paper - black >= CONTRAST_MIN:
        dark, away = _all_along(bands, sheet.px_per_mm)
        dark = dark / np.float32(paper - black)
        places = [(sheet.place(left + away + x), float(dark[x])) for x in _peaks(dark)]
        streaks = [sheet.streak(place, part) for place, part in places if not sheet.is_fold(place)]
    strongest = sorted(streaks, key=lambda one: abs(one.dark), reverse=True)[:STREAKS_MAX]
    return Condition(sheet.skew_deg, round(paper), round(black), tuple(strongest))


class _Sheet:
    """A sheet in an image, with columns and rows as the image is stored."""

    def __init__(self, page: PageImage, registration: Registration, size: Size) -> None:
        self.page, self.registration, self.size = page, registration, size
        self.is_turned = bool(abs(page.to_stored[0, 1]) > abs(page.to_stored[0, 0]))
        """Whether what is a column as stored is a row of the working image."""
        self.jacobian = registration.jacobian(outline_mm(size).mean(axis=0)[None])[0]
        self.px_per_mm = float(np.sqrt(abs(np.linalg.det(self.jacobian))))

    @property
    def skew_deg(self) -> float:
        """Give how crooked it lies."""
        across, down = self.jacobian[:, 0]
        angle = float(np.degrees(np.arctan2(down, across)))
        return round(angle - QUARTER_DEG * round(angle / QUARTER_DEG), 2)

    @cached_property
    def inside(self) -> tuple[int, int, int, int]:
        """Give first and last column, first and last row of an upright rectangle that lies on the crooked sheet."""
        corners, sides = self.registration.to_px(outline_mm(self.size)), self.page.image.shape[::-1]
        if self.is_turned:
            corners, sides = corners[:, ::-1], sides[::-1]
        (_, left, right, _), (_, top, bottom, _) = (sorted(corners[:, axis].tolist()) for axis in (0, 1))
        inset = INSET_MM * self.px_per_mm
        return (
            max(0, round(left + inset)),
            min(sides[0], round(right - inset)),
            max(0, round(top)),
            min(sides[1], round(bottom)),
        )

    def bands(self) -> tuple[Floats, int]:
        """Give the mean of each column in each band, (bands, columns), and the first column; none of a small scrap."""
        left, right, top, bottom = self.inside
        high = (bottom - top) // BANDS
        if high < 1 or (right - left) < WIDE_MIN_MM * self.px_per_mm:
            return np.zeros((0, 0), np.float32), 0
        starts = [top + number * high for number in range(BANDS)]
        if self.is_turned:
            cuts = [self.page.image[left:right, start : start + high] for start in starts]
        else:
            cuts = [self.page.image[start : start + high : ROW_STEP, left:right] for start in starts]
        along = 1 if self.is_turned else 0
        means = [cv2.reduce(cut, along, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel() for cut in cuts]
        return np.asarray(means, dtype=np.float32), left

    def place(self, column: int) -> Points:
        """Give the middle of a column in px of the working image, (1, 2)."""
        _, _, top, bottom = self.inside
        middle = (top + bottom) / 2
        return np.array([(middle, column + 0.5) if self.is_turned else (column + 0.5, middle)])

    def is_fold(self, place: Points) -> bool:
        """Tell whether a line may be a fold: those run across the sheet, so only on one that lies on its side."""
        across, down = self.jacobian[:, 0]
        lies_on_side = bool(abs(down) > abs(across)) != self.is_turned
        y_mm = float(self.registration.to_mm(place)[0, 1])
        return lies_on_side and any(abs(y_mm - fold) < FOLD_MM for fold in self.size.folds_mm)

    def streak(self, place: Points, dark: float) -> Streak:
        """Give a line by its place in the image as stored."""
        to_stored = self.page.to_stored
        x_px = float(to_stored[0, :2] @ place[0] + to_stored[0, 2])
        mm_per_px = float(np.linalg.norm(np.linalg.inv(to_stored[:, :2] @ self.jacobian)[:, 0]))
        return Streak(round(x_px * mm_per_px, 2), round(x_px / self.page.stored_px[0], 5), round(dark, 3))


def _all_along(bands: Floats, px_per_mm: float) -> tuple[Floats, int]:
    """Give how much darker each column is, all along, than those beside it, and the columns left out at either side.

    It is 0 for columns that are not so in nearly all bands and in those of both margins, below 0 for lighter ones.
    """
    near, far = (max(1, round(mm * px_per_mm)) for mm in BESIDE_MM)
    away = (near + far) // 2
    beside = cv2.blur(bands, (far - near + 1, 1))
    middle, one, other = bands[:, away:-away], beside[:, : -2 * away], beside[:, 2 * away :]
    darker, lighter = _least(np.minimum(one, other) - middle), _least(middle - np.maximum(one, other))
    return np.where(darker >= lighter, darker, -lighter), away


def _least(differences: Floats) -> Floats:
    """Give what each column has in nearly every band, and in the first and the last; never below 0."""
    nearly = np.partition(differences, BANDS_MISSED, axis=0)[BANDS_MISSED]
    least: Floats = np.minimum(nearly, np.minimum(differences[0], differences[-1]))
    return np.asarray(np.maximum(least, 0), dtype=np.float32)


def _peaks(dark: Floats) -> list[int]:
    """Give the place of each line: the strongest of the columns that belong together."""
    columns = np.flatnonzero(np.abs(dark) >= DARK_MIN).tolist()
    groups = (list(group) for _, group in groupby(enumerate(columns), key=lambda one: one[1] - one[0]))
    return [max((column for _, column in group), key=lambda column: abs(float(dark[column]))) for group in groups]
