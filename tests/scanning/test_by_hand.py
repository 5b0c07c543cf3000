"""Pages that no machine could tell are read once a person names them, and only as what is printed on them."""

from dataclasses import replace

import numpy as np
import pytest

from scanning.hints import Hint
from scanning.pipeline import Located, read_image
from scanning.pipeline.by_hand import read_by_hand
from scanning.readings import PageReading, Refusal, SetAside
from scanning.registration import outline_mm
from scanning.template import Grey
from tests.paper.returns import ReturnedPage
from tests.scanning.test_identity import CODES, pages, printed, shelf, template, without, working

MARKS_AND_CODES = (0, 1, 2, 3, *CODES)
COPY = "K7PM 4CTX"


def page_two(wear: str = "grey") -> ReturnedPage:
    return pages(printed("event"), wear)[1]


def unnamed(page: ReturnedPage) -> Grey:
    """Give a page as it is read, with every mark and code of it painted over, the copy code too."""
    return working(without(page, MARKS_AND_CODES, printed("event")))[0]


def hint_for(page: ReturnedPage) -> Hint:
    return Hint(page.truth.printing, page.truth.number, page.truth.copy)


def pointed_at(page: ReturnedPage, off_mm: float = 0.0, down_mm: float = 0.0) -> Hint:
    """Give a hint whose corners are where the sheet's are, each that far off, as a finger is; or all too low."""
    size = printed("event").size
    outline = outline_mm(size) + np.array([[1, 1], [-1, 1], [1, -1], [-1, 1]]) * off_mm + [0.0, down_mm]
    height, width = page.scan.image.shape[:2]
    one, two, three, four = ((float(x), float(y)) for x, y in page.mapping(outline) / (width, height))
    return replace(hint_for(page), corners=(one, two, three, four))


def answers(found: Located | SetAside) -> PageReading:
    assert isinstance(found, Located), found
    return found.reading


def usual(page: ReturnedPage) -> PageReading:
    """Give what the page is read as with its marks and codes."""
    [found] = read_image(working(page.scan.image)[0], shelf(printed("event")))
    return answers(found)


def test_a_page_without_marks_and_codes_is_read_at_the_corners_put_by_hand() -> None:
    page = page_two()
    known = shelf(printed("event"))
    [alone] = read_image(unnamed(page), known)
    assert isinstance(alone, SetAside)
    found = answers(read_by_hand(unnamed(page), known, pointed_at(page, 2.0)))
    assert (found.page, found.copy, found.answers) == (2, page.truth.copy, usual(page).answers)
    assert not found.doubts


def test_a_page_without_its_codes_is_found_by_its_marks_once_it_is_named() -> None:
    page = page_two()
    image = working(without(page, CODES, printed("event")))[0]
    found = answers(read_by_hand(image, shelf(printed("event")), hint_for(page)))
    assert found.answers == usual(page).answers


@pytest.mark.parametrize("wear", ["corner-torn", "turned-180"])
def test_a_worn_page_is_read_at_its_corners(wear: str) -> None:
    page = page_two(wear)
    found = answers(read_by_hand(unnamed(page), shelf(printed("event")), pointed_at(page, 1.5)))
    assert found.answers == usual(page).answers


def test_a_page_on_its_side_is_read_once_it_is_turned() -> None:
    page = page_two()
    on_its_side = np.asarray(np.rot90(unnamed(page)), dtype=np.uint8).copy()  # to the left
    known = shelf(printed("event"))
    assert isinstance(read_by_hand(on_its_side, known, hint_for(page)), SetAside)
    found = answers(read_by_hand(on_its_side, known, replace(hint_for(page), quarter_turns=1)))
    assert found.answers == usual(page).answers


def test_a_page_named_wrongly_is_not_read_as_what_it_is_not() -> None:
    page = page_two()
    known = shelf(printed("event"))
    found = read_by_hand(unnamed(page), known, replace(pointed_at(page), page=1))
    assert isinstance(found, SetAside)
    assert "not what the page that was named has" in found.detail


def test_corners_a_row_too_low_do_not_move_every_answer_to_the_next() -> None:
    page = page_two()
    found = read_by_hand(unnamed(page), shelf(printed("event")), pointed_at(page, down_mm=12.6))
    assert isinstance(found, SetAside) or found.reading.answers == usual(page).answers


def test_a_code_that_can_be_read_stands_against_what_was_said() -> None:
    page = page_two()
    image = working(page.scan.image)[0]
    for said in (replace(hint_for(page), page=1), replace(pointed_at(page), copy=COPY)):
        found = read_by_hand(image, shelf(printed("event")), said)
        assert isinstance(found, SetAside)
        assert "The code on this page says that it is page 2" in found.detail


def test_a_copy_code_that_nobody_typed_is_taken_from_the_page() -> None:
    page = page_two()
    said = replace(hint_for(page), copy=None)
    assert answers(read_by_hand(working(page.scan.image)[0], shelf(printed("event")), said)).copy == page.truth.copy


def test_a_printing_that_is_not_here_is_said_so() -> None:
    found = read_by_hand(np.full((800, 600), 255, np.uint8), shelf(printed("event")), Hint("ZZZZZZZZ", 1))
    assert isinstance(found, SetAside)
    assert found.refusal is Refusal.UNKNOWN_PRINTING


def test_nothing_is_found_on_a_blank_page() -> None:
    blank = np.random.default_rng(1).integers(247, 253, (1754, 1240), dtype=np.uint8)
    hint = Hint(template(printed("event")).printing, 2, None, ((0, 0), (1, 0), (1, 1), (0, 1)))
    found = read_by_hand(blank, shelf(printed("event")), hint)
    assert isinstance(found, SetAside)
