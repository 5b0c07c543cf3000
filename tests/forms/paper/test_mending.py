"""The fields of a printing are clean: one group a question, named, with looks, limits and combs of their own."""

import io
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from forms import wording
from forms.paper.fields import FieldSpec, Widget
from forms.paper.mending import FLAG_COMB, FLAG_MULTILINE, FLAG_RADIO, mend_fields
from tests.forms.paper import EVERY_KIND, Case, form_named, printing


@pytest.fixture(scope="module")
def pdf() -> Iterator[Pdf]:
    with Pdf.open(io.BytesIO(printing(EVERY_KIND).pdf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def fields(pdf: Pdf) -> dict[str, pikepdf.Object]:
    return {str(field.T): field for field in pdf.Root.AcroForm.Fields}


def words(identifier: str, language: str = "en") -> str:
    return form_named("every-kind").question(identifier).ask[language]


def test_each_field_is_listed_once_under_its_own_name(pdf: Pdf, fields: dict[str, pikepdf.Object]) -> None:
    assert len(fields) == len(pdf.Root.AcroForm.Fields)
    form = form_named("every-kind")
    assert {name.split("/")[0] for name in fields} == {question.id for question in form.questions}


def test_a_radio_group_is_one_field_whose_boxes_are_its_choices(fields: dict[str, pikepdf.Object]) -> None:
    form = form_named("every-kind")
    for identifier in ("repair", "overall", "way", "age"):
        group = fields[identifier]
        choices = [choice.id for choice in form.choices(form.question(identifier))]
        assert int(group.Ff) & FLAG_RADIO
        assert [set(box.AP.N.keys()) for box in group.Kids] == [{f"/{choice}", "/Off"} for choice in choices]
        assert all("/T" not in box and identifier == box.Parent.T for box in group.Kids)


def test_a_check_box_has_its_choice_as_its_only_on_state(fields: dict[str, pikepdf.Object]) -> None:
    for choice in ("homes", "gardens", "safety", "none_of_these"):
        field = fields[f"topics/{choice}"]
        assert set(field.AP.N.keys()) == {f"/{choice}", "/Off"}
        assert "/Kids" not in field
    assert set(fields["agree"].AP.N.keys()) == {"/given", "/Off"}


def test_every_box_has_a_look_for_each_state_and_shows_the_empty_one(pdf: Pdf) -> None:
    for page in pdf.pages:
        for box in page.get("/Annots", Array()):
            looks = box.AP.N
            if isinstance(looks, pikepdf.Stream):
                continue
            assert Name.Off == box.AS
            on = next(looks[state] for state in looks.keys() if state != "/Off")  # noqa: SIM118
            assert looks[Name.Off].read_bytes().strip() == b""
            assert on.read_bytes().strip()
            left, bottom, right, top = (float(number) for number in box.Rect)
            assert [float(number) for number in on.BBox] == pytest.approx([0, 0, right - left, top - bottom], abs=0.001)


def test_combs_have_their_flag_and_as_many_cells_as_the_answer_needs(fields: dict[str, pikepdf.Object]) -> None:
    cells = {"years": 2, "day/day": 2, "day/month": 2, "day/year": 4, "postcode": 8}
    for name, count in cells.items():
        assert int(fields[name].Ff) & FLAG_COMB
        assert int(fields[name].MaxLen) == count


def test_only_a_comment_has_several_lines_and_none_scrolls_away_as_a_comb(fields: dict[str, pikepdf.Object]) -> None:
    several = {name for name, field in fields.items() if int(field.get("/Ff", 0)) & FLAG_MULTILINE}
    assert several == {"why"}
    assert not int(fields["why"].Ff) & FLAG_COMB
    assert int(fields["street"].MaxLen) == 40


def test_every_field_is_named_for_a_screen_reader(fields: dict[str, pikepdf.Object]) -> None:
    assert all(str(field.TU).strip() for field in fields.values())
    assert str(fields["overall"].TU) == words("overall")
    assert str(fields["topics/homes"].TU) == f"{words('topics')} Homes"
    assert str(fields["agree"].TU) == words("agree")
    assert str(fields["reach/phone"].TU) == wording.say("phone", "en")
    assert str(fields["day/year"].TU) == f"{words('day')} {wording.say('year', 'en')}"


def test_the_boxes_of_a_group_say_their_own_answer(fields: dict[str, pikepdf.Object]) -> None:
    form = form_named("every-kind")
    labels = [choice.label["en"] for choice in form.choices(form.question("way"))]
    assert [str(box.TU) for box in fields["way"].Kids] == labels


def test_fields_are_named_in_the_printings_language() -> None:
    with Pdf.open(io.BytesIO(printing(Case("every-kind", "pl")).pdf)) as polish:
        named = {str(field.T): str(field.TU) for field in polish.Root.AcroForm.Fields}
    assert named["overall"] == words("overall", "pl")


def test_typed_answers_can_be_seen(pdf: Pdf, fields: dict[str, pikepdf.Object]) -> None:
    """Each text field is written in a font that the PDF carries, in type of a fixed size."""
    for name in ("street", "why", "postcode"):
        font, size = str(fields[name].DA).split()[:2]
        assert pdf.Root.AcroForm.DR.Font[font].FontDescriptor.FontFile2
        assert float(size) >= 14


def test_every_box_belongs_to_its_page_and_is_printed(pdf: Pdf) -> None:
    hidden = 1 << 1
    for page in pdf.pages:
        for box in page.get("/Annots", Array()):
            assert int(box.F) & 4
            assert not int(box.F) & hidden


def made_by_hand(*names: str) -> Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    boxes = [Dictionary(Type=Name.Annot, Subtype=Name.Widget, T=String(name), Rect=[9, 9, 0, 0]) for name in names]
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(box) for box in boxes])
    return pdf


@pytest.mark.parametrize("names", [(), ("one", "two"), ("other",)])
def test_a_field_without_its_box_or_a_box_without_its_field_is_refused(names: tuple[str, ...]) -> None:
    with made_by_hand(*names) as pdf, pytest.raises(ValueError, match="differ"):
        mend_fields(pdf, [FieldSpec("one", Widget.TEXT, "One")], Dictionary())


def test_a_group_with_more_boxes_than_answers_is_refused() -> None:
    spec = FieldSpec("one", Widget.RADIO, "One", ("yes",), ("Yes",))
    with made_by_hand("one", "one") as pdf, pytest.raises(ValueError, match="2 boxes and 1 answers"):
        mend_fields(pdf, [spec], Dictionary())


def test_a_box_turned_over_is_put_right() -> None:
    with made_by_hand("one") as pdf:
        mend_fields(pdf, [FieldSpec("one", Widget.TEXT, "One")], Dictionary())
        assert [float(number) for number in pdf.pages[0].obj.Annots[0].Rect] == [0, 0, 9, 9]
