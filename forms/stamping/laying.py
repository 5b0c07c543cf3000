"""Somebody else's pages made ready to stand on sheets: nothing on them can be changed, and their boxes have our names.

Done in the limited child that may look into a stranger's file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pikepdf
import pypdfium2
from pikepdf import Name, Pdf

from forms.adopting.binding import Binding, Bound
from forms.adopting.errors import AdoptingError
from forms.definition import Form
from forms.kinds.one_choice import OneChoice
from forms.kinds.yes_no import YesNo
from forms.layout.geometry import VisiblePage
from forms.layout.model import Box, Kind, Page
from forms.layout.tree import flags_of, inherited, parents_of
from forms.layout.widgets import PUSH, lines_on
from forms.paper.editions import PT_PER_MM
from forms.paper.fields import PART
from forms.stamping.widgets import Place

SIDE_MIN_MM: Final = 2.5
"""The smallest box to tick of other people's that is measured to be read (see the guide), to a tenth. Ten real forms
have boxes of 2.6 mm and more when their pages have been made smaller."""

ACRO_FORMS: Final = (1, 3)
"""The kinds of form, as PDFium counts them, whose fields it draws."""

NO_PLACES: Final = "where its boxes are is not known; adopt the PDF again"


@dataclass(frozen=True, slots=True)
class Placing:
    """How one of their pages stands on a sheet: its size there, and the place of its top left corner, in mm."""

    scale: float
    left_mm: float
    top_mm: float

    def box(self, box: Box) -> Box:
        """Give where a box of theirs stands on the sheet."""
        scale = self.scale
        return Box(self.left_mm + box.x * scale, self.top_mm + box.y * scale, box.w * scale, box.h * scale)


def check_places(binding: Binding) -> None:
    """Raise `AdoptingError` where no box is known, or where one is not."""
    if any(one.box_mm is None for one in binding.fields) or not binding.fields:
        raise AdoptingError(NO_PLACES)


def flattened(content: bytes) -> bytes:
    """Give a PDF with everything that a viewer draws of its fields as part of its pages, and no fields."""
    with pypdfium2.PdfDocument(content) as document:
        if document.get_formtype() in ACRO_FORMS:
            document.init_forms()
        for page in document:
            page.flatten()
        out = BytesIO()
        document.save(out)
    with Pdf.open(BytesIO(out.getvalue())) as pdf:
        for key in ("/AcroForm", "/OpenAction", "/AA", "/Names", "/Perms"):
            if key in pdf.Root:
                del pdf.Root[key]
        for page in pdf.pages:
            for key in ("/Annots", "/AA"):
                if key in page.obj:
                    del page.obj[key]
        return saved(pdf)


def as_empty_paper(content: bytes) -> bytes:
    """Give a PDF without its push buttons, for paper has nothing to push, and without ticks that are set already."""
    with Pdf.open(BytesIO(content)) as pdf:
        parents = parents_of(pdf)
        for page in pdf.pages:
            lines = [line for line in lines_on(page.obj, parents) if inherited(line, "/FT") == "/Btn"]
            pushed = {line[0].objgen for line in lines if flags_of(line) & PUSH}
            for line in lines:
                line[0].AS = Name.Off
            if pushed:
                page.obj.Annots = pikepdf.Array(one for one in page.obj.Annots if one.objgen not in pushed)
        return saved(pdf)


def put_on_sheet(pdf: Pdf, page: pikepdf.Page, size: Page, placing: Placing, sheet_mm: tuple[float, float]) -> None:
    """Turn a page into a sheet of that width and height which shows it, upright, in its place."""
    shown = _drawing(pdf, page)
    sheet_wide, sheet_high = (side * PT_PER_MM for side in sheet_mm)
    wide, high = size.width_mm * placing.scale * PT_PER_MM, size.height_mm * placing.scale * PT_PER_MM
    left = placing.left_mm * PT_PER_MM
    bottom = sheet_high - placing.top_mm * PT_PER_MM - high
    sheet = pdf.add_blank_page(page_size=(sheet_wide, sheet_high))
    name = sheet.add_resource(shown, Name.XObject, Name.Theirs)
    operators = sheet.calc_form_xobject_placement(
        shown, name, pikepdf.Rectangle(left, bottom, left + wide, bottom + high), allow_shrink=True, allow_expand=True
    )
    page.obj.Contents = pdf.make_stream(b"q\n" + operators + b"\nQ\n")
    page.obj.Resources = sheet.obj.Resources
    for key in ("/Rotate", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/UserUnit", "/StructParents"):
        if key in page.obj:
            del page.obj[key]
    page.obj.MediaBox = sheet.obj.MediaBox
    page.obj.Rotate = 0
    del pdf.pages[-1]


def _drawing(pdf: Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """Give what a page shows as a drawing of its own: what pikepdf gives is read from the page when it is saved."""
    page.obj.TrimBox = pikepdf.Array(VisiblePage.of(page.obj).rect)  # what is trimmed off in print is seen, too
    shown = page.as_form_xobject()
    made = pdf.make_stream(shown.read_bytes())
    for key in set(shown.keys()) - {"/Length", "/Filter", "/DecodeParms"}:
        made[key] = shown[key]
    return made


def places(form: Form, binding: Binding, placings: Sequence[Placing]) -> Iterator[Place]:
    """Give the boxes on their sheets, under the names that our own printings give to such."""
    exclusive = exclusive_in(form)
    words = {one.id: one.ask[form.language] for one in form.questions}
    choices = {
        one.id: {choice.id: choice.label[form.language] for choice in form.choices(one)} for one in form.questions
    }
    for one in binding.fields:
        if one.box_mm is None:
            continue
        said = " ".join(filter(None, (words[one.question], choices[one.question].get(one.choice, one.part))))
        box = placings[one.page - 1].box(one.box_mm)
        name, kind, state = named(one, is_exclusive=one.question in exclusive)
        yield Place(name, kind, one.page, box, state, one.cells if kind is Kind.TEXT else None, said)


def exclusive_in(form: Form) -> frozenset[str]:
    """Give the questions of which only one answer may be ticked."""
    return frozenset(one.id for one in form.questions if isinstance(one, (OneChoice, YesNo)))


def named(one: Bound, *, is_exclusive: bool) -> tuple[str, Kind, str]:
    """Give the name, kind and on-state that a field has in our own printings."""
    if one.kind not in (Kind.CHECK, Kind.RADIO):
        return PART.join(filter(None, (one.question, one.part))), Kind.TEXT, ""
    if is_exclusive:
        return one.question, Kind.RADIO, one.choice
    name = f"{one.question}{PART}{one.choice}" if one.choice != "given" else one.question
    return name, Kind.CHECK, one.choice


def saved(pdf: Pdf) -> bytes:
    """Give a PDF as bytes, the same ones whenever it is made."""
    out = BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()
