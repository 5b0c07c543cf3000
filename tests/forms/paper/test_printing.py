"""A printing's name stands for all that it was made with, and the PDF carries its own definition."""

import io
import json
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Pdf

from forms.definition import Form
from forms.errors import FormsError
from forms.landlord import Landlord
from forms.loading import parse_form
from forms.paper.carried import ATTACHMENT, PaperError, carried_definition
from forms.paper.editions import EditionName, SizeName
from forms.paper.pagination import TooTallError
from forms.paper.printing import print_form
from tests.forms import EVERY_KIND as EVERY_KIND_FILE
from tests.forms.paper import EVERY_KIND, Case, form_named, printing
from tests.forms.pdfs import Draft

TSM_LARGE = Case("tsm-2026-27", edition=EditionName.LARGE)


def reworded(old: str, new: str) -> Form:
    text = EVERY_KIND_FILE.read_text(encoding="utf-8")
    assert old in text
    return parse_form(text.replace(old, new).encode(), "every_kind.yaml")


def test_the_same_form_printed_twice_is_the_same_to_the_byte() -> None:
    one, other = printing(EVERY_KIND), print_form(form_named("every-kind"), Landlord())
    assert one.pdf == other.pdf
    assert one.uncoded == other.uncoded
    assert one == other


OTHERS = {
    "a larger edition": lambda: printing(EVERY_KIND._replace(edition=EditionName.LARGE)),
    "another language": lambda: printing(EVERY_KIND._replace(language="pl")),
    "a smaller sheet": lambda: printing(EVERY_KIND._replace(size=SizeName.A5)),
    "another word": lambda: print_form(reworded("Which street?", "What street?"), Landlord()),
    "another limit": lambda: print_form(reworded("max_length: 40", "max_length: 41"), Landlord()),
    "another landlord": lambda: print_form(form_named("every-kind"), replace(Landlord(), phone="01664 000000")),
}


@pytest.mark.parametrize("what", OTHERS)
def test_the_name_of_a_printing_changes_with(what: str) -> None:
    names = {made.name for made in (printing(EVERY_KIND), OTHERS[what]())}
    assert len(names) == 2


def test_the_name_changes_when_a_box_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forms.paper.setting.QUESTION_GAP_MM", 9.5)
    assert print_form(form_named("every-kind"), Landlord()).name != printing(EVERY_KIND).name


def test_no_two_printings_of_a_form_share_a_name() -> None:
    cases = [Case("poll", language, edition) for language in ("en", "pl", "ar") for edition in EditionName]
    assert len({printing(case).name for case in cases}) == len(cases)


@pytest.mark.parametrize("case", [EVERY_KIND, Case("poll", "ar", size=SizeName.A6), TSM_LARGE], ids=str)
def test_a_printing_carries_its_form_and_what_it_was_set_with(case: Case) -> None:
    made = printing(case)
    with Pdf.open(io.BytesIO(made.pdf)) as pdf:
        carried = carried_definition(pdf)
    assert carried is not None
    assert carried.form == form_named(case.form)
    assert carried.form.content_hash == form_named(case.form).content_hash
    assert (carried.edition, carried.size, carried.language) == (case.edition, case.size, case.language)
    assert carried.printing == made.name
    assert (carried.torn_off_pages, carried.blank_pages) == (made.torn_off_pages, made.blank_pages)


def test_another_pdf_carries_nothing() -> None:
    with Pdf.open(io.BytesIO(Draft().saved())) as pdf:
        assert carried_definition(pdf) is None


def with_attachment(content: bytes) -> bytes:
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(printing(Case("poll")).pdf)) as pdf:
        pdf.attachments[ATTACHMENT] = pikepdf.AttachedFileSpec(
            pdf, content, description="", filename=ATTACHMENT, mime_type="", creation_date="", mod_date=""
        )
        pdf.save(out)
    return out.getvalue()


def definition() -> dict[str, object]:
    with Pdf.open(io.BytesIO(printing(Case("poll")).pdf)) as pdf:
        content: dict[str, object] = json.loads(pdf.attachments[ATTACHMENT].get_file().read_bytes())
    return content


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"{}"])
def test_a_damaged_definition_is_an_error_of_the_papers_own(content: bytes) -> None:
    with Pdf.open(io.BytesIO(with_attachment(content))) as pdf, pytest.raises(PaperError, match="print the form again"):
        carried_definition(pdf)


@pytest.mark.parametrize("bad", [{"form": {}}, {"form": 7}, {"edition": "tiny"}, {"torn_off_pages": None}], ids=str)
def test_a_definition_with_one_damaged_part_is_an_error_of_the_papers_own(bad: dict[str, object]) -> None:
    content = json.dumps(definition() | bad).encode()
    with Pdf.open(io.BytesIO(with_attachment(content))) as pdf, pytest.raises(PaperError, match="print the form again"):
        carried_definition(pdf)


def test_a_language_that_the_form_is_not_in_is_named_with_those_there_are() -> None:
    with pytest.raises(PaperError, match=r"every-kind is not in 'fr'\. It is in: en, pl\."):
        print_form(form_named("every-kind"), Landlord(), language="fr")
    assert issubclass(PaperError, FormsError)


def test_a_sheet_too_small_for_the_type_is_an_error() -> None:
    with pytest.raises(TooTallError, match="larger size"):
        print_form(form_named("every-kind"), Landlord(), edition=EditionName.GIANT, size=SizeName.A6)


def test_a_form_is_printed_in_the_language_it_was_written_in_unless_another_is_named() -> None:
    assert printing(Case("poll")).name == print_form(form_named("poll"), Landlord()).name


@pytest.mark.parametrize("case", [EVERY_KIND, Case("poll", "ar"), TSM_LARGE], ids=str)
def test_the_pdf_says_its_title_and_language_and_that_it_is_tagged(case: Case) -> None:
    with Pdf.open(io.BytesIO(printing(case).pdf)) as pdf, pdf.open_metadata() as metadata:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == case.language
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == form_named(case.form).title[case.language]
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert len(pdf.pages) == printing(case).pages


def test_what_copies_are_stamped_on_has_no_code_yet() -> None:
    with Pdf.open(io.BytesIO(printing(TSM_LARGE).uncoded)) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            assert b"BI /W" not in page.obj.Contents.read_bytes()
        assert not pdf.attachments
