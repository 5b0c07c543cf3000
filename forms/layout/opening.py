"""Opening a PDF so that each way it can fail has its own clear message."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

import pikepdf

from forms.layout.errors import LayoutError

PAGES_MAX = 2_000
"""No form is this long; it keeps a wrong file (an archive, a catalogue) from using up the time limit."""

HEADER_WITHIN = 1024
"""Readers accept a PDF whose header comes this many bytes late."""

SOURCE = re.compile(r"^stream <[^>]*(>')?>:? *")
"""How pikepdf's messages name a file that has no name."""


TEMPLATE_ATTACHMENT = "sayso-template.pdf"
"""The name under which a run of copies carries the fillable form that it was made from."""


@contextmanager
def opened(file: BinaryIO) -> Iterator[pikepdf.Pdf]:
    """Open a PDF for reading, or the form inside a run of copies.

    Raises LayoutError for what is empty, no PDF, locked, damaged or too long.
    """
    with _opened(file) as pdf:
        if TEMPLATE_ATTACHMENT in pdf.attachments:
            template = pdf.attachments[TEMPLATE_ATTACHMENT].get_file().read_bytes()
            with _opened(BytesIO(template)) as inner:
                _check_pages(inner)
                yield inner
        else:
            _check_pages(pdf)
            yield pdf


@contextmanager
def _opened(file: BinaryIO) -> Iterator[pikepdf.Pdf]:
    head = file.read(HEADER_WITHIN)
    file.seek(0)
    _check_head(head)
    try:
        pdf = pikepdf.open(file, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise LayoutError(
            "the PDF is locked with a password; save a copy without one from a PDF viewer and use that"
        ) from None
    except pikepdf.PdfError as error:
        raise _damaged(error) from None
    with pdf:
        try:
            yield pdf
        except (pikepdf.PdfError, pikepdf.DataDecodingError) as error:
            raise _damaged(error) from None


def _check_head(head: bytes) -> None:
    if not head.strip():
        raise LayoutError("the file is empty; save or download it again")
    if b"%PDF-" not in head:
        raise LayoutError("this is not a PDF file; give the PDF that the form was printed from")


def _check_pages(pdf: pikepdf.Pdf) -> None:
    count = len(pdf.pages)
    if count == 0:
        raise LayoutError("the PDF has no pages; it may have been cut short, so save or download it again")
    if count > PAGES_MAX:
        raise LayoutError(f"the PDF has {count} pages, more than {PAGES_MAX}; cut out the pages of the form")


def _damaged(error: Exception) -> LayoutError:
    detail = SOURCE.sub("", str(error))
    return LayoutError(f"the PDF is damaged ({detail}); save or download it again")
