"""Places to tick and to write → the fields of a PDF, on the pages that it has already."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from forms.layout.geometry import VisiblePage
from forms.layout.model import Box, Kind
from forms.paper.editions import PT_PER_MM

RADIO, COMB, MULTILINE = 1 << 15, 1 << 24, 1 << 12
"""Field flags of ISO 32000-2, tables 228 to 230."""

PRINTED: Final = 4
"""The flag of an annotation that is printed with its page."""

SEVERAL_LINES_MM: Final = 13.0
"""From this height on a place to write takes several lines."""

TEXT_LOOK: Final = "/Helv 0 Tf 0 g"


@dataclass(frozen=True, slots=True)
class Place:
    """One field to be: radio buttons of one name exclude each other."""

    name: str
    kind: Kind
    page: int
    box_mm: Box
    state: str = ""
    cells: int | None = None
    words: str = ""
    """What a screen reader says."""


def put_fields(pdf: Pdf, places: Iterable[Place]) -> None:
    """Put fields on pages in place of any that were there; boxes count in mm from the top left of what viewers show."""
    for page in pdf.pages:
        if "/Annots" in page.obj:
            page.obj.Annots = Array(one for one in page.obj.Annots if one.get("/Subtype") != Name.Widget)
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    fields = Array()
    pdf.Root.AcroForm = Dictionary(
        Fields=fields, DR=Dictionary(Font=Dictionary(Helv=font)), DA=String(TEXT_LOOK), NeedAppearances=True
    )
    groups: dict[tuple[str, Kind], list[Place]] = {}
    for place in places:
        groups.setdefault((place.name, place.kind), []).append(place)
    for (name, kind), group in groups.items():
        fields.append(_radios(pdf, name, group) if kind is Kind.RADIO else _plain(pdf, name, group))


def _radios(pdf: Pdf, name: str, group: list[Place]) -> Object:
    field = Dictionary(FT=Name.Btn, Ff=RADIO, T=String(name), TU=String(group[0].words), V=Name.Off)
    return _parent(pdf, field, [_widget(pdf, one) for one in group])


def _plain(pdf: Pdf, name: str, group: list[Place]) -> Object:
    """Give a check box or a place to write; the same one at several places has a widget at each."""
    first = group[0]
    field = Dictionary(T=String(name), TU=String(first.words))
    if first.kind is Kind.CHECK:
        field.FT, field.V = Name.Btn, Name.Off
    else:
        field.FT, field.Ff = Name.Tx, _text_flags(first)
        if first.cells:
            field.MaxLen = first.cells
    return _parent(pdf, field, [_widget(pdf, one) for one in group])


def _text_flags(place: Place) -> int:
    if place.cells:
        return COMB
    return MULTILINE if place.box_mm.h >= SEVERAL_LINES_MM else 0


def _parent(pdf: Pdf, field: Dictionary, kids: list[Object]) -> Object:
    made = pdf.make_indirect(field)
    for kid in kids:
        kid.Parent = made
    made.Kids = Array(kids)
    return made


def _widget(pdf: Pdf, place: Place) -> Object:
    page = pdf.pages[place.page - 1]
    rect = Array([round(one, 3) for one in VisiblePage.of(page.obj).rect_of(place.box_mm)])
    made = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=rect, F=PRINTED, P=page.obj))
    if place.kind in (Kind.CHECK, Kind.RADIO):
        made.AS, made.AP = Name.Off, _looks(pdf, place)
        made.TU = String(place.words)
    if "/Annots" not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(made)
    return made


def _looks(pdf: Pdf, place: Place) -> Dictionary:
    """Give the appearances of a box: nothing, and a cross from corner to corner."""
    wide, high = place.box_mm.w * PT_PER_MM, place.box_mm.h * PT_PER_MM
    cross = f"1 w 1 1 m {wide - 1:.2f} {high - 1:.2f} l 1 {high - 1:.2f} m {wide - 1:.2f} 1 l S\n"
    looks = []
    for drawn in (b"", cross.encode()):
        stream = pdf.make_stream(drawn)
        stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, wide, high])
        looks.append(stream)
    return Dictionary(N=Dictionary({"/Off": looks[0], f"/{place.state}": looks[1]}))
