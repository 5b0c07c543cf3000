"""Frames, tags and words for pictures: each state has a colour and a shape, so that no one needs to tell colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from forms.paper import fonts
from scanning.pictures.encoding import Picture
from scanning.readings import State
from scanning.template import Points

Colour = tuple[int, int, int]
"""Blue, green, red."""

INK: Final[Colour] = (43, 38, 20)
QUIET: Final[Colour] = (110, 104, 98)
WHITE: Final[Colour] = (255, 255, 255)
PAPER: Final[Colour] = (250, 248, 246)
DOUBT: Final[Colour] = (0, 84, 208)

COLOURS: Final = {
    State.BLANK: (165, 150, 140),
    State.MARKED: (165, 88, 0),
    State.CORRECTED: (67, 63, 56),
    State.DOUBTFUL: DOUBT,
}
"""Grey, blue, near black and vermilion: told apart with any colour blindness."""

MEANINGS: Final = {
    State.MARKED: "marked",
    State.CORRECTED: "taken back",
    State.DOUBTFUL: "doubtful",
    State.BLANK: "blank",
}

TAG_PX: Final = 9
"""Half the width of a tag."""

SUBPIXEL: Final = 4
"""Bits of a px to which OpenCV is told where to draw."""

DASH_PX: Final = 7.0


@dataclass(frozen=True, slots=True)
class Font:
    """Paper's own type, in one size and weight."""

    size_px: int
    weight: int = fonts.REGULAR


TAG_FONT: Final = Font(17, fonts.BOLD)


class Canvas:
    """An image in the making, blue-green-red."""

    def __init__(self, image: Picture) -> None:
        self.image = image
        self._words: list[tuple[tuple[float, float], str, Font, Colour, str]] = []

    def polygon(self, corners: Points, colour: Colour, thick_px: int = 1) -> None:
        """Draw a closed line through points."""
        cv2.polylines(self.image, [_fixed(corners)], True, colour, thick_px, cv2.LINE_AA, SUBPIXEL)

    def filled(self, corners: Points, colour: Colour) -> None:
        """Fill what lies between points."""
        cv2.fillPoly(self.image, [_fixed(corners)], colour, cv2.LINE_AA, SUBPIXEL)

    def line(self, points: Sequence[tuple[float, float]], colour: Colour, thick_px: int = 1) -> None:
        """Draw an open line through points."""
        cv2.polylines(self.image, [_fixed(np.array(points))], False, colour, thick_px, cv2.LINE_AA, SUBPIXEL)

    def dashed(self, corners: Points, colour: Colour, thick_px: int) -> None:
        """Draw a closed, broken line through points."""
        for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            count = max(1, round(float(np.linalg.norm(end - start)) / DASH_PX / 2))
            for at in range(count):
                ends = [start + (end - start) * part / count for part in (at, at + 0.55)]
                self.line([(float(x), float(y)) for x, y in ends], colour, thick_px)

    def box(self, corners: Points, state: State) -> None:
        """Frame a box by its state, with a tag at its first corner unless it is blank."""
        colour = COLOURS[state]
        if state is State.CORRECTED:
            self.dashed(corners, colour, 2)
        else:
            self.polygon(corners, colour, 1 if state is State.BLANK else 3)
        self.tag(float(corners[0, 0]), float(corners[0, 1]), state)

    def tag(self, x: float, y: float, state: State) -> None:
        """Draw a state's sign: a tick in a disc, a cross in a square, a question mark in a diamond."""
        size, colour = TAG_PX, COLOURS[state]
        if state is State.MARKED:
            self._disc(x, y, colour)
            self.line([(x - 4, y), (x - 1, y + 4), (x + 5, y - 4)], WHITE, 2)
        elif state is State.CORRECTED:
            self.filled(rectangle(x - size + 1, y - size + 1, 2 * size - 2, 2 * size - 2), colour)
            self.line([(x - 4, y - 4), (x + 4, y + 4)], WHITE, 2)
            self.line([(x - 4, y + 4), (x + 4, y - 4)], WHITE, 2)
        elif state is State.DOUBTFUL:
            self.filled(np.array([[x, y - size - 3], [x + size + 3, y], [x, y + size + 3], [x - size - 3, y]]), colour)
            self.words((x, y), "?", TAG_FONT, WHITE, "mm")

    def number(self, x: float, y: float, number: int) -> None:
        """Draw the number of a doubt."""
        self._disc(x, y, DOUBT, TAG_PX + 3)
        self.words((x, y), str(number), TAG_FONT, WHITE, "mm")

    def _disc(self, x: float, y: float, colour: Colour, radius_px: int = TAG_PX) -> None:
        middle = _fixed(np.array([[x, y]]))[0]
        cv2.circle(
            self.image, (int(middle[0]), int(middle[1])), radius_px << SUBPIXEL, colour, -1, cv2.LINE_AA, SUBPIXEL
        )

    def words(
        self, place: tuple[float, float], words: str, font: Font, colour: Colour = INK, anchor: str = "la"
    ) -> None:
        """Write one line; its top left is at the place, or with the anchor "mm" its middle."""
        self._words.append((place, words, font, colour, anchor))

    def finished(self) -> Picture:
        """Give the picture, with its words on top of all else."""
        picture = Image.fromarray(self.image)
        draw = ImageDraw.Draw(picture)
        for place, words, font, colour, anchor in self._words:
            draw.text(place, words, colour, _loaded(font), anchor=anchor)
        return np.asarray(picture)


@cache
def _loaded(font: Font) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.path_of(fonts.LATIN[font.weight])), font.size_px)


def wrapped(words: str, font: Font, width_px: float) -> list[str]:
    """Break words into lines of that width; a word that is too long is broken where it must be."""
    loaded = _loaded(font)
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if loaded.getlength(longer) <= width_px:
            lines[-1] = longer
            continue
        lines.append("")
        for letter in word:
            if loaded.getlength(lines[-1] + letter) > width_px:
                lines.append("")
            lines[-1] += letter
    return [line for line in lines if line]


def rectangle(left: float, top: float, width: float, height: float) -> Points:
    """Give the corners of an upright rectangle, clockwise from its top left."""
    return np.array([[left, top], [left + width, top], [left + width, top + height], [left, top + height]])


def _fixed(points: Points) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
    return np.round(np.asarray(points) * (1 << SUBPIXEL)).astype(np.int32)
