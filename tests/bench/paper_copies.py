"""How quickly a run of numbered copies is made, how large it is, and whether its codes are read back."""

import random
import re
import time
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import zxingcpp

from forms.codes.copy_code import COPY_ALPHABET, new_copy_codes
from forms.codes.machine import MachineCode, parse
from forms.copies import print_run
from forms.paper.printing import Printing
from tests.forms.paper import Case, printing, sheets

DECODED_DPI = 200
QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
COPY_CODE = re.compile(rf"\b[{COPY_ALPHABET}]{{4}} [{COPY_ALPHABET}]{{4}}\b")


class Run(NamedTuple):
    """What was measured of a run."""

    copies: int
    copies_per_s: float
    """Per second of CPU time."""
    kb_a_copy: float
    pages_read: int
    codes_read: int


def four_pages() -> Case:
    """Give the first form whose printing has four pages, all of them numbered."""
    return next(case for case in sheets() if printing(case).pages == 4 and not printing(case).torn_off_pages)


def measured(count: int, sample: int, folder: Path) -> Run:
    """Make a run of a four-page form, and read all codes of some of its pages."""
    made = printing(four_pages())
    copies = new_copy_codes(count)
    one, all_ = folder / "one.pdf", folder / "all.pdf"
    print_run(made, copies[:1], one)
    start = time.process_time()
    print_run(made, copies, all_)
    seconds = time.process_time() - start
    kb_a_copy = (all_.stat().st_size - one.stat().st_size) / (count - 1) / 1000
    read = _codes_read(made, copies, all_, sample)
    return Run(count, count / seconds, kb_a_copy, sample, read)


def _codes_read(made: Printing, copies: list[str], path: Path, sample: int) -> int:
    """Give how many machine codes of a sample of pages say what they should; two to a page."""
    document = pypdfium2.PdfDocument(path)
    chosen = random.Random(3).sample(range(len(document)), sample)
    right = 0
    for index in chosen:
        copy, page = divmod(index, made.pages)
        expected = MachineCode(made.name, page + 1, copies[copy])
        found = page_codes(document[index])
        right += sum(code == expected for code in found) if copy_in_text(document[index]) == expected.copy else 0
    document.close()
    return right


def page_codes(page: pypdfium2.PdfPage, dpi: int = DECODED_DPI) -> list[MachineCode | None]:
    """Give what each machine code on a rendered page says."""
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    image = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
    found = zxingcpp.read_barcodes(image, formats=QR_CODES, try_invert=False)
    return [parse(code.text) for code in found]


def copy_in_text(page: pypdfium2.PdfPage) -> str | None:
    """Give the copy code that a person reads on a page."""
    textpage = page.get_textpage()
    match = COPY_CODE.search(textpage.get_text_range())
    textpage.close()
    return match[0] if match else None
