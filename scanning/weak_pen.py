"""Whether the boxes of pages scanned in pure black and white show a pen too weak for that, and what is sure even so.

Such a pen is *broken up* where its strokes come out in pieces, or hardly any of them whole; it is *uneven* where some
come out dark and others pale, or in part. Either may have lost a whole mark.
"""

from collections.abc import Sequence
from statistics import median, quantiles
from typing import Final

from scanning.looks import MARK_EXTENT_MIN, RING_MIN, SLIVER_FLAT_MAX, TRACE_MM2, Look, look_of
from scanning.readings import MarkFeatures

BLACK_MIN: Final = 0.45
"""The least darkness of a stroke in a scan of black and white, which halving makes paler at its edges; not measured."""

BROKEN_MM2: Final = 0.06
BROKEN_LEAST, BROKEN_PART = 2, 0.08
WEAK_LEAST, WEAK_PART = 3, 0.3
"""So many boxes with a mark in pieces, or with too little of one to tell, and this part of all with ink, are a pen that
the scan has lost. Of 26 copies in each of seven black-and-white wears, with pens that show, at most 4 % of the boxes
were in pieces and 16 % small, but for one pencil. Of faint pencils that had lost marks most had more; not all."""

WHOLE_EXTENT_MIN: Final = 0.6
WHOLE_OVER_MM2: Final = 0.1
WHOLE_CELL_MAX: Final = 0.15
WHOLE_RING_MAX: Final = 0.2
WHOLE_PART: Final = 0.4
"""A mark that reaches so far, not in pieces, not filled in and without ink around it, is whole. Where this part of all
are, a broken pen has left something of each: of 46 marks of two such copies the least was a dot among pieces."""

FILLED_MIN: Final = 0.3
"""Boxes filled in more than this have no line whose darkness could tell a pen."""

ROW_DARK_MAX, ROW_FLAT_MAX = 0.3, 0.07
"""Spoilt rows of a coarse fax are paler than this, and no higher; the faintest mark in black and white had 0.33."""

UNEVEN_MARKS_MIN: Final = 8
UNEVEN_SPREAD, UNEVEN_SPREAD_THIN = 0.1, 0.25
"""The darkness of so many marks, from the tenth percentile to the ninetieth, differs by more than the first where a pen
is too weak for black and white; halving makes thin lines paler and less even, so the second times what their median
lacks of print's darkness is added. In three such wears, of 250 copies by pens that show 1 in 16 differed as much (by
pencils 1 in 4), of 70 by faint pencils two thirds; by this or by specks, 60 of 70. Grey scans never did."""

UNEVEN_SPECK_MM2 = 0.03
UNEVEN_SPECKS_LEAST, UNEVEN_SPECKS_PART = 2, 0.06
"""So many marks with specks beside them, and this part of all, are such a pen too: of copies by pens that show 2 in 100
had more."""

UNEVEN_LOOKS_LEAST, UNEVEN_LOOKS_PART = 3, 0.12
UNEVEN_FEW_PART: Final = 0.5
"""So many dots and stumps, and this part of all with ink, are what it leaves of marks; fewer where they are this part:
a page with one whole mark beside a dot and a stump had lost two others."""

UNEVEN_INK_MOST: Final = 2.5
"""A mark with so many times the usual ink may be a box filled in to take an answer back."""

UNEVEN_RING_MIN: Final = 0.3
UNEVEN_RINGS_LEAST, UNEVEN_RINGS_PART = 2, 0.1
"""So many boxes with a part of a circle around them, and this part of all with a circle, are circles that broke up."""


def is_broken_up(boxes: Sequence[MarkFeatures]) -> bool:
    """Tell whether a pen is broken up in a black-and-white scan: its strokes in pieces, or hardly any of them whole.

    Where any stroke is grey the scan knows more than black and white, and a faint pen shows.
    """
    if any(one.extent >= MARK_EXTENT_MIN and one.dark < BLACK_MIN for one in boxes):
        return False
    inked = [one for one in boxes if one.extent > 0 or one.trace_mm2 >= BROKEN_MM2]
    broken = sum(one.trace_mm2 >= BROKEN_MM2 for one in inked)
    weak = sum(look_of(one) in (Look.DOT, Look.UNSURE) for one in inked)
    return (broken >= BROKEN_LEAST and broken >= BROKEN_PART * len(inked)) or (
        weak >= WEAK_LEAST and weak >= WEAK_PART * len(inked)
    )


def is_uneven(boxes: Sequence[MarkFeatures]) -> bool:
    """Tell whether a pen comes out so unevenly in a black-and-white scan that another mark of it may be lost."""
    looks = [look_of(one) for one in boxes]
    small = [one for one, look in zip(boxes, looks, strict=True) if look in (Look.DOT, Look.UNSURE)]
    weak = len(small) - sum(map(_is_row, small))
    inked = sum(one.extent > 0 for one in boxes) - len(small) + weak
    if weak and weak >= (UNEVEN_LOOKS_PART if weak >= UNEVEN_LOOKS_LEAST else UNEVEN_FEW_PART) * inked:
        return True
    circles = looks.count(Look.CIRCLED)
    parts = sum(one.extent == 0 and UNEVEN_RING_MIN <= one.ring < RING_MIN for one in boxes)
    draws_circles = circles or parts > max(UNEVEN_RINGS_LEAST, looks.count(Look.MARK))
    if draws_circles and parts >= max(UNEVEN_RINGS_LEAST, UNEVEN_RINGS_PART * (circles + parts)):
        return True
    marks = [one for one, look in zip(boxes, looks, strict=True) if look is Look.MARK and _is_of_pen(one)]
    return _is_specked(marks) or (len(marks) >= UNEVEN_MARKS_MIN and _is_unevenly_dark(marks))


def _is_of_pen(mark: MarkFeatures) -> bool:
    """Tell whether a mark is of lines whose darkness tells a pen: not filled in, no spoilt row of a fax."""
    return mark.least_cell < FILLED_MIN and mark.dark >= ROW_DARK_MAX


def _is_row(features: MarkFeatures) -> bool:
    """Tell whether ink is so level that it is a piece of a row that a fax has spoilt, long or short."""
    return features.flat <= (SLIVER_FLAT_MAX if features.extent >= MARK_EXTENT_MIN else ROW_FLAT_MAX)


def _is_unevenly_dark(marks: Sequence[MarkFeatures]) -> bool:
    low, *_, high = quantiles((one.dark for one in marks), n=10, method="inclusive")
    usual = median(one.dark for one in marks)
    return high - low >= UNEVEN_SPREAD + UNEVEN_SPREAD_THIN * (1 - usual)


def _is_specked(marks: Sequence[MarkFeatures]) -> bool:
    specked = sum(one.trace_mm2 + one.speck_mm2 > UNEVEN_SPECK_MM2 for one in marks)
    return specked >= max(UNEVEN_SPECKS_LEAST, UNEVEN_SPECKS_PART * len(marks))


def is_mostly_whole(boxes: Sequence[MarkFeatures]) -> bool:
    """Tell whether a pen that is broken up has still left most of its marks whole."""
    inked = [one for one in boxes if one.extent > 0 or one.trace_mm2 >= BROKEN_MM2]
    return sum(map(_is_whole, inked)) >= WHOLE_PART * len(inked)


def is_whole_and_alone(boxes: Sequence[MarkFeatures]) -> bool:
    """Tell whether of the boxes of a question one holds a whole mark and the others nothing: sure by a broken pen."""
    return sum(map(_is_whole, boxes)) == 1 and sum(map(is_clean, boxes)) == len(boxes) - 1


def usual_ink(boxes: Sequence[MarkFeatures]) -> float:
    """Give how much of a box the marks of a person cover; 1 where there is none."""
    return median([one.ink for one in boxes if look_of(one) is Look.MARK] or [1.0])


def is_clear_and_alone(marked: MarkFeatures, others: Sequence[MarkFeatures], usual: float) -> bool:
    """Tell whether a box holds its mark and no more, and the others of its question hardly anything.

    That is an answer by an uneven pen; by a broken one the mark must be whole too.
    """
    if marked.ink > UNEVEN_INK_MOST * usual:
        return False
    is_within = marked.ring <= WHOLE_RING_MAX and marked.over_mm2 < WHOLE_OVER_MM2 and marked.trace_mm2 < BROKEN_MM2
    is_alone = all(one.extent == 0 and one.trace_mm2 < TRACE_MM2 and one.ring < UNEVEN_RING_MIN for one in others)
    return (is_within or look_of(marked) is Look.CIRCLED) and is_alone


def is_clean(features: MarkFeatures) -> bool:
    """Tell whether neither in a box nor around it there is anything that a scan may have left of a mark."""
    is_empty = features.extent == 0 and features.trace_mm2 == 0 and features.speck_mm2 < BROKEN_MM2
    return is_empty and features.ring <= WHOLE_RING_MAX


def _is_whole(features: MarkFeatures) -> bool:
    is_large = look_of(features) is Look.MARK and features.extent >= WHOLE_EXTENT_MIN
    is_alone = features.ring <= WHOLE_RING_MAX and features.over_mm2 < WHOLE_OVER_MM2
    return is_large and is_alone and features.trace_mm2 < BROKEN_MM2 and features.least_cell <= WHOLE_CELL_MAX
