"""Comment boxes: real handwritten lines and typed words on the form's page, worn, and read as the product does."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from forms.layout import Field
from scanning.tone import tone_of
from scanning.writing.cells import Sheet
from scanning.writing.engines import Engines
from scanning.writing.lined import read_lines
from scanning.writing.wording import english
from tests.bench.writing_form import Filled, filled, read
from tests.paper.pens import put_ink, some_pen
from tests.paper.wear import Wear
from tests.training.cells import stroke_of
from tests.training.lines import Line

ROWS = (3, 4, 5)
MOST_MM = (150.0, 9.0)

ROW_MM = 10.0
PRINT_PT = 11.0
PRINT = (
    "The lift has been out of order since Monday and nobody has told us when it will work again.",
    "Repairs are quick, but the plumber came without the part and had to come back twice.",
    "Please answer the telephone. I waited 45 minutes on 12 March and was then cut off!",
    "Thank you for the new windows: the flat is warm at last, and the bills are lower.",
)


@dataclass(frozen=True, slots=True)
class Box:
    """What one box held and what was read: character errors, the characters, and seconds of CPU."""

    errors: int
    characters: int
    seconds: float
    by: str
    said: str
    read: str


def plain(words: str) -> str:
    """Give words on one line, with no space before a full stop: the data have one, as they were typed in."""
    return re.sub(r"\s+([.,!?:;])", r"\1", " ".join(words.split()))


def is_one_row(line: Line) -> bool:
    """Tell whether a line of the data is written in one row: a third of them are lists, a word under the other."""
    return line.size_mm[1] / line.size_mm[0] * len(line.text) < 6


def boxes_of(lines: Sequence[Line], count: int, rows: Sequence[int], rng: np.random.Generator) -> Iterator[list[Line]]:
    """Give lines for boxes of so many rows."""
    order = rng.permutation(len(lines))
    for _ in range(count):
        many = int(rng.choice(rows))
        yield [lines[at] for at in order[:many]]
        order = np.roll(order, -many)


def handwritten(several: Sequence[Line], wear: Wear, engines: Engines, rng: np.random.Generator) -> Box | None:
    """Write lines into the comment box of the form by one pen, wear and read it; None where the page was lost."""
    one, field = _page()
    image, pen = one.page.image.copy(), some_pen(rng)
    for number, line in enumerate(several):
        scale = min(1.0, MOST_MM[0] / line.size_mm[0], MOST_MM[1] / line.size_mm[1])
        corner = (field.box_mm.x + 3, field.box_mm.y + number * ROW_MM + (ROW_MM - line.size_mm[1] * scale) / 2)
        strokes = [stroke_of(stroke * scale + corner, rng) for stroke in line.strokes]
        put_ink(image, one.page.px_per_mm, strokes, pen, rng)
    return _read(
        Filled(one.number, replace(one.page, image=image)),
        field,
        "\n".join(line.text for line in several),
        wear,
        engines,
        rng,
    )


def printed(wear: Wear, engines: Engines, rng: np.random.Generator) -> Box | None:
    """Type some sentences into the comment box."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    one, field = _page()
    words = [PRINT[at] for at in rng.permutation(len(PRINT))[:2]]
    canvas = Image.fromarray(one.page.image)
    scale = one.page.px_per_mm[0]
    font = ImageFont.load_default(size=PRINT_PT / 72 * 25.4 * scale)
    rows = [row for sentence in words for row in _folded(sentence)]
    for number, row in enumerate(rows):
        at = ((field.box_mm.x + 3) * scale, (field.box_mm.y + 2 + number * 6) * scale)
        ImageDraw.Draw(canvas).text(at, row, font=font, fill=20)
    page = Filled(one.number, replace(one.page, image=np.array(canvas)))
    return _read(page, field, " ".join(words), wear, engines, rng)


def _folded(sentence: str, most: int = 62) -> Iterator[str]:
    row = ""
    for word in sentence.split():
        if row and len(row) + len(word) >= most:
            yield row
            row = ""
        row = f"{row} {word}".strip()
    yield row


def _page() -> tuple[Filled, Field]:
    from tests.bench.writing_form import template  # noqa: PLC0415

    rng = np.random.default_rng(0)
    pages = {one.number: one for one in filled({}, {}, some_pen(rng), rng)}
    [field] = [field for page in template().pages for field in page.texts if field.name == "wanted"]
    return pages[field.page], field


def _read(one: Filled, field: Field, said: str, wear: Wear, engines: Engines, rng: np.random.Generator) -> Box | None:
    found = read(one, wear, rng)
    if found is None:
        return None
    grey, located = found
    cv2.setNumThreads(1)
    identity = located.identity
    start = _cpu_s()
    sheet = Sheet(grey, identity.registration, tone_of(grey, identity.registration, identity.page.fiducials))
    draft = read_lines(sheet, field, np.zeros(2), engines, english())
    seconds = _cpu_s() - start
    errors = Levenshtein.distance(plain(draft.value), plain(said))
    return Box(errors, len(plain(said)), seconds, str(draft.by), said, draft.value)


def _cpu_s() -> float:
    """Give the CPU time of this process and of those that it waited for: Tesseract is one."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system
