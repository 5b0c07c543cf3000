"""Somebody else's fillable PDF → what its pages look like and where their boxes are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any, Final

import cv2
import numpy as np
import pypdfium2

from forms.codes.machine import PAGES_MAX, printing_name
from forms.definition import Form
from forms.layout.errors import LayoutError
from forms.layout.model import Box, Field, Kind, Layout, Page, Values
from forms.layout.opening import opened
from forms.layout.reading import read_layout
from forms.layout.values import field_values
from forms.paper.editions import Size, SizeName
from forms.paper.fields import PART
from scanning.foreign.insides import inside_of
from scanning.template import PX_PER_MM, Grey, PageTemplate, Points, Template, TickBox

SIDES_MM: Final = (3.6, 8.0)
"""The size to which the boxes of a page are brought before they are measured: their usual one, within what the
thresholds of our own boxes (6.5 to 8 mm) still hold for."""

ACRO_FORMS: Final = (1, 3)
"""The kinds of form, as PDFium counts them, whose fields it draws: ordinary ones, and those with an XFA copy beside."""

PAGE_MAX_MM: Final = 500.0
"""A larger page is a poster; drawing it would take more memory than a reader has."""

INSTEAD_OF_PART: Final = "\N{DIVISION SLASH}"
"""Stands for a slash in a field's name: in our own names it parts a question from its choice."""


@dataclass(frozen=True, eq=False)
class ForeignPage(PageTemplate):
    """One page of somebody else's PDF; `ticks` are squares of the same middle and area as the boxes."""

    insides: tuple[Box, ...] = ()
    """The printed insides of the tick boxes, in mm."""
    preset: tuple[bool, ...] = ()
    """Which of them the PDF itself has ticked: nobody can tell a mark on the paper from that."""

    @cached_property
    def side_mm(self) -> float:
        """Give the side to which all boxes of the page are brought."""
        usual = float(np.median([box.side for box in self.ticks])) if self.ticks else SIDES_MM[0]
        return min(max(usual, SIDES_MM[0]), SIDES_MM[1])

    @cached_property
    def sides_mm(self) -> Points:
        """Give width and height of the boxes, (n, 2)."""
        return np.array([(box.w, box.h) for box in self.insides], dtype=np.float64).reshape(-1, 2)


def foreign_template_of(content: bytes) -> Template | None:
    """Give the template that any fillable PDF is; None when it has no fields. Raises the errors of `forms`."""
    try:
        with opened(BytesIO(content)) as pdf:
            layout, values = read_layout(pdf), field_values(pdf)
    except LayoutError:
        return None
    if len(layout.pages) > PAGES_MAX or any(max(one.width_mm, one.height_mm) > PAGE_MAX_MM for one in layout.pages):
        return None
    name = printing_name(content)
    images = drawn(content)
    pages = tuple(_page(name, one, layout, values, image) for one, image in zip(layout.pages, images, strict=True))
    filled_in = {field.page for field in layout.fields}
    others = tuple(page.number for page in pages if page.number not in filled_in)
    return Template(name, plain_form(name), pages, others, ())


def plain_form(name: str) -> Form:
    """Give a form that asks nothing by itself: each group of radio buttons and each check box is then a question."""
    content: dict[str, Any] = {"form": name, "version": "1", "languages": {"en": "final"}, "sections": ()}
    return Form.model_construct(**content)


def drawn(content: bytes, px_per_mm: float = PX_PER_MM) -> list[Grey]:
    """Draw every page with its fields as a viewer does: some boxes are drawn by nobody else."""
    with pypdfium2.PdfDocument(content) as document:
        if document.get_formtype() in ACRO_FORMS:
            document.init_forms()
        scale = px_per_mm * 25.4 / 72
        return [
            np.ascontiguousarray(page.render(scale=scale, grayscale=True, may_draw_forms=True).to_numpy()).squeeze()
            for page in document
        ]


def _page(name: str, page: Page, layout: Layout, values: Values, image: Grey) -> ForeignPage:
    here = [field for field in layout.fields if field.page == page.number]
    ticked = [field for field in here if field.kind in (Kind.RADIO, Kind.CHECK)]
    insides = tuple(inside_of(image, field.box_mm) for field in ticked)
    packed = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
    return ForeignPage(
        printing=name,
        number=page.number,
        size=Size(SizeName.A4, page.width_mm, page.height_mm, 0, 0, 0, 0, 0),
        ticks=tuple(_tick(field, inside, ticked) for field, inside in zip(ticked, insides, strict=True)),
        texts=tuple(field for field in here if field.kind in (Kind.TEXT, Kind.CHOICE)),
        packed_reference=packed,
        insides=insides,
        preset=tuple(_is_preset(field, values) for field in ticked),
    )


def _is_preset(field: Field, values: Values) -> bool:
    value = values.get(field.name)
    chosen = value if isinstance(value, list) else [value]
    return any(state in chosen for state in field.options if state)


def _tick(field: Field, inside: Box, others: Sequence[Field]) -> TickBox:
    """Give a box by its middle; check boxes of one name with different on-states exclude each other as radios do."""
    same = {one.options for one in others if one.name == field.name}
    kind = Kind.RADIO if len(same) > 1 else field.kind
    side = float(np.sqrt(inside.w * inside.h))
    x, y = inside.x + inside.w / 2 - side / 2, inside.y + inside.h / 2 - side / 2
    state = field.options[0] if field.options else "On"
    return TickBox(field.name.replace(PART, INSTEAD_OF_PART), kind, state, x, y, side)
