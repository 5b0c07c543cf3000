"""What has been typed or ticked, read back from PDFs that pypdf filled in."""

import io

import pikepdf
import pypdf
from pikepdf import Array, Name, String

from forms.layout.values import field_values
from tests.forms.pdfs import RADIO, Draft


def filled(draft: Draft, answers: dict[str, str | list[str]]) -> dict[str, str | list[str] | None]:
    """Fill in the first page with pypdf and read it with Sayso."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(draft.saved()))
    writer.update_page_form_field_values(writer.pages[0], answers, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return values_of(out.getvalue())


def values_of(data: bytes) -> dict[str, str | list[str] | None]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return field_values(pdf)


def test_typed_text_comes_back_letter_by_letter() -> None:
    draft = Draft()
    draft.text("name", DA="/Helv 10 Tf")
    draft.text("empty", DA="/Helv 10 Tf")
    assert filled(draft, {"name": "Zoë  “Łuk” 日本\n2nd"}) == {"name": "Zoë  “Łuk” 日本\n2nd", "empty": None}


def test_a_ticked_box_comes_back_as_its_on_state_and_an_empty_one_as_none() -> None:
    draft = Draft()
    draft.tick((0, 0, 9, 9), "agreed", FT=Name.Btn, T="a")
    draft.tick((0, 20, 9, 29), "agreed", FT=Name.Btn, T="b")
    assert filled(draft, {"a": "/agreed", "b": "/Off"}) == {"a": "agreed", "b": None}


def test_a_radio_group_comes_back_as_the_chosen_option() -> None:
    draft = Draft()
    kids = [draft.tick((0, y, 9, y + 9), state, listed=False) for y, state in ((0, "0"), (20, "1"))]
    draft.group("pets", kids, FT=Name.Btn, Ff=RADIO)
    assert filled(draft, {"pets": "/1"}) == {"pets": "1"}


def test_a_radio_group_without_a_value_has_the_state_that_it_shows() -> None:
    draft = Draft()
    kids = [draft.tick((0, y, 9, y + 9), state, listed=False) for y, state in ((0, "yes"), (20, "no"))]
    kids[1].AS = Name.no
    draft.group("pets", kids, FT=Name.Btn, Ff=RADIO)
    assert values_of(draft.saved()) == {"pets": "no"}


def test_several_choices_of_a_list_come_back_in_order() -> None:
    draft = Draft()
    draft.widget((0, 0, 9, 9), FT=Name.Ch, T="langs", V=Array([String("cy"), String("en")]))
    assert values_of(draft.saved()) == {"langs": ["cy", "en"]}


def test_one_field_in_two_places_has_one_value() -> None:
    draft = Draft(pages=2)
    kids = [draft.widget((0, 0, 9, 9), page, listed=False) for page in (1, 2)]
    draft.group("reference", kids, FT=Name.Tx, V="A7")
    assert values_of(draft.saved()) == {"reference": "A7"}


def test_boxes_of_one_name_that_disagree_come_back_as_a_list() -> None:
    draft = Draft()
    for y, state in ((0, "bus"), (20, "car"), (40, "walk")):
        box = draft.tick((0, y, 9, y + 9), state, FT=Name.Btn, T="travel")
        box.V = Name.Off if state == "car" else Name("/" + state)
    assert values_of(draft.saved()) == {"travel": ["bus", "walk"]}


def test_empty_text_is_not_the_same_as_none() -> None:
    draft = Draft()
    draft.text("typed", V="")
    assert values_of(draft.saved()) == {"typed": ""}


def test_long_text_kept_in_a_stream_is_read() -> None:
    draft = Draft()
    draft.widget((0, 0, 9, 9), FT=Name.Tx, T="story", V=draft.pdf.make_stream(b"It began"))
    assert values_of(draft.saved()) == {"story": "It began"}
