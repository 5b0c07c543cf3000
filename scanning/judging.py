"""Features of boxes → states and answers, question by question; what is not sure is a doubt with its reason.

People mark in their own way, and keep to it over a page: who answers by filling boxes in does so everywhere. So a
filled box is held against the same person's other answers: where it stands out it takes an answer back, where all
are filled it is one.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from types import MappingProxyType
from typing import Final

from scanning.readings import SENTENCES, Answer, Doubt, MarkFeatures, Reason, State, StrayInk

DOT_EXTENT_MAX: Final = 0.30
"""Ink that reaches no further over a box is a resting pen's dot: of 37 dots the largest reached 0.26."""

MARK_EXTENT_MIN: Final = 0.40
"""Ink that reaches this far over a box is meant: of 4,000 marks of clear scans the smallest, blobs, reached 0.43."""

DARK_MIN: Final = 0.185
"""Ink lighter than this (0 paper, 1 print) is too faint to be taken for meant without an officer: a coffee ring has
0.15, the faintest pencil 0.20 (0.17 in a copy of a copy)."""

PALE_PART: Final = 0.5
"""Ink this much lighter than the same person's marks is not of their pen, or was rubbed out: a smudge, a mark that
shows through from the other side. Of 2,600 marks the lightest had 0.64 of its person's usual darkness."""

TRACE_MM2: Final = 0.1
"""From this much ink in small pieces on, a box that holds nothing else may have held a faint mark: of 9,000 blank boxes
in the coarsest wears six had more."""

BROKEN_MM2: Final = 0.06
BROKEN_LEAST, BROKEN_PART = 2, 0.08
WEAK_LEAST, WEAK_PART = 3, 0.3
"""So many boxes with a mark in pieces, or with too little of one to tell, and this part of all with ink, are a pen that
the scan has lost: of 104 copies in black and white with a pen that shows, one had 4 % in pieces and the most 16 % that
were small; of 40 copies that had lost marks, all but those that are nearly blank had more of either."""

STRAY_MM: Final = 2.5
"""Ink outside of the boxes that reaches this far may be an answer: half of a small tick."""

BESIDE_MM: Final = 1.0
"""The same right beside a box."""

CROSSED_MM2: Final = 0.8
"""Ink on both sides of a box, left and right, from which its mark is crossed out: of 96 the least had 1.0."""

RUN_OVER_MM2: Final = 0.5
"""Less on both sides is a mark that runs over: of 3,800 the most had 0.53, a felt pen's cross. Real strokes and
scribbles have up to 3.7: both are held against how far the same person's other marks run over."""

SOLID_CELL_MIN: Final = 0.5
"""Ink in the emptiest ninth of a box from which it may be filled in to take an answer back."""

STANDS_OUT: Final = 0.35
"""How much more a filled box must have there than this person's other answers: a scribbler's differ by up to 0.3."""

UNKNOWN_SOLID_MIN: Final = 0.6
UNKNOWN_OTHER_MAX: Final = 0.15
"""The same beside another mark, where too few answers show the person's way."""

HAND_SEEN_MIN: Final = 2
"""Other questions answered by one clear mark from which a person's way is known."""

RING_MIN: Final = 0.8
"""Ink in so many of the directions around a box that is empty inside is a circle drawn around it: of 56 circles each
was all round, a fold's shadow or a coffee ring beside a box never more than half."""

RING_STRAY_MIN: Final = 0.125
"""Ink in one of the directions is right beside the box."""

PLACED_MIN: Final = 0.4
"""The least part of a box's own lines, where it was taken to be, from which it can be said to be there: of 11,000 boxes
in 32 wears the least had 0.50."""


NO_STRAY: Final = StrayInk()
NO_STRAYS: Final[Mapping[str, StrayInk]] = MappingProxyType({})

THIN_EXTENT_MIN: Final = 0.8
THIN_INK_MAX: Final = 0.05
"""A line across a box that covers less than this is 0.28 mm wide or less: a pen's covers 0.06, a spoilt row of the
coarsest fax 0.046."""

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


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as its boxes ask it; `several` allows up to `most` answers, but `alone` ones only by themselves."""

    name: str
    options: tuple[str, ...]
    several: bool = False
    most: int | None = None
    alone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hand:
    """How a person marks, from other questions answered by one clear mark; None where too few show it."""

    least_cell: float | None = None
    dark: float | None = None
    over_mm2: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """A question's answer (None when blank or doubted), the states of its boxes, and the doubt if there is one."""

    answer: Answer
    states: tuple[State, ...]
    doubt: Doubt | None = None


def judged(
    questions: Mapping[str, tuple[Asked, Sequence[MarkFeatures]]], strays: Mapping[str, StrayInk] = NO_STRAYS
) -> dict[str, Verdict]:
    """Judge questions that one person answered, each by its own boxes and by how the others are marked.

    `strays` is the ink outside of the boxes, by question.
    """
    lone = {name: one for name, (_, features) in questions.items() if (one := _lone_mark(features)) is not None}
    return {
        name: _judged(
            asked, features, hand_of(mark for other, mark in lone.items() if other != name), strays.get(name, NO_STRAY)
        )
        for name, (asked, features) in questions.items()
    }


def _lone_mark(features: Sequence[MarkFeatures]) -> MarkFeatures | None:
    """Give the mark of a question in which only one box has ink, and clearly, whether or not it runs over."""
    inked = [one for one in features if look_of(one) is not Look.EMPTY]
    is_clear = len(inked) == 1 and look_of(inked[0], math.inf) is Look.MARK
    return inked[0] if is_clear else None


def hand_of(marks: Iterator[MarkFeatures]) -> Hand:
    """Tell how a person marks from the clear marks of their other answers."""
    seen = list(marks)
    if len(seen) < HAND_SEEN_MIN:
        return Hand()
    over_mm2 = median(one.over_mm2 for one in seen)
    return Hand(median(one.least_cell for one in seen), median(one.dark for one in seen), over_mm2)


def look_of(features: MarkFeatures, usual_over_mm2: float = 0.0) -> Look:
    """Say what one box looks like, without its question: the first of these that holds.

    A person whose strokes usually run over crosses out with that much more.
    """
    over_mm2 = features.over_mm2 - usual_over_mm2
    ladder = (
        (features.extent == 0, Look.CIRCLED if features.ring >= RING_MIN else Look.EMPTY),
        (features.line or _is_thin(features), Look.LINE),
        (features.dark < DARK_MIN, Look.FAINT),
        (over_mm2 >= CROSSED_MM2, Look.CROSSED),
        (over_mm2 >= RUN_OVER_MM2, Look.UNSURE),
        (features.extent >= MARK_EXTENT_MIN, Look.MARK),
        (features.extent <= DOT_EXTENT_MAX, Look.DOT),
    )
    return next((look for holds, look in ladder if holds), Look.UNSURE)


def is_broken_up(boxes: Sequence[MarkFeatures]) -> bool:
    """Tell whether a pen is broken up in a black-and-white scan: its strokes in pieces, or hardly any of them whole."""
    inked = [one for one in boxes if one.extent > 0 or one.trace_mm2 >= BROKEN_MM2]
    broken = sum(one.trace_mm2 >= BROKEN_MM2 for one in inked)
    weak = sum(look_of(one) in (Look.DOT, Look.UNSURE) for one in inked)
    return (broken >= BROKEN_LEAST and broken >= BROKEN_PART * len(inked)) or (
        weak >= WEAK_LEAST and weak >= WEAK_PART * len(inked)
    )


def confidence_of(features: MarkFeatures, state: State) -> float:
    """Give how far from being doubted a box is: 0.5 where it is, 1 where nothing is near a threshold."""
    if state is State.DOUBTFUL:
        return UNSURE_CONFIDENCE
    if features.extent == 0:
        margin = 1 - max(features.trace_mm2 / TRACE_MM2, features.ring / RING_MIN if features.ring < RING_MIN else 0.0)
    else:
        margin = min((features.extent / MARK_EXTENT_MIN - 1) / 0.5, (features.dark / DARK_MIN - 1) / 0.5)
    return UNSURE_CONFIDENCE + (1 - UNSURE_CONFIDENCE) * min(max(margin, 0.0), 1.0)


def _judged(asked: Asked, features: Sequence[MarkFeatures], hand: Hand, stray: StrayInk) -> Verdict:
    seen = _Seen.of(asked, features, hand, stray)
    reason = seen.reason()
    if reason is not None:
        states = tuple(State.BLANK if look is Look.EMPTY else State.DOUBTFUL for look in seen.looks)
        return Verdict(None, states, Doubt(asked.name, reason, SENTENCES[reason]))
    return Verdict(seen.answer(), seen.states())


@dataclass(frozen=True, slots=True)
class _Seen:
    """The boxes of one question, with those that are chosen and those that are taken back, by number."""

    asked: Asked
    features: Sequence[MarkFeatures]
    looks: tuple[Look, ...]
    chosen: tuple[int, ...]
    back: frozenset[int]
    stray_mm: float
    """How far ink outside of the boxes reaches that is as dark as this person's."""

    @classmethod
    def of(cls, asked: Asked, features: Sequence[MarkFeatures], hand: Hand, stray: StrayInk) -> "_Seen":
        looks = tuple(Look.PALE if _is_pale(one, hand) else look_of(one, hand.over_mm2) for one in features)
        marks = [at for at, look in enumerate(looks) if look in (Look.MARK, Look.CIRCLED)]
        filled = _filled_to_take_back(features, marks, hand)
        crossed = {at for at, look in enumerate(looks) if look is Look.CROSSED}
        chosen = tuple(at for at in marks if at not in filled)
        is_theirs = hand.dark is None or stray.dark >= PALE_PART * hand.dark
        stray_mm = stray.extent_mm if is_theirs else 0.0
        return cls(asked, features, looks, chosen, frozenset(filled | crossed), stray_mm)

    def answer(self) -> Answer:
        if not self.chosen:
            return None
        options = tuple(self.asked.options[at] for at in self.chosen)
        return options if self.asked.several else options[0]

    def states(self) -> tuple[State, ...]:
        return tuple(
            State.MARKED if at in self.chosen else State.CORRECTED if at in self.back else State.BLANK
            for at in range(len(self.looks))
        )

    def reason(self) -> Reason | None:
        """Give why the boxes cannot be taken for an answer, the first that holds; None when they can."""
        count = len(self.chosen)
        most = self.asked.most if self.asked.several else 1
        alone = self.asked.alone & {self.asked.options[at] for at in self.chosen}
        ladder = (
            (self._any_misplaced(), Reason.MISALIGNED),
            (self._any_faint(), Reason.FAINT),
            (Look.LINE in self.looks and (self.asked.several or not count), Reason.LINE),
            (Look.UNSURE in self.looks or (Look.DOT in self.looks and not count), Reason.STRAY),
            (bool(self.back) and not count, Reason.TAKEN_BACK),
            (bool(alone) and count > 1, Reason.STANDS_ALONE),
            (most is not None and count > most, Reason.TOO_MANY if self.asked.several else Reason.TWO_MARKED),
            (not count and self._any_beside(), Reason.BESIDE),
        )
        return next((reason for holds, reason in ladder if holds), None)

    def _any_misplaced(self) -> bool:
        return any(one.placed < PLACED_MIN for one in self.features)

    def _any_faint(self) -> bool:
        """Tell whether there is ink too faint to be sure of: beside an answer, what their pen did not leave is none."""
        if Look.FAINT in self.looks or self.chosen:
            return Look.FAINT in self.looks
        has_trace = any(one.extent == 0 and one.trace_mm2 >= TRACE_MM2 for one in self.features)
        return has_trace or Look.PALE in self.looks

    def _any_beside(self) -> bool:
        """Tell whether ink outside of the boxes may be an answer: right beside one of them less ink is enough."""
        least_mm = BESIDE_MM if any(one.ring >= RING_STRAY_MIN for one in self.features) else STRAY_MM
        return self.stray_mm >= least_mm


def _is_thin(features: MarkFeatures) -> bool:
    """Tell whether ink crosses a box that is too little for any pen: a line that a fax has spoilt."""
    return features.extent >= THIN_EXTENT_MIN and features.ink < THIN_INK_MAX


def _is_pale(features: MarkFeatures, hand: Hand) -> bool:
    """Tell whether ink in a box is lighter by far than this person's pen."""
    return features.extent > 0 and hand.dark is not None and features.dark < PALE_PART * hand.dark


def _filled_to_take_back(features: Sequence[MarkFeatures], marks: Sequence[int], hand: Hand) -> set[int]:
    """Give the marked boxes that are filled in solid where this person's answers are not."""
    solid = {at for at in marks if features[at].least_cell >= SOLID_CELL_MIN}
    if hand.least_cell is not None:
        return {at for at in solid if features[at].least_cell - hand.least_cell >= STANDS_OUT}
    others = [features[at].least_cell for at in marks if at not in solid]
    if others and max(others) <= UNKNOWN_OTHER_MAX:
        return {at for at in solid if features[at].least_cell >= UNKNOWN_SOLID_MIN}
    return set()
