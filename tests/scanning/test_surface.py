"""Ink outside of the boxes: on the words of an answer, between boxes, in places to write in."""

from functools import cache

import cv2
import numpy as np
import pytest

from forms.layout import Box
from forms.paper.printing import Printing
from scanning.pipeline import Library, Located, read_image
from scanning.pipeline.areas import answer_areas
from scanning.readings import PageReading, Reason, State
from scanning.surface import SURFACE_PX_PER_MM, blank_mask
from scanning.template import Grey, Template, template_of
from tests.bench.scoring import working
from tests.forms.paper import Case
from tests.forms.paper import printing as made_once
from tests.paper.hands import Family
from tests.paper.pens import Image
from tests.paper.printed import copy_code, printed_pages
from tests.paper.returns import simulated_return
from tests.paper.wear import WEARS

Place = tuple[float, float]

DPI = 300
WEAR_NAMES = ("grey", "bitonal", "folded", "phone-curl", "fax-204x98")
QUESTION = "overall"


@cache
def printing() -> Printing:
    return made_once(Case("after-repair"))


@cache
def template() -> Template:
    made = template_of(printing().pdf)
    assert made is not None
    return made


def read(image: Grey) -> PageReading:
    [found] = read_image(image, Library({template().printing: template()}))
    assert isinstance(found, Located)
    return found.reading


@cache
def blank_page() -> tuple[int, Image]:
    """Give the page with the scale as printed: its number, and its image at 300 dpi."""
    number = next(page.number for page in template().pages if any(box.name == QUESTION for box in page.ticks))
    return number, dict(printed_pages(printing(), copy_code(np.random.default_rng(1)), DPI, colour=False))[number]


def drawn(start_mm: Place, end_mm: Place, thick_px: int = 6) -> Image:
    """Give the page with a stroke of a pen from one place to another, in mm."""
    image = blank_page()[1].copy()
    one, other = (tuple(round(mm * DPI / 25.4) for mm in place) for place in (start_mm, end_mm))
    cv2.line(image, one, other, 60, thick_px, cv2.LINE_AA)
    return image


def reasons(image: Image) -> dict[str, Reason]:
    small = np.asarray(cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    grey = np.minimum(small, 250)  # paper is pure white in no scan but one of black and white
    return {doubt.question: doubt.reason for doubt in read(np.asarray(grey, dtype=np.uint8)).doubts}


def boxes() -> list[Box]:
    page = template().page(blank_page()[0])
    assert page is not None
    return [Box(box.x, box.y, box.side, box.side) for box in page.ticks if box.name == QUESTION]


def test_a_question_left_blank_is_not_doubted_for_its_own_print() -> None:
    assert QUESTION not in reasons(blank_page()[1])


def test_a_stroke_through_the_words_of_an_answer_is_doubted() -> None:
    box = boxes()[1]
    below = box.bottom + 5
    assert reasons(drawn((box.x - 2, below + 3), (box.right + 4, below - 3)))[QUESTION] is Reason.BESIDE


def test_a_stroke_halfway_between_two_boxes_far_apart_is_doubted() -> None:
    one, other = boxes()[:2]
    middle = (one.right + other.x) / 2
    assert reasons(drawn((middle - 2, one.bottom), (middle + 2, one.y)))[QUESTION] is Reason.BESIDE


def test_a_speck_of_dirt_between_two_boxes_is_not_doubted() -> None:
    one, other = boxes()[:2]
    middle = (one.right + other.x) / 2
    assert QUESTION not in reasons(drawn((middle, one.y), (middle + 0.2, one.y)))


def test_a_fold_across_the_whole_page_is_not_doubted() -> None:
    level = boxes()[0].bottom + 2.5
    assert reasons(drawn((0, level), (210, level + 0.3), thick_px=3)).get(QUESTION) is not Reason.BESIDE


@pytest.mark.parametrize("wear", WEAR_NAMES)
def test_whether_a_place_to_write_in_is_written_in_is_seen_in_every_wear(wear: str) -> None:
    seen = 0
    for seed in (3, 4, 5):
        for page in simulated_return(printing(), seed, WEARS[wear], Family.JUDGING).pages:
            has_ink = {place.name: place.has_ink for place in page.truth.writings}
            for writing in read(working(page)[0]).writings:
                seen += 1
                if writing.state is not State.DOUBTFUL:
                    assert (writing.state is State.MARKED) == has_ink[writing.name]
    assert seen >= 6


def test_every_question_with_boxes_has_an_area_that_holds_them_and_no_other_questions_boxes() -> None:
    for page in template().pages:
        areas = answer_areas(page) if page.ticks else {}
        for box in page.ticks:
            holding = [name for name, area in areas.items() if _holds(area, box.centre)]
            assert holding == [box.name.split("/")[0] if box.kind.value == "check" else box.name]


def _holds(area: Box, place: tuple[float, float]) -> bool:
    return area.x <= place[0] <= area.right and area.y <= place[1] <= area.bottom


def test_print_is_left_out_with_a_margin_around_it() -> None:
    reference = np.full((600, 600), 255, np.uint8)
    reference[300:303, 300:420] = 0
    blank = blank_mask(reference)
    at = round(300 / 6 * SURFACE_PX_PER_MM)
    assert blank[at, at + 10] == 0
    assert blank[at - 1, at + 10] == 0
    assert blank[at - 8, at + 10] == 255
