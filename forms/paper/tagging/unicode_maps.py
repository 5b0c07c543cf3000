"""What the glyphs of an embedded font stand for: its `ToUnicode` map, read and mended.

Noto Sans Arabic draws most letters as a skeleton and its dots. WeasyPrint 70 gives a cluster's letter to one glyph of
it and nothing to the others, which ISO 14289-1:2014, 7.21.7, does not allow. Here each glyph stands for what it is
drawn as; what a line says, its tag tells (see `tags`).
"""

import re
from functools import cache

from fontTools import agl
from fontTools.ttLib import TTFont
from pikepdf import Object

from forms.paper import fonts

PAIR = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]*)>")

SHAPES = {
    "kafDotlessar": "\u0643",
    "dotabovear": "\ufbb2",
    "dotbelowar": "\ufbb3",
    "twodotshorizontalabovear": "\ufbb4",
    "twodotshorizontalbelowar": "\ufbb5",
    "threedotsupabovear": "\ufbb6",
    "threedotsupbelowar": "\ufbb7",
    "threedotsdownabovear": "\ufbb8",
    "threedotsdownbelowar": "\ufbb9",
}
"""Glyphs whose name is no code point, by that of Unicode's symbols for the dots of letters (U+FBB2 and on)."""

UNKNOWN = "\ufffd"


def code_of_space(font: Object) -> bytes:
    """Give the two bytes that show a space in a font; none where the font has no space."""
    for code, letter in PAIR.findall(font.ToUnicode.read_bytes()):
        if letter == b"0020":
            return bytes.fromhex(code.decode())
    return b""


def mend_unicode_map(font: Object) -> None:
    """Say for each glyph of the Arabic font what it is drawn as; other fonts are left as they are."""
    if "SaysoArabic" in str(font.BaseFont):
        font.ToUnicode.write(PAIR.sub(_named, font.ToUnicode.read_bytes()))


def _named(pair: re.Match[bytes]) -> bytes:
    drawn = _letters()[int(pair[1], 16)]
    return b"<%s> <%s>" % (pair[1], drawn.encode("utf-16-be").hex().encode())


@cache
def _letters() -> list[str]:
    """Give what each glyph is drawn as, by its number: both weights have the same glyphs."""
    with TTFont(fonts.path_of(fonts.ARABIC[fonts.REGULAR]), lazy=True) as font:
        names = [name.split(".")[0] for name in font.getGlyphOrder()]
    return [SHAPES.get(name) or agl.toUnicode(name) or UNKNOWN for name in names]
