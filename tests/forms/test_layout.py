"""A fillable PDF → its fields: kinds, names, limits, and the ways in which a field tree can be broken."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from forms.layout import Box, Field, Kind, Layout, LayoutError
from forms.layout.reading import read_layout
from forms.layout.values import field_values
from tests.forms.pdfs import COMB, MULTILINE, POINT_MM, PUSH, RADIO, Draft


def layout_in(draft: Draft) -> Layout:
    with pikepdf.open(io.BytesIO(draft.saved())) as pdf:
        return read_layout(pdf)


def only(draft: Draft) -> Field:
    (field,) = layout_in(draft).fields
    return field


def names(draft: Draft) -> list[str]:
    return [field.name for field in layout_in(draft).fields]


def test_a_text_field_has_its_box_from_the_top_left() -> None:
    draft = Draft()
    draft.text("street", (72, 770, 144, 806))
    field = only(draft)
    assert (field.name, field.kind, field.page) == ("street", Kind.TEXT, 1)
    box = (field.box_mm.x, field.box_mm.y, field.box_mm.w, field.box_mm.h)
    assert box == pytest.approx((25.4, 36 * POINT_MM, 25.4, 12.7))


def test_each_kind_of_field_is_told_apart() -> None:
    draft = Draft()
    draft.text("a")
    draft.tick((0, 0, 9, 9), "Yes", FT=Name.Btn, T="b")
    draft.tick((0, 20, 9, 29), "Yes", FT=Name.Btn, Ff=RADIO, T="c")
    draft.widget((0, 40, 9, 49), FT=Name.Ch, T="d")
    assert [field.kind for field in layout_in(draft).fields] == ["text", "check", "radio", "choice"]


def test_push_buttons_signatures_and_links_are_left_out() -> None:
    draft = Draft()
    draft.text("kept")
    draft.widget((0, 0, 9, 9), FT=Name.Btn, Ff=PUSH, T="reset")
    draft.widget((0, 20, 9, 29), FT=Name.Sig, T="signed")
    draft.page().Annots.append(Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), FT=Name.Tx))
    assert names(draft) == ["kept"]


def test_a_radio_group_is_one_question_with_an_option_for_each_box() -> None:
    draft = Draft()
    kids = [draft.tick((10, y, 20, y + 10), state, listed=False) for y, state in ((100, "yes"), (80, "no"))]
    draft.group("pets", kids, FT=Name.Btn, Ff=RADIO)
    (question,) = layout_in(draft).questions()
    assert (question.name, question.kind) == ("pets", Kind.RADIO)
    assert [field.options for field in question.fields] == [("yes",), ("no",)]


def test_radio_fields_that_only_share_a_name_are_one_question_too() -> None:
    draft = Draft()
    for y, state in ((100, "yes"), (80, "no")):
        draft.tick((10, y, 20, y + 10), state, FT=Name.Btn, Ff=RADIO, T="pets")
    (question,) = layout_in(draft).questions()
    assert [field.options for field in question.fields] == [("yes",), ("no",)]


def test_fields_without_a_name_are_questions_by_themselves() -> None:
    draft = Draft()
    draft.widget((0, 0, 9, 9), FT=Name.Tx)
    draft.widget((0, 20, 9, 29), FT=Name.Tx)
    assert len(layout_in(draft).questions()) == 2


def test_a_name_is_joined_from_the_root_down() -> None:
    draft = Draft()
    kid = draft.widget((0, 0, 9, 9), listed=False, FT=Name.Tx, T="postcode")
    inner = draft.group("address", [kid])
    outer = draft.group("home", [inner])
    inner.Parent = outer
    assert names(draft) == ["home.address.postcode"]


def test_one_field_on_two_pages_gives_a_box_on_each() -> None:
    draft = Draft(pages=2)
    kids = [draft.widget((0, 0, 9, 9), page, listed=False) for page in (1, 2)]
    draft.group("reference", kids, FT=Name.Tx)
    assert [(field.name, field.page) for field in layout_in(draft).fields] == [("reference", 1), ("reference", 2)]


def test_type_flags_length_and_options_are_inherited() -> None:
    draft = Draft()
    code = draft.widget((0, 0, 90, 9), listed=False)
    draft.group("code", [code], FT=Name.Tx, Ff=COMB, MaxLen=8)
    county = draft.widget((0, 20, 90, 29), listed=False)
    draft.group("county", [county], FT=Name.Ch, Opt=Array([String("Kent"), Array([String("SY"), String("Surrey")])]))
    first, second = layout_in(draft).fields
    assert (first.comb_cells, first.max_length) == (8, 8)
    assert second.options == ("Kent", "SY")


@pytest.mark.parametrize(
    ("flags", "length", "cells", "most"),
    [
        (COMB, 6, 6, 6),
        (0, 6, None, 6),
        (COMB | MULTILINE, 6, None, 6),
        (COMB, None, None, None),
        (COMB, -3, None, None),
        (COMB, 10**9, None, 10**9),
    ],
)
def test_cells_are_only_where_the_comb_flag_and_a_sensible_length_agree(
    flags: int, length: int | None, cells: int | None, most: int | None
) -> None:
    draft = Draft()
    draft.text("code", Ff=flags)
    if length is not None:
        draft.page().Annots[0].MaxLen = length
    assert (only(draft).comb_cells, only(draft).max_length) == (cells, most)


def test_the_label_is_the_description_of_the_widget_else_of_its_field() -> None:
    draft = Draft()
    kids = [draft.widget((0, y, 9, y + 9), listed=False) for y in (0, 20)]
    kids[0].TU = String("Home \r\n phone")
    draft.group("phone", kids, FT=Name.Tx, TU="Phone")
    assert [field.label for field in layout_in(draft).fields] == ["Home phone", "Phone"]


def test_a_widget_that_no_field_lists_is_found_on_its_page() -> None:
    draft = Draft()
    draft.text("stray", listed=False)
    assert names(draft) == ["stray"]


def test_children_that_do_not_point_back_belong_to_the_field_that_lists_them() -> None:
    draft = Draft()
    kids = [draft.tick((0, y, 9, y + 9), f"s{y}", listed=False) for y in (0, 20)]
    draft.group("pets", kids, linked=False, FT=Name.Btn, Ff=RADIO)
    assert [(field.name, field.kind) for field in layout_in(draft).fields] == [("pets", "radio")] * 2


def test_parents_in_a_circle_end() -> None:
    draft = Draft()
    kid = draft.widget((0, 0, 9, 9), listed=False, T="kid")
    field = draft.group("field", [kid], FT=Name.Tx)
    field.Parent = kid
    assert names(draft) == ["field.kid"]


def test_a_field_that_is_its_own_child_ends() -> None:
    draft = Draft()
    kid = draft.widget((0, 0, 9, 9), FT=Name.Tx, T="kid")
    kid.Kids = Array([kid])
    assert names(draft) == ["kid"]


def test_a_widget_listed_twice_on_a_page_is_one_box() -> None:
    draft = Draft()
    draft.text("once")
    draft.page().Annots.append(draft.page().Annots[0])
    assert names(draft) == ["once"]


def test_boxes_without_an_area_and_things_that_are_no_widgets_are_skipped() -> None:
    draft = Draft()
    draft.text("kept", (50, 60, 10, 20))
    draft.text("flat", (10, 20, 10, 60))
    draft.text("worded", (10, 20, 10, 60))
    draft.page().Annots[2].Rect = Array([Name.A, 1, 2, 3])
    draft.page().Annots.extend(Array([7, String("x"), Array([])]))
    assert names(draft) == ["kept"]


def test_pages_without_fields_or_with_a_damaged_list_of_them_are_passed_over() -> None:
    draft = Draft(pages=3)
    draft.text("last", page=3)
    draft.page(2).Annots = String("not a list")
    layout = layout_in(draft)
    assert [page.number for page in layout.pages] == [1, 2, 3]
    assert [field.page for field in layout.fields] == [3]


def test_text_in_broken_unicode_can_still_be_written_and_compared() -> None:
    draft = Draft()
    draft.text("x")
    draft.page().Annots[0].T = String(b"\xef\xbb\xbf\xff")
    assert only(draft).name.encode("utf-8")
    appearance = pikepdf.Object.parse(b"<</A#ff <<>>>>")
    draft.widget((0, 0, 9, 9), FT=Name.Btn, AP=Dictionary(N=appearance), V=pikepdf.Object.parse(b"/A#ff"), T="y")
    with pikepdf.open(io.BytesIO(draft.saved())) as pdf:
        assert field_values(pdf)["y"] == read_layout(pdf).fields[1].options[0] == "A\xff"


def test_a_layout_survives_the_way_through_json() -> None:
    draft = Draft()
    draft.text("code", Ff=COMB, MaxLen=8, TU="Your “code”")
    draft.tick((0, 0, 9, 9), "Yes", FT=Name.Btn, T="agree")
    layout = layout_in(draft)
    assert Layout.from_json(layout.to_json()) == layout
    assert isinstance(Layout.from_json(layout.to_json()).fields[0].box_mm, Box)


def test_a_pdf_without_fields_says_what_to_do() -> None:
    with pytest.raises(LayoutError, match="no fields to fill in; add form fields"):
        layout_in(Draft())


def test_a_dynamic_xfa_form_is_named_as_such() -> None:
    draft = Draft()
    draft.pdf.Root.AcroForm.XFA = draft.pdf.make_stream(b"<xdp/>")
    with pytest.raises(LayoutError, match="dynamic XFA form"):
        layout_in(draft)


def test_a_hybrid_xfa_form_is_read_from_its_ordinary_fields() -> None:
    draft = Draft()
    draft.text("kept")
    draft.pdf.Root.AcroForm.XFA = draft.pdf.make_stream(b"<xdp/>")
    assert names(draft) == ["kept"]
