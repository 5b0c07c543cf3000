"""Which page an image shows: bent paper, pages that share print, and pages that nobody named."""

import random
from functools import cache

import cv2
import numpy as np
import pytest
from pikepdf import Dictionary, Name

from scanning.foreign import ForeignLibrary, read_foreign
from scanning.foreign.finding import NOT_FOUND
from scanning.foreign.following import followed
from scanning.foreign.glance import glances
from scanning.foreign.matching import ALIKE_MIN, Seen, Straight
from scanning.foreign.placing import placed_by_points
from scanning.foreign.rivals import compared
from scanning.pipeline import Located
from scanning.readings import SetAside
from scanning.registration import Registration
from scanning.template import Grey, Template
from tests.forms.pdfs import Draft
from tests.scanning.foreign.theirs import known

PX = 6.0


@cache
def _sharing() -> Template:
    """Give a form of two pages: the second is the lower part of the first, moved up by 100 mm, with another foot."""
    draft = Draft(2)
    chance = random.Random(7)
    lines = [(50 + 8 * (at % 3), 800 - 14 * at, _words(chance)) for at in range(52)]
    for page, shown in ((1, lines), (2, [(x, y + 283, words) for x, y, words in lines if y + 283 < 810])):
        operators = "".join(f"BT /F 10 Tf {x} {y} Td ({words}) Tj ET\n" for x, y, words in shown)
        draft.page(page).Resources = Dictionary(
            Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        )
        draft.page(page).Contents = draft.pdf.make_stream(operators.encode())
        draft.tick((520, 400, 532, 412), "Yes", page, FT=Name.Btn, T=f"box{page}")
    return known(draft.saved())


def _words(chance: random.Random) -> str:
    return " ".join("".join(chance.choices("abcdefghiklmnoprstuvwz", k=chance.randint(2, 9))) for _ in range(11))


@cache
def _both() -> ForeignLibrary:
    return ForeignLibrary({_sharing().printing: _sharing()})


def _only(number: int) -> ForeignLibrary:
    kept = tuple(page for page in _sharing().pages if page.number == number)
    return ForeignLibrary({_sharing().printing: Template(_sharing().printing, _sharing().form, kept, (), ())})


@cache
def _image(number: int) -> Grey:
    page = next(one.page for one in _both().pages if one.page.number == number)
    return page.reference.copy()


def _upper_part_lost(image: Grey) -> Grey:
    """Give an image in which the upper part is there, but too blurred to be known."""
    lost = image.copy()
    end = round(95 * PX)
    lost[:end] = cv2.GaussianBlur(lost[:end], (0, 0), 9)
    return lost


def test_a_page_that_holds_the_print_of_another_is_not_taken_for_it() -> None:
    for number in (1, 2):
        got = read_foreign(_image(number), _both())
        assert isinstance(got, Located), got
        assert got.reading.page == number


def test_a_page_of_which_only_what_another_has_too_is_sharp_is_not_read_as_that() -> None:
    got = read_foreign(_upper_part_lost(_image(1)), _both())
    assert isinstance(got, SetAside) or got.reading.page == 1


def test_a_page_is_not_read_as_another_that_lies_within_it() -> None:
    assert isinstance(read_foreign(_image(1), _only(2)), SetAside)


def test_two_pages_that_share_print_are_compared_by_what_only_one_of_them_has() -> None:
    first, second = _both().pages
    seen = Seen(_image(1))
    wrong = placed_by_points(seen, first.keypoints, second)
    assert wrong is not None
    contest = compared(wrong, first, seen)
    assert contest is not None
    assert contest.lead < -0.15
    assert contest.rival is not None
    assert contest.rival.share > 0.9


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_page_is_likeliest_at_a_glance_however_it_is_turned(turns: int) -> None:
    seen = Seen(np.ascontiguousarray(np.rot90(_image(1), turns)))
    found = glances(seen, list(_both().pages), 2)
    assert found[0].known.page.number == 1
    middle = found[0].rough.to_px(np.array([[105.0, 148.5]]))[0]
    assert np.abs(middle - np.array(seen.images[0].shape[::-1]) / 2).max() < 10 * PX


def test_print_that_a_curl_carried_away_is_followed() -> None:
    [page] = [one for one in _both().pages if one.page.number == 1]
    image = page.page.reference
    height, width = image.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bend = 6 * PX * np.clip(1 - y / (120 * PX), 0, 1) ** 2  # 6 mm at the top, nothing from 120 mm on
    curled = cv2.remap(image, x, np.asarray(y - bend, np.float32), cv2.INTER_LINEAR, borderValue=255)
    flat = Registration(np.array([[PX, 0, -0.5], [0, PX, -0.5], [0, 0, 1]]))
    straight = Straight(Seen(np.asarray(curled, np.uint8)), flat, page.printed.small.shape)
    straightly = straight.found(page.printed, page.printed.pieces_mm, 2.0)
    after = followed(straight, page.printed, straightly)
    assert np.mean(straightly.alike >= ALIKE_MIN) < 0.9
    assert np.mean(after.alike >= ALIKE_MIN) > 0.97
    top = after.places_mm[:, 1] < 30
    wanted = 6 * (1 - after.places_mm[top, 1] / 120) ** 2
    assert np.median(np.abs(after.shifts_mm[top, 1] - wanted)) < 0.5


def test_an_image_with_nothing_of_the_form_says_so() -> None:
    chance = np.random.default_rng(3)
    image = np.full((1700, 1200), 250, np.uint8)
    for left, top in chance.integers(0, 1100, (200, 2)).tolist():
        cv2.putText(image, "xyz", (left, top), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 30, 2)
    got = read_foreign(image, _both())
    assert isinstance(got, SetAside)
    assert got.detail == NOT_FOUND
