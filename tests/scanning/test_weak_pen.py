"""A pen too weak for black and white shows itself by how unevenly its marks come out."""

from dataclasses import replace

import pytest

from scanning.readings import MarkFeatures
from scanning.weak_pen import is_clear_and_alone, is_uneven, usual_ink
from tests.scanning.boxes import CIRCLED, DOT, EMPTY, TICK

STRONG = [replace(TICK, dark=0.78 + 0.01 * (at % 5)) for at in range(10)]
"""Marks of a ballpoint in black and white: thin lines are paler than black, but alike."""

CIRCLE_PART = MarkFeatures(ring=0.5, ring_dark=0.5)


@pytest.mark.parametrize(
    ("boxes", "uneven"),
    [
        (STRONG, False),
        ([replace(one, dark=0.5 + 0.05 * at) for at, one in enumerate(STRONG)], True),
        ([*STRONG[:8], *[replace(TICK, speck_mm2=0.08)] * 2], True),
        ([*STRONG[:9], replace(TICK, speck_mm2=0.08)], False),
        ([*STRONG, *[replace(DOT, flat=0.15)] * 3], True),
        ([*STRONG, *[replace(DOT, flat=0.15)] * 2], False),
        ([*STRONG, *[replace(DOT, flat=0.05)] * 3], False),  # pieces of a row
        ([TICK, replace(DOT, flat=0.15)], True),  # half of the little that a page holds
        ([TICK, TICK, replace(DOT, flat=0.15)], False),
        ([EMPTY], False),
        ([*[CIRCLED] * 5, *[CIRCLE_PART] * 2], True),
        ([*[CIRCLED] * 5, CIRCLE_PART], False),
        ([CIRCLE_PART] * 3, True),
        ([*STRONG, *[CIRCLE_PART] * 3], False),
        ([*STRONG[:8], *[replace(TICK, dark=0.2)] * 4], False),  # rows that a fax has spoilt
    ],
)
def test_a_pen_too_weak_for_black_and_white_comes_out_unevenly(boxes: list[MarkFeatures], uneven: bool) -> None:
    assert is_uneven(boxes) is uneven


def test_beside_an_uneven_pen_a_clear_mark_is_within_its_box_alone_and_no_more_than_usual() -> None:
    usual = usual_ink([TICK, TICK, EMPTY])
    assert usual == TICK.ink
    assert is_clear_and_alone(TICK, [EMPTY, EMPTY], usual)
    assert is_clear_and_alone(CIRCLED, [EMPTY], usual)
    assert not is_clear_and_alone(TICK, [EMPTY, replace(EMPTY, ring=0.3)], usual)
    assert not is_clear_and_alone(replace(TICK, over_mm2=0.3), [EMPTY], usual)
    assert not is_clear_and_alone(replace(TICK, ink=0.58), [EMPTY], usual)
