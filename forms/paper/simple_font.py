"""A TrueType file as a simple PDF font: for typed answers, and for what is stamped on copies.

A simple font has room for 224 letters: those of Windows Latin 1, with letters in place of signs that nobody types.
"""

from io import BytesIO

from fontTools import agl
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from forms.paper import fonts

FIRST, LAST = 32, 255
LETTERS = "ĄąĆćĘęŁłŃńŚśŹźŻż" + "ŴŵŶŷ" + "ĞğİıŞş"
"""Of Polish, Welsh and Turkish, as far as Latin 1 lacks them: viewers show any other in a font of their own."""

SIGNS = "ƒ†‡ˆ‰‹˜›¤¥¦¨©¬\xad®¯±²³µ¶¸¹×÷"
"""What they stand in place of, in the same order."""

NON_SYMBOLIC = 32
STEM = 80
"""What the format asks for and no viewer reads."""


def simple_font(pdf: Pdf, weight: int) -> Object:
    """Give the Latin font of a weight as a font object of the PDF, whole, so that any letter can be written."""
    path = fonts.path_of(fonts.LATIN[weight])
    file = path.read_bytes()
    font = TTFont(BytesIO(file), lazy=True)
    name = Name(f"/{path.stem.replace('_', '-')}")
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=name,
            Encoding=_encoding(),
            FirstChar=FIRST,
            LastChar=LAST,
            Widths=Array(_widths(font)),
            FontDescriptor=pdf.make_indirect(_descriptor(pdf, font, name, file)),
        )
    )


def _encoding() -> Dictionary:
    """Give which code stands for which letter; the names are those of the Adobe Glyph List (ISO 14289-1, 7.21.6)."""
    changes: list[int | Name] = []
    for letter, sign in zip(LETTERS, SIGNS, strict=True):
        changes += [sign.encode("cp1252")[0], Name(f"/{agl.UV2AGL[ord(letter)]}")]
    return Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array(changes))


def _widths(font: TTFont) -> list[int]:
    names, advances, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    letters = bytes(range(FIRST, LAST + 1)).decode("cp1252", "replace").translate(str.maketrans(SIGNS, LETTERS))
    return [round(advances[names[ord(one)]][0] * 1000 / em) if ord(one) in names else 0 for one in letters]


def _descriptor(pdf: Pdf, font: TTFont, name: Name, file: bytes) -> Dictionary:
    head, os2, hhea = font["head"], font["OS/2"], font["hhea"]
    scale = 1000 / head.unitsPerEm
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=NON_SYMBOLIC,
        FontBBox=Array([round(value * scale) for value in (head.xMin, head.yMin, head.xMax, head.yMax)]),
        ItalicAngle=0,
        Ascent=round(hhea.ascent * scale),
        Descent=round(hhea.descent * scale),
        CapHeight=round(os2.sCapHeight * scale),
        StemV=STEM,
        FontFile2=Stream(pdf, file, Dictionary(Length1=len(file))),
    )
