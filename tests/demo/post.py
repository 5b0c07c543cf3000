"""Paper comes back: scans are made of sheets, sent in or dropped into the watched folder, and waited for."""

import io
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
import pypdfium2
from sqlalchemy import func, select

from forms.layout import Box
from forms.paper.printing import Printing
from server.models.intake import Arrival, Page, WritingState
from server.queries.intake import is_any_waiting
from server.store import Store
from tests.demo.browser import DemoError
from tests.demo.lettering import written_words
from tests.demo.office import Office, Printed
from tests.demo.sheets import PageIn
from tests.paper import files
from tests.paper.hands import Family, writer
from tests.paper.pens import put_ink
from tests.paper.printed import PT_PER_INCH, printed_pages

READ_SECONDS: Final = 1800.0
WRITING_SECONDS: Final = 120.0
LETTER: Final = "To whom it may concern. I have lost my form. Could you send me another one, please."
COMPARED_DPI: Final = 100


@dataclass(slots=True)
class Post:
    """All that was sent in: the pages of each file by the hash of its content; none of what is no form."""

    store: Store
    files: dict[str, Sequence[PageIn]] = field(default_factory=dict)
    letters: set[str] = field(default_factory=set)
    """Hashes of files that are no form."""
    dropped: int = 0

    def send(self, office: Office, name: str, came_on: date, pages: Sequence[PageIn]) -> int:
        """Send a stack in on the page Post; give its batch."""
        return office.send_post(name, came_on, [(f"{name}.pdf", self._kept(pages))])

    def drop(self, name: str, pages: Sequence[PageIn]) -> None:
        """Have the office scanner write a stack into the watched folder."""
        self.drop_scan(name, stack_of(pages), pages)

    def drop_scan(self, name: str, content: bytes, pages: Sequence[PageIn]) -> None:
        """Have it write one whose PDF is made already."""
        self.files[sha256(content).hexdigest()] = pages
        self._drop(f"{name}.pdf", content)

    def drop_letter(self) -> None:
        """Have it write a letter that is no form."""
        content = a_letter()
        self.letters.add(sha256(content).hexdigest())
        self._drop("letter.jpg", content)

    def _kept(self, pages: Sequence[PageIn]) -> bytes:
        content = stack_of(pages)
        self.files[sha256(content).hexdigest()] = pages
        return content

    def _drop(self, name: str, content: bytes) -> None:
        folder = self.store.settings.inbox()
        folder.mkdir(exist_ok=True)
        part = folder / f"{name}.part"
        part.write_bytes(content)
        part.rename(folder / name)
        self.dropped += 1

    @property
    def pages(self) -> int:
        """Give how many pages of forms came in all."""
        return sum(map(len, self.files.values()))

    def wait_until_read(self, seconds: float = READ_SECONDS) -> None:
        """Wait until all that was sent in and dropped is taken in, read and moved."""
        wanted, until = len(self.files) + len(self.letters), time.monotonic() + seconds
        while time.monotonic() < until:
            with self.store.reading() as session:
                came = session.scalar(select(func.count()).select_from(Arrival)) or 0
                if came == wanted and not is_any_waiting(session) and not self.left_in_folder():
                    return
            time.sleep(0.5)
        raise DemoError(f"The scans are not read after {seconds / 60:.0f} minutes.")

    def wait_for_drafts(self) -> None:
        """Wait until handwriting is read too, for a while: nothing hangs on it."""
        until = time.monotonic() + WRITING_SECONDS
        asked = select(func.count()).where(Page.writing == WritingState.WAITING)
        while time.monotonic() < until:
            with self.store.reading() as session:
                if not session.scalar(asked):
                    return
            time.sleep(0.5)

    def left_in_folder(self) -> int:
        """Give how many files of the watched folder were not moved."""
        folder = self.store.settings.inbox()
        return sum(path.is_file() for path in folder.iterdir()) if folder.is_dir() else 0


def stack_of(pages: Sequence[PageIn]) -> bytes:
    """Give one PDF of pages, as an office scanner makes it of a stack."""
    return files.pdf([page.image for page in pages])


def a_letter() -> bytes:
    """Give the scan of a handwritten letter."""
    hand, sheet = writer(7, Family.JUDGING), np.full((2338, 1654), 250, np.uint8)
    strokes = written_words(LETTER, Box(20, 30, 170, 60), hand, hand.rng(1))
    put_ink(sheet, (sheet.shape[1] / 210, sheet.shape[0] / 297), strokes, hand.pen, hand.rng(2))
    return files.jpeg(sheet)


def check_print(printing: Printing, printed: Printed) -> None:
    """Raise `DemoError` unless a run shows what is filled in: the same page, pixel by pixel."""
    code, _ = printed.copies[0]
    number, wanted = next(iter(printed_pages(printing, code, COMPARED_DPI, colour=False)))
    with pypdfium2.PdfDocument(io.BytesIO(printed.pdf)) as pdf:
        drawn = pdf[number - 1].render(scale=COMPARED_DPI / PT_PER_INCH, grayscale=True, may_draw_forms=False)
        same = np.array_equal(drawn.to_numpy().reshape(wanted.shape), wanted)
    if not same:
        raise DemoError(f"Print run {printed.run_id} is not the paper that was filled in.")


def save_spare(folder: Path, name: str, pages: Sequence[PageIn]) -> None:
    """Leave a scan for the visitor to drop in."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.pdf").write_bytes(stack_of(pages))
