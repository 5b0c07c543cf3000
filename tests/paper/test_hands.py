"""Writers differ from each other and stay themselves."""

import numpy as np
import pytest

from forms.layout import Box
from tests.paper.hands import Family, Writer, writer
from tests.paper.pens import Image, put_ink
from tests.paper.shapes import SHAPES, Style

BOX = Box(14.0, 14.0, 6.5, 6.5)
PX_PER_MM = (300 / 25.4, 300 / 25.4)
TO_NEXT_BOX_MM = 6.1


def inked(hand: Writer, purpose: int) -> Image:
    """Give a patch of paper with one mark of a writer."""
    paper: Image = np.full((410, 410), 255, np.uint8)
    rng = hand.rng(purpose)
    put_ink(paper, PX_PER_MM, hand.mark(BOX, rng), hand.pen, rng)
    return paper


def area_mm2(paper: Image) -> float:
    return float((255 - paper.astype(int)).sum()) / 255 / PX_PER_MM[0] ** 2


def test_a_seed_always_gives_the_same_writer_and_the_same_marks() -> None:
    one, again = writer(7, Family.JUDGING), writer(7, Family.JUDGING)
    assert one == again
    assert np.array_equal(inked(one, 3), inked(again, 3))
    assert not np.array_equal(inked(one, 3), inked(one, 4))


def test_the_families_share_no_writer() -> None:
    every = {family: [writer(seed, family) for seed in range(300)] for family in Family}
    hands = [{(hand.pen, hand.slant, hand.size) for hand in family} for family in every.values()]
    assert all(len(family) == 300 for family in hands)
    assert not hands[0] & hands[1]


def test_the_judging_family_has_styles_that_no_constant_was_chosen_by() -> None:
    styles = {family: {writer(seed, family).style for seed in range(1500)} for family in Family}
    assert styles[Family.JUDGING] == set(SHAPES)
    assert set(SHAPES) - styles[Family.CHOOSING] == {Style.DASH, Style.RING}


def test_a_writer_keeps_one_style_while_writers_differ() -> None:
    within, middles = [], []
    for seed in range(24):
        areas = [area_mm2(inked(writer(seed, Family.CHOOSING), purpose)) for purpose in range(6)]
        within.append(np.std(areas) / np.mean(areas))
        middles.append(np.mean(areas))
    assert max(within) < 0.3
    assert np.std(middles) / np.mean(middles) > 0.6


@pytest.mark.parametrize("family", Family)
def test_no_mark_reaches_into_the_next_box(family: Family) -> None:
    low, high = BOX.x - TO_NEXT_BOX_MM, BOX.right + TO_NEXT_BOX_MM
    for seed in range(200):
        hand = writer(seed, family)
        points = np.vstack([stroke.points for stroke in hand.mark(BOX, hand.rng(1))])
        assert points[:, 1].min() > low, (seed, hand.style)
        assert points[:, 1].max() < high, (seed, hand.style)


def test_a_solid_box_is_full_and_a_dot_is_small_whatever_the_pen() -> None:
    x, y, side = (round(value * PX_PER_MM[0]) for value in (BOX.x + 0.8, BOX.y + 0.8, BOX.w - 1.6))
    for seed in range(40):
        hand = writer(seed, Family.CHOOSING)
        full: Image = np.full((410, 410), 255, np.uint8)
        put_ink(full, PX_PER_MM, hand.solid(BOX, hand.rng(2)), hand.pen, hand.rng(3))
        assert (full[y : y + side, x : x + side] < 235).mean() > 0.93, hand
        dot: Image = np.full((410, 410), 255, np.uint8)
        put_ink(dot, PX_PER_MM, hand.dot(BOX, hand.rng(2)), hand.pen, hand.rng(3))
        assert 0.0 < area_mm2(dot) < 2.4
        assert area_mm2(dot) < 0.55 * area_mm2(inked(hand, 1)), hand
