"""What a scan tells of its scanner: a line drawn down the glass is found in any wear, and nothing printed is one."""

from dataclasses import replace
from functools import cache
from io import BytesIO

import cv2
import numpy as np
import pytest

from forms.paper.printing import Printing
from scanning.condition import Condition, condition_of
from scanning.pages import PageImage, PageLimits, page_images
from scanning.pipeline import Library, Located, read_image
from scanning.template import Grey, template_of
from tests.forms.paper import Case
from tests.forms.paper import printing as made_once
from tests.paper.hands import Family
from tests.paper.returns import simulated_return
from tests.paper.scans import Scan
from tests.paper.wear import WEARS

AT_PART = 0.395
DARKER = 70
FOLD_PART = 99 / 297


@cache
def printing() -> Printing:
    return made_once(Case("after-repair"))


@cache
def forms() -> Library:
    made = template_of(printing().pdf)
    assert made is not None
    return Library({made.printing: made})


@cache
def scan(wear: str, page: int = 0) -> Scan:
    return simulated_return(printing(), 3, WEARS[wear], Family.JUDGING).pages[page].scan


def with_line(of: Scan, at_part: float = AT_PART, by: int = -DARKER, down_to: float = 1.0) -> Scan:
    """Give a scan with a line of a quarter of a millimetre from its top down, darker or lighter than it was."""
    image = of.image.copy()
    height, width = image.shape[:2]
    at, wide = round(width * at_part), max(1, round(width / 827))
    line = image[: round(height * down_to), at : at + wide].astype(int) + by
    image[: round(height * down_to), at : at + wide] = np.clip(line, 0, 255)
    return replace(of, image=image, file=None)


def condition(of: Scan, turned: int | None = None) -> Condition:
    image = of if turned is None else replace(of, image=np.asarray(cv2.rotate(of.image, turned)), file=None)
    [page] = page_images(BytesIO(image.encoded()), PageLimits(), 0, 1)
    assert isinstance(page, PageImage)
    [found] = read_image(page.image, forms())
    assert isinstance(found, Located)
    identity = found.identity
    return condition_of(page, identity.registration, identity.page.size, identity.page.fiducials)


@pytest.mark.parametrize("wear", ["grey", "bitonal", "rotated-3", "folded", "photocopied-twice", "coffee-ring"])
def test_a_line_down_the_glass_is_found_at_its_place_and_nothing_else_is(wear: str) -> None:
    assert condition(scan(wear)).streaks == ()
    by = -255 if wear == "bitonal" else -DARKER
    (streak,) = condition(with_line(scan(wear), by=by)).streaks
    assert streak.at_part == pytest.approx(AT_PART, abs=0.001)
    assert streak.at_mm == pytest.approx(AT_PART * 210, abs=1.5)
    assert streak.dark > 0.05


def test_print_of_no_page_is_a_line_down_the_glass() -> None:
    pages = simulated_return(printing(), 5, WEARS["grey"], Family.JUDGING).pages
    assert [condition(page.scan).streaks for page in pages] == [() for _ in pages]


def test_a_line_that_ends_before_the_bottom_margin_is_something_printed_or_drawn() -> None:
    assert condition(with_line(scan("grey"), down_to=0.9)).streaks == ()


def test_a_light_line_is_found_as_one() -> None:
    darker = scan("grey")
    grey = replace(darker, image=np.asarray((darker.image * 0.8).astype(np.uint8)), file=None)
    (streak,) = condition(with_line(grey, by=60)).streaks
    assert streak.dark < -0.05


def test_two_lines_are_told_the_stronger_first() -> None:
    both = with_line(with_line(scan("grey"), 0.6, by=-120), 0.25, by=-50)
    assert [round(streak.at_part, 2) for streak in condition(both).streaks] == [0.6, 0.25]


def test_a_page_that_was_fed_on_its_side_has_lines_where_the_glass_has_them() -> None:
    lying = replace(scan("grey"), image=np.asarray(cv2.rotate(scan("grey").image, cv2.ROTATE_90_CLOCKWISE)), file=None)
    (streak,) = condition(with_line(lying)).streaks
    assert streak.at_mm == pytest.approx(AT_PART * 297, abs=2)


def test_a_fold_across_a_page_that_lies_on_its_side_is_no_line_down_the_glass() -> None:
    lying = replace(scan("grey"), image=np.asarray(cv2.rotate(scan("grey").image, cv2.ROTATE_90_CLOCKWISE)), file=None)
    assert condition(with_line(lying, 1 - FOLD_PART)).streaks == ()


def test_paper_print_and_how_crooked_it_lies_are_told() -> None:
    straight, crooked = condition(scan("grey")), condition(scan("rotated-3"))
    assert straight.paper - straight.print > 150
    assert abs(straight.skew_deg) < 1.5
    assert 2 < abs(crooked.skew_deg) < 4
    assert condition(scan("rotated-3"), cv2.ROTATE_90_CLOCKWISE).skew_deg == pytest.approx(crooked.skew_deg, abs=0.1)


def test_too_pale_a_scan_says_nothing_of_lines() -> None:
    pale = replace(scan("grey"), image=np.asarray((225 + scan("grey").image * 0.1).astype(np.uint8)), file=None)
    [page] = page_images(BytesIO(pale.encoded()), PageLimits(), 0, 1)
    assert isinstance(page, PageImage)
    [there] = read_image(scan_image("grey"), forms())
    assert isinstance(there, Located)
    identity = there.identity
    told = condition_of(page, identity.registration, identity.page.size, identity.page.fiducials)
    assert told.streaks == ()
    assert told.paper - told.print < 40


def scan_image(wear: str) -> Grey:
    [page] = page_images(BytesIO(scan(wear).encoded()), PageLimits(), 0, 1)
    assert isinstance(page, PageImage)
    return page.image
