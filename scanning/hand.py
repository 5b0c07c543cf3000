"""How one person marks, and what a box looks like to one who knows it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from scanning.looks import (
    DARK_MIN,
    DOT_EXTENT_MAX,
    GRAZED_EXTENT_MAX,
    MARK_EXTENT_MIN,
    RING_HALF,
    RING_MIN,
    RUN_OVER_MM2,
    SLIVER_FLAT_MAX,
    Look,
    is_circled,
    look_of,
)
from scanning.readings import MarkFeatures

HAND_SEEN_MIN: Final = 2
"""Other questions answered by one clear mark from which a person's way is known."""

PALE_PART: Final = 0.5
"""Ink this much lighter than the same person's marks is not of their pen, or was rubbed out: a smudge, a mark that
shows through from the other side. Of 2,600 marks the lightest had 0.64 of its person's usual darkness."""

ALIKE_PART: Final = 0.75
"""Ink that reaches this part of what the same person's marks do, both ways, is one of them, however small they are."""

DOT_PART: Final = 0.35
BROAD_INK_MIN: Final = 0.4
ROUND_MIN: Final = 0.75
"""One round piece of ink that reaches no further than this part of what a person's marks do, and hardly further than
other pens' dots, is a broad pen's dot: three of a felt pen reached 0.271 of a box; its crosses covered 0.47 to 0.57.
What a fax leaves of a thin pen's mark may be as small."""

CROSSED_INK_PART: Final = 1.5
CROSSED_LEAST_MM2: Final = 0.25
"""A mark with so many times the ink of the person's others, and so much more of it beside the box on both sides, may
have been crossed out: four of faint pencils had 1.6 to 2.7 times and 0.28 to 0.42 mm²."""

CROSSED_INK_LEAST, CROSSED_INK_FULL = 1.3, 0.9
"""A mark that is crossed out has at least so many times the ink of the person's others, unless the box is full. In
a fax the arms of a gel pen's cross ran as far over both sides, with no more ink than its other crosses."""

STUMP_PART: Final = 0.35
"""A dot with so much of the ink of a person's marks may be what a fax has left of one: dots of the same pen have a
tenth of it, three stumps had 0.43 to 0.62."""

ASTRIDE_PART: Final = 0.15
"""A dot with so much of the ink of a person's marks, and more of it outside its box, may be a mark across the line. Of
a small cross 0.3 was inside; strokes that slip through a box's corner leave less, nearly all of 80."""

LEVEL_INK_MAX: Final = 0.08
THIN_LEVEL_INK_MAX: Final = 0.065
UNLEVEL_FLAT_MIN: Final = 0.3
"""A level line with so little ink is a spoilt row of a fax where the person's marks rise this much: a row of 98 to the
inch is 0.26 mm high and covered 0.061 of a box over three quarters of its width. Where too few marks show how somebody
marks, less ink than the second is no sure dash."""

ROW_DARK_PART: Final = 0.65
"""Such a row is thinner than the pixels that it is read into, so it comes out paler than the person's pen: one had half
its darkness."""

STAIN_PART: Final = 0.75
STAIN_RING_MIN: Final = 0.25
STAIN_DARK_MAX: Final = 0.25
"""Ink that goes on around its box, and is this much lighter than the person's marks, may be coffee: a ring of it had
0.20 where the marks of a pencil had 0.34. Where too few marks show how dark somebody writes, it is held against the
last."""

FAR_PALE_PART: Final = 0.3
"""Ink lighter than this part of the person's usual darkness, and too faint by itself, counts as nothing even where no
box is marked: coffee, or the other side's ink. A dot, which blur makes paler, keeps two thirds of its pen's."""

LONE_SPECK_MM2: Final = 0.025
"""A speck inside of a box of a question without any mark that may be a faint pencil's dot: of 365 blank questions in 29
wears none held any above 0.02. A dot in a copy of a copy came out at 0.028, smaller than the dirt around it (3 to 8
specks of 0.08 and more in 119 boxes): so there dirt is doubted too, in 3.5 % of the questions."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How a person marks, from other questions answered by one clear mark; None where too few show it.

    All are medians over these marks of what `MarkFeatures` says of each.
    """

    least_cell: float | None = None
    hinted_cell: float | None = None
    """The same of the only other answer, which hints at a person's way and does not show it."""
    dark: float | None = None
    over_mm2: float = 0.0
    ink: float = 0.0
    extent: float | None = None
    flat: float | None = None

    @property
    def rises(self) -> bool:
        """Tell whether this person's marks are known to be no level lines; then such lines are faults of the scan."""
        return self.flat is not None and self.flat >= UNLEVEL_FLAT_MIN


def hand_of(marks: Iterable[MarkFeatures], here: Sequence[MarkFeatures] = ()) -> Hand:
    """Tell how a person marks from the clear marks of their other answers, how dark from those on the same page.

    One page may be copied much paler than another.
    """
    seen = list(marks)
    if len(seen) < HAND_SEEN_MIN:
        return Hand(hinted_cell=seen[0].least_cell) if seen else Hand()
    near = here if len(here) >= HAND_SEEN_MIN else seen
    return Hand(
        least_cell=median(one.least_cell for one in seen),
        dark=median(one.dark for one in near),
        over_mm2=median(one.over_mm2 for one in seen),
        ink=median(one.ink for one in seen),
        extent=median(one.extent for one in seen),
        flat=median(one.flat for one in seen),
    )


def lone_mark(features: Sequence[MarkFeatures]) -> MarkFeatures | None:
    """Give the mark of a question in which only one box has ink, and clearly, whether or not it runs over.

    Who draws circles around boxes fills none in: a circle is a mark that leaves its box empty.
    """
    inked = [one for one in features if look_of(one) is not Look.EMPTY]
    if len(inked) != 1:
        return None
    look = look_of(inked[0], math.inf)
    if look is Look.CIRCLED:
        return replace(inked[0], least_cell=0.0, dark=inked[0].ring_dark, over_mm2=0.0)
    return inked[0] if look is Look.MARK else None


def may_be_crossed(features: MarkFeatures, hand: Hand) -> bool:
    """Tell whether a mark may have been crossed out, of which a fax has left less than it takes to be sure."""
    is_more = hand.ink > 0 and features.ink >= CROSSED_INK_PART * hand.ink
    return is_more and features.over_mm2 - hand.over_mm2 >= CROSSED_LEAST_MM2


def has_speck(features: MarkFeatures) -> bool:
    """Tell whether an empty box holds a speck that may be a faint pencil's dot, or dirt."""
    return features.extent == 0 and features.speck_mm2 >= LONE_SPECK_MM2


def is_far_pale(box: MarkFeatures, hand: Hand) -> bool:
    """Tell whether ink is both too faint by itself and lighter by far than this person's pen: coffee, a fold."""
    usual = hand.dark or 0.0
    dark = max(box.dark, box.ring_dark if box.ring >= RING_MIN else 0.0)
    is_far = box.line or dark < min(DARK_MIN, FAR_PALE_PART * usual)
    return is_far and max(dark, box.peak) < PALE_PART * usual


def _look_by(features: MarkFeatures, hand: Hand) -> Look:
    """Say what a box looks like, knowing how its person marks."""
    if _is_pale(features, hand):
        return Look.PALE
    look = look_of(features, hand.over_mm2)
    if look is Look.MARK and _is_stain(features, hand):
        return Look.FAINT
    if hand.extent is None or hand.flat is None:
        return Look.UNSURE if look is Look.MARK and _is_level(features, THIN_LEVEL_INK_MAX) else look
    if look in (Look.MARK, Look.UNSURE) and hand.rises and _is_level(features, LEVEL_INK_MAX):
        return Look.LINE if _is_light(features, hand) else Look.UNSURE
    if look is Look.UNSURE and _is_alike(features, hand.extent, hand.flat):
        return Look.MARK
    return Look.DOT if look is Look.UNSURE and _is_broad_dot(features, hand) else look


def looks_by(features: Sequence[MarkFeatures], hand: Hand) -> tuple[Look, ...]:
    """Give what the boxes of a question look like. A dot that may be part of a mark is UNSURE.

    It is held against the person's other marks, or where none are known against the marks in this question.
    """
    looks = [_look_by(one, hand) for one in features]
    marks = [one.ink for one, look in zip(features, looks, strict=True) if look is Look.MARK]
    usual = hand.ink or min(marks, default=0.0)
    return tuple(
        Look.UNSURE if _may_be_a_mark(one, look, hand, usual) else look
        for one, look in zip(features, looks, strict=True)
    )


def _is_level(features: MarkFeatures, ink_max: float) -> bool:
    """Tell whether ink is a level line too thin for most pens: a spoilt row of a fax, which may end within a box."""
    is_thin = features.ink < ink_max and 0 < features.flat <= SLIVER_FLAT_MAX
    return is_thin and features.extent >= MARK_EXTENT_MIN


def _is_light(features: MarkFeatures, hand: Hand) -> bool:
    """Tell whether ink is lighter than this person's by as much as a row is that is less high than it is read."""
    return hand.dark is not None and features.dark < ROW_DARK_PART * hand.dark


def _may_be_a_mark(features: MarkFeatures, look: Look, hand: Hand, usual_ink: float) -> bool:
    """Tell whether what looks like a dot, or like a mark that is crossed out, may be an answer."""
    if look is Look.CROSSED:
        return features.ink < min(CROSSED_INK_LEAST * usual_ink, CROSSED_INK_FULL)
    return look is Look.DOT and (_is_stump(features, usual_ink) or _is_astride(features, hand, usual_ink))


def _is_stump(features: MarkFeatures, usual_ink: float) -> bool:
    """Tell whether a dot has so much of the ink of a person's marks that it may be what is left of one."""
    return 0 < STUMP_PART * usual_ink <= features.ink


def _is_astride(features: MarkFeatures, hand: Hand, usual_ink: float) -> bool:
    """Tell whether a dot may be the smaller part of a mark across its box's line: there is as dark ink outside.

    Print hides what is near the line. More ink around is a circle.
    """
    is_as_dark = features.ring_dark >= max(DARK_MIN, PALE_PART * max(features.dark, hand.dark or 0.0))
    return is_as_dark and features.ring < RING_HALF and features.ink >= ASTRIDE_PART * usual_ink


def _is_broad_dot(features: MarkFeatures, hand: Hand) -> bool:
    """Tell whether ink is one round piece, hardly larger than a dot, and small beside this broad pen's marks."""
    is_small = features.extent <= min(GRAZED_EXTENT_MAX, DOT_PART * (hand.extent or 0.0))
    is_round = features.flat >= ROUND_MIN * features.extent and features.ink <= features.extent * features.flat
    is_alone = features.trace_mm2 == 0 and features.speck_mm2 < LONE_SPECK_MM2
    return hand.ink >= BROAD_INK_MIN and is_small and is_round and is_alone


def _is_alike(features: MarkFeatures, usual_extent: float, usual_flat: float) -> bool:
    """Tell whether ink between a dot and a mark is as large as this person's marks, which are small."""
    is_between = DOT_EXTENT_MAX < features.extent < MARK_EXTENT_MIN and features.over_mm2 < RUN_OVER_MM2
    is_small = features.extent >= ALIKE_PART * usual_extent and features.flat >= ALIKE_PART * usual_flat
    return is_between and is_small and features.dark >= DARK_MIN and usual_flat > 0


def _is_stain(features: MarkFeatures, hand: Hand) -> bool:
    """Tell whether what looks like a mark may be a stain that runs through a box."""
    least = STAIN_DARK_MAX if hand.dark is None else STAIN_PART * hand.dark
    return features.ring >= STAIN_RING_MIN and features.dark < least


def _is_pale(features: MarkFeatures, hand: Hand) -> bool:
    """Tell whether ink in a box, or a circle around it, is lighter by far than this person's pen."""
    is_circle = is_circled(features)
    dark = features.ring_dark if is_circle else features.dark
    return (features.extent > 0 or is_circle) and hand.dark is not None and dark < PALE_PART * hand.dark
