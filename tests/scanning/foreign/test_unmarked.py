"""Somebody else's paper as they print it, read by the boxes of the form that it was adopted as."""

import json
from functools import cache

import numpy as np
import pytest
from pikepdf import Name

from forms.adopting import AdoptingError, Draft, drafted
from forms.adopting.sheets import sheets_of_content
from forms.loading import parse_form
from forms.paper.fields import PART
from forms.stamping.sheets import stamped
from forms.stamping.unmarked import unmarked
from scanning.foreign import ForeignPage
from scanning.foreign.unmarked import unmarked_template_of
from scanning.hints import Hint
from scanning.pages import PageLimits
from scanning.pipeline import Located
from scanning.readers.reading import FileReader
from scanning.readers.results import Wanted
from scanning.readings import Refusal, SetAside
from scanning.template import Grey, Template
from tests.forms.pdfs import Draft as Made
from tests.scanning.foreign.theirs import Row, their_pdf, ticked

SMALL = (Row("colour"), Row("extras", radio=False, boxes=2))
BLUE, TEA = 1, 3
"""The boxes that are ticked, of a question with one answer and of one with several."""


@cache
def _draft(seed: int = 0) -> Draft:
    return drafted(sheets_of_content(their_pdf(seed, SMALL), "theirs"), "theirs")


@cache
def _paper(seed: int = 0, title: str = "Theirs") -> bytes:
    draft = _draft(seed)
    form = parse_form(json.dumps(draft.definition | {"title": title}).encode(), "draft")
    return unmarked(their_pdf(seed, SMALL), form, draft.binding)[1]


def _template(content: bytes) -> Template:
    found = unmarked_template_of(content)
    assert found is not None
    return found


def _scan(seed: int = 0) -> Grey:
    page = _template(_paper(seed)).pages[0]
    assert isinstance(page, ForeignPage)
    return ticked(their_pdf(seed, SMALL), page, (BLUE, TEA))


def _read(image: Grey, *papers: bytes, wanted: bytes | None = None) -> Located | SetAside:
    theirs = (_template(wanted).printing,) if wanted is not None else None
    [got] = FileReader.of(list(papers), PageLimits(), Wanted(theirs=theirs))._read(image)
    return got


def test_what_comes_back_on_it_is_read_under_the_adopted_names() -> None:
    got = _read(_scan(), _paper())
    assert isinstance(got, Located)
    bound = _draft().binding.fields
    one, several = bound[BLUE], bound[TEA]
    assert got.reading.doubts == ()
    assert got.reading.answers[one.question] == one.choice
    assert got.reading.form == "theirs"
    ticked_names = {mark.name for mark in got.reading.marks if mark.state == "marked"}
    assert ticked_names == {one.question, f"{several.question}{PART}{several.choice}"}


def test_a_page_of_a_form_that_is_not_expected_is_set_aside() -> None:
    got = _read(_scan(5), _paper(), _paper(5), wanted=_paper())
    assert isinstance(got, SetAside)
    assert got.refusal is Refusal.UNKNOWN_PRINTING
    assert isinstance(_read(_scan(5), _paper(), _paper(5), wanted=_paper(5)), Located)


def test_the_same_paper_adopted_once_more_is_no_rival() -> None:
    again = _paper(title="With another title")
    assert _template(again).printing != _template(_paper()).printing
    got = _read(_scan(), _paper(), again, wanted=again)
    assert isinstance(got, Located)
    assert got.reading.printing == _template(again).printing


def test_a_sheet_that_bears_our_marks_is_never_read_by_print_alone() -> None:
    """Its code says a printing that is not here; their page stands on it all the same."""
    draft = _draft()
    form = parse_form(json.dumps(draft.definition).encode(), "draft")
    sheet, other = (stamped(their_pdf(seed, SMALL), form, draft.binding)[1] for seed in (0, 1))
    page = FileReader.of([sheet], PageLimits(), Wanted()).library.templates
    [template] = page.values()
    got = _read(np.asarray(template.pages[0].reference), other, _paper())
    assert isinstance(got, SetAside)
    assert got.refusal is Refusal.UNKNOWN_PRINTING


def test_a_person_can_say_which_page_it_is() -> None:
    reader = FileReader.of([_paper()], PageLimits(), Wanted())
    got = reader._by_hand(_scan(), Hint(_template(_paper()).printing, 1))
    assert isinstance(got, Located)
    assert got.reading.page == 1
    blank = np.full((2339, 1653), 250, np.uint8)
    assert isinstance(reader._by_hand(blank, Hint(_template(_paper()).printing, 1)), SetAside)


def test_a_box_that_the_original_has_ticked_is_always_doubted() -> None:
    made = Made()
    for at in range(2):
        rect = (60, 700 - 40 * at, 74, 714 - 40 * at)
        made.tick(rect, "Yes", T=f"box{at}", FT=Name.Btn, V=Name.Off if at else Name.Yes)
    content = made.saved()
    draft = drafted(sheets_of_content(content, "preset"), "preset")
    form = parse_form(json.dumps(draft.definition).encode(), "draft")
    page = _template(unmarked(content, form, draft.binding)[1]).pages[0]
    assert isinstance(page, ForeignPage)
    assert page.preset == (True, False)


def test_boxes_too_small_to_be_read_are_refused() -> None:
    content = their_pdf(0, (Row("tiny", wide=6.5, high=6.5),))
    draft = drafted(sheets_of_content(content, "tiny"), "tiny")
    with pytest.raises(AdoptingError, match=r"a box on page 1 has 2.3 mm"):
        unmarked(content, parse_form(json.dumps(draft.definition).encode(), "draft"), draft.binding)
