"""Somebody else's fillable PDF becomes a draft as a reader would see its questions."""

from collections.abc import Sequence

from forms.adopting import Sheets, drafted, loose_ends
from forms.adopting.drafting import Draft
from forms.definition import Form
from forms.layout.model import Box, Field, Kind, Layout, Page
from forms.layout.words import Run


def _field(
    name: str,
    x: float,
    y: float,
    kind: Kind = Kind.CHECK,
    *,
    state: str = "On",
    size: tuple[float, float] = (4, 4),
    label: str = "",
    length: int | None = None,
    options: tuple[str, ...] | None = None,
) -> Field:
    states = (state,) if kind in (Kind.CHECK, Kind.RADIO) else ()
    return Field(name, kind, 1, Box(x, y, *size), options or states, None, length, label)


def _text(name: str, x: float, y: float, size: tuple[float, float] = (80, 7), **more: object) -> Field:
    return _field(name, x, y, Kind.TEXT, size=size, **more)  # type: ignore[arg-type]


def _run(text: str, x: float, y: float) -> Run:
    return Run(text, Box(x, y, 1.8 * len(text), 4))


def _draft(fields: Sequence[Field], runs: Sequence[Run] = ()) -> Draft:
    layout = Layout((Page(1, 210, 297, 0),), tuple(fields))
    return drafted(Sheets(layout, {1: tuple(runs)}, "0" * 64), "their form")


def _questions(draft: Draft) -> list[dict[str, object]]:
    return [one for section in draft.definition["sections"] for one in section["questions"]]


def _column(words: Sequence[str], y: float, x: float = 70, names: Sequence[str] = ()) -> tuple[list[Field], list[Run]]:
    """Give boxes in a column with their captions to the right."""
    fields = [_field(names[at] if names else f"box{y}{at}", x, y + 7 * at) for at in range(len(words))]
    return fields, [_run(text, x + 6, y + 7 * at) for at, text in enumerate(words)]


def test_boxes_below_a_question_are_several_choices_with_the_words_beside_them() -> None:
    fields, runs = _column(["Post", "Email", "By hand"], 60)
    [question] = _questions(_draft(fields, [_run("How shall we write to you?", 10, 60), *runs]))
    assert question["kind"] == "several_choices"
    assert question["ask"] == "How shall we write to you?"
    assert list(question["choices"].values()) == ["Post", "Email", "By hand"]  # type: ignore[attr-defined]


def test_boxes_that_exclude_each_other_by_the_forms_own_words_are_one_choice() -> None:
    fields, runs = _column(["Post", "Email"], 60)
    [question] = _questions(_draft(fields, [_run("How? (Tick one)", 10, 60), *runs]))
    assert question["kind"] == "one_choice"


def test_yes_and_no_are_one_question_each_time_they_come() -> None:
    fields, runs = _column(["Yes", "No", "Yes", "No"], 60)
    asked = [_run("Are you well?", 10, 60), _run("Is it dry?", 10, 74)]
    questions = _questions(_draft(fields, [*asked, *runs]))
    assert [one["kind"] for one in questions] == ["yes_no", "yes_no"]
    assert [one["ask"] for one in questions] == ["Are you well?", "Is it dry?"]


def test_boxes_of_one_name_are_one_choice_whatever_stands_between_them() -> None:
    fields = [_field("way", 20, 50, state="a"), _field("way", 20, 120, state="b")]
    runs = [_run("First way", 27, 50), _run("Other way", 27, 120)]
    [question] = _questions(_draft(fields, runs))
    assert question["kind"] == "one_choice"


def test_boxes_that_nothing_is_asked_of_together_are_statements_by_themselves() -> None:
    fields, runs = _column(["I agree to the rules", "Send me news"], 10, x=10)
    questions = _questions(_draft(fields, runs))
    assert [one["kind"] for one in questions] == ["consent", "consent"]
    assert questions[0]["ask"] == "I agree to the rules"


def test_cells_for_day_month_and_year_are_a_date() -> None:
    parts = [("day", 20, 2), ("month", 34, 2), ("year", 48, 4)]
    fields = [
        _text(name, x, 50, (12, 6), length=length, label=f"Enter the {name} of your date of birth.")
        for name, x, length in parts
    ]
    draft = _draft(fields)
    [question] = _questions(draft)
    assert question["kind"] == "date"
    assert [one.part for one in draft.binding.fields] == ["day", "month", "year"]


def test_cells_of_one_number_are_a_code_of_that_many_digits() -> None:
    fields = [_text(f"n{at}", 20 + 20 * at, 50, (15, 6), length=length) for at, length in enumerate((3, 2, 4))]
    [question] = _questions(_draft(fields, [_run("Social security number", 20, 44)]))
    assert question["kind"] == "code"
    assert question["pattern"] == "999-99-9999"


def test_a_high_field_is_a_comment_and_a_low_one_keeps_its_length() -> None:
    fields = [_text("a", 60, 40, (100, 30)), _text("b", 60, 100, length=12)]
    runs = [_run("Tell us more", 10, 40), _run("Account", 10, 101)]
    first, second = _questions(_draft(fields, runs))
    assert (first["kind"], second["kind"], second["max_length"]) == ("comment", "short_text", 12)


def test_a_name_for_machines_gives_way_to_the_words_on_the_page() -> None:
    [question] = _questions(_draft([_text("x", 60, 40, label="donor-full-name")], [_run("Full name", 20, 41)]))
    assert question["ask"] == "Full name"


def test_every_field_is_bound_to_something_that_the_draft_asks() -> None:
    boxes, runs = _column(["Post", "Email", "By hand"], 60)
    listed = _field("list", 60, 150, Kind.CHOICE, size=(40, 6), options=("red", "green"))
    draft = _draft([*boxes, listed, _text("t", 60, 170)], [_run("How?", 10, 60), _run("Colour", 10, 150), *runs])
    form = Form.model_validate(draft.definition)
    assert loose_ends(draft.binding, form) == []
    assert [(one.field, one.choice) for one in draft.binding.fields][:3] == [
        (boxes[0].name, "post"),
        (boxes[1].name, "email"),
        (boxes[2].name, "by_hand"),
    ]


def test_an_answer_that_was_taken_out_of_the_draft_leaves_a_loose_end() -> None:
    boxes, runs = _column(["Post", "Email", "By hand"], 60)
    draft = _draft(boxes, [_run("How?", 10, 60), *runs])
    [question] = _questions(draft)
    del question["choices"]["email"]  # type: ignore[attr-defined]
    [end] = loose_ends(draft.binding, Form.model_validate(draft.definition))
    assert "'email'" in end
