"""Somebody else's PDF is read by nothing but what is printed on it."""

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np
import pytest

from scanning.foreign import ForeignLibrary, ForeignPage, read_foreign
from scanning.pipeline import Located
from scanning.readings import Refusal, SetAside, State
from scanning.template import Grey
from tests.bench.foreign import with_other_words
from tests.scanning.foreign.theirs import ROWS, SQUARE, Row, known, library, their_pdf, ticked

CHOSEN = (1, 3, 8, 12, 14, 16, 21)
"""One box in each group, two of the lone ones."""


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    yield
    cv2.setNumThreads(before)


@pytest.fixture(scope="module")
def theirs() -> ForeignLibrary:
    return library(their_pdf())


def _page(one: ForeignLibrary, number: int = 1) -> ForeignPage:
    return next(known.page for known in one.pages if known.page.number == number)


def _read(image: Grey, one: ForeignLibrary, said_page: int | None = None) -> Located:
    got = read_foreign(image, one, said_page)
    assert isinstance(got, Located), got
    return got


def test_round_oval_tiny_and_bare_boxes_are_read(theirs: ForeignLibrary) -> None:
    reading = _read(ticked(their_pdf(), _page(theirs), CHOSEN), theirs).reading
    assert [at for at, mark in enumerate(reading.marks) if mark.state is State.MARKED] == list(CHOSEN)
    assert reading.doubts == ()


def test_a_group_of_radio_buttons_answers_with_its_on_state_and_a_check_box_is_its_own_question(
    theirs: ForeignLibrary,
) -> None:
    answers = _read(ticked(their_pdf(), _page(theirs), (1, 14)), theirs).reading.answers
    assert answers["colour.1"] == "o1"
    assert answers["ballot.1"] is None
    assert [answers[f"extras{at}.1"] for at in range(4)] == [None, "Yes", None, None]


def test_two_marks_in_a_group_are_doubted(theirs: ForeignLibrary) -> None:
    doubts = _read(ticked(their_pdf(), _page(theirs), (0, 2, 3, 8, 12)), theirs).reading.doubts
    assert [doubt.question for doubt in doubts] == ["colour.1"]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_is_read_whichever_way_up(theirs: ForeignLibrary, turns: int) -> None:
    image = np.ascontiguousarray(np.rot90(ticked(their_pdf(), _page(theirs), CHOSEN), turns))
    reading = _read(image, theirs).reading
    assert [at for at, mark in enumerate(reading.marks) if mark.state is State.MARKED] == list(CHOSEN)


def test_a_photo_that_shows_the_table_is_read(theirs: ForeignLibrary) -> None:
    scan = ticked(their_pdf(), _page(theirs), CHOSEN)
    height, width = scan.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = (corners * 0.8 + (160, 150) + np.array([[40, 0], [0, 30], [-10, 0], [0, -40]])).astype(np.float32)
    photo = np.full((height, width), 70, np.uint8)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    cv2.warpPerspective(scan, matrix, (width, height), photo, borderMode=cv2.BORDER_TRANSPARENT)
    reading = _read(photo, theirs).reading
    assert [at for at, mark in enumerate(reading.marks) if mark.state is State.MARKED] == list(CHOSEN)


def test_boxes_are_told_where_they_are_in_the_image(theirs: ForeignLibrary) -> None:
    page = _page(theirs)
    reading = _read(ticked(their_pdf(), page, CHOSEN, angle=0.0), theirs).reading
    px = 200 / 25.4
    for box, mark in zip(page.insides, reading.marks, strict=True):
        x, y = (0.985 * (one - half) + half for one, half in ((box.x * px, 827), (box.y * px, 1169.5)))
        assert mark.box_px[:2] == pytest.approx((x, y), abs=2.0)
        assert mark.box_px[2:] == pytest.approx((0.985 * box.w * px, 0.985 * box.h * px), abs=0.6)


def test_a_page_of_another_form_is_set_aside(theirs: ForeignLibrary) -> None:
    other = their_pdf(seed=5)
    got = read_foreign(ticked(other, _page(library(other)), CHOSEN), theirs)
    assert isinstance(got, SetAside)
    assert got.refusal is Refusal.NOTHING_FOUND


def test_the_right_one_of_two_pages_with_the_same_boxes_is_found() -> None:
    content = their_pdf(pages=2)
    both = library(content)
    for number in (1, 2):
        assert _read(ticked(content, _page(both, number), (0, 4)), both).reading.page == number


def test_of_two_pages_that_look_alike_only_the_caller_can_say_which_it_is() -> None:
    first, second = their_pdf(), their_pdf(rows=(*ROWS[:-1], replace(ROWS[-1], name="others")))
    both = library(first, second)
    image = ticked(first, _page(both), CHOSEN)
    got = read_foreign(image, both)
    assert isinstance(got, SetAside)
    assert got.refusal is Refusal.NO_CODE


def test_the_callers_word_does_not_make_another_page_of_it() -> None:
    content = their_pdf(pages=2)
    both = library(content)
    image = ticked(content, _page(both, 2), (0, 4))
    assert isinstance(read_foreign(image, both, said_page=1), SetAside)
    assert _read(image, both, said_page=2).reading.page == 2


def test_a_page_with_other_words_that_the_caller_names_is_doubted_in_every_answer(theirs: ForeignLibrary) -> None:
    filled = ticked(their_pdf(), _page(theirs), CHOSEN, angle=0.0)
    other = with_other_words(_page(theirs), filled, np.random.default_rng(1))
    assert isinstance(read_foreign(other, theirs), SetAside)
    reading = _read(other, theirs, said_page=1).reading
    assert {doubt.question for doubt in reading.doubts} == set(reading.answers)
    assert _read(filled, theirs, said_page=1).reading.doubts == ()


def test_a_blank_page_is_told_from_a_page_that_was_not_found(theirs: ForeignLibrary) -> None:
    got = read_foreign(np.full((2339, 1654), 250, np.uint8), theirs)
    assert isinstance(got, SetAside)
    assert got.refusal is Refusal.BLANK_PAGE


def test_many_small_boxes_of_other_questions_close_by_do_not_matter() -> None:
    rows = tuple(Row(f"line{at}", SQUARE, 9, 9, 5) for at in range(8))
    content = their_pdf(seed=3, rows=rows)
    template = known(content)
    page = template.pages[0]
    assert isinstance(page, ForeignPage)
    one = library(content)
    reading = _read(ticked(content, page, range(0, 40, 5)), one).reading
    assert [mark.state is State.MARKED for mark in reading.marks] == [at % 5 == 0 for at in range(40)]
