"""The words of a finished page, with the area of their ink and their type, as pdfium reads them.

Arabic letters are drawn as a stem and dots, each a glyph by itself: what touches on one line counts as one word.
"""

import ctypes
import string
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdfium2 import raw

from tests.forms.paper.area import MM, Area, area_of_pt, around

ITALIC_FLAG = 1 << 6
"""Of a font's descriptor (ISO 32000-1, table 123)."""

ONE_LINE_EM = 0.5
"""Letters whose feet are no farther apart stand on one line: the dots of Arabic letters float."""

PLAIN = frozenset(string.digits + string.punctuation + "‘’“”–—·•…£")

WORD_GAP_EM = 1.0
"""Letters farther apart belong to different words."""


class Letter(NamedTuple):
    """One drawn letter."""

    text: str
    area: Area
    baseline: float
    size_pt: float
    font: str
    slanted: bool


class Word(NamedTuple):
    """A word: its ink as a whole and by letter, where its line stands, its type."""

    text: str
    area: Area
    letters: tuple[Area, ...]
    baseline: float
    size_pt: float
    font: str = ""
    slanted: bool = False

    @property
    def mixes(self) -> bool:
        """Tell whether it is made of letters that are drawn in pieces."""
        return not all(character in PLAIN or "LATIN" in unicodedata.name(character, "") for character in self.text)

    def meets(self, area: Area, slack: float = 0.0) -> bool:
        """Tell whether any of its letters meets an area."""
        return self.area.meets(area, slack) and any(letter.meets(area, slack) for letter in self.letters)


def words_on(page: Any, height: float) -> Iterator[Word]:
    """Give the words of a page of that height in pt, in the order in which pdfium reads them."""
    textpage = page.get_textpage()
    letters: list[Letter] = []
    for index in range(textpage.count_chars()):
        letter = _letter(textpage, index, height)
        if letters and (letter is None or not goes_on(letters[-1], letter)):
            yield word_of(letters)
            letters = []
        if letter is not None:
            letters.append(letter)
    if letters:
        yield word_of(letters)
    textpage.close()


def _letter(textpage: Any, index: int, height: float) -> Letter | None:
    """Give a letter; None for white."""
    text = chr(raw.FPDFText_GetUnicode(textpage, index))
    area = area_of_pt(textpage.get_charbox(index), height)
    if raw.FPDFText_IsGenerated(textpage, index) == 1 or text.isspace() or area.width <= 0:
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, index, x, y)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    size_pt = raw.FPDFText_GetFontSize(textpage, index) * (matrix.c**2 + matrix.d**2) ** 0.5
    font, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, font, 100, flags)
    slanted = bool(flags.value & ITALIC_FLAG) or abs(matrix.c) > 0.01 * abs(matrix.d)
    return Letter(text, area, (height - y.value) * MM, round(size_pt, 2), font.value.decode(), slanted)


def goes_on(one: Letter, other: Letter) -> bool:
    """Tell whether two letters can be of one word: on one line, close to each other, in one type."""
    em = one.size_pt * MM
    apart = max(one.area.left, other.area.left) - min(one.area.right, other.area.right)
    same_line = abs(one.baseline - other.baseline) < ONE_LINE_EM * em
    return same_line and apart < WORD_GAP_EM * em and (one.size_pt, one.font) == (other.size_pt, other.font)


def word_of(letters: list[Letter]) -> Word:
    """Give the word of some letters."""
    areas = tuple(letter.area for letter in letters)
    first = letters[0]
    text = "".join(letter.text for letter in letters)
    slanted = any(letter.slanted for letter in letters)
    return Word(text, around(areas), areas, first.baseline, first.size_pt, first.font, slanted)
