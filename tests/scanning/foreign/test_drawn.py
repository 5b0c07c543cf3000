"""Places to tick and to write are found on a picture of a blank form."""

import numpy as np

from forms.layout.model import Box, Kind
from scanning.foreign.blank.places import Place
from scanning.foreign.drawn import places_on
from scanning.foreign.templates import drawn
from tests.forms.pdfs import Draft
from tests.scanning.foreign.theirs import ROUND, SQUARE, Row, known, their_pdf

PX = 8.0


def _places(content: bytes) -> list[Place]:
    return places_on(drawn(content, PX)[0], PX)


def _shapes(*shapes: str) -> bytes:
    draft = Draft()
    draft.page().Contents = draft.pdf.make_stream("".join(shapes).encode())
    return draft.saved()


def test_squares_circles_and_ovals_are_found_where_they_are_and_letters_are_not() -> None:
    rows = (Row("a"), Row("b", ROUND, 18, 11), Row("c", SQUARE, 7.2, 7.2, 4), Row("d", ROUND, 13, 13, 5))
    content = their_pdf(seed=2, rows=rows)
    wanted = [(one.centre) for one in known(content).pages[0].ticks]
    ticks = [one.box_mm for one in _places(content) if one.kind is Kind.CHECK]
    assert len(ticks) == len(wanted)
    for x, y in wanted:
        assert any(abs(box.x + box.w / 2 - x) < 0.4 and abs(box.y + box.h / 2 - y) < 0.4 for box in ticks)


def test_a_page_that_is_black_but_for_a_box_is_looked_at() -> None:
    page = np.zeros((2376, 1680), np.uint8)
    page[800:840, 400:440] = 255
    [place] = places_on(page, PX)
    assert abs(place.box_mm.x - 400 / PX) < 0.2


def test_the_letters_of_a_headline_are_none() -> None:
    draft = Draft()
    draft.words((20, 200, "BOOK COOK"), matrix="3 0 0 3 0 0")
    assert [one for one in _places(draft.saved()) if one.kind is Kind.CHECK] == []


def test_a_box_to_write_in_is_found() -> None:
    [place] = _places(_shapes("1 w 60 600 300 26 re S\n"))
    assert place.kind is Kind.TEXT
    assert place.box_mm.w > 104


def test_equal_cells_in_a_row_are_one_comb() -> None:
    cells = [f"0.7 w {60 + 16 * at} 600 16 20 re S\n" for at in range(8)]
    [place] = _places(_shapes(*cells))
    assert (place.kind, place.cells) == (Kind.TEXT, 8)


def test_a_line_with_white_above_is_one_to_write_on() -> None:
    [place] = _places(_shapes("0.7 w 60 600 m 300 600 l S\n"))
    assert place.kind is Kind.TEXT
    assert place.box_mm.w > 80
    assert isinstance(place.box_mm, Box)


def test_white_boxes_on_a_tint_need_no_line() -> None:
    [place] = _places(_shapes("0.93 g 40 500 400 200 re f 1 g 60 600 12 12 re f\n"))
    assert place.kind is Kind.CHECK


def _words(x: float, y: float, wide: float = 30) -> str:
    """Give strokes that look like words from afar, in points from the bottom left."""
    return "".join(f"{x + at} {y} 1.5 6 re f " for at in range(0, int(wide), 3))


def _frames(*rects: str) -> str:
    return "".join(f"0.7 w {rect} re S\n" for rect in rects)


BAND = slice(round(134 * PX * 25.4 / 72), round(354 * PX * 25.4 / 72))
"""The rows from 708 to 488 points above the bottom: a part of a page is looked at sooner than the whole."""


def _written(*shapes: str, grain: float = 0.0) -> list[Box]:
    """Give the places to write in that are found in the band; a scan has grain, and paper that is not white."""
    image = np.ascontiguousarray(drawn(_shapes(*shapes), PX)[0][BAND])
    if grain:
        noise = np.random.default_rng(1).normal(0, grain, image.shape)
        image = np.clip(image * 0.88 + 18 + noise, 0, 255).astype(np.uint8)
    return [one.box_mm for one in places_on(image, PX) if one.kind is Kind.TEXT]


def _near(mm: float, points: float) -> bool:
    return abs(mm - points * 25.4 / 72) < 0.6


def test_what_names_a_row_is_no_place_but_the_cell_after_it_is() -> None:
    rows = _frames("60 600 150 20", "210 600 100 20", "60 580 150 20", "210 580 100 20")
    found = _written(rows, _words(63, 606), _words(63, 586), _words(213, 586, 5))
    assert [_near(box.x, 210) for box in found] == [True, False]  # the sign before the second cell stays
    assert all(box.x > 73 for box in found)


def test_the_grain_of_a_scan_is_no_word_that_makes_a_heading_of_a_cell() -> None:
    rows = _frames(*(f"{x} {y} 100 20" for x in (60, 160, 260) for y in (600, 580)))
    assert len(_written(rows, _words(63, 606), _words(63, 586), grain=4)) == 4


def test_words_before_an_empty_cell_are_a_heading_only_where_one_row_holds_both() -> None:
    apart = _written(_frames("60 600 150 20", "330 600 100 20"), _words(63, 606))
    assert len(apart) == 2


def test_the_head_of_a_table_is_no_place_and_words_over_one_box_are_no_head() -> None:
    cells = _frames("60 600 100 40", "160 600 100 40", "60 575 100 25", "160 575 100 25")
    assert len(_written(cells, _words(63, 630), _words(163, 630))) == 2
    assert len(_written(_frames("60 600 100 40", "60 575 100 25"), _words(63, 630))) == 2


def test_a_table_without_lines_at_its_sides_has_cells() -> None:
    lines = "".join(f"0.7 w 60 {y} m 500 {y} l S\n" for y in (700, 675, 650, 625))
    middle = "300 625 m 300 700 l S\n"
    found = _written(lines, middle, *(_words(63, y) for y in (682, 657, 632)))
    assert sum(_near(box.x, 300) and _near(box.right, 500) and box.h > 7 for box in found) == 3


def test_a_shaded_cell_and_a_tinted_bar_with_words_are_none() -> None:
    dark = "0.7 g 60 600 100 25 re f 0 g " + _frames("60 600 100 25")
    bar = "0.86 g 60 500 400 25 re f 0 g " + _frames("60 500 400 25") + _words(63, 508)
    assert _written(dark, bar) == []


def test_a_tint_without_words_is_a_place() -> None:
    [box] = _written("0.88 g 60 600 150 20 re f\n")
    assert _near(box.x, 60)
    assert _near(box.w, 150)


def test_the_upper_edge_of_a_box_is_no_line_to_write_on() -> None:
    button = _frames("60 600 150 20") + "0.9 g 61 601 148 18 re f 0 g " + _words(65, 606, 140)
    assert _written(button) == []


def test_a_lone_line_from_margin_to_margin_parts_a_page_and_several_are_written_on() -> None:
    assert _written("0.7 w 40 600 m 555 600 l S\n") == []
    assert len(_written(*(f"0.7 w 40 {y} m 555 {y} l S\n" for y in (600, 575, 550)))) == 3


def test_a_line_is_parted_where_a_stroke_stands_on_it_and_by_its_captions() -> None:
    line = "0.7 w 60 600 m 400 600 l S\n"
    assert len(_written(line, "200 600 m 200 615 l S\n")) == 2
    first, second = _written(line, _words(70, 590), _words(250, 590))
    assert _near(first.x, 60)
    assert _near(second.x, (100 + 250) / 2)


def test_strokes_at_equal_distances_on_a_line_are_a_comb() -> None:
    strokes = "".join(f"{60 + 14 * at} 600 m {60 + 14 * at} {612} l S\n" for at in range(9))
    [place] = _places(_shapes("0.7 w 60 600 m 172 600 l S\n", strokes))
    assert (place.kind, place.cells) == (Kind.TEXT, 8)


def test_a_list_with_its_button_and_a_high_empty_box_are_places() -> None:
    button = _frames("60 600 200 25") + "0.75 g 235 602 22 21 re f 0 g " + _frames("235 602 22 21")
    high = _frames("60 100 400 400")
    first, second = _places(_shapes(button, high))
    assert first.box_mm.w > 55
    assert second.box_mm.h > 135


def test_a_letter_of_thick_strokes_is_nothing_to_tick() -> None:
    ring = "{} w 107.5 600 m 107.5 604.1 104.1 607.5 100 607.5 c 95.9 607.5 92.5 604.1 92.5 600 c \
92.5 595.9 95.9 592.5 100 592.5 c 104.1 592.5 107.5 595.9 107.5 600 c S\n"
    assert [one.kind for one in _places(_shapes(ring.format(1)))] == [Kind.CHECK]
    assert _places(_shapes(ring.format(5))) == []
