"""A form's PDF says what it shows, in order, to those who hear it: PDF/UA-1 as far as can be checked without ears.

`page` (page-validation) checks the rules that a machine can; what it does not notice is checked here from the PDF.
"""

import ctypes
import io
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import page as checker
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools import agl
from fontTools.ttLib import TTFont
from pikepdf import Array, Name, Object, Pdf

from forms.definition import Form
from forms.kinds.contact import MAX_LENGTH, TIMES, WAYS, ContactQuestion
from forms.landlord import Landlord
from forms.paper.editions import SizeName
from forms.texts import Text
from tests.forms.paper import EVERY_KIND, Case, form_named, printing, sheets, slips
from tests.forms.paper.heard import kids, line_numbers, of_printing, shown, unicode_map, unmarked, walk

POLISH, ARABIC, SLIP = Case("poll", "pl"), Case("poll", "ar"), Case("reply-slip", size=SizeName.A5)
SECTIONS, TORN_OFF = Case("your-choice"), Case("tsm-2026-27")
CASES = pytest.mark.parametrize("case", [EVERY_KIND, POLISH, ARABIC, SLIP, SECTIONS, TORN_OFF], ids=str)


@pytest.fixture
def pdf(case: Case) -> Iterator[Pdf]:
    with Pdf.open(io.BytesIO(printing(case).pdf)) as opened:
        yield opened


def failures(pdf: bytes) -> list[str]:
    report = checker.validate_pdf_bytes(pdf, profile=checker.ValidationProfile.PDF_UA_1)
    return [f"{found.rule_id}: {found.message}" for found in report.failures]


def words(text: Text, language: str) -> list[str]:
    """Give the paragraphs of a text as they are said."""
    filled = text.filled(language, Landlord().details())
    return ["".join(letter for letter in line if not 0x2066 <= ord(letter) <= 0x2069) for line in filled.splitlines()]


# -- what a checker finds ----------------------------------------------------------------------------------


# From the last: another worker prints the first ones meanwhile.
@pytest.mark.parametrize("case", [*sheets(), *slips()][::-1], ids=str)
def test_a_checker_of_pdf_ua_finds_nothing(case: Case) -> None:
    assert failures(printing(case).pdf) == []


def first(pdf: Pdf, role: str) -> Object:
    return next(tag for tag, _ in walk(pdf.Root.StructTreeRoot.K[0]) if role == tag.S)


def unlink_a_widget(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Annots[0]["/StructParent"]


def skip_a_heading(pdf: Pdf) -> None:
    first(pdf, "/H2").S = Name.H3


def silence_a_field(pdf: Pdf) -> None:
    del next(field for field in pdf.Root.AcroForm.Fields if Name.Tx == field.get("/FT"))["/TU"]


@pytest.mark.parametrize("spoil", [unlink_a_widget, skip_a_heading, silence_a_field])
def test_the_checker_notices(spoil: Callable[[Pdf], None]) -> None:
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(printing(EVERY_KIND).pdf)) as pdf:
        spoil(pdf)
        pdf.save(out)
    assert failures(out.getvalue()) != []


# -- what is drawn -----------------------------------------------------------------------------------------


@CASES
def test_all_that_is_drawn_is_tagged_or_an_artifact(pdf: Pdf) -> None:
    assert {number: unmarked(page) for number, page in enumerate(pdf.pages, 1) if unmarked(page)} == {}


@pytest.mark.parametrize("drawn", [b"0 0 9 9 re f", b"/Artifact BMC /P <</MCID 0>> BDC 0 0 9 9 re f EMC EMC"])
def test_what_is_drawn_outside_tags_or_in_both_would_be_noticed(drawn: bytes) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.contents_add(drawn)
        assert unmarked(page) == ["f"]


@CASES
def test_what_is_put_aside_on_a_page_is_taken_up_again(pdf: Pdf) -> None:
    for page in pdf.pages:
        operators = [str(instruction.operator) for instruction in pikepdf.parse_content_stream(page)]
        assert operators.count("q") == operators.count("Q")
        assert operators.count("BT") == operators.count("ET")


@CASES
def test_every_line_stands_in_one_tag_in_the_order_of_drawing_and_the_pages_list_names_it(pdf: Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    numbers = root.ParentTree.Nums
    parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    tagged: dict[tuple[int, int], list[tuple[int, tuple[int, int]]]] = {}
    for tag, _ in walk(root.K[0]):
        lines = [kid for kid in kids(tag) if isinstance(kid, int)]
        tagged.setdefault(tag.Pg.objgen if lines else (0, 0), []).extend((line, tag.objgen) for line in lines)
    for page in pdf.pages:
        found = tagged.get(page.obj.objgen, [])
        assert [line for line, _ in found] == line_numbers(page)
        listed = parents[int(page.obj.StructParents)]
        assert [(line, listed[line].objgen) for line, _ in found] == found


@CASES
def test_every_tag_knows_its_parent_and_holds_something(pdf: Pdf) -> None:
    for tag, _ in walk(pdf.Root.StructTreeRoot.K[0]):
        inner = [kid for kid in kids(tag) if not isinstance(kid, int) and kid.get("/Type") != Name.OBJR]
        assert kids(tag)
        assert all(kid.P.objgen == tag.objgen for kid in inner)


@CASES
def test_the_foot_is_an_artifact_and_never_said(pdf: Pdf, case: Case) -> None:
    made = printing(case)
    for number, page in enumerate(pdf.pages, 1):
        feet = [about for operator, _, marks, _ in shown(page) if operator == "TJ" for _, about in marks]
        kinds = {str(about.Subtype) for about in feet if about.get("/Type") == Name.Pagination}
        assert kinds == (set() if number in made.blank_pages else {"/Footer"})
    version = f"{case.form} v{form_named(case.form).version}"
    assert not [tag for tag in of_printing(case) if version in tag.said]


# -- what is said ------------------------------------------------------------------------------------------


def test_a_poll_is_said_from_top_to_bottom() -> None:
    said = [(tag.role, tag.said) for tag in of_printing(Case("poll"))]
    aside = [tag.said for tag in of_printing(Case("poll")) if "Sect" in tag.around]
    assert said[:2] == [("P", "Melton Borough Council"), ("H1", "Quick poll: how you get our news")]
    assert aside[0] == "How to fill this in"
    assert len(aside) == 3
    question = said.index(("H2", "1 How would you most like to get our news?"))
    assert said[question + 1 : question + 8] == [
        ("LBody", "[In a letter] In a letter"),
        ("LBody", "[In Homes for Melton] In Homes for Melton"),
        ("LBody", "[By text message] By text message"),
        ("LBody", "[By email] By email"),
        ("LBody", "[In some other way] In some other way"),
        ("H2", "2 Is there anything you would like to add?"),
        ("P", "[Is there anything you would like to add?]"),
    ]


@CASES
def test_paragraphs_are_said_as_they_are_written(case: Case) -> None:
    form = form_named(case.form)
    said = {tag.said for tag in of_printing(case)}
    texts = [form.closing] if case == SLIP else [form.introduction, form.closing]
    for text in texts:
        for paragraph in words(text, case.language):
            assert paragraph in said


@CASES
def test_headings_are_the_title_the_sections_and_the_numbered_questions(case: Case) -> None:
    assert [tag.said for tag in of_printing(case) if tag.role[0] == "H" and "Sect" not in tag.around] == list(
        headings(form_named(case.form), case.language)
    )


def headings(form: Form, language: str) -> Iterator[str]:
    yield from words(form.title, language)
    for section in form.sections:
        if section.title:
            yield from words(section.title, language)
        for question in section.questions:
            if question.kind != "consent":
                yield f"{form.numbers[question.id]} {words(question.ask, language)[0]}"


@CASES
def test_headings_begin_at_the_first_level_and_skip_none(case: Case) -> None:
    levels = [int(tag.role[1]) for tag in of_printing(case) if tag.role[0] == "H"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


@CASES
def test_the_choices_of_a_question_are_one_list(pdf: Pdf, case: Case) -> None:
    lists = [tag for tag, _ in walk(pdf.Root.StructTreeRoot.K[0]) if Name.L == tag.S]
    assert [len(kids(tag)) for tag in lists] == list(lengths_of_lists(form_named(case.form)))


def lengths_of_lists(form: Form) -> Iterator[int]:
    for question in form.questions:
        if isinstance(question, ContactQuestion):
            yield from (len(WAYS if part == "best_way" else TIMES) for part in question.parts if part not in MAX_LENGTH)
        elif choices := form.choices(question):
            yield len(choices)


@CASES
def test_every_box_is_said_beside_its_label_on_its_page_in_the_order_of_tabs(pdf: Pdf) -> None:
    """A widget stands in a `Form` tag of its own, and both name each other; pages are tabbed through in tag order."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    forms = [tag for tag, _ in walk(pdf.Root.StructTreeRoot.K[0]) if Name.Form == tag.S]
    in_tags = [tag.K[0].Obj.objgen for tag in forms]
    widgets = [widget for page in pdf.pages for widget in page.get("/Annots", Array())]
    assert in_tags == [widget.objgen for widget in widgets]
    assert [parents[int(widget.StructParent)].objgen for widget in widgets] == [tag.objgen for tag in forms]
    assert {str(page.obj.get("/Tabs")) for page in pdf.pages if "/Annots" in page.obj} == {"/S"}


@CASES
def test_the_title_and_the_language_are_the_forms(pdf: Pdf, case: Case) -> None:
    assert str(pdf.Root.Lang) == case.language
    with pdf.open_metadata() as about:
        assert about["dc:title"] == words(form_named(case.form).title, case.language)[0]
        assert about["pdfuaid:part"] == "1"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


@CASES
def test_what_travels_inside_is_described(pdf: Pdf) -> None:
    (attached,) = pdf.Root.AF
    assert str(attached.F) == str(attached.UF) == "sayso-form.json"
    assert str(attached.Desc)
    assert Name.Data == attached.AFRelationship


# -- other scripts -----------------------------------------------------------------------------------------


@CASES
def test_every_glyph_stands_for_a_letter(pdf: Pdf) -> None:
    """ISO 14289-1, 7.21.7: for one at least, and never for U+0000, U+FEFF or U+FFFE."""
    fonts = {font.objgen: font for page in pdf.pages for font in page.obj.Resources.get("/Font", {}).values()}
    for font in fonts.values():
        letters = unicode_map(font).values()
        assert letters
        assert all(set(letter).isdisjoint("\0\ufeff\ufffe") and letter for letter in letters)


def test_an_arabic_form_is_said_in_arabic_and_its_names_in_english() -> None:
    said = of_printing(ARABIC)
    assert said[0].said == "Melton Borough Council"
    assert said[0].languages == ("en",)
    assert said[1].said == "استطلاع سريع: كيف تصلك أخبارنا"
    assert said[1].languages == ()


# -- what is typed -----------------------------------------------------------------------------------------


def test_the_font_of_fields_has_the_letters_of_polish_welsh_and_turkish_at_their_widths() -> None:
    with Pdf.open(io.BytesIO(printing(POLISH).pdf)) as pdf:
        font = pdf.Root.AcroForm.DR.Font.Typed
        program = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        widths, letters = [int(width) for width in font.Widths], typed_letters(font)
    assert set("ąćęłńóśźżŵŷğışöüçé€’") <= set(letters.values())
    em, names = program["head"].unitsPerEm, program.getBestCmap()
    for code, letter in letters.items():
        if ord(letter) in names:
            assert widths[code - 32] == round(program["hmtx"][names[ord(letter)]][0] * 1000 / em), letter


def typed_letters(font: Object) -> dict[int, str]:
    """Give which letter each code of a simple font stands for."""
    letters = {code: bytes([code]).decode("cp1252", "replace") for code in range(32, 256)}
    changes: Any = list(font.Encoding.Differences)
    for code, name in zip(changes[::2], changes[1::2], strict=True):
        letters[int(code)] = chr(agl.AGL2UV[str(name)[1:]])
    return letters


def test_what_is_typed_into_a_comment_hides_its_printed_lines_and_keeps_off_its_edge() -> None:
    """The printed lines lie 10 mm apart and a viewer's closer: words and lines would cross."""
    made = printing(Case("poll")).pdf
    with Pdf.open(io.BytesIO(made)) as opened:
        box = [float(side) for side in opened.pages[1].obj.Annots[0].Rect]
    document = pypdfium2.PdfDocument(made)
    document.init_forms()
    page = document[1]
    before = picture(page, box)
    type_into(document, page, box, "It took three visits. " * 12)
    after = picture(page, box)
    document.close()
    assert printed_lines(before) >= 4
    assert printed_lines(after) == 0
    assert (after[:, 0] > 200).all()
    assert (after < 100).sum() > 1000


@pytest.mark.parametrize(("case", "side"), [(POLISH, 0), (ARABIC, 2)], ids=str)
def test_words_are_typed_from_the_side_that_the_language_begins_at(pdf: Pdf, side: int) -> None:
    (comment,) = (field for field in pdf.Root.AcroForm.Fields if Name.Tx == field.FT)
    assert int(comment.get("/Q", 0)) == side


def picture(page: pypdfium2.PdfPage, box: list[float]) -> npt.NDArray[np.uint8]:
    """Give the inside of a box in grey, a pixel a point."""
    left, bottom, right, top = (round(side) for side in box)
    grey = page.render(grayscale=True, may_draw_forms=True).to_numpy().reshape(round(page.get_height()), -1)
    return np.asarray(grey[len(grey) - top + 1 : len(grey) - bottom - 1, left + 1 : right - 1])


def printed_lines(inside: npt.NDArray[np.uint8]) -> int:
    """Count the rows that are grey over most of their length."""
    return int(((inside < 250).mean(axis=1) > 0.85).sum())


def type_into(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, box: list[float], typed: str) -> None:
    """Click into a box as a viewer does, and type."""
    form, x, y = document.formenv, box[0] + 8, box[3] - 8
    pdfium.FORM_OnLButtonDown(form, page, 0, x, y)
    pdfium.FORM_OnLButtonUp(form, page, 0, x, y)
    letters = ctypes.create_string_buffer(typed.encode("utf-16-le") + b"\0\0")
    pdfium.FORM_ReplaceSelection(form, page, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
    pdfium.FORM_ForceToKillFocus(form)
