"""Somebody else's PDF, with what it was adopted as → the same pages as they are, with boxes that have our names.

No mark or code is put on them and nothing is moved: what was printed of the original looks so. It is what returned
paper is read by that others printed. Done in the limited child that may look into a stranger's file.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from pikepdf import Array, Pdf, String

from forms.adopting.binding import Binding
from forms.adopting.errors import AdoptingError
from forms.codes.machine import PAGES_MAX, printing_name
from forms.definition import Form
from forms.layout.geometry import VisiblePage
from forms.layout.model import Kind
from forms.layout.values import field_values
from forms.paper.carried import attach
from forms.stamping.carrying import definition
from forms.stamping.laying import (
    SIDE_MIN_MM,
    Placing,
    check_places,
    exclusive_in,
    flattened,
    named,
    places,
    put_on_sheet,
    saved,
)
from forms.stamping.widgets import put_fields

UNMARKED: Final = "/SaysoUnmarked"
"""Stands in the catalogue of such a PDF, and lists the boxes that the original itself has ticked: name and on-state."""

PAGE_MAX_MM: Final = 500.0
"""A larger page is a poster; drawing it would take more memory than a reader has."""

AS_IT_IS: Final = Placing(1.0, 0.0, 0.0)


def unmarked(content: bytes, form: Form, binding: Binding) -> tuple[str, bytes]:
    """Give the name of the printing and its PDF. Raises `AdoptingError` where its paper could not be read."""
    check_places(binding)
    _check_boxes(binding)
    ticked = list(_ticked(content, form, binding))
    with Pdf.open(BytesIO(flattened(content))) as pdf:
        if len(pdf.pages) > PAGES_MAX:
            raise AdoptingError(f"the PDF has more than {PAGES_MAX} pages; cut out those of the form")
        for number, page in enumerate(list(pdf.pages), 1):
            size = VisiblePage.of(page.obj).page(number)
            if max(size.width_mm, size.height_mm) > PAGE_MAX_MM:
                raise AdoptingError(f"page {number} is longer than {PAGE_MAX_MM:.0f} mm")
            put_on_sheet(pdf, page, size, AS_IT_IS, (size.width_mm, size.height_mm))
        put_fields(pdf, places(form, binding, [AS_IT_IS] * len(pdf.pages)))
        pdf.Root[UNMARKED] = Array(Array([String(name), String(state)]) for name, state in ticked)
        told = definition(form)
        name = printing_name(json.dumps(told).encode() + saved(pdf))
        attach(pdf, told | {"printing": name})
        return name, saved(pdf)


def _check_boxes(binding: Binding) -> None:
    """Refuse boxes to tick that nobody could tell a tick in."""
    for one in binding.fields:
        if one.kind not in (Kind.CHECK, Kind.RADIO) or one.box_mm is None:
            continue
        side = min(one.box_mm.w, one.box_mm.h)
        if round(side, 1) < SIDE_MIN_MM:
            raise AdoptingError(
                f"a box on page {one.page} has {side:.1f} mm, and boxes are read from {SIDE_MIN_MM} mm on"
            )


def _ticked(content: bytes, form: Form, binding: Binding) -> Iterator[tuple[str, str]]:
    """Give the boxes that are ticked in the original, by the names that they have from here on."""
    with Pdf.open(BytesIO(content)) as pdf:
        values = field_values(pdf)
    exclusive = exclusive_in(form)
    for one in binding.fields:
        value = values.get(one.field)
        if one.kind in (Kind.CHECK, Kind.RADIO) and one.state in (value if isinstance(value, list) else [value]):
            name, _, state = named(one, is_exclusive=one.question in exclusive)
            yield name, state
