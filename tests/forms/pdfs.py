"""Small PDFs for the tests of the layout, built field by field."""

import io
import warnings
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

RADIO = 1 << 15
PUSH = 1 << 16
COMB = 1 << 24
MULTILINE = 1 << 12

A4 = (595, 842)
POINT_MM = 25.4 / 72


class Draft:
    """A PDF in the making: fields and words on one page after another."""

    def __init__(self, pages: int = 1, size: tuple[float, float] = A4) -> None:
        self.pdf = pikepdf.new()
        for _ in range(pages):
            self.pdf.add_blank_page(page_size=size)
        self.pdf.Root.AcroForm = Dictionary(Fields=Array())

    def page(self, number: int = 1) -> pikepdf.Object:
        """Give a page by its number from 1."""
        return self.pdf.pages[number - 1].obj

    def widget(self, rect: Sequence[float], page: int = 1, *, listed: bool = True, **keys: Any) -> pikepdf.Object:
        """Put a widget on a page, which is a field by itself unless it is not listed."""
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array(list(rect)), **_plain(keys))
        )
        if "/Annots" not in self.page(page):
            self.page(page).Annots = Array()
        self.page(page).Annots.append(made)
        if listed:
            self.pdf.Root.AcroForm.Fields.append(made)
        return made

    def text(self, name: str, rect: Sequence[float] = (100, 700, 200, 720), page: int = 1, **keys: Any) -> None:
        """Put a text field of its own on a page."""
        self.widget(rect, page, FT=Name.Tx, T=String(name), **keys)

    def tick(
        self, rect: Sequence[float], state: str, page: int = 1, *, listed: bool = True, **keys: Any
    ) -> pikepdf.Object:
        """Put a tick box with an appearance for one on-state on a page."""
        on, off = self.pdf.make_stream(b""), self.pdf.make_stream(b"")
        appearance = Dictionary(N=Dictionary({f"/{state}": on, "/Off": off}))
        return self.widget(rect, page, listed=listed, AP=appearance, **keys)

    def group(self, name: str, kids: Sequence[pikepdf.Object], *, linked: bool = True, **keys: Any) -> pikepdf.Object:
        """Make a field of widgets that are not listed themselves; `linked` kids point back to it."""
        field = self.pdf.make_indirect(Dictionary(T=String(name), Kids=Array(list(kids)), **_plain(keys)))
        for kid in kids if linked else ():
            kid.Parent = field
        self.pdf.Root.AcroForm.Fields.append(field)
        return field

    def words(self, *lines: tuple[float, float, str], matrix: str = "1 0 0 1 0 0", page: int = 1) -> None:
        """Print lines of 10 point Helvetica, each at x, y in points."""
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        shown = "".join(f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines)
        self.page(page).Resources = Dictionary(Font=Dictionary(F=font))
        self.page(page).Contents = self.pdf.make_stream(f"q {matrix} cm {shown} Q".encode())

    def saved(self, **how: Any) -> bytes:
        """Give the PDF as bytes."""
        out = io.BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # stray widgets are on purpose
            self.pdf.save(out, **how)
        return out.getvalue()


def _plain(keys: dict[str, Any]) -> dict[str, Any]:
    """Make the values of keys PDF strings where they are plain text."""
    return {key: String(value) if type(value) is str else value for key, value in keys.items()}
