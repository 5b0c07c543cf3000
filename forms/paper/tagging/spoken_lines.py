"""A laid-out document → the words of its lines in reading order, as they were before letters became glyphs.

In a PDF the words of a script with joined letters are shapes in the order of drawing; what they say is known only here.
"""

from collections.abc import Iterator, Sequence

from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

SpokenLines = Sequence[Sequence[str]]
"""For each page the words of its lines, in reading order."""


def spoken_lines(document: Document) -> SpokenLines:
    """Give for each page the words of its lines, feet left out, in the order of WeasyPrint's tags.

    The order is that of `weasyprint.pdf.tags`, which makes one tag of each text box.
    """
    return [[line for flow in _flows(page) for line in _lines(flow)] for page in document.pages]


def _flows(page: object) -> Iterator[object]:
    children = page._page_box.children  # type: ignore[attr-defined]
    return (child for child in children if not isinstance(child, boxes.MarginBox))


def _lines(box: object) -> Iterator[str]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.TextBox):
        yield box.text
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _lines(child)
