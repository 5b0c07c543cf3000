"""A TrueType file as a simple PDF font (Windows Latin 1): for typed answers, and for what is stamped on copies."""

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from forms.paper import fonts

FIRST, LAST = 32, 255
NON_SYMBOLIC = 32
STEM = 80
"""What the format asks for and no viewer reads."""


def simple_font(pdf: Pdf, weight: int) -> Object:
    """Give the Latin font of a weight as a font object of the PDF, whole, so that any letter can be written."""
    path = fonts.path_of(fonts.LATIN[weight])
    font = TTFont(path, lazy=True)
    name = Name(f"/{path.stem.replace('_', '-')}")
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=name,
            Encoding=Name.WinAnsiEncoding,
            FirstChar=FIRST,
            LastChar=LAST,
            Widths=Array(_widths(font)),
            FontDescriptor=pdf.make_indirect(_descriptor(pdf, font, name, path.read_bytes())),
        )
    )


def _widths(font: TTFont) -> list[int]:
    names, advances, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    points = [ord(bytes([code]).decode("cp1252", "replace")) for code in range(FIRST, LAST + 1)]
    return [round(advances[names[point]][0] * 1000 / em) if point in names else 0 for point in points]


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
