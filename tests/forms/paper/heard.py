"""What a reader of tags says of a PDF, and what of its drawing no tag and no artifact holds.

Written from ISO 32000-1:2008, 14.6 to 14.8, and apart from the code that makes the tags.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from tests.forms.paper import Case, printing

BLOCKS = {"/P", "/H1", "/H2", "/H3", "/LBody"}
PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
PAIR = re.compile(r"<([0-9a-f]{4})> <([0-9a-f]*)>")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that words and fields stand in, with the tags around it, the page, and what is said there."""

    role: str
    around: tuple[str, ...]
    page: int
    said: str
    """The words, and in brackets the name that is spoken for each field."""
    fields: tuple[str, ...]
    languages: tuple[str, ...]


@cache
def of_printing(case: Case) -> tuple[Tag, ...]:
    """Give what is said of a printing, in the order of its tags."""
    with Pdf.open(BytesIO(printing(case).pdf)) as pdf:
        return tuple(tags(pdf))


def tags(pdf: Pdf) -> Iterator[Tag]:
    """Give the tags that words and fields stand in, in their order."""
    said = {page.obj.objgen: words_by_line(page) for page in pdf.pages}
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    for tag, around in walk(pdf.Root.StructTreeRoot.K[0]):
        if str(tag.S) in BLOCKS:
            pieces = list(_pieces(tag, said))
            yield Tag(
                str(tag.S)[1:],
                around,
                numbers[tag.Pg.objgen],
                "".join(words for words, _, _ in pieces).strip().replace("\u00a0", " "),
                tuple(name for _, name, _ in pieces if name),
                tuple(language for _, _, language in pieces if language),
            )


def walk(tag: Object, around: tuple[str, ...] = ()) -> Iterator[tuple[Object, tuple[str, ...]]]:
    """Give a tag and all beneath it, each with the roles of those around it."""
    yield tag, around
    for kid in kids(tag):
        if not isinstance(kid, int) and kid.get("/Type") != Name.OBJR:
            yield from walk(kid, (*around, str(tag.S)[1:]))


def kids(tag: Object) -> list[Any]:
    """Give what stands in a tag: tags, lines by their number, references to widgets."""
    found: Any = tag.get("/K", Array())
    return list(found) if isinstance(found, Array) else [found]


def _pieces(tag: Object, said: dict[tuple[int, int], dict[int, str]]) -> Iterator[tuple[str, str, str]]:
    """Give the words, the field's name and the language of each piece in a tag."""
    for kid in kids(tag):
        if isinstance(kid, int):
            yield said[tag.Pg.objgen].get(kid, ""), "", ""
        elif kid.get("/Type") == Name.OBJR:
            widget = kid.Obj
            yield f"[{widget.TU}] ", str(widget.T if "/T" in widget else widget.Parent.T), ""
        elif "/ActualText" in kid:
            yield str(kid.ActualText), "", ""
        else:
            language = str(kid.get("/Lang", ""))
            yield from ((words, name, inner or language) for words, name, inner in _pieces(kid, said))


def line_numbers(page: Page) -> list[int]:
    """Give the numbers of all lines that a page begins, in the order of drawing; a line may be empty."""
    begun = [step.operands[1] for step in pikepdf.parse_content_stream(page) if str(step.operator) == "BDC"]
    return [int(about.MCID) for about in begun if "/MCID" in about]


def words_by_line(page: Page) -> dict[int, str]:
    """Give the words of each tagged line of a page by its number (MCID), as its glyphs tell them."""
    maps = {name: unicode_map(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    for operator, operands, marks, font in shown(page):
        line = next((int(about.MCID) for _, about in marks if "/MCID" in about), None)
        if operator == "TJ" and line is not None:
            codes = b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))
            words = "".join(maps[font][codes[at : at + 2]] for at in range(0, len(codes), 2))
            found[line] = found.get(line, "") + words
    return found


def unicode_map(font: Object) -> dict[bytes, str]:
    """Give what the codes of a font stand for."""
    if "/ToUnicode" not in font:
        return {}
    pairs = PAIR.findall(font.ToUnicode.read_bytes().decode())
    return {bytes.fromhex(code): bytes.fromhex(letters).decode("utf-16-be") for code, letters in pairs}


Marks = list[tuple[str, Any]]


def shown(page: Page) -> Iterator[tuple[str, list[Any], Marks, str]]:
    """Give what a page paints: operator, operands, the marked content around it, the font."""
    marks: Marks = []
    font = ""
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in ("BDC", "BMC"):
            marks.append((str(operands[0]), operands[1] if operator == "BDC" else Dictionary()))
        elif operator == "EMC":
            marks.pop()
        elif operator == "Tf":
            font = str(operands[0])
        elif operator in PAINTING:
            yield operator, operands, list(marks), font
    assert not marks, "marked content is left open"


def unmarked(page: Page) -> list[str]:
    """Give the operators that paint something that is neither tagged nor an artifact, or that is both."""
    return [
        operator
        for operator, _, marks, _ in shown(page)
        if sum("/MCID" in about or tag == "/Artifact" for tag, about in marks) != 1
    ]
