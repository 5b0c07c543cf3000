"""Pages and pictures of a PDF as PDFium sees them, for all that is not one plain scanned picture."""

from typing import BinaryIO, Final

import numpy as np
import pikepdf
import pypdfium2
from pikepdf import Name
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from scanning.pages.errors import DAMAGED, UnreadableFile
from scanning.pages.grey import grey_of
from scanning.pages.limits import PageLimits
from scanning.pages.page import HALVED_FROM_PX, Stored
from scanning.template import Grey

RENDERED_DPI: Final = 200
"""Finer than the 150 dpi that a scan of 300 is read at, as what is rendered loses a little."""

LONG_MAX_PX: Final = HALVED_FROM_PX - 1
"""Rendered no larger than a working image is: a page of A3 comes at 169 dpi, one of 5 m at 14."""

INSIDE_MAX: Final = 1000
"""Pictures and drawings inside a page that are looked at; MRC scanners write up to 300 on one page."""


class Renderer:
    """A PDF opened in PDFium; when it is first needed, as most scans never need it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._document: pypdfium2.PdfDocument | None = None

    def _opened(self) -> pypdfium2.PdfDocument:
        if self._document is None:
            self._file.seek(0)
            self._document = pypdfium2.PdfDocument(self._file)
            self._document.init_forms()  # else what was typed or ticked is left out, and read as blank
        return self._document

    def page(self, index: int) -> Stored:
        """Render a page as a viewer shows it; "as stored" is then the rendered image."""
        page = self._opened()[index]
        try:
            long_pt = max(page.get_size())
            if not 1 <= long_pt < np.inf:
                raise UnreadableFile(DAMAGED)
            scale = min(RENDERED_DPI / 72, LONG_MAX_PX / long_pt)
            bitmap = page.render(scale=scale, grayscale=True)
            image = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
            bitmap.close()
        finally:
            page.close()
        return Stored(image, (image.shape[1], image.shape[0]))

    def picture(self, index: int, size: tuple[int, int]) -> Grey | None:
        """Give the only picture of a page as stored; None when PDFium sees it in another size."""
        page = self._opened()[index]
        try:
            found = next(iter(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=1)), None)
            if found is None:
                return None
            image = grey_of(found.get_bitmap(render=False).to_pil().copy())
        finally:
            page.close()
        return image if image.shape == size[::-1] else None


def check_pictures(page: pikepdf.Page, limits: PageLimits) -> None:
    """Refuse a page with a picture, anywhere in its drawings, that is too large to decode."""
    waiting: list[pikepdf.Object] = [page.resources]
    seen = 0
    while waiting:
        for one in _inside(waiting.pop()):
            seen += 1
            if seen > INSIDE_MAX:
                raise UnreadableFile("The page holds too many pictures to be a scan; scan the paper itself.")
            if one.get("/Subtype") == Name.Image:
                limits.check_most_px(int(one.get("/Width", 0)), int(one.get("/Height", 0)))
            elif "/Resources" in one:
                waiting.append(one.Resources)


def _inside(resources: pikepdf.Object) -> list[pikepdf.Stream]:
    """Give the pictures and drawings that a page or a drawing can use, with the masks of pictures."""
    found: list[pikepdf.Stream] = []
    for kind in ("/XObject", "/Pattern"):
        held = resources.get(kind)
        if isinstance(held, pikepdf.Dictionary):
            found += [one for _, one in held.items() if isinstance(one, pikepdf.Stream)]
    masks = [one.get(mask) for one in found for mask in ("/SMask", "/Mask")]
    return found + [mask for mask in masks if isinstance(mask, pikepdf.Stream)]
