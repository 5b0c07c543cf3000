"""A page of a finished PDF as a reader sees it: its words, the lines drawn on it, its machine codes and its boxes.

Read with pypdfium2, which had no part in making the PDF. All lengths in mm from the top left, type in pt.
"""

import io
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from pypdfium2 import raw

from forms.layout.errors import LayoutError
from forms.layout.model import Field, Kind
from forms.layout.reading import read_layout
from tests.forms.paper import Case, printing
from tests.forms.paper.area import MM, Area, area_of_pt, around
from tests.forms.paper.drawn import lines_of, parts_of
from tests.forms.paper.words import Word, words_on

MARKS_FROM_PARTS = 20
"""The corner marks are drawn in one go, of many small squares."""


class Seen(NamedTuple):
    """One page."""

    number: int
    sheet: Area
    words: tuple[Word, ...] = ()
    lines: tuple[Area, ...] = ()
    """Rules and the sides of frames, each as the thin rectangle that it is."""
    codes: tuple[Area, ...] = ()
    """The machine codes, without their quiet zones."""
    marks: tuple[Area, ...] = ()
    """The corner marks."""
    drawn: tuple[Area, ...] = ()
    """The extent of everything that is drawn, tints as well."""
    fields: tuple[Field, ...] = ()

    @property
    def ticks(self) -> tuple[Field, ...]:
        """Give the boxes that are ticked."""
        return tuple(field for field in self.fields if field.kind in (Kind.CHECK, Kind.RADIO))

    @property
    def text(self) -> str:
        """Give the words with one blank between them."""
        return " ".join(word.text for word in self.words)


def area_of(field: Field) -> Area:
    """Give the place of a field's box, inside its line."""
    box = field.box_mm
    return Area(box.x, box.y, box.right, box.bottom)


@cache
def pages(case: Case) -> tuple[Seen, ...]:
    """Give the pages of a printing."""
    return tuple(seen(printing(case).pdf))


def seen(pdf: bytes) -> Iterator[Seen]:
    """Give each page of a PDF."""
    fields = _fields(pdf)
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            yield _seen(page, number, tuple(field for field in fields if field.page == number))
            page.close()
    finally:
        document.close()


def _fields(pdf: bytes) -> tuple[Field, ...]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        try:
            return read_layout(opened).fields
        except LayoutError:
            return ()


def _seen(page: Any, number: int, fields: tuple[Field, ...]) -> Seen:
    width, height = page.get_size()
    lines: list[Area] = []
    codes: list[Area] = []
    marks: list[Area] = []
    drawn: list[Area] = []
    for thing in page.get_objects(max_depth=1):
        drawn.append(area_of_pt(thing.get_bounds(), height))
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            codes.append(drawn[-1])
        elif thing.type == raw.FPDF_PAGEOBJ_PATH:
            parts = parts_of(thing, height)
            lines += lines_of(parts)
            marks += _corners(parts, width * MM, height * MM) if len(parts) > MARKS_FROM_PARTS else []
    sheet = Area(0, 0, width * MM, height * MM)
    return Seen(
        number, sheet, tuple(words_on(page, height)), tuple(lines), tuple(codes), tuple(marks), tuple(drawn), fields
    )


def _corners(parts: list[Area], width: float, height: float) -> list[Area]:
    """Give the extent of the squares in each corner of the sheet."""
    corners: dict[tuple[bool, bool], list[Area]] = {}
    for part in parts:
        corners.setdefault((part.left > width / 2, part.top > height / 2), []).append(part)
    return [around(squares) for squares in corners.values()]
