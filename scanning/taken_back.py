"""Boxes that are filled in solid: to answer, or to take an answer back."""

from collections.abc import Sequence
from typing import Final

from scanning.hand import Hand
from scanning.readings import MarkFeatures

SOLID_CELL_MIN: Final = 0.5
"""Ink in the emptiest ninth of a box from which it may be filled in to take an answer back."""

STANDS_OUT: Final = 0.5
"""How much more a filled box must have there than this person's other answers: a scribbler's differed by up to 0.42,
and in a million boxes one by 0.50."""

UNKNOWN_SOLID_MIN: Final = 0.65
UNKNOWN_OTHER_MAX: Final = 0.15
"""Where too few answers show the person's way: how much the filled box must have there, and each other mark at most.
Whose marks usually have more than the second scribbles."""


def filled_to_take_back(features: Sequence[MarkFeatures], marks: Sequence[int], hand: Hand) -> set[int]:
    """Give the marked boxes that are filled in solid where this person's answers are not."""
    solid = {at for at in marks if features[at].least_cell >= SOLID_CELL_MIN}
    if hand.least_cell is not None:
        return {at for at in solid if features[at].least_cell - hand.least_cell >= STANDS_OUT}
    others = [features[at].least_cell for at in marks if at not in solid]
    if others and max(others) <= UNKNOWN_OTHER_MAX:
        return {at for at in solid if features[at].least_cell >= UNKNOWN_SOLID_MIN}
    return set()
