"""A form → its printing: the tagged, fillable PDF that people fill in and the scanner reads by."""

import gc
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Pdf

from forms.codes.machine import PAGES_MAX, MachineCode, printing_name
from forms.definition import Form
from forms.landlord import Landlord
from forms.paper import fonts, marks, mending
from forms.paper.carried import ATTACHMENT_VERSION, PaperError, attach
from forms.paper.content import blocks
from forms.paper.document import PagePlan, planned, rendered
from forms.paper.editions import EDITIONS, SIZES, Edition, EditionName, Size, SizeName
from forms.paper.fields import FieldSpec
from forms.paper.setting import Setting
from forms.paper.simple_font import simple_font
from forms.paper.tagging.reading_out import mend_reading
from forms.paper.tagging.spoken_lines import SpokenLines, spoken_lines

GEOMETRY_DIGITS = 2
"""Decimals of a pt to which boxes decide the name of a printing: 0.004 mm."""


@dataclass(frozen=True, slots=True)
class Printing:
    """A form's PDF with what is known of it: its name in machine codes, and which pages are what."""

    name: str
    pdf: bytes
    uncoded: bytes
    """The same without machine codes and definition: what a run of copies is stamped on."""
    size: Size
    edition: Edition
    torn_off_pages: tuple[int, ...]
    """Page numbers from 1 that bear no copy code."""
    blank_pages: tuple[int, ...]
    """Page numbers from 1 of the blank backs of sheets."""
    pages: int


def print_form(
    form: Form,
    landlord: Landlord,
    *,
    edition: EditionName = EditionName.CLEAR,
    size: SizeName = SizeName.A4,
    language: str | None = None,
) -> Printing:
    """Give the PDF of a form in one edition, size and language (its first unless named).

    Raises `PaperError` for a language that the form is not in, and `TooTallError` for a size that cannot hold it.
    """
    chosen = language or form.language
    if chosen not in form.languages:
        raise PaperError(f"{form.form} is not in '{chosen}'. It is in: {', '.join(form.languages)}.")
    setting = Setting(form, EDITIONS[edition], SIZES[size], chosen, landlord)
    _refuse_missing_letters(setting)
    made = blocks(setting)
    with _without_collecting():
        pages = planned(setting, made)
        if len(pages) > PAGES_MAX:
            raise PaperError(f"{form.form} would have {len(pages)} pages, more than {PAGES_MAX}. Make two forms of it.")
        document = rendered(setting, pages)
        raw, spoken = document.write_pdf(pdf_forms=True, pdf_variant="pdf/ua-1"), spoken_lines(document)
        return _finished(setting, pages, raw, [field for block in made for field in block.fields], spoken)


def _refuse_missing_letters(setting: Setting) -> None:
    """Refuse words that the fonts of paper cannot show: a page of empty boxes must not go out."""
    words = "".join(text[setting.language] for _, text in setting.form.texts()) + "".join(setting.details.values())
    missing = fonts.missing_letters(words)
    if missing:
        shown = " ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing[:5])
        raise PaperError(
            f"paper has no letters for these: {shown}. Write them in Latin or Arabic letters, or leave them out."
        )


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking for garbage while a layout grows: it finds none and takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _finished(
    setting: Setting, pages: Sequence[PagePlan], raw: bytes, specs: Sequence[FieldSpec], spoken: SpokenLines
) -> Printing:
    """Mend fields and tags, name the printing by its geometry, stamp marks and codes, attach the definition."""
    torn_off = tuple(number for number, page in enumerate(pages, 1) if page.torn_off and not page.blank)
    blank = tuple(number for number, page in enumerate(pages, 1) if page.blank)
    with Pdf.open(BytesIO(raw)) as pdf:
        font = simple_font(pdf, fonts.REGULAR)
        mending.mend_fields(pdf, specs, font, right_to_left=setting.direction == "rtl")
        mend_reading(pdf, spoken, setting.language)
        mending.wrap_pages(pdf)
        drawn = [(number, page) for number, page in enumerate(pdf.pages, 1) if number not in blank]
        for _, page in drawn:
            page.contents_add(marks.as_artifact(marks.corner_operators(setting.size)))
        uncoded = _saved(pdf)
        definition = _definition(setting)
        name = printing_name(definition + _geometry(pdf) + _drawing(pdf))
        for number, page in drawn:
            words = MachineCode(name, number).words()
            page.contents_add(marks.as_artifact(marks.code_operators(words, setting.size)))
        attach(pdf, json.loads(definition) | {"printing": name, "torn_off_pages": torn_off, "blank_pages": blank})
        return Printing(name, _saved(pdf), uncoded, setting.size, setting.edition, torn_off, blank, len(pages))


def _saved(pdf: Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _definition(setting: Setting) -> bytes:
    """Give the printing's definition: the form with what it was set with."""
    content = {
        "sayso": ATTACHMENT_VERSION,
        "edition": setting.edition.name,
        "size": setting.size.name,
        "language": setting.language,
        "landlord": setting.landlord.details(),
        "form": json.loads(setting.form.canonical()),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _drawing(pdf: Pdf) -> bytes:
    """Give what is drawn on every page: two printings that look different must not share a name."""
    drawn = []
    for page in pdf.pages:
        page.contents_coalesce()
        drawn.append(page.obj.Contents.read_bytes() if "/Contents" in page.obj else b"")
    return b"".join(drawn)


def _geometry(pdf: Pdf) -> bytes:
    """Give the place of every box on every page."""
    places = [
        [page, *(round(float(value), GEOMETRY_DIGITS) for value in widget.Rect)]
        for page, widget in mending.widgets_of(pdf)
    ]
    return json.dumps(places).encode()
