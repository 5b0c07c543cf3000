"""Every wear knows where it moved each point, can be had again, and leaves marks that a person still sees."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from forms.paper.printing import Printing
from tests.paper.dots import dotted_page, misses_px
from tests.paper.hands import Family, writer
from tests.paper.intentions import intention
from tests.paper.pens import Image, PenKind
from tests.paper.printed import copy_code, form_and_layout
from tests.paper.sheets import filled
from tests.paper.truth import BoxState
from tests.paper.wear import HARD, ORDINARY, WEARS, Wear
from tests.paper.wears.sensing import TILE, laid_over

COARSE = {"fax-204x98": 0.5}
"""Misses allowed beyond 0.3 px, in px of 300 dpi: this fax's own pixels are three times as high."""

every_wear = pytest.mark.parametrize("wear", WEARS.values(), ids=str)


@every_wear
def test_dots_are_where_the_mapping_says(wear: Wear) -> None:
    page, places = dotted_page(colour=wear.colour)
    misses = misses_px(wear(page, np.random.default_rng(11)), places)
    assert np.percentile(np.abs(misses), 95) < COARSE.get(wear.name, 0.3)
    assert np.abs(np.median(misses, axis=0)).max() < 0.1


@every_wear
def test_a_wear_is_the_same_again_and_its_file_holds_its_very_pixels(wear: Wear) -> None:
    whole, _ = dotted_page(colour=wear.colour)
    part = np.ascontiguousarray(whole.image[:1748, :1240])
    page = replace(whole, image=part, printed=part, size_mm=(105.0, 148.0))
    scan, again = wear(page, np.random.default_rng(5), page), wear(page, np.random.default_rng(5), page)
    assert np.array_equal(scan.image, again.image)
    stored = cv2.imdecode(np.frombuffer(scan.encoded(), np.uint8), cv2.IMREAD_UNCHANGED)
    assert stored is not None
    assert np.array_equal(stored, scan.image)


def _grey(image: Image) -> np.ndarray[tuple[int, ...], np.dtype[np.int_]]:
    return (image if image.ndim == 2 else image[..., 1]).astype(int)


@pytest.mark.parametrize("name", ["bitonal", "photocopied-twice", "fax-204x98", "phone"])
def test_the_faintest_mark_can_still_be_seen(name: str, after_repair: Printing) -> None:
    wear = WEARS[name]
    form, layout = form_and_layout(after_repair)
    hands = (writer(seed, Family.JUDGING) for seed in range(99))
    hand = next(one for one in hands if one.pen.kind is PenKind.FAINT_PENCIL)
    meant = intention(form, layout, hand, hand.rng(1))
    page = filled(after_repair, hand, meant, copy_code(np.random.default_rng(0)), colour=wear.colour)[1]
    scan, without = (wear(each, np.random.default_rng(3)) for each in (page, replace(page, image=page.printed)))
    difference = _grey(without.image) - _grey(scan.image)
    marked = [box for box in page.truth.boxes if box.state is BoxState.MARKED]
    assert len(marked) > 1
    for box in marked:
        x, y, width, height = scan.mapping.box(box.box_mm)
        around = np.s_[int(y - height / 3) : int(y + 1.3 * height), int(x - width / 3) : int(x + 1.3 * width)]
        assert (difference[around] > 20).sum() > 0.01 * width * height


def test_wears_are_ordinary_or_hard_and_none_has_anothers_name() -> None:
    assert len(WEARS) == len(ORDINARY) + len(HARD) > 30
    assert not any(wear.hard for wear in ORDINARY)
    assert all(wear.hard for wear in HARD)


@pytest.mark.parametrize("first", [1 - TILE, -1, 0])
def test_squares_cover_an_image_wherever_they_begin(first: int) -> None:
    image = np.full((TILE + 3, 5), 128, np.uint8)
    lighter, darker = np.full((TILE, TILE), 9, np.uint8), np.full((TILE, TILE), 4, np.uint8)
    assert (laid_over(image, lighter, darker, (first, first)) == 133).all()
