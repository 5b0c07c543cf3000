"""The fields on the pages of a PDF: each fillable widget with its kind, box and limits."""

from collections.abc import Iterator

import pikepdf

from forms.layout.geometry import VisiblePage, rect_of
from forms.layout.model import Field, Kind
from forms.layout.tree import (
    Line,
    Parents,
    dictionaries,
    flags_of,
    inherited,
    line_of,
    name_of,
    text_of,
    text_of_key,
)

MULTILINE, PASSWORD, RADIO, PUSH, FILE_SELECT, COMB = (1 << bit for bit in (12, 13, 15, 16, 20, 24))
"""Field flags of ISO 32000-2, tables 228 to 230."""

CELLS_MAX = 250
"""Most comb cells: 250 on a line of A3 paper are 1.6 mm each, too narrow to write in."""

OFF = "Off"


def fields_on(page: pikepdf.Dictionary, number: int, seen: VisiblePage, parents: Parents) -> Iterator[Field]:
    """Give the fields of one page, as the page lists them; push buttons and signatures are not filled in on paper."""
    for line in lines_on(page, parents):
        kind = kind_of(line)
        rect = rect_of(line[0].get("/Rect"))
        if kind is None or rect is None:
            continue
        max_length = _max_length(line) if kind is Kind.TEXT else None
        yield Field(
            name=name_of(line),
            kind=kind,
            page=number,
            box_mm=seen.box(rect),
            options=tuple(_choices(line) if kind is Kind.CHOICE else on_states(line[0], kind)),
            comb_cells=_comb_cells(line, max_length),
            max_length=max_length,
            label=_stated_label(line),
        )


def lines_on(page: pikepdf.Dictionary, parents: Parents) -> Iterator[Line]:
    """Give each widget of a page once, with its parents."""
    seen: set[tuple[int, int]] = set()
    for annotation in dictionaries(page.get("/Annots")):
        if annotation.get("/Subtype", "/Widget") != "/Widget":
            continue
        if annotation.is_indirect:
            if annotation.objgen in seen:
                continue
            seen.add(annotation.objgen)
        yield line_of(annotation, parents)


def kind_of(line: Line) -> Kind | None:
    """Say what a person does in the field, None for what is not filled in on paper."""
    field_type = inherited(line, "/FT")
    if field_type == "/Btn":
        flags = flags_of(line)
        if flags & PUSH:
            return None
        return Kind.RADIO if flags & RADIO else Kind.CHECK
    if field_type == "/Tx":
        return Kind.TEXT
    return Kind.CHOICE if field_type == "/Ch" else None


def on_states(widget: pikepdf.Dictionary, kind: Kind) -> list[str]:
    """Give the states other than Off that a check or radio widget has an appearance for."""
    appearance = widget.get("/AP")
    if kind not in (Kind.CHECK, Kind.RADIO) or not isinstance(appearance, pikepdf.Dictionary):
        return []
    normal = appearance.get("/N", appearance.get("/D"))
    keys = sorted(normal.keys()) if isinstance(normal, pikepdf.Dictionary) else ()
    return [state for state in map(text_of_key, keys) if state != OFF]


def _choices(line: Line) -> Iterator[str]:
    """Give the export value of each choice, which is what a filled-in form holds."""
    options = inherited(line, "/Opt")
    for option in options if isinstance(options, pikepdf.Array) else ():
        if isinstance(option, pikepdf.Array):
            yield text_of(option[0]) if len(option) else ""
        else:
            yield text_of(option)


def _max_length(line: Line) -> int | None:
    length = inherited(line, "/MaxLen")
    return length if isinstance(length, int) and length > 0 else None


def _comb_cells(line: Line, max_length: int | None) -> int | None:
    """Give the number of cells; the comb flag counts only as the standard says (ISO 32000-2, table 230)."""
    flags = flags_of(line)
    comb = flags & COMB and not flags & (MULTILINE | PASSWORD | FILE_SELECT)
    return max_length if comb and max_length is not None and max_length <= CELLS_MAX else None


def _stated_label(line: Line) -> str:
    """Give the description (/TU) of the widget or of the field it belongs to, on one line."""
    for node in line:
        if "/TU" in node:
            return " ".join(text_of(node["/TU"]).split())
        if "/T" in node:
            break
    return ""
