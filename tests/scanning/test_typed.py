"""What was typed into a form's PDF comes back exactly; what cannot be trusted is doubted."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from forms.layout.model import Values
from scanning.pipeline import Library
from scanning.readings import Answer, PageReading, Reason, Refusal, SetAside, State
from scanning.template import Template, template_of
from scanning.typed import typed_readings
from tests.bench.paper_filled import fill
from tests.forms.paper import EVERY_KIND, Case, printing

FILLED: Values = {
    "repair": "yes",
    "overall": "neither",
    "way": "online",
    "topics/homes": "homes",
    "topics/safety": "safety",
    "years": "12",
    "day/day": "07",
    "day/month": "11",
    "day/year": "2024",
    "postcode": "le13 oUh",
    "street": "Żar St — “ok” £5",
    "why": "It began.\nThen it rained.",
    "reach/name": "Zoë O’Łuk",
    "reach/phone": "01664 502502",
    "agree": "given",
    "age": "over",
}
ANSWERS: dict[str, Answer] = {
    "repair": "yes",
    "overall": "neither",
    "way": "online",
    "topics": ("homes", "safety"),
    "years": "12",
    "day": "2024-11-07",
    "postcode": "LE13 0UH",
    "street": "Żar St — “ok” £5",
    "why": "It began.\nThen it rained.",
    "reach/name": "Zoë O’Łuk",
    "reach/phone": "01664 502502",
    "reach/email": None,
    "agree": "given",
    "age": "over",
}


@cache
def template(case: Case = EVERY_KIND) -> Template:
    found = template_of(printing(case).pdf)
    assert found is not None
    return found


def typed(values: Values) -> bytes:
    return fill(printing(EVERY_KIND).pdf, values)


def changed(content: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def read(content: bytes) -> list[PageReading]:
    found = typed_readings(io.BytesIO(content), library())
    assert found is not None
    pages = [one for one in found if isinstance(one, PageReading)]
    assert len(pages) == len(found)
    return pages


def answers_of(pages: list[PageReading]) -> Mapping[str, Answer]:
    return {name: answer for page in pages for name, answer in page.answers.items()}


def doubts_of(pages: list[PageReading]) -> dict[str, Reason]:
    return {doubt.question: doubt.reason for page in pages for doubt in page.doubts}


def field_named(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return next(field for field in pdf.Root.AcroForm.Fields if str(field.get("/T")) == name)


def test_every_kind_of_answer_comes_back_exactly() -> None:
    pages = read(typed(FILLED))
    assert answers_of(pages) == ANSWERS
    assert doubts_of(pages) == {}
    assert [page.page for page in pages] == [1, 2, 3, 5]
    assert {(page.copy, page.rotation_deg, page.residual_mm, page.typed) for page in pages} == {(None, 0, 0, True)}


def test_a_file_that_was_looked_at_before_is_read_from_its_start() -> None:
    file = io.BytesIO(typed(FILLED))
    file.seek(1024)
    assert typed_readings(file, library()) is not None


def test_every_widget_is_told_with_its_state_and_its_place_in_points() -> None:
    pages = read(typed(FILLED))
    with pikepdf.open(io.BytesIO(printing(EVERY_KIND).pdf)) as pdf:
        assert [len(page.marks) + len(page.writings) for page in pages] == [
            len(pdf.pages[page.page - 1].obj.Annots) for page in pages
        ]
        widget = next(one for one in pdf.pages[0].obj.Annots if "/Yes" not in one.AP.N and "/yes" in one.AP.N)
        left, _, _, top = (float(value) for value in widget.Rect)
        height = float(pdf.pages[0].mediabox[3])
    states = {(mark.name, mark.option): mark.state for page in pages for mark in page.marks}
    assert states["repair", "yes"] is State.MARKED
    assert states["repair", "no"] is State.BLANK
    yes = next(mark for mark in pages[0].marks if mark.option == "yes")
    assert yes.box_px[:2] == pytest.approx((left, height - top), abs=0.02)
    words = {writing.name: (writing.state, writing.value) for page in pages for writing in page.writings}
    assert words["reach/name"] == (State.MARKED, "Zoë O’Łuk")
    assert words["reach/email"] == (State.BLANK, None)


@pytest.mark.parametrize(
    ("name", "value", "reason", "words"),
    [
        ("years", "1O", Reason.INVALID, "whole number"),
        ("day/month", "13", Reason.INVALID, "day, month and year"),
        ("day/year", "2999", Reason.INVALID, "too late"),
        ("postcode", "LE13", Reason.INVALID, "postcode"),
        ("reach/phone", "call me", Reason.INVALID, "phone number"),
        ("topics/gardens", "gardens", Reason.TOO_MANY, "More boxes are marked"),
    ],
)
def test_what_cannot_stand_is_doubted_in_plain_words(name: str, value: str, reason: Reason, words: str) -> None:
    pages = read(typed(FILLED | {name: value}))
    [doubt] = [doubt for page in pages for doubt in page.doubts]
    question = name if name.startswith("reach") else name.split("/", maxsplit=1)[0]
    assert (doubt.question, doubt.reason) == (question, reason)
    assert words in doubt.detail
    assert answers_of(pages)[question] is None
    others = {key: answer for key, answer in answers_of(pages).items() if key != question}
    assert others == {key: answer for key, answer in ANSWERS.items() if key != question}


def test_an_answer_that_stands_alone_beside_another_is_doubted() -> None:
    pages = read(typed({"topics/homes": "homes", "topics/none_of_these": "none_of_these"}))
    assert doubts_of(pages) == {"topics": Reason.STANDS_ALONE}
    states = {mark.option: mark.state for page in pages for mark in page.marks if mark.name.startswith("topics")}
    assert states["homes"] is State.DOUBTFUL
    assert states["gardens"] is State.BLANK


def test_an_answer_that_others_lead_past_is_doubted() -> None:
    pages = read(typed(FILLED | {"repair": "no"}))
    assert doubts_of(pages) == {"overall": Reason.NOT_ASKED, "way": Reason.NOT_ASKED}


def test_boxes_that_show_another_answer_than_the_field_holds_are_doubted() -> None:
    def show_both(pdf: pikepdf.Pdf) -> None:
        for kid in field_named(pdf, "repair").Kids:
            kid.AS = next(Name(key) for key in kid.AP.N.keys() if key != "/Off")  # noqa: SIM118 (a PDF's dictionary)

    assert doubts_of(read(changed(typed({"repair": "yes"}), show_both))) == {"repair": Reason.CONFLICT}


def test_a_value_that_is_no_choice_of_the_form_is_doubted() -> None:
    def say_maybe(pdf: pikepdf.Pdf) -> None:
        field_named(pdf, "repair").V = Name.maybe
        for kid in field_named(pdf, "repair").Kids:
            kid.AS, kid.V = Name.Off, Name.maybe

    pages = read(changed(typed({"repair": "yes"}), say_maybe))
    assert doubts_of(pages) == {"repair": Reason.INVALID}


def test_a_question_of_which_a_field_is_lost_is_doubted() -> None:
    def lose(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            if "/Annots" in page.obj:
                page.obj.Annots = Array([one for one in page.obj.Annots if str(one.get("/T", "")) != "day/month"])

    pages = read(changed(typed(FILLED), lose))
    assert doubts_of(pages) == {"day": Reason.FIELD_LOST}


def test_a_page_that_was_taken_out_is_missing_and_not_blank() -> None:
    def take_out(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[2]

    pages = read(changed(typed(FILLED), take_out))
    assert [page.page for page in pages] == [1, 2, 5]
    assert "why" not in answers_of(pages)


def test_a_question_that_runs_over_two_pages_is_doubted_when_one_was_taken_out() -> None:
    one, two, *others = template().pages
    on_one = tuple(box for box in two.ticks if box.name in ("topics/homes", "topics/gardens"))
    rest = tuple(box for box in two.ticks if box not in on_one)
    moved = (replace(one, ticks=(*one.ticks, *on_one)), replace(two, ticks=rest))

    def take_out(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots = Array()
        pdf.pages[1].obj.Annots = Array(
            [one for one in pdf.pages[1].obj.Annots if str(one.get("/T", "")) not in ("topics/homes", "topics/gardens")]
        )

    split = replace(template(), pages=(*moved, *others))
    found = typed_readings(io.BytesIO(changed(typed(FILLED), take_out)), Library({split.printing: split}))
    pages = [page for page in found or [] if isinstance(page, PageReading)]
    assert [page.page for page in pages] == [2, 3, 5]
    assert doubts_of(pages)["topics"] is Reason.FIELD_LOST


def test_a_field_that_the_form_does_not_have_is_told() -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        widget = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("more"), V=String("x"), Rect=[0, 0, 9, 9]
        )
        made = pdf.make_indirect(widget)
        pdf.pages[0].obj.Annots.append(made)
        pdf.Root.AcroForm.Fields.append(made)

    assert doubts_of(read(changed(typed(FILLED), add))) == {"": Reason.FIELD_ADDED}


def test_what_was_drawn_beside_the_fields_is_told() -> None:
    def draw(pdf: pikepdf.Pdf) -> None:
        ink = Dictionary(Type=Name.Annot, Subtype=Name.Ink, Rect=[0, 0, 9, 9], InkList=[[0, 0, 9, 9]])
        pdf.pages[1].obj.Annots.append(pdf.make_indirect(ink))

    assert doubts_of(read(changed(typed(FILLED), draw))) == {"": Reason.DRAWN_ON}


def test_what_is_left_of_xfa_changes_nothing() -> None:
    def leave(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm.XFA = pdf.make_stream(b"<repair>no</repair>")

    assert answers_of(read(changed(typed(FILLED), leave))) == ANSWERS


def test_the_definition_inside_is_not_believed() -> None:
    def swap(pdf: pikepdf.Pdf) -> None:
        spec = pdf.attachments["sayso-form.json"]
        content = spec.get_file().read_bytes().replace(b'"under"', b'"yonder"')
        pdf.attachments["sayso-form.json"] = pikepdf.AttachedFileSpec(pdf, content, filename="sayso-form.json")

    assert answers_of(read(changed(typed(FILLED), swap))) == ANSWERS


@pytest.mark.parametrize("damage", [False, True])
def test_a_form_of_a_printing_that_was_not_given_is_set_aside(damage: bool) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["sayso-form.json"] = pikepdf.AttachedFileSpec(pdf, b"{", filename="sayso-form.json")

    content = changed(typed(FILLED), spoil) if damage else typed(FILLED)
    [refused] = typed_readings(io.BytesIO(content), Library({})) or []
    assert isinstance(refused, SetAside)
    assert refused.refusal is Refusal.UNKNOWN_PRINTING


def flattened() -> bytes:
    def flatten(pdf: pikepdf.Pdf) -> None:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations()

    return changed(typed(FILLED), flatten)


def library() -> Library:
    return Library({template().printing: template()})


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"%PDF-1.7 and no more"])
def test_any_other_file_is_left_to_be_read_as_images(content: bytes) -> None:
    file = io.BytesIO(content)
    assert typed_readings(file, library()) is None
    assert file.tell() == 0


def test_a_form_without_a_value_or_a_flattened_one_is_left_to_be_read_as_images() -> None:
    for content in (printing(EVERY_KIND).pdf, flattened()):
        assert typed_readings(io.BytesIO(content), library()) is None
