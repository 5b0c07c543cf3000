"""What a page should look like: the printed form that a scan is read by."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2

from forms.definition import Form
from forms.layout.model import Field, Kind
from forms.layout.opening import opened
from forms.layout.reading import read_layout
from forms.paper import marks
from forms.paper.carried import carried_definition
from forms.paper.editions import MARK_MM, SIZES, Size

UNPACKED_MAX: Final = 8
"""Printed pages kept ready, of 2.2 MB each: those of the form that is being read."""

PX_PER_MM: Final = 6.0
"""The resolution at which pages are compared: 152 dpi, half of an office scanner's usual 300."""

Points = npt.NDArray[np.float64]
"""Points as an (n, 2) array of x and y."""

Grey = npt.NDArray[np.uint8]
"""An image as a (height, width) array, black 0."""


@dataclass(frozen=True, slots=True)
class TickBox:
    """A box to be ticked: its field, what it stands for, and its inside in mm."""

    name: str
    kind: Kind
    option: str
    x: float
    y: float
    side: float

    @property
    def centre(self) -> tuple[float, float]:
        """Give the middle of the box, in mm."""
        return self.x + self.side / 2, self.y + self.side / 2


@dataclass(frozen=True)
class PageTemplate:
    """One page of a printing: what is printed on it and where its boxes are."""

    printing: str
    number: int
    size: Size
    ticks: tuple[TickBox, ...]
    texts: tuple[Field, ...]
    packed_reference: bytes
    """The page as printed, packed: a library of 100 pages would take 220 MB of every reader as it is."""

    @property
    def reference(self) -> Grey:
        """Give the page as printed, without codes, at `PX_PER_MM`; not to be written to."""
        return _unpacked(self.packed_reference)

    @cached_property
    def centres(self) -> Points:
        """Give the middles of the tick boxes, in mm."""
        return np.array([box.centre for box in self.ticks], dtype=np.float64).reshape(-1, 2)

    @cached_property
    def fiducials(self) -> Points:
        """Give the corners of the corner marks in mm as (4, 4, 2): mark by mark, clockwise from its top left."""
        square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * MARK_MM
        return np.array([np.array(place) + square for place in marks.corner_places_mm(self.size)])


@dataclass(frozen=True)
class Template:
    """A printing as the scanner knows it."""

    printing: str
    form: Form
    pages: tuple[PageTemplate, ...]
    blank_pages: tuple[int, ...]
    torn_off_pages: tuple[int, ...]

    def page(self, number: int) -> PageTemplate | None:
        """Give a page by its number from 1, None when there is none or it is the blank back of a sheet."""
        if not 1 <= number <= len(self.pages) or number in self.blank_pages:
            return None
        return self.pages[number - 1]


def template_of(content: bytes) -> Template | None:
    """Give the template that a form of ours, or a run of its copies, is; None for any other PDF.

    Raises the errors of `forms`.
    """
    with opened(BytesIO(content)) as pdf:
        carried = carried_definition(pdf)
        if carried is None:
            return None
        layout = read_layout(pdf)
        form = BytesIO()
        pdf.save(form)
    images = _rendered(form.getvalue())
    pages = tuple(
        _page(carried.printing, number, SIZES[carried.size], layout.fields, image)
        for number, image in enumerate(images, 1)
    )
    return Template(carried.printing, carried.form, pages, carried.blank_pages, carried.torn_off_pages)


def _rendered(content: bytes) -> list[Grey]:
    with pypdfium2.PdfDocument(content) as document:
        scale = PX_PER_MM * 25.4 / 72
        return [
            np.ascontiguousarray(page.render(scale=scale, grayscale=True, draw_annots=False).to_numpy()).squeeze()
            for page in document
        ]


def _page(printing: str, number: int, size: Size, fields: Sequence[Field], image: Grey) -> PageTemplate:
    here = [field for field in fields if field.page == number]
    ticks = tuple(
        TickBox(field.name, field.kind, field.options[0], field.box_mm.x, field.box_mm.y, field.box_mm.w)
        for field in here
        if field.kind in (Kind.RADIO, Kind.CHECK)
    )
    texts = tuple(field for field in here if field.kind is Kind.TEXT)
    return PageTemplate(printing, number, size, ticks, texts, _packed(image))


def _packed(image: Grey) -> bytes:
    """Pack an image without loss; of a printed page a thirtieth is left, in 5 ms."""
    return cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()


@lru_cache(UNPACKED_MAX)
def _unpacked(packed: bytes) -> Grey:
    image = np.asarray(cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    image.setflags(write=False)
    return image
