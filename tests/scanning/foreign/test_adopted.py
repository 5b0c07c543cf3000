"""A page of somebody else's PDF, read as the form that was made of it."""

from forms.adopting import Binding, Bound
from forms.definition import Form
from forms.layout.model import Kind
from scanning.foreign import ForeignPage, read_foreign
from scanning.foreign.adopted import as_adopted
from scanning.pipeline import Located
from scanning.readings import PageReading, Reason
from scanning.written_beside import doubted
from tests.scanning.foreign.theirs import library, their_pdf, ticked

FORM = Form.model_validate(
    {
        "form": "theirs",
        "version": "1",
        "title": "Theirs",
        "languages": {"en": "final"},
        "introduction": "Hello.",
        "closing": "Thank you.",
        "sections": [
            {
                "id": "all",
                "questions": [
                    {
                        "id": "hue",
                        "kind": "one_choice",
                        "ask": "Hue?",
                        "choices": {"red": "Red", "blue": "Blue", "green": "Green"},
                    },
                    {
                        "id": "wants",
                        "kind": "several_choices",
                        "ask": "Wants?",
                        "choices": {"tea": "Tea", "cake": "Cake"},
                    },
                    {"id": "well", "kind": "yes_no", "ask": "Well?"},
                    {"id": "words", "kind": "short_text", "ask": "Words?"},
                ],
            }
        ],
    }
)
BOUND = (
    *(Bound("colour.1", 1, Kind.RADIO, f"o{at}", "hue", choice) for at, choice in enumerate(("red", "blue", "green"))),
    *(Bound(f"extras{at}.1", 1, Kind.CHECK, "Yes", "wants", choice) for at, choice in enumerate(("tea", "cake"))),
    *(Bound(f"extras{at}.1", 1, Kind.CHECK, "Yes", "well", choice) for at, choice in ((2, "yes"), (3, "no"))),
    Bound("words.1", 1, Kind.TEXT, "", "words"),
)


def _adopted(chosen: tuple[int, ...]) -> PageReading:
    return as_adopted(_read(chosen), FORM, Binding("0" * 64, BOUND))


def _read(chosen: tuple[int, ...]) -> PageReading:
    theirs = library(their_pdf())
    page = theirs.pages[0].page
    assert isinstance(page, ForeignPage)
    got = read_foreign(ticked(their_pdf(), page, chosen), theirs)
    assert isinstance(got, Located)
    return got.reading


def test_answers_have_the_names_of_the_adopted_form() -> None:
    reading = _adopted((1, 13, 14, 16))
    assert reading.form == "theirs"
    assert reading.answers["hue"] == "blue"
    assert reading.answers["wants"] == ("tea", "cake")
    assert reading.answers["well"] == "no"
    assert {one.name for one in reading.writings} == {"words"}
    assert [(one.name, one.option) for one in reading.marks][:3] == [("hue", "red"), ("hue", "blue"), ("hue", "green")]


def test_lone_boxes_that_became_yes_and_no_exclude_each_other() -> None:
    reading = _adopted((1, 3, 15, 16))
    assert [(one.question, one.reason) for one in reading.doubts] == [("well", Reason.TWO_MARKED)]


def test_words_beside_a_box_are_doubted_under_the_new_name() -> None:
    reading = as_adopted(doubted(_read((1, 3)), ["colour.1"]), FORM, Binding("0" * 64, BOUND))
    assert (reading.answers["hue"], [one.question for one in reading.doubts]) == (None, ["hue"])


def test_what_is_bound_to_nothing_keeps_its_own_name() -> None:
    assert _adopted((0, 3, 8)).answers["ballot.1"] == "o0"
