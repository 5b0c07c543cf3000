"""Places to tick and to write are found on a picture of a blank form."""

from forms.layout.model import Box, Kind
from scanning.foreign.drawn import Place, places_on
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
