"""Features of a box → what it looks like by itself, whatever its question and its person."""

from enum import StrEnum
from typing import Final

from scanning.readings import MarkFeatures, State

DOT_EXTENT_MAX: Final = 0.27
"""Ink that reaches no further over a box is a resting pen's dot: of 37 dots the largest reached 0.26. The smallest of
crosses reached 0.295; between a dot and a mark nothing is sure."""

GRAZED_EXTENT_MAX: Final = 0.30
"""Ink that reaches no further over a box may be of a circle drawn around it."""

MARK_EXTENT_MIN: Final = 0.40
"""Ink that reaches this far over a box is deliberate: of 4,000 marks of clear scans the smallest, blobs, had 0.43."""

DARK_MIN: Final = 0.185
"""Ink lighter than this (0 paper, 1 print) is too faint to be taken for deliberate without an officer: a coffee ring
has 0.15, the faintest pencil 0.20 (0.17 in a copy of a copy)."""

TRACE_MM2: Final = 0.1
"""From this much ink in small pieces on, a box that holds nothing else may have held a faint mark: blank boxes of faxes
hold one speck at the most, but for spoilt rows."""

CROSSED_MM2: Final = 0.8
CROSSED_EXTENT_MIN: Final = 0.8
"""Ink on both sides of a box, left and right, from which its mark is crossed out: of 96 the least had 1.0. What crosses
out goes through the box; a circle around it has as much on both sides and reaches less far inside."""

RUN_OVER_MM2: Final = 0.5
"""Less on both sides is a mark that runs over: of 3,800 the most had 0.53, a felt pen's cross. Real strokes and
scribbles have up to 3.7: both are held against how far the same person's other marks run over."""

RING_MIN: Final = 0.8
"""Ink in so many of the directions around a box that is empty inside is a circle drawn around it: of 56 circles each
was all round, a fold's shadow or a coffee ring beside a box never more than half."""

RING_HALF: Final = 0.5
"""Ink in so many of them around a box without a mark may be another answer beside the one that is given."""

ACROSS_MIN: Final = 0.95
LEVEL_MAX: Final = 0.1
"""A stroke right across a box that rises less than 0.6 mm may be two spoilt rows of a coarse fax (one rose 0.5 mm)."""

THIN_EXTENT_MIN: Final = 0.8
THIN_INK_MAX: Final = 0.05
"""A line across a box that covers less than this is 0.28 mm wide or less: a pen's covers 0.06, a spoilt row of the
coarsest fax 0.046."""

SLIVER_INK_MAX: Final = 0.05
SLIVER_FLAT_MAX: Final = 0.12
"""So little ink, and so level, is a piece of a spoilt row of a fax, not a pen's stroke: three had 0.019 to 0.037 of a
box's inside and rose 0.06 to 0.11 of its side."""

UNSURE_CONFIDENCE: Final = 0.5


class Look(StrEnum):
    """What a box looks like by itself."""

    EMPTY = "empty"
    DOT = "dot"
    MARK = "mark"
    CIRCLED = "circled"
    CROSSED = "crossed"
    LINE = "line"
    FAINT = "faint"
    PALE = "pale"
    UNSURE = "unsure"


def look_of(features: MarkFeatures, usual_over_mm2: float = 0.0) -> Look:
    """Say what one box looks like, without its question: the first of these that holds.

    A person whose strokes usually run over crosses out with that much more.
    """
    if features.extent == 0 and features.ring < RING_MIN:  # as most boxes are
        return Look.EMPTY
    over_mm2 = features.over_mm2 - usual_over_mm2
    ladder = (
        (is_circled(features), Look.CIRCLED if features.ring_dark >= DARK_MIN else Look.FAINT),
        (features.line or _is_thin(features), Look.LINE),
        (features.dark < DARK_MIN, Look.FAINT),
        (over_mm2 >= CROSSED_MM2 and features.extent >= CROSSED_EXTENT_MIN, Look.CROSSED),
        (over_mm2 >= RUN_OVER_MM2, Look.UNSURE),
        (features.extent >= ACROSS_MIN and 0 < features.flat <= LEVEL_MAX, Look.UNSURE),
        (_is_sliver(features), Look.UNSURE),
        (features.extent >= MARK_EXTENT_MIN, Look.MARK),
        (features.extent <= DOT_EXTENT_MAX, Look.DOT),
    )
    return next((look for holds, look in ladder if holds), Look.UNSURE)


def is_circled(features: MarkFeatures) -> bool:
    """Tell whether there is ink all around a box that holds no more than a speck, or a fold."""
    return (features.extent <= GRAZED_EXTENT_MAX or features.line) and features.ring >= RING_MIN


def confidence_of(features: MarkFeatures, state: State) -> float:
    """Give how far a box is from being doubted, by the reach, darkness and traces of its ink: 0.5 (doubted) to 1."""
    if state is State.DOUBTFUL:
        return UNSURE_CONFIDENCE
    if features.extent == 0 or is_circled(features):
        margin = 1 - max(features.trace_mm2 / TRACE_MM2, features.ring / RING_MIN if features.ring < RING_MIN else 0.0)
    else:
        margin = min((features.extent / MARK_EXTENT_MIN - 1) / 0.5, (features.dark / DARK_MIN - 1) / 0.5)
    return UNSURE_CONFIDENCE + (1 - UNSURE_CONFIDENCE) * min(max(margin, 0.0), 1.0)


def _is_sliver(features: MarkFeatures) -> bool:
    """Tell whether ink is too little and too level for a pen; a circle around the box may graze its inside so."""
    is_little = features.ink < SLIVER_INK_MAX and 0 < features.flat <= SLIVER_FLAT_MAX
    return is_little and features.extent >= MARK_EXTENT_MIN and features.ring < RING_MIN


def _is_thin(features: MarkFeatures) -> bool:
    """Tell whether ink crosses a box that is too little for any pen: a line that a fax has spoilt."""
    return features.extent >= THIN_EXTENT_MIN and features.ink < THIN_INK_MAX
