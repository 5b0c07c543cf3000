"""A PDF → its layout, in this process: for a PDF of our own, and for the child that reads a stranger's."""

from typing import BinaryIO

import pikepdf

from forms.layout.errors import LayoutError
from forms.layout.geometry import VisiblePage
from forms.layout.labels import labelled
from forms.layout.model import Field, Layout
from forms.layout.opening import opened
from forms.layout.tree import form_of, parents_of
from forms.layout.widgets import fields_on
from forms.layout.words import runs_on_pages

FIELDS_MAX = 20_000
"""The longest government form at hand has 728 widgets; more than this is a file made to do harm."""


def read_layout(pdf: pikepdf.Pdf) -> Layout:
    """Give the layout of an open PDF, with the labels that its fields state; raises LayoutError if it has no fields."""
    parents = parents_of(pdf)
    seen = [VisiblePage.of(page.obj) for page in pdf.pages]
    fields: list[Field] = []
    for number, (page, visible) in enumerate(zip(pdf.pages, seen, strict=True), start=1):
        fields.extend(fields_on(page.obj, number, visible, parents))
        if len(fields) > FIELDS_MAX:
            raise LayoutError(f"the PDF has more than {FIELDS_MAX} fields; cut out the pages of the form")
    if not fields:
        raise LayoutError(_nothing_to_fill_in(pdf))
    return Layout(tuple(visible.page(number) for number, visible in enumerate(seen, start=1)), tuple(fields))


def layout_json(file: BinaryIO) -> str:
    """Give the layout of a PDF file as JSON, with the labels that its fields state."""
    with opened(file) as pdf:
        return read_layout(pdf).to_json()


def labelled_layout_json(file: BinaryIO) -> str:
    """Give the layout of a PDF file as JSON; fields that state no label get the words nearby."""
    with opened(file) as pdf:
        layout = read_layout(pdf)
        bare = sorted({field.page for field in layout.fields if not field.label})
        visible = {number: VisiblePage.of(pdf.pages[number - 1].obj) for number in bare}
    file.seek(0)
    return labelled(layout, runs_on_pages(file.read(), visible)).to_json()


def _nothing_to_fill_in(pdf: pikepdf.Pdf) -> str:
    form = form_of(pdf)
    if form is not None and "/XFA" in form:
        return (
            "the PDF is a dynamic XFA form, whose boxes only Adobe's programs can lay out; "
            "ask its publisher for an ordinary (AcroForm) PDF"
        )
    return "the PDF has no fields to fill in; add form fields to it, or use the fillable version of the form"
