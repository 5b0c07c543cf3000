"""PDFs as other people make them: words, boxes of many kinds with fields on them, no marks or codes of ours."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from pikepdf import Dictionary, Name

from scanning.foreign import ForeignLibrary, ForeignPage, foreign_template_of
from scanning.foreign.templates import drawn
from scanning.template import Grey, Template
from tests.forms.pdfs import RADIO, Draft

SYLLABLES = ["ba", "ne", "ti", "ro", "mu", "la", "ken", "dor", "vis", "pal", "ter", "sun", "mor", "gle", "ath"]

ROUND, SQUARE, BARE = "round", "square", "bare"


@dataclass(frozen=True)
class Row:
    """A question of their form: its boxes' shape and size (points), how many there are."""

    name: str
    shape: str = SQUARE
    wide: float = 12.0
    high: float = 12.0
    boxes: int = 3
    radio: bool = True


ROWS = (
    Row("colour"),
    Row("ballot", ROUND, 18, 11),
    Row("tiny", SQUARE, 7.2, 7.2, 4),
    Row("bare", BARE, 11, 11),
    Row("extras", SQUARE, 10, 10, 4, radio=False),
    Row("bubbles", ROUND, 13, 13, 5),
)


@cache
def their_pdf(seed: int = 0, rows: Sequence[Row] = ROWS, pages: int = 1) -> bytes:
    """Give a PDF with these questions on each page, between words drawn by that seed."""
    draft = Draft(pages)
    for page in range(1, pages + 1):
        _page(draft, page, random.Random(seed * 100 + page), rows)
    return draft.saved()


def _page(draft: Draft, page: int, chance: random.Random, rows: Sequence[Row]) -> None:
    shown = [_line(50, 800, chance, 9), _line(50, 786, chance, 12)]
    y = 740.0
    for row in rows:
        shown += [_line(50, y, chance, 10), _line(50, y - 13, chance, 8)]
        kids = []
        for at in range(row.boxes):
            x = 60.0 + at * 100
            rect = (x, y - 42, x + row.wide, y - 42 + row.high)
            shown += [_drawn(row, rect), _line(x + row.wide + 6, y - 40, chance, 2)]
            if row.radio:
                kids.append(draft.tick(rect, f"o{at}", page, listed=False))
            else:
                draft.tick(rect, "Yes", page, FT=Name.Btn, T=f"{row.name}{at}.{page}")
        if row.radio:
            draft.group(f"{row.name}.{page}", kids, FT=Name.Btn, Ff=RADIO)
        y -= 78
    shown += [_line(50, y, chance, 11), _line(50, y - 60, chance, 12), _line(50, y - 74, chance, 12)]
    shown.append(f"1 w 60 {y - 40} 300 26 re S\n")
    draft.text(f"words.{page}", (60, y - 40, 360, y - 14), page)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    draft.page(page).Resources = Dictionary(Font=Dictionary(F=font))
    draft.page(page).Contents = draft.pdf.make_stream("".join(shown).encode())


def _line(x: float, y: float, chance: random.Random, words: int) -> str:
    text = " ".join("".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(words))
    return f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n"


def _drawn(row: Row, rect: tuple[float, float, float, float]) -> str:
    x, y, right, top = rect
    if row.shape == BARE:
        return ""
    if row.shape == SQUARE:
        return f"0.7 w {x} {y} {right - x} {top - y} re S\n"
    middle_x, middle_y, a, b = (x + right) / 2, (y + top) / 2, (right - x) / 2, (top - y) / 2
    k = 0.5523
    ends = [(a, 0), (a, k * b), (k * a, b), (0, b), (-k * a, b), (-a, k * b), (-a, 0), (-a, -k * b), (-k * a, -b)]
    ends += [(0, -b), (k * a, -b), (a, -k * b), (a, 0)]
    points = [f"{middle_x + px:.2f} {middle_y + py:.2f}" for px, py in ends]
    curves = "".join(f"{' '.join(points[at : at + 3])} c " for at in range(1, 13, 3))
    return f"0.7 w {points[0]} m {curves}S\n"


def known(content: bytes) -> Template:
    """Give the template of a PDF with fields."""
    template = foreign_template_of(content)
    assert template is not None
    return template


def library(*contents: bytes) -> ForeignLibrary:
    """Give the library of some PDFs."""
    return ForeignLibrary({one.printing: one for one in map(known, contents)})


def ticked(content: bytes, page: ForeignPage, chosen: Sequence[int], *, dpi: float = 200, angle: float = 0.8) -> Grey:
    """Give a grey scan of a page with crosses in the boxes of these numbers, a little turned, with some noise."""
    image = drawn(content, dpi / 25.4)[page.number - 1].copy()
    px = dpi / 25.4
    for at in chosen:
        box = page.insides[at]
        corners = [(box.x, box.y), (box.right, box.bottom), (box.x, box.bottom), (box.right, box.y)]
        ends = [tuple(round(one * px * 16) for one in corner) for corner in corners]
        for start, end in ((0, 1), (2, 3)):
            cv2.line(image, ends[start], ends[end], 60, max(1, round(0.4 * px)), cv2.LINE_AA, 4)
    height, width = image.shape
    turned = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 0.985)
    moved = cv2.warpAffine(image, turned, (width, height), borderValue=250)
    noise = np.random.default_rng(1).normal(0, 3, moved.shape)
    return np.asarray(np.clip(moved * 0.95 + noise, 0, 255), dtype=np.uint8)
