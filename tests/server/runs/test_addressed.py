"""Labels and letters: every word inside its place, whatever the name and address."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.landlord import Landlord
from forms.paper import fonts
from server.queries.recipients import Recipient
from server.runs.addressed import labels as labels_module
from server.runs.addressed import letters as letters_module
from server.runs.addressed.fitting import Room, fitted
from server.runs.addressed.labels import COLUMNS, GAP_MM, HEIGHT_MM, LEFT_MM, PAD_MM, ROWS, TOP_MM, WIDTH_MM, labels
from server.runs.addressed.letters import ADDRESS_ROOM, PLACE, Wording, fits_one_page, letters

MM_PER_PT = 25.4 / 72
PRECISION_MM = 0.6
"""A j hangs a little out of its place."""

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -'&.,ŁłÉßŵ"
NAMES = st.text(LETTERS, max_size=200)
ADDRESSES = st.lists(st.text(LETTERS, max_size=80), max_size=12).map(lambda lines: "\n".join(lines)[:600])

WORDING = Wording("en", "We want to know.\n\nThank you,\nthe team", datetime(2026, 11, 25, tzinfo=UTC), Landlord())
Box = tuple[float, float, float, float, str]


def recipient(name: str = "Ann Łuk", address: str = "1 King Street\nMelton", postcode: str = "LE13 1AB") -> Recipient:
    return Recipient(1, "TEN-1", name, address, postcode)


def boxes(pdf: bytes, page: int = 0) -> list[Box]:
    """Give left, top, right, bottom in mm from the top left, and the words, of each piece of text on a page."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        drawn = document[page]
        height, text = drawn.get_height(), drawn.get_textpage()
        rects = [text.get_rect(index) for index in range(text.count_rects())]
        return [
            (
                left * MM_PER_PT,
                (height - top) * MM_PER_PT,
                right * MM_PER_PT,
                (height - bottom) * MM_PER_PT,
                text.get_text_bounded(left, bottom, right, top),
            )
            for left, bottom, right, top in rects
        ]


def pages(pdf: bytes) -> int:
    with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def is_inside(box: Box, left: float, top: float, width: float, height: float) -> bool:
    return (
        box[0] >= left - PRECISION_MM
        and box[1] >= top - PRECISION_MM
        and box[2] <= left + width + PRECISION_MM
        and box[3] <= top + height + PRECISION_MM
    )


@given(name=NAMES, address=ADDRESSES)
@settings(max_examples=12, deadline=None)
def test_every_word_of_a_label_is_inside_it(name: str, address: str) -> None:
    found = boxes(labels(12, [recipient(name, address)]))
    inside = (LEFT_MM + PAD_MM, TOP_MM + PAD_MM, WIDTH_MM - 2 * PAD_MM, HEIGHT_MM - 2 * PAD_MM)
    assert found
    assert all(is_inside(box, *inside) for box in found), found


@given(lines=st.lists(st.text(LETTERS, max_size=300), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_lines_of_any_length_fit_their_room_and_end_with_the_postcode(lines: list[str]) -> None:
    made = fitted([*lines, "LE13 1AB"], ADDRESS_ROOM)
    assert len(made.lines) * made.size_pt * 1.2 * MM_PER_PT <= ADDRESS_ROOM.height_mm
    assert all(fonts.width_mm(line, made.size_pt) <= ADDRESS_ROOM.width_mm for line in made.lines)
    assert made.lines[-1] == "LE13 1AB"


def test_a_usual_address_is_set_large_and_a_long_one_smaller_without_losing_a_word() -> None:
    room = Room(55, 26, (13, 12, 11, 10, 9, 8, 7))
    assert fitted(["Ann Łuk", "1 King Street", "LE13 1AB"], room).size_pt == 13
    long = fitted(["A Very Long Name Of Two People Who Live Together", *(f"Line {one}" for one in range(5))], room)
    assert long.size_pt < 13
    assert " ".join(long.lines).startswith("A Very Long Name Of Two People Who Live Together Line 0")


def test_what_does_not_fit_at_all_is_cut_where_it_can_be_seen() -> None:
    made = fitted(["word " * 500, "LE13 1AB"], ADDRESS_ROOM)
    assert made.lines[-2].endswith("…")


def test_labels_follow_the_runs_order_over_rows_and_sheets() -> None:
    pdf = labels(7, [recipient(f"Name {number}") for number in range(1, COLUMNS * ROWS + 2)])
    assert pages(pdf) == 2
    for number, left, top in ((1, 0, 0), (2, 1, 0), (4, 0, 1), (21, 2, 6)):
        (box,) = (box for box in boxes(pdf) if box[4].split("\r")[0].strip() == f"Name {number}")
        assert is_inside(box, LEFT_MM + left * (WIDTH_MM + GAP_MM), TOP_MM + top * HEIGHT_MM, WIDTH_MM, HEIGHT_MM)
    assert "7/22" in [box[4] for box in boxes(pdf, 1)]


def test_many_labels_laid_out_in_parts_are_all_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels_module, "SHEETS_AT_ONCE", 1)
    assert pages(labels(7, [recipient()] * (2 * COLUMNS * ROWS + 1))) == 3


def test_a_label_without_an_address_says_whose_it_is() -> None:
    words = " ".join(box[4] for box in boxes(labels(7, [recipient(address="", postcode="")])))
    assert "No address: household TEN-1" in words


def test_each_household_has_a_letter_of_one_page_in_the_runs_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters_module, "AT_ONCE", 2)
    pdf = letters(7, [recipient(f"Name {number}") for number in (1, 2, 3)], WORDING)
    assert pages(pdf) == 3
    for page in range(3):
        words = " ".join(box[4] for box in boxes(pdf, page))
        assert f"Dear Name {page + 1}," in words
        assert f"7/{page + 1}" in words
        assert "We want to know." in words
        assert "Freepost MELTON HOUSING" in words
        assert "November 2026" in words


@given(name=NAMES, address=ADDRESSES)
@settings(max_examples=8, deadline=None)
def test_the_address_of_a_letter_is_in_the_window_and_the_text_beneath_the_fold(name: str, address: str) -> None:
    found = boxes(letters(7, [recipient(name, address)], WORDING))
    in_window = [box for box in found if box[0] < 110 and 48 < box[3] < 99]
    assert in_window
    assert all(is_inside(box, 20, PLACE.address_top_mm, 90, 35) for box in in_window)
    assert min(box[0] for box in in_window) == pytest.approx(20, abs=1)
    assert all(box[2] <= 190 + PRECISION_MM for box in found)
    assert not [box for box in found if box[1] < 99 < box[3]]


def test_the_text_of_a_letter_is_kept_once_whatever_the_number_of_letters() -> None:
    few, many = (len(letters(7, [recipient()] * number, WORDING)) for number in (1, 31))
    assert (many - few) / 30 < 1_000


def test_a_letter_longer_than_a_page_is_told_from_one_that_fits() -> None:
    assert fits_one_page(WORDING)
    assert not fits_one_page(Wording("en", "We want to know.\n\n" * 40, WORDING.made_at, Landlord()))


@pytest.mark.parametrize("name", ["", "  ", "A Name " * 20])
def test_whoever_has_no_name_or_one_too_long_for_a_line_is_greeted_without_it(name: str) -> None:
    assert "Hello," in " ".join(box[4] for box in boxes(letters(7, [recipient(name)], WORDING)))


def test_a_letter_in_arabic_runs_from_the_right_and_names_the_household_without_english() -> None:
    arabic = Wording("ar", "نود أن نعرف رأيك", WORDING.made_at, Landlord())
    (greeting, *body) = sorted((box for box in boxes(letters(7, [recipient()], arabic)) if box[1] > 99), key=top)
    assert greeting[4].strip() == "Ann Łuk,"
    assert greeting[2] == pytest.approx(190, abs=1)
    assert max(box[2] for box in body) == pytest.approx(190, abs=1)


def top(box: Box) -> float:
    return box[1]
