"""The type on paper: Atkinson Hyperlegible Next for Latin scripts, Noto Sans Arabic; both under the OFL."""

import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path

from fontTools.ttLib import TTFont

REGULAR, SEMIBOLD, BOLD = 400, 600, 700

LATIN = {
    REGULAR: "AtkinsonHyperlegibleNext_400Regular.ttf",
    SEMIBOLD: "AtkinsonHyperlegibleNext_600SemiBold.ttf",
    BOLD: "AtkinsonHyperlegibleNext_700Bold.ttf",
}
ARABIC = {REGULAR: "NotoSansArabic_400Regular.ttf", BOLD: "NotoSansArabic_700Bold.ttf"}

MM_PER_PT = 25.4 / 72


def path_of(file: str) -> Path:
    """Give the path of a font file."""
    return Path(str(resources.files(__name__))) / file


@cache
def _advances(weight: int) -> tuple[dict[int, int], int]:
    """Give advance widths by code point in font units, and the units of an em."""
    with TTFont(path_of(LATIN[weight]), lazy=True) as font:
        widths, names = font["hmtx"], font.getBestCmap()
        return {point: widths[name][0] for point, name in names.items()}, font["head"].unitsPerEm


@cache
def _letters() -> frozenset[int]:
    """Give the code points that the fonts of text can show."""
    points: set[int] = set()
    for file in (LATIN[REGULAR], ARABIC[REGULAR]):
        with TTFont(path_of(file), lazy=True) as font:
            points |= set(font.getBestCmap())
    return frozenset(points)


def missing_letters(words: str) -> list[str]:
    """Give the letters that no font here has, each once; marks that are not seen do not count."""
    unseen = ("Cf", "Cc", "Zs", "Zl", "Zp")
    return [
        letter
        for letter in dict.fromkeys(words)
        if ord(letter) not in _letters() and unicodedata.category(letter) not in unseen
    ]


def width_mm(words: str, size_pt: float, weight: int = REGULAR) -> float:
    """Give the width of words on one line; a letter that the Latin font lacks counts as a wide one."""
    advances, em = _advances(weight)
    return sum(advances.get(ord(letter), em * 0.7) for letter in words) / em * size_pt * MM_PER_PT
