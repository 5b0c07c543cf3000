"""A form's paper to look at: its PDF and a picture of each page, made once and kept in the data folder.

What is kept can be made again at any time: losing the folder loses nothing, and a backup need not hold it.
"""

import shutil
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock

import pypdfium2

from forms.definition import Form
from forms.landlord import Landlord
from forms.paper.carried import PaperError
from forms.paper.editions import SIZES, EditionName, SizeName
from server.errors import NotFoundError

PICTURE_WIDTH_PX = 1000
"""Of a page's picture: twice the width it is shown at, so that it is sharp on a fine screen and can be enlarged."""

PAPERS_KEPT = 100
"""Of about 1 MB each: every form that ships in every edition, and many of one's own."""

PDF = "form.pdf"

_one_at_a_time = Lock()
"""Laying out takes a whole core for seconds, and neither WeasyPrint nor PDFium may run twice in one process."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper of which form."""

    form: Form
    landlord: Landlord
    edition: EditionName
    size: SizeName
    language: str

    @property
    def key(self) -> str:
        """Give a name that changes with whatever changes the paper, another release of Sayso included."""
        parts = (version("sayso"), self.form.canonical(), repr(self.landlord), self.edition, self.size, self.language)
        return sha256("\n".join(parts).encode()).hexdigest()[:32]

    @property
    def picture_px(self) -> tuple[int, int]:
        """Give the width and height of a page's picture, near enough to keep its place on a screen."""
        sheet = SIZES[self.size]
        return PICTURE_WIDTH_PX, round(PICTURE_WIDTH_PX * sheet.height_mm / sheet.width_mm)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was made."""

    folder: Path

    @property
    def pages(self) -> int:
        """Give how many pages it has."""
        return sum(1 for _ in self.folder.glob("*.png"))

    def pdf(self) -> bytes:
        """Give the PDF as it would be printed without copy codes."""
        return (self.folder / PDF).read_bytes()

    def picture(self, page: int) -> bytes:
        """Give a page, counted from 1, as PNG; `NotFoundError` when there is none of that number."""
        try:
            return (self.folder / f"{page}.png").read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError(f"There is no page {page} of this form.") from error


class Papers:
    """The papers kept in one data folder."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "cache" / "papers"

    def kept(self, wanted: Wanted) -> Paper | None:
        """Give a paper if it was made before."""
        place = self.folder / wanted.key
        return Paper(place) if place.is_dir() else None

    def made(self, wanted: Wanted) -> Paper:
        """Give a paper, made now if need be, which takes some seconds.

        Raises `FormsError` for what cannot be printed so: its words say why.
        """
        if wanted.language not in wanted.form.languages:
            raise PaperError(f"{wanted.form.form} is not in '{wanted.language}'.")
        with _one_at_a_time:
            return self.kept(wanted) or self._make(wanted)

    def _make(self, wanted: Wanted) -> Paper:
        from forms.paper.printing import print_form  # noqa: PLC0415 (loads the libraries that lay out paper)

        printing = print_form(
            wanted.form, wanted.landlord, edition=wanted.edition, size=wanted.size, language=wanted.language
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        half_done = Path(mkdtemp(prefix=".", dir=self.folder))
        try:
            (half_done / PDF).write_bytes(printing.pdf)
            _draw_pages(printing.pdf, half_done)
            half_done.rename(self.folder / wanted.key)
        except BaseException:
            shutil.rmtree(half_done, ignore_errors=True)
            raise
        self._forget_oldest()
        return Paper(self.folder / wanted.key)

    def _forget_oldest(self) -> None:
        folders = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for folder in folders[PAPERS_KEPT:]:
            shutil.rmtree(folder, ignore_errors=True)


def _draw_pages(pdf: bytes, folder: Path) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        for number, page in enumerate(document, 1):
            bitmap = page.render(scale=PICTURE_WIDTH_PX / page.get_width())
            bitmap.to_pil().quantize(64).save(folder / f"{number}.png", optimize=True)
            bitmap.close()
            page.close()
