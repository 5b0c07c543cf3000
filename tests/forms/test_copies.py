"""A run of copies: each on sheets of its own, its code on every page but those torn off; the template travels along."""

import io
from pathlib import Path

import pypdfium2
import pytest
from pikepdf import Pdf

from forms.codes.copy_code import COPY_ALPHABET, is_copy_code, new_copy_codes
from forms.codes.machine import MachineCode
from forms.copies import print_run
from forms.layout.errors import LayoutError
from forms.layout.opening import TEMPLATE_ATTACHMENT
from forms.layout.reading import read_layout
from forms.paper.carried import carried_definition
from forms.paper.editions import EditionName
from tests.bench.paper_copies import copy_in_text, page_codes
from tests.forms.paper import EVERY_KIND, Case, printing

COPIES = ("K7PM 4TXJ", "3469 CFHT", "3333 3333")

TORN_OFF = Case("tsm-2026-27", edition=EditionName.LARGE)
"""Its numbered pages are even or odd in number; its torn-off part begins a sheet either way."""

ODD = Case("poll", edition=EditionName.GIANT)


def run_of(case: Case, folder: Path, copies: tuple[str, ...] = COPIES) -> bytes:
    path = folder / "run.pdf"
    print_run(printing(case), copies, path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def torn_off(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give a run of two copies of a form with a part that is torn off."""
    return run_of(TORN_OFF, tmp_path_factory.mktemp("run"), COPIES[:2])


def pages_a_copy(case: Case) -> int:
    """Give the pages of a copy, filled up to whole sheets."""
    return printing(case).pages + printing(case).pages % 2


def test_new_copy_codes_are_valid_and_each_is_new() -> None:
    codes = new_copy_codes(2_000)
    assert len(set(codes)) == 2_000
    assert all(is_copy_code(code) for code in codes)


def test_no_new_copy_code_is_one_that_is_taken() -> None:
    class Most:
        """Holds every code that does not begin with C."""

        def __contains__(self, code: object) -> bool:
            return not str(code).startswith("C")

    assert all(code.startswith("C") for code in new_copy_codes(20, taken=Most()))


def test_copy_codes_tell_nothing_of_one_another() -> None:
    """Each of the first seven places takes every character, whatever the place before it holds."""
    codes = new_copy_codes(4_000)
    for place in (0, 1, 2, 3, 5, 6, 7):
        assert {code[place] for code in codes} == set(COPY_ALPHABET)
    assert codes != sorted(codes)
    assert not set(new_copy_codes(200)) & set(new_copy_codes(200))


@pytest.mark.parametrize("case", [Case("poll"), ODD], ids=str)
def test_every_page_bears_its_copys_code_twice_for_machines_and_once_for_people(case: Case, tmp_path: Path) -> None:
    made, document = printing(case), pypdfium2.PdfDocument(run_of(case, tmp_path))
    assert len(document) == len(COPIES) * pages_a_copy(case)
    for number, copy in enumerate(COPIES):
        for page in range(1, made.pages + 1):
            sheet = document[number * pages_a_copy(case) + page - 1]
            assert page_codes(sheet) == [MachineCode(made.name, page, copy)] * 2
            assert copy_in_text(sheet) == copy
    document.close()


def test_each_copy_begins_on_the_front_of_a_sheet(tmp_path: Path) -> None:
    assert printing(ODD).pages % 2 == 1
    with Pdf.open(io.BytesIO(run_of(ODD, tmp_path))) as pdf:
        contents = [len(page.obj.Contents) for page in pdf.pages]
    assert contents == [2, 2, 2, 0] * len(COPIES)


def test_the_part_that_is_torn_off_bears_form_and_page_but_no_copy(torn_off: bytes) -> None:
    made, document = printing(TORN_OFF), pypdfium2.PdfDocument(torn_off)
    assert made.torn_off_pages
    assert made.torn_off_pages[0] % 2 == 1
    for copy in range(2):
        for page in made.torn_off_pages:
            sheet = document[copy * made.pages + page - 1]
            assert page_codes(sheet) == [MachineCode(made.name, page)] * 2
            assert copy_in_text(sheet) is None
    document.close()


def test_blank_backs_stay_blank(torn_off: bytes) -> None:
    made, document = printing(TORN_OFF), pypdfium2.PdfDocument(torn_off)
    for page in range(made.pages + 1, 2 * made.pages + 1):
        drawn = list(document[page - 1].get_objects())
        assert bool(drawn) == (page - made.pages not in made.blank_pages)
    document.close()


def test_the_template_in_a_run_is_the_fillable_printing_itself(torn_off: bytes) -> None:
    with Pdf.open(io.BytesIO(torn_off)) as pdf:
        assert list(pdf.attachments) == [TEMPLATE_ATTACHMENT]
        template = pdf.attachments[TEMPLATE_ATTACHMENT].get_file().read_bytes()
    assert template == printing(TORN_OFF).pdf
    with Pdf.open(io.BytesIO(template)) as pdf:
        carried = carried_definition(pdf)
    assert carried is not None
    assert carried.printing == printing(TORN_OFF).name


def test_a_run_cannot_be_typed_into(torn_off: bytes) -> None:
    with Pdf.open(io.BytesIO(torn_off)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not [page for page in pdf.pages if "/Annots" in page.obj]
        with pytest.raises(LayoutError):
            read_layout(pdf)


def test_all_copies_share_one_drawing_of_a_page(tmp_path: Path) -> None:
    made = printing(Case("poll"))
    with Pdf.open(io.BytesIO(run_of(Case("poll"), tmp_path))) as pdf:
        for page in range(made.pages):
            of_copies = [pdf.pages[copy * made.pages + page].obj.Contents for copy in range(len(COPIES))]
            assert len({contents[0].objgen for contents in of_copies}) == 1
            assert len({contents[1].objgen for contents in of_copies}) == len(COPIES)


def test_a_run_has_the_printings_size_and_looks(tmp_path: Path) -> None:
    """Away from the codes, a copy's page and the printing's are the same picture."""
    one = pypdfium2.PdfDocument(printing(Case("poll")).pdf)
    run = pypdfium2.PdfDocument(run_of(Case("poll"), tmp_path))
    assert one[0].get_size() == pytest.approx(run[0].get_size(), abs=0.01)
    pictures = [it[0].render(scale=2, grayscale=True, draw_annots=False).to_numpy() for it in (one, run)]
    printed, copied = (picture[120:1560].astype(int) for picture in pictures)  # of 1684 rows: between the codes
    assert (printed < 60).mean() > 0.01
    assert (abs(printed - copied) > 60).mean() < 0.0005  # a sheet's sides are rounded to 0.001 pt
    one.close()
    run.close()


def test_the_same_run_written_twice_is_the_same_but_for_its_id(tmp_path: Path) -> None:
    one, other = (Pdf.open(io.BytesIO(run_of(EVERY_KIND, tmp_path))) for _ in range(2))
    with one, other:
        for page, same in zip(one.pages, other.pages, strict=True):
            contents = [[part.read_bytes() for part in it.obj.Contents] for it in (page, same)]
            assert contents[0] == contents[1]


def test_whoever_waits_is_told_of_every_copy(tmp_path: Path) -> None:
    done: list[int] = []
    print_run(printing(Case("poll")), COPIES, tmp_path / "run.pdf", each=lambda: done.append(1))
    assert len(done) == len(COPIES)


def test_a_run_is_a_sound_pdf(torn_off: bytes) -> None:
    with Pdf.open(io.BytesIO(torn_off)) as pdf:
        assert pdf.check_pdf_syntax() == []
