"""A PDF: its pages, one by one."""

from typing import BinaryIO

import pikepdf

from scanning.pages.errors import UnreadableFile
from scanning.pages.limits import PageLimits
from scanning.pages.page import Stored
from scanning.pages.pdf.picture import stored_picture
from scanning.pages.pdf.placing import Placed, placed_picture
from scanning.pages.pdf.rendering import Renderer, check_pictures
from scanning.pages.pdf.soundness import Soundness


class PdfFile:
    """A PDF of scanned pages."""

    def __init__(self, file: BinaryIO, limits: PageLimits) -> None:
        limits.check_document_bytes(file.seek(0, 2))
        file.seek(0)
        try:
            self._pdf = pikepdf.open(file, suppress_warnings=True)
        except pikepdf.PasswordError:
            raise UnreadableFile("The PDF is locked with a password; save a copy without one and give that.") from None
        limits.check_pages(int(self._pdf.Root.Pages.get("/Count", 0)))
        limits.check_pages(len(self._pdf.pages))
        self._limits = limits
        self._soundness = Soundness(self._pdf)
        self._renderer = Renderer(file)

    @property
    def pages(self) -> int:
        """Give how many pages it has."""
        return len(self._pdf.pages)

    def page(self, index: int) -> Stored:
        """Decode the picture that a page is, or render the page."""
        page = self._pdf.pages[index]
        placed = placed_picture(self._pdf, page)
        stored = self._picture(index, placed) if placed is not None and placed.is_plain else None
        if stored is not None:
            return stored
        check_pictures(page, self._limits)
        self._soundness.check(page)
        return self._renderer.page(index)

    def _picture(self, index: int, placed: Placed) -> Stored | None:
        stored = stored_picture(placed, self._limits)
        if stored is not None:
            return stored
        grey = self._renderer.picture(index, placed.size_px)
        return None if grey is None else Stored(grey, placed.size_px, placed.orientation, placed.dpi)
