"""Whether a PDF is sound enough for its pages to be rendered, and shown as their sender saw them.

A scanned page is a picture, which tells by itself whether it is whole. A page of words and fields does not: where a
part of the file is damaged, a renderer leaves it out, and a form that was filled in comes out blank.
"""

from collections.abc import Iterable
from typing import Any, Final

import pikepdf
from pikepdf import Name

from scanning.pages.errors import UnreadableFile

DAMAGED: Final = "This PDF is damaged, so that parts of its pages may be missing; ask for it once more, or scan it."
DEPTH_MAX: Final = 4
"""From an annotation down to how it looks in each state."""


class Soundness:
    """Collects what qpdf finds wrong with one PDF; it tells each fault once only, and only of what was looked at."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._is_damaged = False

    def check(self, page: pikepdf.Page) -> None:
        """Refuse a page of words or fields in a PDF with faults; raises UnreadableFile."""
        if not _is_of_words(page):
            return
        try:
            _look(page.obj.get("/Annots"), DEPTH_MAX)
            _look(self._pdf.Root.get("/AcroForm"), DEPTH_MAX)
            _look_into(page.obj.get("/Contents"))
        except (pikepdf.PdfError, pikepdf.DataDecodingError):
            self._is_damaged = True
        self._is_damaged = self._is_damaged or bool(self._pdf.get_warnings())
        if self._is_damaged:
            raise UnreadableFile(DAMAGED)


def _is_of_words(page: pikepdf.Page) -> bool:
    """Tell a page of words or fields, or of nothing, from one of pictures."""
    resources = page.resources
    pictures = resources.get("/XObject")
    has_pictures = isinstance(pictures, pikepdf.Dictionary) and any(
        isinstance(one, pikepdf.Stream) and one.get("/Subtype") == Name.Image for _, one in pictures.items()
    )
    return not has_pictures or "/Font" in resources or "/Annots" in page.obj


def _look(found: Any, depth: int) -> None:
    """Have qpdf read what is in a value; streams are left packed."""
    inside: Iterable[Any] = ()
    if isinstance(found, pikepdf.Dictionary):
        inside = [one for name, one in found.items() if name not in ("/P", "/Parent")]
    elif isinstance(found, pikepdf.Array):
        inside = list(found)
    for one in inside if depth else ():
        _look(one, depth - 1)


def _look_into(contents: Any) -> None:
    """Unpack what is drawn on a page."""
    for stream in list(contents) if isinstance(contents, pikepdf.Array) else [contents]:
        if isinstance(stream, pikepdf.Stream):
            stream.read_bytes()
