"""The printed pages of one copy as pixels, and what a printing says of itself."""

import io
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2

from forms.codes.copy_code import COPY_ALPHABET, COPY_LENGTH, copy_check, spelt
from forms.copies import print_run
from forms.definition import Form
from forms.layout import Layout
from forms.layout.reading import read_layout
from forms.paper.carried import carried_definition
from forms.paper.printing import Printing
from tests.paper.pens import Image

PT_PER_INCH = 72


def copy_code(rng: np.random.Generator) -> str:
    """Draw a copy code as it is printed."""
    first = "".join(COPY_ALPHABET[index] for index in rng.integers(len(COPY_ALPHABET), size=COPY_LENGTH - 1))
    return spelt(first + copy_check(first))


@lru_cache(maxsize=64)
def form_and_layout(printing: Printing) -> tuple[Form, Layout]:
    """Give the form and the layout that a printing carries."""
    with pikepdf.open(io.BytesIO(printing.pdf)) as pdf:
        carried = carried_definition(pdf)
        if carried is None:
            raise ValueError("this printing carries no form")
        return carried.form, read_layout(pdf)


@lru_cache(maxsize=8)
def _run(printing: Printing, copy: str) -> bytes:
    """Give the PDF of one numbered copy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.pdf"
        print_run(printing, [copy], path)
        return path.read_bytes()


def drawn_pages(printing: Printing) -> tuple[int, ...]:
    """Give the numbers of the pages that anything is printed on."""
    return tuple(number for number in range(1, printing.pages + 1) if number not in printing.blank_pages)


def printed_pages(printing: Printing, copy: str, dpi: float, *, colour: bool) -> Iterator[tuple[int, Image]]:
    """Give each drawn page of a copy: its number and its pixels, annotations left out."""
    with pypdfium2.PdfDocument(_run(printing, copy)) as pdf:
        for number in drawn_pages(printing):
            page = pdf[number - 1]
            bitmap = page.render(scale=dpi / PT_PER_INCH, grayscale=not colour, draw_annots=False, may_draw_forms=False)
            pixels: Image = np.array(bitmap.to_numpy(), dtype=np.uint8, copy=True)
            bitmap.close()
            page.close()
            yield number, pixels if colour else pixels.reshape(pixels.shape[:2])
