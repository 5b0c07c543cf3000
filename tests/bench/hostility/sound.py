"""Sound files of filled-in pages in every format, of which the damaged ones are made."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

import cv2
import pikepdf
import pillow_heif
from PIL import Image as Pillow

from forms import library
from forms.landlord import Landlord
from forms.paper.printing import Printing, print_form
from scanning.pages import PageLimits
from scanning.readers.messages import Typed
from scanning.readers.reading import FileReader
from scanning.readers.results import NO_PICTURES
from scanning.readings import PageReading
from tests.bench.hostility.cases import Truth
from tests.paper import files
from tests.paper.hands import Family
from tests.paper.pens import Image
from tests.paper.returns import ReturnedPage, simulated_return
from tests.paper.wear import WEARS

FORM = "event"


@dataclass(frozen=True, slots=True)
class Sound:
    """A file as it should be, with the right answers of its pages."""

    name: str
    content: bytes
    truth: Truth


@cache
def printing() -> Printing:
    """Give the form that all of them are returns of."""
    return print_form(library.find(FORM), Landlord())


def sound_files(seed: int) -> list[Sound]:
    """Give a file in each format, made of one return without ambiguous questions."""
    grey, bitonal = _clear_return(seed, "grey"), _clear_return(seed, "bitonal")
    marked = max(grey, key=lambda page: len(page.truth.boxes))
    image, stored = marked.scan.image, [page.encoded() for page in grey]
    one, all_of = truth_of([marked]), truth_of(grey)
    g4 = files.tiff_g4([page.scan.image for page in bitonal])
    return [
        Sound("JPEG", marked.encoded(), one),
        Sound("JPEG, progressive", _pillow(image, "JPEG", progressive=True, quality=80), one),
        Sound("PNG", files.png(image), one),
        Sound("HEIC", _heic(image), one),
        Sound("TIFF, LZW", files.tiff([page.scan.image for page in grey]), all_of),
        Sound("TIFF, G4", g4, truth_of(bitonal)),
        Sound("PDF of JPEGs", files.pdf(stored), all_of),
        Sound("PDF of G4", files.pdf([page.encoded() for page in bitonal]), truth_of(bitonal)),
        _typed(),
    ]


def _clear_return(seed: int, wear: str) -> Sequence[ReturnedPage]:
    """Give the pages of the first return from that seed on in which nothing is ambiguous."""
    for one in count(seed):
        pages = simulated_return(printing(), one, WEARS[wear], Family.JUDGING).pages
        if all(question.ambiguous is None for page in pages for question in page.truth.questions):
            return pages
    raise AssertionError


def truth_of(pages: Sequence[ReturnedPage]) -> Truth:
    """Give the right answers of pages."""
    return {
        (page.truth.copy, page.truth.number): {one.question: one.value for one in page.truth.questions}
        for page in pages
    }


def _pillow(image: Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    Pillow.fromarray(image).save(out, kind, **options)
    return out.getvalue()


def _heic(image: Image) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(Pillow.fromarray(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB))).save(out, quality=60)
    return out.getvalue()


def _typed() -> Sound:
    """Give a PDF that was typed into: of every question the first choice."""
    with pikepdf.open(io.BytesIO(printing().pdf)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if field.get("/FT") == "/Btn":
                _choose(field)
        out = io.BytesIO()
        pdf.save(out)
    reader = FileReader.of([printing().pdf], PageLimits(), NO_PICTURES)
    opened = reader.opened(io.BytesIO(out.getvalue()))
    if not isinstance(opened, Typed):
        raise TypeError("the typed PDF is not taken for one")
    return Sound("PDF, typed", out.getvalue(), dict(_typed_truth(opened)))


def _typed_truth(opened: Typed) -> Iterator[tuple[tuple[str | None, int], dict[str, str | tuple[str, ...] | None]]]:
    for reading in (one.outcome for one in opened.outcomes):
        if isinstance(reading, PageReading):
            doubted = {doubt.question for doubt in reading.doubts}
            yield (
                (reading.copy, reading.page),
                {name: answer for name, answer in reading.answers.items() if name not in doubted},
            )


def _choose(field: pikepdf.Object) -> None:
    widget = field.Kids[0] if "/Kids" in field else field
    state = next(name for name in widget.AP.N.keys() if name != "/Off")  # noqa: SIM118  not a Python mapping
    field.V = widget.AS = pikepdf.Name(state)
