"""Somebody else's form as they print it, known by the boxes of the form that it was adopted as: told by its print."""

from io import BytesIO
from typing import BinaryIO

from forms.errors import FormsError
from forms.layout.opening import opened
from forms.layout.reading import read_layout
from forms.paper.carried import carried_definition
from forms.paper.editions import Size, SizeName
from forms.stamping.unmarked import UNMARKED
from scanning.foreign.stamped import page_of
from scanning.foreign.templates import ForeignPage, drawn
from scanning.template import Template


def unmarked_template_of(content: bytes) -> Template | None:
    """Give the template that such a PDF is; None for any other. Raises the errors of `forms`."""
    with opened(BytesIO(content)) as pdf:
        if UNMARKED not in pdf.Root:
            return None
        carried = carried_definition(pdf)
        layout = read_layout(pdf)
        preset = {(str(name), str(state)) for name, state in pdf.Root[UNMARKED].as_list()}
        form = BytesIO()
        pdf.save(form)
    if carried is None:
        return None
    pages = tuple(
        page_of(
            ForeignPage,
            carried.printing,
            page.number,
            Size(SizeName.A4, page.width_mm, page.height_mm, 0, 0, 0, 0, 0),
            layout.fields,
            image,
            preset,
        )
        for page, image in zip(layout.pages, drawn(form.getvalue()), strict=True)
    )
    return Template(carried.printing, carried.form, pages, carried.blank_pages, carried.torn_off_pages)


def pages_loaded(file: BinaryIO) -> int:
    """Load such a PDF as every reader does, in a limited child, and give its pages; an error of `forms` if not."""
    template = unmarked_template_of(file.read())
    if template is None:
        raise FormsError("it carries no form")
    return len(template.pages)
