"""Somebody else's PDF, with what it was adopted as → a printing of ours: our marks and codes around their page.

Each of their pages stands on a sheet of A4, made as much smaller as it takes to keep our marks clear. The fields bear
the names of the adopted form, so that from here on it is one of our own printings: it is typed into, printed, read,
reviewed and counted as any other. Done in the limited child that may look into a stranger's file.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import numpy as np
import pikepdf
import pypdfium2
from pikepdf import Name, Pdf

from forms.adopting.binding import Binding, Bound
from forms.adopting.errors import AdoptingError
from forms.codes.machine import PAGES_MAX, MachineCode, printing_name
from forms.definition import Form
from forms.kinds.one_choice import OneChoice
from forms.kinds.yes_no import YesNo
from forms.layout.geometry import VisiblePage
from forms.layout.model import Box, Kind, Page
from forms.layout.tree import flags_of, inherited, parents_of
from forms.layout.widgets import PUSH, lines_on
from forms.paper import marks
from forms.paper.carried import ATTACHMENT, ATTACHMENT_VERSION
from forms.paper.editions import MARK_MM, PT_PER_MM, SIZES, EditionName, Size, SizeName
from forms.paper.fields import PART
from forms.stamping.widgets import Place, put_fields

SHEET: Final = SIZES[SizeName.A4]

SCALES: Final = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82)
"""How much smaller their pages may become, tried in this order. At the last, 19 mm
and more are free on all sides, where our marks and codes stand on any page."""

SIDE_MIN_MM: Final = 2.5
"""The smallest box to tick of other people's that is measured to be read (see the guide), to a tenth. Ten real forms
have boxes of 2.6 mm and more when their pages have been made smaller."""

SCALE_MIN: Final = 0.55
"""A page of A3 with our marks kept clear comes to 0.58; from a larger one words of 10 pt would become 5 pt."""

CLEAR_MM: Final = (1.5, 2.5)
"""White around a corner mark and around a code (four modules of 0.62 mm)."""

WHITE_MIN: Final = 225
"""From this grey on nothing is printed where a mark is to stand but a tint, which gives way to white."""

LOOKED_AT_PX_PER_MM: Final = 3.0

ACRO_FORMS: Final = (1, 3)
"""The kinds of form, as PDFium counts them, whose fields it draws."""

THEIRS: Final = "/SaysoTheirs"
"""Stands in the catalogue of a stamped PDF: its boxes are of any kind, and measured so."""


@dataclass(frozen=True, slots=True)
class Placing:
    """How one of their pages stands on a sheet of ours: its size there, and the place of its top left corner, in mm."""

    scale: float
    left_mm: float
    top_mm: float

    @classmethod
    def of(cls, page: Page, scale: float) -> "Placing":
        """Put a page in the middle of the sheet."""
        fits = min(SHEET.width_mm / page.width_mm, SHEET.height_mm / page.height_mm, 1.0) * scale
        left, top = (SHEET.width_mm - page.width_mm * fits) / 2, (SHEET.height_mm - page.height_mm * fits) / 2
        return cls(fits, left, top)

    def box(self, box: Box) -> Box:
        """Give where a box of theirs stands on the sheet."""
        scale = self.scale
        return Box(self.left_mm + box.x * scale, self.top_mm + box.y * scale, box.w * scale, box.h * scale)


def stamped(content: bytes, form: Form, binding: Binding) -> tuple[str, bytes]:
    """Give the name of the printing and its PDF. Raises `AdoptingError` where no box is known."""
    if any(one.box_mm is None for one in binding.fields) or not binding.fields:
        raise AdoptingError("where its boxes are is not known; adopt the PDF again")
    with Pdf.open(BytesIO(flattened(content))) as pdf:
        if len(pdf.pages) > PAGES_MAX:
            raise AdoptingError(f"the PDF has more than {PAGES_MAX} pages; cut out those of the form")
        sizes = [VisiblePage.of(page.obj).page(number) for number, page in enumerate(pdf.pages, 1)]
        placings = _placings(content, sizes)
        _check_boxes(binding, placings)
        for page, size, placing in zip(list(pdf.pages), sizes, placings, strict=True):
            _put_on_sheet(pdf, page, size, placing)
        put_fields(pdf, _places(form, binding, placings))
        for page in pdf.pages:
            page.contents_add(marks.as_artifact(_cleared(SHEET) + marks.corner_operators(SHEET)))
        pdf.Root[THEIRS] = True
        definition = _definition(form)
        name = printing_name(json.dumps(definition).encode() + _saved(pdf))
        for number, page in enumerate(pdf.pages, 1):
            page.contents_add(marks.as_artifact(marks.code_operators(MachineCode(name, number).words(), SHEET)))
        _attach(pdf, definition | {"printing": name})
        return name, _saved(pdf)


def flattened(content: bytes) -> bytes:
    """Give a PDF with everything that a viewer draws of its fields as part of its pages, and no fields."""
    with pypdfium2.PdfDocument(_as_empty_paper(content)) as document:
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
        return _saved(pdf)


def _as_empty_paper(content: bytes) -> bytes:
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
        return _saved(pdf)


def _cleared(size: Size) -> bytes:
    """Give the operators that make paper white where our marks stand: a fax makes dots of a tint."""
    rects = [
        f"{one.x * PT_PER_MM:.2f} {(size.height_mm - one.bottom) * PT_PER_MM:.2f} "
        f"{one.w * PT_PER_MM:.2f} {one.h * PT_PER_MM:.2f} re"
        for one in _zones(size)
    ]
    return ("1 g\n" + "\n".join(rects) + "\nf\n").encode()


def _placings(content: bytes, sizes: Sequence[Page]) -> list[Placing]:
    """Give each page as large as our marks leave room for."""
    found = []
    for size, dark in zip(sizes, _dark_places(content), strict=True):
        tried = (Placing.of(size, scale) for scale in SCALES[:-1])
        found.append(next((one for one in tried if _is_clear(one, dark)), Placing.of(size, SCALES[-1])))
    return found


def _check_boxes(binding: Binding, placings: Sequence[Placing]) -> None:
    """Refuse pages that would have to be made so small that nobody could read them, or their boxes to tick."""
    for number, placing in enumerate(placings, 1):
        if placing.scale < SCALE_MIN:
            raise AdoptingError(f"page {number} is too large to be made one of A4; give it as A4 or A3")
    for one in binding.fields:
        if one.kind not in (Kind.CHECK, Kind.RADIO) or one.box_mm is None:
            continue
        side = min(one.box_mm.w, one.box_mm.h)
        scaled = side * placings[one.page - 1].scale
        if round(scaled, 1) < SIDE_MIN_MM:
            raise AdoptingError(
                f"a box of {side:.1f} mm on page {one.page} would be {scaled:.1f} mm on A4 between our marks, and is "
                f"read from {SIDE_MIN_MM} mm on. Make the boxes larger, or leave 2 cm free on all sides of the page"
            )


def _dark_places(content: bytes) -> Iterator[np.ndarray[tuple[int, int], np.dtype[np.bool_]]]:
    """Give where each page is printed, at `LOOKED_AT_PX_PER_MM`."""
    with pypdfium2.PdfDocument(content) as document:
        if document.get_formtype() in ACRO_FORMS:
            document.init_forms()
        for page in document:
            image = page.render(scale=LOOKED_AT_PX_PER_MM * 25.4 / 72, grayscale=True, may_draw_forms=True).to_numpy()
            yield np.asarray(image).reshape(image.shape[:2]) < WHITE_MIN


def _is_clear(placing: Placing, dark: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> bool:
    """Tell whether a page so placed has nothing printed where our marks and codes stand."""
    for zone in _zones(SHEET):
        x, y = (zone.x - placing.left_mm) / placing.scale, (zone.y - placing.top_mm) / placing.scale
        right, bottom = x + zone.w / placing.scale, y + zone.h / placing.scale
        left_px, top_px, right_px, bottom_px = (
            max(round(one * LOOKED_AT_PX_PER_MM), 0) for one in (x, y, right, bottom)
        )
        if dark[top_px:bottom_px, left_px:right_px].any():
            return False
    return True


def _zones(size: Size) -> Iterator[Box]:
    for clear, side, places in (
        (CLEAR_MM[0], MARK_MM, marks.corner_places_mm(size)),
        (CLEAR_MM[1], size.code_mm, marks.code_places_mm(size)),
    ):
        for x, y in places:
            yield Box(x - clear, y - clear, side + 2 * clear, side + 2 * clear)


def _put_on_sheet(pdf: Pdf, page: pikepdf.Page, size: Page, placing: Placing) -> None:
    """Turn a page into a sheet of A4 that shows it, upright, in its place."""
    shown = _drawing(pdf, page)
    wide, high = size.width_mm * placing.scale * PT_PER_MM, size.height_mm * placing.scale * PT_PER_MM
    left = placing.left_mm * PT_PER_MM
    bottom = (SHEET.height_mm - placing.top_mm) * PT_PER_MM - high
    sheet = pdf.add_blank_page(page_size=(SHEET.width_mm * PT_PER_MM, SHEET.height_mm * PT_PER_MM))
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


def _places(form: Form, binding: Binding, placings: Sequence[Placing]) -> Iterator[Place]:
    """Give the boxes on their sheets, under the names that our own printings give to such."""
    exclusive = {one.id for one in form.questions if isinstance(one, (OneChoice, YesNo))}
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


def named(one: Bound, *, is_exclusive: bool) -> tuple[str, Kind, str]:
    """Give the name, kind and on-state that a field has in our own printings."""
    if one.kind not in (Kind.CHECK, Kind.RADIO):
        return PART.join(filter(None, (one.question, one.part))), Kind.TEXT, ""
    if is_exclusive:
        return one.question, Kind.RADIO, one.choice
    name = f"{one.question}{PART}{one.choice}" if one.choice != "given" else one.question
    return name, Kind.CHECK, one.choice


def _definition(form: Form) -> dict[str, object]:
    return {
        "sayso": ATTACHMENT_VERSION,
        "edition": EditionName.CLEAR,
        "size": SHEET.name,
        "language": form.language,
        "landlord": {},
        "form": json.loads(form.canonical()),
        "torn_off_pages": (),
        "blank_pages": (),
    }


def _attach(pdf: Pdf, content: dict[str, object]) -> None:
    attached = pikepdf.AttachedFileSpec(
        pdf,
        json.dumps(content, ensure_ascii=False).encode(),
        filename=ATTACHMENT,
        mime_type="application/json",
        description="The definition of this form, for Sayso to read it by",
        creation_date="",
        mod_date="",
    )
    attached.obj.AFRelationship = Name.Data
    pdf.attachments[ATTACHMENT] = attached


def _saved(pdf: Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()
