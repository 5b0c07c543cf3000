"""Forms are told from every other file by what they carry, whatever they are called."""

import io
from pathlib import Path

import pikepdf
import pytest

from forms.codes.copy_code import new_copy_codes
from forms.copies import print_run
from scanning.printings import FILLED_IN, NOT_A_PDF, NOT_OURS, NotAForm, Printed, printed_of
from tests.bench.paper_filled import fill
from tests.forms.paper import EVERY_KIND, form_named, printing
from tests.forms.pdfs import Draft


def told(content: bytes, folder: Path) -> Printed | NotAForm:
    path = folder / "some file"
    path.write_bytes(content)
    return printed_of(path)


def test_an_empty_form_and_a_run_of_its_copies_say_the_same_of_themselves(tmp_path: Path) -> None:
    print_run(printing(EVERY_KIND), new_copy_codes(2), tmp_path / "run.pdf")
    found = told(printing(EVERY_KIND).pdf, tmp_path)
    assert isinstance(found, Printed)
    assert printed_of(tmp_path / "run.pdf") == found
    assert found.form == form_named("every-kind")
    assert (found.name, found.pages) == (printing(EVERY_KIND).name, 6)
    numbers = (found.to_fill, found.torn_off, found.together, found.blank)
    assert [sorted(one) for one in numbers] == [[1, 2, 3, 5], [5], [1, 2, 3], [4, 6]]


def test_a_form_that_is_filled_in_or_drawn_on_is_a_return(tmp_path: Path) -> None:
    assert told(fill(printing(EVERY_KIND).pdf, {"repair": "yes"}), tmp_path) == FILLED_IN
    with pikepdf.open(io.BytesIO(printing(EVERY_KIND).pdf)) as pdf:
        ink = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Ink, Rect=[0, 0, 9, 9])
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(ink))
        out = io.BytesIO()
        pdf.save(out)
    assert told(out.getvalue(), tmp_path) == FILLED_IN


def test_somebody_elses_form_is_not_ours(tmp_path: Path) -> None:
    draft = Draft()
    draft.text("name")
    assert told(draft.saved(), tmp_path) == NOT_OURS


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 /EmbeddedFile", b"Dear Sir"])
def test_what_is_no_pdf_is_no_form(content: bytes, tmp_path: Path) -> None:
    assert told(content, tmp_path) == NOT_A_PDF


def test_a_damaged_form_says_so_in_one_sentence(tmp_path: Path) -> None:
    found = told(b"%PDF-1.7 /EmbeddedFile", tmp_path)
    assert isinstance(found, NotAForm)
    assert "damaged" in found.detail
