"""A PDF without fields, or a picture of a blank form → the same with fields where its squares, circles and lines are.

What is found is offered to an officer, never taken as sure. From here on it is a fillable PDF like any other; all of
this is done in a limited child.
"""

import base64
from io import BytesIO
from typing import BinaryIO, Final

import cv2
import pikepdf
from pikepdf import Name, Pdf

from forms.adopting.errors import AdoptingError
from forms.codes.machine import PAGES_MAX
from forms.paper.editions import PT_PER_MM
from forms.stamping.widgets import Place, put_fields
from scanning.foreign.drawn import places_on
from scanning.foreign.templates import PAGE_MAX_MM, drawn
from scanning.pages import PageImage, PageLimits, UnreadableFile, page_images
from scanning.template import Grey

PX_PER_MM: Final = 8.0
"""The resolution at which places are looked for: 203 dpi, at which a hair line is a line."""

SHOWN_PX_PER_MM: Final = 6.0
"""The resolution at which an officer sees pages: words of 7 pt can be read."""

SHEETS_MM: Final = ((210.0, 297.0), (215.9, 279.4))
"""A4 and Letter: a picture of a page has one of these sizes, whatever its file says."""

BOXES_MAX: Final = 3_000
"""As many places as any form has; a picture of a mesh has more."""


def with_fields_json(file: BinaryIO) -> dict[str, str]:
    """Give a PDF with the fields that were found on it, in the child."""
    content = file.read()
    if b"%PDF-" not in content[:1024]:
        content = _pdf_of_pictures(content)
    with Pdf.open(BytesIO(content)) as pdf:
        if len(pdf.pages) > PAGES_MAX:
            raise AdoptingError(f"it has more than {PAGES_MAX} pages; cut out those of the form")
        if any(max(float(one) for one in page.mediabox[2:]) > PAGE_MAX_MM * PT_PER_MM for page in pdf.pages):
            raise AdoptingError("a page is larger than a form can be")
        places = [
            place for number, image in enumerate(drawn(content, PX_PER_MM), 1) for place in _places(image, number)
        ]
        if not places:
            raise AdoptingError(
                "nothing to tick or to write in can be found on it; give a sharper scan of the blank form"
            )
        if len(places) > BOXES_MAX:
            raise AdoptingError(f"more than {BOXES_MAX} boxes seem to be on it, so this is no form")
        put_fields(pdf, places)
        out = BytesIO()
        pdf.save(out, deterministic_id=True)  # what is adopted of it is known by its hash
    return {"pdf": base64.b64encode(out.getvalue()).decode()}


def _places(image: Grey, page: int) -> list[Place]:
    return [
        Place(f"Box {number} on page {page}", one.kind, page, one.box_mm, "On", one.cells)
        for number, one in enumerate(places_on(image, PX_PER_MM), 1)
    ]


def _pdf_of_pictures(content: bytes) -> bytes:
    """Give pictures of pages as a PDF with one on each page, of the size of paper that fits it best."""
    try:
        images = [page.image for page in page_images(BytesIO(content), PageLimits()) if isinstance(page, PageImage)]
    except UnreadableFile as error:
        raise AdoptingError(str(error)) from None
    if not images:
        raise AdoptingError("it cannot be read as a PDF or a picture; scan the blank form again")
    with pikepdf.new() as pdf:
        for image in images[: PAGES_MAX + 1]:
            _add_picture(pdf, image)
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _add_picture(pdf: Pdf, image: Grey) -> None:
    height, width = image.shape
    is_wide = width > height
    ratio = max(width, height) / min(width, height)
    narrow, long = min(SHEETS_MM, key=lambda one: abs(one[1] / one[0] - ratio))
    size = (long, narrow) if is_wide else (narrow, long)
    wide_pt, high_pt = (one * PT_PER_MM for one in size)
    page = pdf.add_blank_page(page_size=(wide_pt, high_pt))
    packed = pdf.make_stream(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes())
    packed.Type, packed.Subtype, packed.Width, packed.Height = Name.XObject, Name.Image, width, height
    packed.ColorSpace, packed.BitsPerComponent, packed.Filter = Name.DeviceGray, 8, Name.DCTDecode
    name = page.add_resource(packed, Name.XObject, Name.Picture)
    page.obj.Contents = pdf.make_stream(f"q {wide_pt:.3f} 0 0 {high_pt:.3f} 0 0 cm {name} Do Q".encode())


def pictures_json(file: BinaryIO) -> list[dict[str, object]]:
    """Give a picture of each page of a PDF with its size in mm, in the child."""
    content = file.read()
    found: list[dict[str, object]] = []
    for image in drawn(content, SHOWN_PX_PER_MM):
        height, width = (side / SHOWN_PX_PER_MM for side in image.shape)
        packed = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 6])[1].tobytes()
        found.append({"width_mm": width, "height_mm": height, "png": base64.b64encode(packed).decode()})
    return found
