"""Somebody else's PDF with our marks and codes on it is told by these, and its own boxes are measured."""

import json
from functools import cache
from io import BytesIO

import cv2
import numpy as np
import pikepdf
import pytest

from forms.adopting import AdoptingError, Binding, Draft, drafted
from forms.adopting.sheets import sheets_of_content
from forms.codes.copy_code import new_copy_codes
from forms.definition import Form
from forms.loading import parse_form
from forms.stamping.numbered import place_of_codes
from forms.stamping.sheets import stamped
from scanning.foreign.stamped import StampedPage, stamped_template_of
from scanning.foreign.templates import drawn
from scanning.pages import PageLimits
from scanning.pipeline import Library, Located, read_image
from scanning.readers.reading import FileReader
from scanning.readers.results import Wanted
from scanning.readings import Refusal, SetAside
from scanning.template import Grey, Template
from tests.forms.pdfs import A4
from tests.scanning.foreign.theirs import ROWS, their_pdf, ticked


@cache
def _draft() -> Draft:
    return drafted(sheets_of_content(their_pdf(), "theirs"), "theirs")


def _form(draft: Draft) -> Form:
    return parse_form(json.dumps(draft.definition).encode(), "draft")


@cache
def _stamped() -> bytes:
    return stamped(their_pdf(), _form(_draft()), _draft().binding)[1]


@cache
def _template() -> Template:
    found = stamped_template_of(_stamped())
    assert found is not None
    return found


def _read(image: Grey) -> Located:
    reader = FileReader(Library({_template().printing: _template()}), PageLimits(), Wanted())
    [got] = reader._read(image)
    assert isinstance(got, Located), got
    return got


def _page() -> StampedPage:
    page = _template().pages[0]
    assert isinstance(page, StampedPage)
    return page


def test_its_boxes_lie_where_they_are_drawn() -> None:
    """Their page may be smaller on our sheet, but no box leaves its printed line."""
    binding = _draft().binding
    ticks = [one for one in binding.fields if one.choice]
    assert len(_page().insides) == len(ticks)
    sides = sorted(one.w for one in _page().insides)
    assert 2.0 < sides[0] < sides[-1] < 7.0


def test_what_comes_back_on_it_is_read_under_the_adopted_names() -> None:
    located = _read(ticked(_stamped(), _page(), (1, 3, 8, 14)))
    given = {name: answer for name, answer in located.reading.answers.items() if answer}
    assert located.reading.doubts == ()
    assert len(given) == 4
    assert set(given) <= {one.id for one in _form(_draft()).questions}
    assert located.reading.form == "theirs"


def test_a_copy_upside_down_is_the_same() -> None:
    image = ticked(_stamped(), _page(), (1, 3, 8, 14))
    turned = np.asarray(cv2.rotate(image, cv2.ROTATE_180), dtype=np.uint8)
    assert _read(turned).reading.answers == _read(image).reading.answers


def test_a_page_printed_up_to_its_corners_is_made_smaller_and_our_marks_stay_clear() -> None:
    draft = _without_tiny()
    sheet = drawn(stamped(_all_black(), _form(draft), draft.binding)[1], 4.0)[0]
    assert sheet[(148 * 4), (25 * 4)] < 50
    x, y = (round(one * 4) for one in (12, 148))
    assert sheet[y, x] > 250
    [found] = read_image(sheet, Library({_template().printing: _template()}))
    assert isinstance(found, SetAside)
    assert found.refusal is Refusal.UNKNOWN_PRINTING


def test_boxes_that_would_become_too_small_to_be_read_are_refused() -> None:
    with pytest.raises(AdoptingError, match=r"a box of 2.5 mm on page 1 would be 2.2 mm on A4"):
        stamped(_all_black(), _form(_draft()), _draft().binding)


def test_a_page_much_larger_than_ours_is_refused() -> None:
    draft = _without_tiny()
    with pytest.raises(AdoptingError, match="page 1 is too large"):
        stamped(_all_black((1190 * 2, 1684 * 2)), _form(draft), draft.binding)


def test_a_binding_that_does_not_say_where_boxes_are_cannot_be_stamped() -> None:
    draft = _draft()
    old = Binding(draft.binding.pdf_sha256, ())
    with pytest.raises(AdoptingError, match="adopt the PDF again"):
        stamped(their_pdf(), _form(draft), old)


def test_the_same_paper_made_twice_is_one_printing() -> None:
    assert stamped(their_pdf(), _form(_draft()), _draft().binding) == (_template().printing, _stamped())


def test_each_page_of_a_run_bears_its_copys_code_and_shows_its_own_page_of_theirs() -> None:
    copies = new_copy_codes(2)
    theirs = their_pdf(pages=2)
    draft = drafted(sheets_of_content(theirs, "theirs"), "theirs")
    name, run = stamped(theirs, _form(draft), draft.binding, copies)
    template = stamped_template_of(run)
    assert template is not None
    assert template.printing == name
    images = drawn(run, 200 / 25.4)
    told = [_told(image, Library({name: template})) for image in images]
    assert told == [(copy, page) for copy in copies for page in (1, 2)]
    front, back = (image.astype(int) for image in images[:2])
    assert (np.abs(front - back) > 128).mean() > 0.01, "both pages show the same words"


def test_two_runs_of_a_form_are_one_printing() -> None:
    draft = _draft()
    runs = (["3333 3333"], ["WWWW WWWW"])  # the narrowest characters, and the widest
    names = {stamped(their_pdf(), _form(draft), draft.binding, codes)[0] for codes in runs}
    assert len(names) == 1


def test_a_copy_code_is_written_where_nothing_of_theirs_is_printed() -> None:
    [copy], draft = new_copy_codes(1), _without_tiny()
    sheet = drawn(stamped(_all_black(), _form(draft), draft.binding, [copy])[1], 4.0)[0]
    place = place_of_codes()
    rows, columns = (
        slice(round((one - 1) * 4), round((two + 1) * 4))
        for one, two in ((place.y, place.bottom), (place.x, place.right))
    )
    ink = sheet[rows, columns] < 128
    assert 0.1 < ink.mean() < 0.5
    assert not ink[0].any()
    assert not ink[:, 0].any()


def _told(image: Grey, library: Library) -> tuple[str | None, int]:
    [found] = read_image(image, library)
    assert isinstance(found, Located), found
    return found.reading.copy, found.reading.page


def test_what_is_trimmed_off_in_print_does_not_move_a_page_off_its_boxes() -> None:
    with pikepdf.open(BytesIO(their_pdf())) as pdf:
        pdf.pages[0].obj.TrimBox = pikepdf.Array([60, 60, 500, 780])
        trimmed = BytesIO()
        pdf.save(trimmed)
    found = drawn(stamped(trimmed.getvalue(), _form(_draft()), _draft().binding)[1], 4.0)[0]
    whole = drawn(_stamped(), 4.0)[0]
    inside = (slice(40 * 4, 250 * 4), slice(30 * 4, 180 * 4))
    assert np.array_equal(found[inside], whole[inside])


def test_their_page_looks_the_same_within_our_marks() -> None:
    whole, theirs = drawn(_stamped(), 4.0)[0], drawn(their_pdf(), 4.0)[0]
    assert abs(float((whole < 128).mean()) - float((theirs < 128).mean())) < 0.02


@cache
def _without_tiny() -> Draft:
    rows = tuple(row for row in ROWS if row.name != "tiny")
    return drafted(sheets_of_content(their_pdf(0, rows), "theirs"), "theirs")


def _all_black(size: tuple[float, float] = A4) -> bytes:
    from tests.forms.pdfs import Draft as Made  # noqa: PLC0415  of one test

    made = Made(size=size)
    made.page().Contents = made.pdf.make_stream(b"0 g 0 0 595 842 re f\n")
    return made.saved()
