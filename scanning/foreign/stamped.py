"""Somebody else's form with our marks and codes on it: found as ours are, its boxes measured as other people's are."""

from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final, TypeVar

import cv2
import numpy as np

from forms.errors import FormsError
from forms.layout.model import Field, Kind
from forms.layout.opening import opened
from forms.layout.reading import read_layout
from forms.paper.carried import carried_definition
from forms.paper.editions import SIZES, Size
from forms.stamping.sheets import THEIRS
from scanning.foreign.following import followed
from scanning.foreign.insides import inside_of
from scanning.foreign.library import Known
from scanning.foreign.matching import Seen, Straight
from scanning.foreign.page import ForeignReading
from scanning.foreign.templates import ForeignPage, drawn
from scanning.pipeline import Identity, Located
from scanning.template import Grey, Template, TickBox

SEARCH_MM: Final = 2.0
"""How far print lies off the place that our marks give it, on paper that was folded or curls."""


AnyPage = TypeVar("AnyPage", bound=ForeignPage)


@dataclass(frozen=True, eq=False)
class StampedPage(ForeignPage):
    """One page that bears our marks and codes around somebody else's."""


def stamped_template_of(content: bytes) -> Template | None:
    """Give the template that a stamped PDF is; None for any other. Raises the errors of `forms`."""
    with opened(BytesIO(content)) as pdf:
        if THEIRS not in pdf.Root:
            return None
        carried = carried_definition(pdf)
        layout = read_layout(pdf)
        form = BytesIO()
        pdf.save(form)
    if carried is None:
        return None
    pages = tuple(
        page_of(StampedPage, carried.printing, number, SIZES[carried.size], layout.fields, image)
        for number, image in enumerate(drawn(form.getvalue()), 1)
    )
    return Template(carried.printing, carried.form, pages, carried.blank_pages, carried.torn_off_pages)


def pages_loaded(file: BinaryIO) -> int:
    """Load a stamped PDF as every reader does, in a limited child, and give its pages; an error of `forms` if not."""
    template = stamped_template_of(file.read())
    if template is None:
        raise FormsError("it carries no form")
    return len(template.pages)


def page_of(
    made: type[AnyPage],
    printing: str,
    number: int,
    size: Size,
    fields: tuple[Field, ...],
    image: Grey,
    preset: Collection[tuple[str, str]] = (),
) -> AnyPage:
    """Give a page whose fields have the names of ours; `preset` are the boxes, by name and state, it has ticked."""
    here = [field for field in fields if field.page == number]
    ticked = [field for field in here if field.kind in (Kind.RADIO, Kind.CHECK)]
    insides = tuple(inside_of(image, field.box_mm) for field in ticked)
    return made(
        printing=printing,
        number=number,
        size=size,
        ticks=tuple(
            TickBox(
                field.name,
                field.kind,
                field.options[0],
                one.x + (one.w - side) / 2,
                one.y + (one.h - side) / 2,
                side,
            )
            for field, one in zip(ticked, insides, strict=True)
            for side in (float(np.sqrt(one.w * one.h)),)
        ),
        texts=tuple(field for field in here if field.kind is Kind.TEXT),
        packed_reference=cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes(),
        insides=insides,
        preset=tuple((field.name, field.options[0]) in preset for field in ticked),
    )


def read_stamped(image: Grey, found: Identity) -> Located:
    """Read a page that its marks and codes have told and placed."""
    if not isinstance(found.page, StampedPage):
        raise TypeError("only a stamped page is read so")
    known = Known(found.template, found.page)
    straight = Straight(Seen(image), found.registration, known.printed.small.shape)
    pieces = straight.found(known.printed, known.printed.pieces_mm, SEARCH_MM)
    pieces = followed(straight, known.printed, pieces)
    return Located(ForeignReading(image, found.registration, known, found.code, straight, pieces).reading(), found)
