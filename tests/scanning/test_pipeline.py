"""Whole pages are read as their writers meant them (simulated returns; writers of the judging family)."""

from functools import cache

import cv2
import numpy as np
import pytest

from forms.paper.printing import Printing
from scanning.pipeline import Library, Located, read_image
from scanning.readings import PageReading, Refusal, SetAside
from scanning.template import Grey, Template, template_of
from tests.forms.paper import Case
from tests.forms.paper import printing as made_once
from tests.paper.hands import Family
from tests.paper.returns import ReturnedPage, simulated_return
from tests.paper.wear import WEARS

WORKING_LONG_PX = 2800
"""From this longer side on a page is read at half its size."""

BOX_MM = 0.05
"""Where 95 in 100 boxes must be found on ordinary scans."""

ORDINARY = ["clean-300", "clean-150", "bitonal", "rotated-3", "turned-180", "bleed-through", "everyday"]
HARD = ["corner-torn", "folded", "coffee-ring"]


@cache
def printing() -> Printing:
    return made_once(Case("event"))


@cache
def event() -> Template:
    template = template_of(printing().pdf)
    assert template is not None
    return template


def shelf() -> Library:
    return Library({event().printing: event()})


def working(image: Grey) -> tuple[Grey, int]:
    """Give a page as it is read, and how much smaller it is than the page as stored."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image, dtype=np.uint8)
    if max(grey.shape) < WORKING_LONG_PX:
        return grey, 1
    return np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8), 2


def read(page: ReturnedPage) -> PageReading:
    [located] = read_image(working(page.scan.image)[0], shelf())
    assert isinstance(located, Located)
    return located.reading


@pytest.mark.parametrize("wear", ORDINARY + HARD)
@pytest.mark.parametrize("seed", [1, 2])
def test_no_wrong_answer_is_accepted_and_no_page_taken_for_another(wear: str, seed: int) -> None:
    for page in simulated_return(printing(), seed, WEARS[wear], Family.JUDGING).pages:
        reading = read(page)
        assert (reading.page, reading.copy) == (page.truth.number, page.truth.copy)
        doubted = {doubt.question for doubt in reading.doubts}
        for question in page.truth.questions:
            if question.question in doubted:
                assert reading.answers[question.question] is None
            elif question.ambiguous is None:
                assert reading.answers[question.question] == question.value


@pytest.mark.parametrize("wear", ORDINARY)
def test_boxes_are_found_to_a_twentieth_of_a_mm(wear: str) -> None:
    gaps_mm = []
    for page in simulated_return(printing(), 3, WEARS[wear], Family.JUDGING).pages:
        factor = working(page.scan.image)[1]
        for mark, truth in zip(read(page).marks, page.truth.boxes, strict=True):
            wanted = np.array(page.mapping.box(truth.box_mm)[:2])
            gap_px = np.abs(np.array(mark.box_px[:2]) * factor - wanted)
            gaps_mm.append(float((gap_px * 25.4 / np.array(page.scan.dpi)).max()))
    assert np.quantile(gaps_mm, 0.95) <= BOX_MM


def test_nearly_all_that_is_clear_to_a_person_is_read() -> None:
    asked = doubted = 0
    for seed in range(4, 10):
        for page in simulated_return(printing(), seed, WEARS["everyday"], Family.JUDGING).pages:
            clear = {question.question for question in page.truth.questions if question.ambiguous is None}
            asked += len(clear)
            doubted += len(clear & {doubt.question for doubt in read(page).doubts})
    assert asked >= 24
    assert doubted <= 2


def test_a_page_of_another_printing_is_set_aside_and_never_read_as_this_one() -> None:
    other = made_once(Case("poll"))
    for page in simulated_return(other, 1, WEARS["clean-200"], Family.JUDGING).pages:
        assert read_image(working(page.scan.image)[0], shelf()) == [
            SetAside(Refusal.UNKNOWN_PRINTING, "The page belongs to another form or printing than those given.")
        ]


@pytest.mark.parametrize(
    ("lightness", "refusal"), [(0, Refusal.NOTHING_FOUND), (128, Refusal.NOTHING_FOUND), (255, Refusal.BLANK_PAGE)]
)
def test_a_picture_of_nothing_is_set_aside(lightness: int, refusal: Refusal) -> None:
    nothing = np.full((1754, 1240), lightness, dtype=np.uint8)
    [refused] = read_image(nothing, shelf())
    assert isinstance(refused, SetAside)
    assert refused.refusal is refusal
