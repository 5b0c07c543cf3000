"""The words on the pages of a PDF, by PDFium (0.02 s for a page of 6,000 letters, where pdfplumber needs 0.14 s)."""

import contextlib
import ctypes
import math
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from forms.layout.geometry import VisiblePage
from forms.layout.model import Box

TIME_S = 2.0
"""After this long, the user's work on the runs included, the remaining pages go without words."""

LETTERS_MAX = 30_000
"""Most letters of a page looked at; a page of a newspaper has about 15,000."""

GAP_MAX = 1.0
"""Widest gap within a run, in heights of its letters; a word space is about 0.3."""

DROP_MAX = 0.5
"""How far the middle of a letter may be from that of the letter before, in heights, on one line."""

TILT_MAX = 0.1
"""Most that a letter leans from upright on the visible page (radians): words up the margin are no captions."""

BLANKS = "_☐□❏❑❒"
"""Letters that draw a place to write or tick, which ends a run."""

LEADER = re.compile(r"(\s*[.·…]){4,}|(\s+[.·]){2,}")
"""Dots that lead the eye from a caption to its box."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together on one line, and their box in mm on the visible page."""

    text: str
    box_mm: Box


def runs_on_pages(data: bytes, pages: Mapping[int, VisiblePage]) -> Iterator[tuple[int, list[Run]]]:
    """Give the runs of words on each page (number from 1), page by page, until the time is up.

    A page that PDFium cannot read ends it: the boxes are known already, and only labels are missing.
    """
    stop_at = time.monotonic() + TIME_S
    with contextlib.suppress(pypdfium2.PdfiumError):
        pdf = pypdfium2.PdfDocument(data)
        for number, visible in pages.items():
            if time.monotonic() > stop_at:
                return
            yield number, list(runs_of(letters_on(pdf[number - 1], visible)))


def letters_on(page: pypdfium2.PdfPage, visible: VisiblePage) -> Iterator[Run]:
    """Give the upright letters of a page in reading order, each with its box."""
    text = page.get_textpage()
    rect = pdfium.FS_RECTF()
    for index in range(min(text.count_chars(), LETTERS_MAX)):
        if not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
            continue
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        readable = letter.isprintable() or letter.isspace()  # half a surrogate pair, say, is not
        if readable and _is_upright(pdfium.FPDFText_GetCharAngle(text, index), visible.rotation):
            yield Run(letter, visible.box((rect.left, rect.bottom, rect.right, rect.top)))


def runs_of(letters: Iterator[Run]) -> Iterator[Run]:
    """Join letters that follow each other on one line; runs without any letter or digit are only drawing."""
    text = ""
    box = Box(0, 0, 0, 0)
    for letter in letters:
        if letter.text.isspace():
            text += " " if text else ""
            continue
        if letter.text in BLANKS:
            yield from _worth_reading(text, box)
            text = ""
            continue
        if text and _follows(letter.box_mm, box):
            text, box = text + letter.text, _around(box, letter.box_mm)
            continue
        yield from _worth_reading(text, box)
        text, box = letter.text, letter.box_mm
    yield from _worth_reading(text, box)


def _worth_reading(text: str, box: Box) -> Iterator[Run]:
    if any(letter.isalnum() for letter in text):
        yield Run(" ".join(LEADER.sub(" ", text).split()), box)


def _is_upright(angle: float, rotation: int) -> bool:
    """Say whether text at an angle (radians clockwise, -1 where unknown) is upright on the turned page."""
    return angle == -1 or abs(math.remainder(angle + math.radians(rotation), math.tau)) <= TILT_MAX


def _follows(letter: Box, run: Box) -> bool:
    """Say whether a letter goes on with a run: on its line, and not far to the right of it."""
    height = max(run.h, letter.h)
    drop = abs((letter.y + letter.bottom) - (run.y + run.bottom)) / 2
    return drop <= DROP_MAX * height and -height <= letter.x - run.right <= GAP_MAX * height


def _around(one: Box, other: Box) -> Box:
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Box(x, y, max(one.right, other.right) - x, max(one.bottom, other.bottom) - y)
