"""Somebody else's PDF, with what it was adopted as → a printing of ours: our marks and codes around their page.

Each of their pages stands on a sheet of A4, made as much smaller as it takes to keep our marks clear. The fields bear
the names of the adopted form, so that from here on it is one of our own printings: it is typed into, printed, read,
reviewed and counted as any other. Done in the limited child that may look into a stranger's file.
"""

import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

import numpy as np
import pypdfium2
from pikepdf import Pdf

from forms.adopting.binding import Binding
from forms.adopting.errors import AdoptingError
from forms.codes.machine import PAGES_MAX, MachineCode, printing_name
from forms.definition import Form
from forms.layout.geometry import VisiblePage
from forms.layout.model import Box, Kind, Page
from forms.paper import marks
from forms.paper.carried import attach
from forms.paper.editions import MARK_MM, PT_PER_MM, SIZES, Size
from forms.stamping.carrying import SIZE, definition
from forms.stamping.laying import (
    ACRO_FORMS,
    SIDE_MIN_MM,
    Placing,
    as_empty_paper,
    check_places,
    flattened,
    places,
    put_on_sheet,
    saved,
)
from forms.stamping.widgets import put_fields

SHEET: Final = SIZES[SIZE]

SCALES: Final = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82)
"""How much smaller their pages may become, tried in this order. At the last, 19 mm
and more are free on all sides, where our marks and codes stand on any page."""

SCALE_MIN: Final = 0.55
"""A page of A3 with our marks kept clear comes to 0.58; from a larger one words of 10 pt would become 5 pt."""

CLEAR_MM: Final = (1.5, 2.5)
"""White around a corner mark and around a code (four modules of 0.62 mm)."""

WHITE_MIN: Final = 225
"""From this grey on nothing is printed where a mark is to stand but a tint, which gives way to white."""

LOOKED_AT_PX_PER_MM: Final = 3.0

THEIRS: Final = "/SaysoTheirs"
"""Stands in the catalogue of a stamped PDF: its boxes are of any kind, and measured so."""


def stamped(content: bytes, form: Form, binding: Binding, copies: Sequence[str] = ()) -> tuple[str, bytes]:
    """Give the name of the printing and its PDF, or the run of these copy codes, which carries it.

    Raises `AdoptingError` where the pages cannot be stamped; its words say why.
    """
    check_places(binding)
    with Pdf.open(BytesIO(flattened(as_empty_paper(content)))) as pdf:
        if len(pdf.pages) > PAGES_MAX:
            raise AdoptingError(f"the PDF has more than {PAGES_MAX} pages; cut out those of the form")
        sizes = [VisiblePage.of(page.obj).page(number) for number, page in enumerate(pdf.pages, 1)]
        zones = [*_zones(SHEET), *_zone_of(copies)]
        placings = _placings(content, sizes, zones)
        _check_boxes(binding, placings)
        for page, size, placing in zip(list(pdf.pages), sizes, placings, strict=True):
            put_on_sheet(pdf, page, size, placing, (SHEET.width_mm, SHEET.height_mm))
        put_fields(pdf, places(form, binding, placings))
        for page in pdf.pages:
            page.contents_add(marks.as_artifact(_cleared(SHEET, zones) + marks.corner_operators(SHEET)))
        pdf.Root[THEIRS] = True
        told = definition(form)
        uncoded = saved(pdf)
        name = printing_name(json.dumps(told).encode() + uncoded)
        for number, page in enumerate(pdf.pages, 1):
            page.contents_add(marks.as_artifact(marks.code_operators(MachineCode(name, number).words(), SHEET)))
        attach(pdf, told | {"printing": name})
        whole, pages = saved(pdf), len(pdf.pages)
    if not copies:
        return name, whole
    from forms.stamping.numbered import run_of  # noqa: PLC0415 (loads the libraries that lay out paper)

    return name, run_of(name, whole, uncoded, pages, copies)


def _zone_of(copies: Sequence[str]) -> Iterator[Box]:
    """Give where the copy codes stand, with white around."""
    if copies:
        from forms.stamping.numbered import place_of_codes  # noqa: PLC0415 (as above)

        place, clear = place_of_codes(), CLEAR_MM[0]
        yield Box(place.x - clear, place.y - clear, place.w + 2 * clear, place.h + 2 * clear)


def _cleared(size: Size, zones: Sequence[Box]) -> bytes:
    """Give the operators that make paper white where our marks stand: a fax makes dots of a tint."""
    rects = [
        f"{one.x * PT_PER_MM:.2f} {(size.height_mm - one.bottom) * PT_PER_MM:.2f} "
        f"{one.w * PT_PER_MM:.2f} {one.h * PT_PER_MM:.2f} re"
        for one in zones
    ]
    return ("1 g\n" + "\n".join(rects) + "\nf\n").encode()


def _placings(content: bytes, sizes: Sequence[Page], zones: Sequence[Box]) -> list[Placing]:
    """Give each page as large as our marks leave room for."""
    found = []
    for size, dark in zip(sizes, _dark_places(content), strict=True):
        tried = (_placed(size, scale) for scale in SCALES[:-1])
        found.append(next((one for one in tried if _is_clear(one, dark, zones)), _placed(size, SCALES[-1])))
    return found


def _placed(page: Page, scale: float) -> Placing:
    """Put a page in the middle of the sheet."""
    fits = min(SHEET.width_mm / page.width_mm, SHEET.height_mm / page.height_mm, 1.0) * scale
    left, top = (SHEET.width_mm - page.width_mm * fits) / 2, (SHEET.height_mm - page.height_mm * fits) / 2
    return Placing(fits, left, top)


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


def _is_clear(placing: Placing, dark: np.ndarray[tuple[int, int], np.dtype[np.bool_]], zones: Sequence[Box]) -> bool:
    """Tell whether a page so placed has nothing printed where our marks and codes stand."""
    for zone in zones:
        x, y = (zone.x - placing.left_mm) / placing.scale, (zone.y - placing.top_mm) / placing.scale
        right, bottom = x + zone.w / placing.scale, y + zone.h / placing.scale
        left_px, top_px, right_px, bottom_px = (
            max(round(one * LOOKED_AT_PX_PER_MM), 0) for one in (x, y, right, bottom)
        )
        if dark[top_px:bottom_px, left_px:right_px].any():
            return False
    return True


def _zones(size: Size) -> Iterator[Box]:
    for clear, side, corners in (
        (CLEAR_MM[0], MARK_MM, marks.corner_places_mm(size)),
        (CLEAR_MM[1], size.code_mm, marks.code_places_mm(size)),
    ):
        for x, y in corners:
            yield Box(x - clear, y - clear, side + 2 * clear, side + 2 * clear)
