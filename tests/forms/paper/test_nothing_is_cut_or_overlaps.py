"""On no page of any form, in any edition, language and size, is anything cut off, overlapping or left out.

The finished PDF is read (`seen`), and each finding function is shown to find what it is there for.
"""

from pathlib import Path
from typing import Any

import pytest

from forms.copies import print_run
from forms.layout.model import Box, Field, Kind
from forms.paper.editions import EditionName
from tests.forms.paper import Case, findings, form_named, printing, sheets, slips, whole
from tests.forms.paper.area import Area
from tests.forms.paper.seen import Seen, seen
from tests.forms.paper.words import Word

SHEET = Area(0, 0, 210, 297)
TEXT = Area(20, 24, 190, 297)


@pytest.mark.parametrize("case", [*sheets(), *slips()], ids=str)
def test_nothing_is_cut_off_or_overlaps(case: Case) -> None:
    assert whole.of_printing(case) == ()


@pytest.mark.parametrize("case", [Case("poll"), Case("poll", edition=EditionName.GIANT), slips()[0]], ids=str)
def test_nothing_overlaps_on_a_numbered_copy(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "run.pdf"
    print_run(printing(case), ["K7PM 4TXJ"], path)
    for page in seen(path.read_bytes()):
        if page.words:
            assert "K7PM 4TXJ" in page.text
            assert [finding for check in whole.ON_ANY_PAGE for finding in check(page)] == []
            assert list(findings.near_a_fold(page, case.edition)) == []


def a_word(left: float, top: float, text: str = "word", right: float | None = None) -> Word:
    area = Area(left, top, right or left + 10, top + 4)
    return Word(text, area, (area,), area.bottom, 14)


def a_box(left: float, top: float, name: str = "box", side: float = 6.5, kind: Kind = Kind.CHECK) -> Field:
    return Field(name, kind, 1, Box(left, top, side, side), (), None, None, "")


def a_page(**things: Any) -> Seen:
    return Seen(1, SHEET, **things)


@pytest.mark.parametrize("area", [Area(-0.1, 50, 20, 60), Area(200, 50, 210.1, 60), Area(20, 290, 30, 297.2)])
def test_what_runs_over_the_sheets_edge_is_found(area: Area) -> None:
    word = Word("word", area, (area,), area.bottom, 14)
    box = Field("box", Kind.TEXT, 1, Box(area.left, area.top, area.width, area.height), (), None, None, "")
    for page in (a_page(drawn=(area,)), a_page(words=(word,)), a_page(fields=(box,))):
        assert len(list(findings.off_the_sheet(page))) == 1
    assert not list(findings.off_the_sheet(a_page(words=(a_word(20, 50),))))


def test_a_word_or_box_in_the_quiet_zone_of_a_machine_code_is_found() -> None:
    code = Area(177, 6, 190, 19)  # its modules are 13 / 21 mm wide, so that 2.48 mm stay white
    assert list(findings.in_a_zone(a_page(words=(a_word(164.6, 10),), codes=(code,))))
    assert list(findings.in_a_zone(a_page(fields=(a_box(180, 21),), codes=(code,))))
    assert list(findings.in_a_zone(a_page(lines=(Area(20, 21, 190, 21.3),), codes=(code,))))
    assert not list(findings.in_a_zone(a_page(words=(a_word(164.4, 10),), fields=(a_box(180, 22),), codes=(code,))))


def test_a_word_within_a_cell_of_a_corner_mark_is_found() -> None:
    mark = Area(9, 9, 16, 16)
    assert list(findings.in_a_zone(a_page(words=(a_word(17, 10),), marks=(mark,))))
    assert not list(findings.in_a_zone(a_page(words=(a_word(17.3, 10),), marks=(mark,))))


def test_words_that_overlap_are_found() -> None:
    assert list(findings.words_on_words(a_page(words=(a_word(20, 50), a_word(29, 50)))))
    assert list(findings.words_on_words(a_page(words=(a_word(20, 50), a_word(20, 53.9)))))
    assert not list(findings.words_on_words(a_page(words=(a_word(20, 50), a_word(30, 50), a_word(20, 54)))))


def test_words_whose_letters_pass_each_other_do_not_overlap() -> None:
    with_gap = Word("ag", Area(20, 50, 30, 55), (Area(20, 50, 24, 54), Area(25, 51, 30, 55)), 54, 14)
    beneath = Word("l", Area(21, 54.5, 23, 60), (Area(21, 54.5, 23, 60),), 60, 14)
    assert not list(findings.words_on_words(a_page(words=(with_gap, beneath))))


def test_arabic_letters_drawn_in_pieces_may_touch_on_their_line_but_not_on_the_next() -> None:
    stem, dots = a_word(20, 50, "ب"), a_word(21, 50.5, "ي")
    assert not list(findings.words_on_words(a_page(words=(stem, dots))))
    assert list(findings.words_on_words(a_page(words=(stem, a_word(20, 53.5, "ي")))))


def test_a_word_in_a_box_is_found() -> None:
    assert list(findings.words_on_boxes(a_page(words=(a_word(35, 50),), fields=(a_box(30, 50),))))
    assert list(findings.words_on_boxes(a_page(words=(a_word(36.7, 50),), fields=(a_box(30, 50),))))  # on its line
    assert not list(findings.words_on_boxes(a_page(words=(a_word(37, 50),), fields=(a_box(30, 50),))))


def test_a_word_that_a_line_goes_through_is_found() -> None:
    assert list(findings.words_on_lines(a_page(words=(a_word(20, 50),), lines=(Area(20, 53, 190, 53.2),))))
    assert not list(findings.words_on_lines(a_page(words=(a_word(20, 50),), lines=(Area(20, 54.1, 190, 54.3),))))


def test_boxes_that_overlap_are_found() -> None:
    assert list(findings.boxes_on_boxes(a_page(fields=(a_box(30, 50), a_box(30, 57)))))
    assert not list(findings.boxes_on_boxes(a_page(fields=(a_box(30, 50), a_box(30, 57.3)))))


def test_a_line_through_a_tick_box_is_found() -> None:
    line = (Area(20, 53, 190, 53.3),)
    assert list(findings.lines_in_ticks(a_page(fields=(a_box(30, 50),), lines=line)))
    assert not list(findings.lines_in_ticks(a_page(fields=(a_box(30, 50, kind=Kind.TEXT),), lines=line)))
    assert not list(findings.lines_in_ticks(a_page(fields=(a_box(30, 53.3),), lines=line)))


@pytest.mark.parametrize(("top", "near"), [(89, False), (89.3, True), (99, True), (101.9, True), (102.4, False)])
def test_a_box_near_a_fold_is_found_with_its_line(top: float, near: bool) -> None:
    page = a_page(fields=(a_box(30, top),))
    assert bool(list(findings.near_a_fold(page, EditionName.CLEAR))) == near
    assert not list(findings.near_a_fold(page, EditionName.LARGE))
    assert bool(list(findings.near_a_fold(a_page(codes=(Area(20, top, 33, top + 6.9),)), EditionName.CLEAR))) == near


def test_a_box_in_a_margin_is_found() -> None:
    assert list(findings.out_of_the_margins(a_page(fields=(a_box(20.2, 50),)), TEXT))
    assert list(findings.out_of_the_margins(a_page(fields=(a_box(30, 23),)), TEXT))
    assert list(findings.out_of_the_margins(a_page(fields=(a_box(184, 50),)), TEXT))
    assert not list(findings.out_of_the_margins(a_page(fields=(a_box(20.4, 50),)), TEXT))


FOOT = ("Freepost", "HOUSING")
FOOT_WORDS = (a_word(36, 280, "Freepost"), a_word(48, 280, "HOUSING"))


@pytest.mark.parametrize(
    "more",
    [
        {"fields": (a_box(30, 275),)},
        {"lines": (Area(20, 283, 190, 283.3),)},
        {"words": (*FOOT_WORDS, a_word(60, 277, "body"))},
        {"words": FOOT_WORDS[:1]},
        {"words": ()},
    ],
)
def test_what_runs_into_the_foot_or_is_missing_from_it_is_found(more: dict[str, Any]) -> None:
    assert list(findings.in_the_foot(a_page(**{"words": FOOT_WORDS, **more}), FOOT))


def test_a_foot_by_itself_is_fine() -> None:
    body = a_word(20, 100, "Freepost")  # the address may stand in the closing words, too
    assert not list(findings.in_the_foot(a_page(words=(body, *FOOT_WORDS), fields=(a_box(30, 268),)), FOOT))


def test_a_text_of_the_form_that_stands_on_no_page_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case("poll")
    monkeypatch.setattr(whole, "pages", lambda _: (a_page(words=(a_word(20, 50, "Quick"),)),))
    assert len(list(whole.left_out(case))) == len(list(whole.expected_texts(form_named("poll"), case)))


def test_a_page_more_than_planned_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "pages", lambda _: (a_page(),) * (printing(Case("poll")).pages + 1))
    assert list(whole.spilt_over(Case("poll")))
