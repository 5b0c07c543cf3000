"""PDF: pages taken out of it, and one page cut out of it. Runs in a limited child only.

A page that goes becomes a blank one of the same size. What only it showed is emptied, even where something else still
points to it: some makers list the pictures of all pages with every page. The streams of the other pages are copied as
they are, packed as they were.
"""

from collections.abc import Collection
from io import BytesIO
from typing import Any, BinaryIO, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, PdfError, Stream, StreamDecodeLevel

from scanning.pages.errors import UnreadableFile

STAYS_ON_BLANK: Final = frozenset({"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit"})
STAYS_IN_ROOT: Final = frozenset({"/Type", "/Pages", "/Version", "/Extensions", "/OCProperties", "/AcroForm"})
"""All that pages are shown and typed answers are read by. Outlines, attached files and the like may hold anybody's
words."""

UPWARDS: Final = frozenset({"/Parent", "/P"})
"""What leads from a thing to what it is part of."""

FIELD_VALUES: Final = ("/V", "/DV", "/RV", "/AP", "/TU")
DEPTH_MAX: Final = 50
"""Of fields in fields and pages in pages; real ones have 5."""

Seen = set[tuple[int, int]]
"""Numbers of objects."""


def count(file: BinaryIO) -> int:
    """Give how many pages it has."""
    with opened(file) as pdf:
        return len(pdf.pages)


def without(file: BinaryIO, numbers: Collection[int], target: BinaryIO) -> None:
    """Write the PDF with blank pages in the place of those numbers (from 1)."""
    with opened(file) as pdf:
        _blank(pdf, numbers)
        _save(pdf, target)


def page_alone(file: BinaryIO, number: int) -> bytes:
    """Give a PDF of that page (from 1) alone."""
    target = BytesIO()
    with opened(file) as pdf:
        others = [other for other in range(1, len(pdf.pages) + 1) if other != number]
        _blank(pdf, others)
        for other in reversed(others):
            del pdf.pages[other - 1]
        _save(pdf, target)
    return target.getvalue()


def opened(file: BinaryIO) -> Pdf:
    """Open a PDF; `UnreadableFile` when it is locked."""
    file.seek(0)
    try:
        return pikepdf.open(file, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise UnreadableFile("The PDF is locked with a password.") from None


def _save(pdf: Pdf, target: BinaryIO) -> None:
    pdf.save(
        target,
        stream_decode_level=StreamDecodeLevel.none,
        compress_streams=False,
        object_stream_mode=ObjectStreamMode.preserve,
        deterministic_id=True,
    )


def _blank(pdf: Pdf, numbers: Collection[int]) -> None:
    going: Seen = set()
    staying: Seen = set()
    for number, page in enumerate(pdf.pages, 1):
        _reach(page, going if number in numbers else staying)
    for number in numbers:
        _empty(pdf.pages[number - 1])
    for objgen in going - staying:
        one = pdf.get_object(objgen)
        if isinstance(one, Stream):
            _clear(one)
            one.write(b"")
    _strip(pdf)


def _reach(page: Page, seen: Seen) -> None:
    """Note all objects that a page shows, and all that it is made of."""
    _painted(page.obj, _resources(page.obj), seen)


def _painted(holder: Object, resources: Object, seen: Seen) -> None:
    """Note what a page or a form is made of: of the pictures that its resources list, only those it draws."""
    for key, value in holder.items():
        if key not in UPWARDS and key != "/Resources":
            _walk(value, seen)
    for key, value in resources.items():
        if key != "/XObject":
            _walk(value, seen)
    listed = resources.get("/XObject", Dictionary())
    for name in _drawn(holder, listed):
        one = listed[name]
        if one.objgen in seen:
            continue
        if one.get("/Subtype") == Name.Form:
            seen.add(one.objgen)
            _painted(one, one.get("/Resources", resources), seen)
        else:
            _walk(one, seen)


def _drawn(holder: Object, listed: Object) -> set[str]:
    """Give the names of what a page or form draws; all that are listed where its drawing cannot be followed."""
    try:
        drawing = pikepdf.parse_content_stream(holder if isinstance(holder, Stream) else Page(holder), operators="Do")
        named = {str(step.operands[0]) for step in drawing if len(step.operands) == 1}
    except (PdfError, TypeError, ValueError):
        return set(listed.keys())
    return named & set(listed.keys())


def _walk(start: Any, seen: Seen) -> None:
    """Note an object and all that it points to, but no other page."""
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, Object) or not isinstance(one, (Array, Dictionary, Stream)):
            continue
        if one.is_indirect:
            if one.objgen in seen:
                continue
            if isinstance(one, Dictionary) and one.get("/Type") in (Name.Page, Name.Pages):
                continue
            seen.add(one.objgen)
        if isinstance(one, Array):
            waiting.extend(one)
        else:
            waiting.extend(value for key, value in one.items() if key not in UPWARDS)


def _resources(page: Object) -> Object:
    """Give what a page may draw, which it may have from the group of pages that it is in."""
    at: Object | None = page
    for _ in range(DEPTH_MAX):
        if at is None or "/Resources" in at:
            break
        at = at.get("/Parent")
    return at.get("/Resources", Dictionary()) if at is not None else Dictionary()


def _empty(page: Page) -> None:
    for annotation in page.obj.get("/Annots", Array()):
        field = annotation.get("/Parent")
        for _ in range(DEPTH_MAX):
            if field is None:
                break
            for key in FIELD_VALUES:
                _drop(field, key)
            field = field.get("/Parent")
        _clear(annotation)
    for key in set(page.obj.keys()) - STAYS_ON_BLANK:
        _drop(page.obj, key)
    page.obj["/Resources"] = Dictionary()


def _strip(pdf: Pdf) -> None:
    """Remove what belongs to the document as a whole and is no page."""
    for key in set(pdf.Root.keys()) - STAYS_IN_ROOT:
        _drop(pdf.Root, key)
    _drop(pdf.trailer, "/Info")
    form = pdf.Root.get("/AcroForm")
    if form is not None:
        _drop(form, "/XFA")
        form["/Fields"] = Array([field for field in form.get("/Fields", Array()) if len(field.keys())])


def _clear(one: Object) -> None:
    for key in set(one.keys()) - {"/Length"}:
        _drop(one, key)


def _drop(one: Object, key: str) -> None:
    if key in one:
        del one[key]
