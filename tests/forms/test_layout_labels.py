"""Labels from the words around a box, on pages as people draw them."""

import io

import pytest
from pikepdf import Name

from forms.layout import Layout
from forms.layout.reading import labelled_layout_json
from tests.forms.pdfs import A4, RADIO, Draft


def labels(draft: Draft) -> dict[str, str]:
    layout = Layout.from_json(labelled_layout_json(io.BytesIO(draft.saved())))
    return {field.name + "".join(field.options): field.label for field in layout.fields}


def tick(draft: Draft, x: float, y: float, name: str) -> None:
    draft.tick((x, y, x + 10, y + 10), "", FT=Name.Btn, T=name)


def test_a_stated_description_wins_over_the_words_nearby() -> None:
    draft = Draft()
    draft.text("name", (150, 700, 300, 720), TU="Your full name")
    draft.words((100, 705, "Name"))
    assert labels(draft) == {"name": "Your full name"}


def test_a_caption_stands_to_the_left_of_its_box() -> None:
    draft = Draft()
    draft.text("name", (150, 700, 300, 720))
    draft.words((100, 705, "Name"), (100, 735, "About"), (310, 705, "optional"))
    assert labels(draft) == {"name": "Name"}


def test_a_caption_stands_above_its_box_when_nothing_is_beside_it() -> None:
    draft = Draft()
    draft.text("first", (100, 700, 200, 720))
    draft.text("last", (220, 700, 320, 720))
    draft.words((100, 724, "First name"), (220, 724, "Last name"))
    assert labels(draft) == {"first": "First name", "last": "Last name"}


def test_a_colon_says_that_the_answer_follows_after_a_gap() -> None:
    draft = Draft()
    draft.text("name", (250, 700, 400, 720))
    draft.words((200, 705, "Name:"), (250, 725, "Employer"))
    assert labels(draft) == {"name": "Name:"}


def test_a_number_beside_a_box_brings_the_words_that_lead_to_it() -> None:
    draft = Draft()
    draft.text("sum", (400, 700, 500, 720))
    draft.words((60, 705, "Amount" + " ." * 20), (380, 705, "1a"))
    assert labels(draft) == {"sum": "Amount 1a"}


def test_words_that_belong_to_another_box_are_not_taken() -> None:
    draft = Draft()
    draft.text("day", (150, 700, 180, 720))
    draft.text("place", (190, 700, 300, 720))
    draft.words((100, 705, "Date"))
    assert labels(draft) == {"day": "Date", "place": ""}


def test_a_line_of_underscores_is_a_place_to_write_and_no_caption() -> None:
    draft = Draft()
    draft.text("bank", (140, 700, 300, 720))
    draft.words((100, 705, "Bank: ____________________"))
    assert labels(draft) == {"bank": "Bank:"}


def test_tick_boxes_before_their_words() -> None:
    draft = Draft()
    tick(draft, 100, 700, "yes")
    tick(draft, 140, 700, "no")
    draft.words((114, 702, "Yes"), (154, 702, "No"))
    assert labels(draft) == {"yes": "Yes", "no": "No"}


def test_tick_boxes_after_their_words() -> None:
    draft = Draft()
    tick(draft, 120, 700, "yes")
    tick(draft, 158, 700, "no")
    draft.words((100, 702, "Yes"), (141, 702, "No"))
    assert labels(draft) == {"yes": "Yes", "no": "No"}


def test_each_box_of_a_radio_group_has_its_own_caption() -> None:
    draft = Draft()
    kids = [draft.tick((100, y, 110, y + 10), state, listed=False) for y, state in ((700, "y"), (680, "n"))]
    draft.group("pets", kids, FT=Name.Btn, Ff=RADIO)
    draft.words((114, 702, "Yes"), (114, 682, "No"))
    assert labels(draft) == {"petsy": "Yes", "petsn": "No"}


@pytest.mark.parametrize(
    ("rotation", "matrix", "rect"),
    [
        (90, "0 1 -1 0 595 0", (595 - 720, 150, 595 - 700, 300)),
        (180, "-1 0 0 -1 595 842", (595 - 300, 842 - 720, 595 - 150, 842 - 700)),
        (270, "0 -1 1 0 0 842", (700, 842 - 300, 720, 842 - 150)),
    ],
)
def test_words_on_a_turned_page_are_read_as_they_are_seen(
    rotation: int, matrix: str, rect: tuple[float, float, float, float]
) -> None:
    draft = Draft(size=(A4[0], A4[1]))
    draft.page().Rotate = rotation
    draft.page().MediaBox = [-800, -800, 1600, 1600]
    draft.text("name", rect)
    draft.words((100, 705, "Name"), matrix=matrix)
    assert labels(draft) == {"name": "Name"}


def test_words_up_the_margin_are_no_captions() -> None:
    draft = Draft()
    draft.text("name", (150, 700, 300, 720))
    draft.words((700, -140, "Margin"), matrix="0 1 -1 0 0 0")
    assert labels(draft) == {"name": ""}
