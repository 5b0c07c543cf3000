"""Features of boxes → states and answers, question by question; what is not sure is a doubt with its reason.

People mark in their own way, and keep to it over a page: who answers by filling boxes in does so everywhere. So a
filled box is held against the same person's other answers: where it stands out it takes an answer back, where all
are filled it is one.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from types import MappingProxyType
from typing import Final

from scanning.looks import DARK_MIN, GRAZED_EXTENT_MAX, RING_MIN, TRACE_MM2, Look, look_of
from scanning.readings import SENTENCES, Answer, Doubt, MarkFeatures, Reason, State, StrayInk

PALE_PART: Final = 0.5
"""Ink this much lighter than the same person's marks is not of their pen, or was rubbed out: a smudge, a mark that
shows through from the other side. Of 2,600 marks the lightest had 0.64 of its person's usual darkness."""

STRAY_MM: Final = 2.5
"""Ink outside of the boxes that reaches this far may be an answer: half of a small tick."""

LONE_SPECK_MM2: Final = 0.06
"""A speck inside of a box of a question without any mark that may be a faint pencil's dot: of 365 blank questions in 29
wears none held any above 0.02; in copies of copies and faxes, dirty as they are, 3 of 30 did."""

BESIDE_MM: Final = 1.0
"""The same right beside a box."""

SOLID_CELL_MIN: Final = 0.5
"""Ink in the emptiest ninth of a box from which it may be filled in to take an answer back."""

STANDS_OUT: Final = 0.5
"""How much more a filled box must have there than this person's other answers: a scribbler's differed by up to 0.42."""

HALF_CELL_MIN: Final = 0.3
HALF_STANDS_OUT: Final = 0.3
"""One of several answers filled in so much, and so much more than the others, may be one taken back."""

LONE_STANDS_OUT: Final = 0.35
"""The same for the only answer to a question, if it is filled in at all."""

UNKNOWN_SOLID_MIN: Final = 0.65
UNKNOWN_OTHER_MAX: Final = 0.15
"""The same beside another mark, where too few answers show the person's way."""

HAND_SEEN_MIN: Final = 2
"""Other questions answered by one clear mark from which a person's way is known."""

RING_HALF: Final = 0.5
RING_PART: Final = 0.25
SLIVER_INK_MAX: Final = 0.1
"""Around an empty box beside an answer: half a circle may be another answer. A quarter may, where several may be given,
or where the answer is so little ink that it may be the end of a mark between two boxes."""

RING_STRAY_MIN: Final = 0.125
"""Ink in one of the directions is right beside the box."""

PLACED_MIN: Final = 0.4
"""The least part of a box's own lines, where it was taken to be, from which it can be said to be there: of 11,000 boxes
in 32 wears the least had 0.50."""

NO_STRAY: Final = StrayInk()
NO_STRAYS: Final[Mapping[str, StrayInk]] = MappingProxyType({})


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


def hand_of(marks: Iterator[MarkFeatures]) -> Hand:
    """Tell how a person marks from the clear marks of their other answers."""
    seen = list(marks)
    if len(seen) < HAND_SEEN_MIN:
        return Hand()
    over_mm2 = median(one.over_mm2 for one in seen)
    return Hand(median(one.least_cell for one in seen), median(one.dark for one in seen), over_mm2)


def _judged(asked: Asked, features: Sequence[MarkFeatures], hand: Hand, stray: StrayInk) -> Verdict:
    seen = _Seen.of(asked, features, hand, stray)
    reason = seen.reason()
    if reason is not None:
        states = tuple(
            State.BLANK if look is Look.EMPTY and _is_sound(one) else State.DOUBTFUL
            for look, one in zip(seen.looks, features, strict=True)
        )
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
    hand: Hand
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
        return cls(asked, features, looks, chosen, frozenset(filled | crossed), hand, stray_mm)

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
            (Look.UNSURE in self.looks or (not count and self._any_dot()), Reason.STRAY),
            (bool(self.back) and not count, Reason.TAKEN_BACK),
            (bool(alone) and count > 1, Reason.STANDS_ALONE),
            (most is not None and count > most, Reason.TOO_MANY if self.asked.several else Reason.TWO_MARKED),
            (bool(count) and self._any_half_filled(), Reason.HALF_FILLED),
            (self._any_beside(), Reason.BESIDE),
        )
        return next((reason for holds, reason in ladder if holds), None)

    def _any_misplaced(self) -> bool:
        return any(one.placed < PLACED_MIN for one in self.features)

    def _any_faint(self) -> bool:
        """Tell whether there is ink too faint to be sure of.

        Beside the one answer that is asked for, what another pen left is none; of several it may be.
        """
        pale = [one for one, look in zip(self.features, self.looks, strict=True) if look is Look.PALE]
        if Look.FAINT in self.looks or self.chosen:
            return Look.FAINT in self.looks or (self.asked.several and any(one.dark >= DARK_MIN for one in pale))
        return bool(pale) or any(one.extent == 0 and one.trace_mm2 >= TRACE_MM2 for one in self.features)

    def _any_dot(self) -> bool:
        return Look.DOT in self.looks or any(
            one.extent == 0 and one.speck_mm2 >= LONE_SPECK_MM2 for one in self.features
        )

    def _any_half_filled(self) -> bool:
        """Tell whether an answer is filled in more than is usual, but less than to take it back."""
        cells = [self.features[at].least_cell for at in self.chosen]
        usual = self.hand.least_cell if self.hand.least_cell is not None else min(cells)
        lone = len(cells) == 1
        least, stands_out = (SOLID_CELL_MIN, LONE_STANDS_OUT) if lone else (HALF_CELL_MIN, HALF_STANDS_OUT)
        return max(cells) >= least and max(cells) - usual >= stands_out

    def _any_beside(self) -> bool:
        """Tell whether ink outside of the boxes may be an answer: right beside one of them less ink is enough.

        Beside an answer it takes a good part of a mark.
        """
        empty = [one for one, look in zip(self.features, self.looks, strict=True) if look is Look.EMPTY]
        near = max((one.ring for one in empty if self._may_be_theirs(one)), default=0.0)
        if self.chosen:
            least_ink = min(self.features[at].ink for at in self.chosen)
            is_little = self.asked.several or 0 < least_ink < SLIVER_INK_MAX
            return near >= (RING_PART if is_little else RING_HALF)
        return self.stray_mm >= (BESIDE_MM if near >= RING_STRAY_MIN else STRAY_MM)

    def _may_be_theirs(self, box: MarkFeatures) -> bool:
        """Tell whether what stands around a box is as dark as this person's pen; beside no answer whatever there is."""
        return not self.chosen or box.ring_dark >= max(DARK_MIN, PALE_PART * (self.hand.dark or 0.0))


def _is_sound(features: MarkFeatures) -> bool:
    return features.placed >= PLACED_MIN and features.trace_mm2 < TRACE_MM2 and features.speck_mm2 < LONE_SPECK_MM2


def _is_pale(features: MarkFeatures, hand: Hand) -> bool:
    """Tell whether ink in a box, or a circle around it, is lighter by far than this person's pen."""
    is_circle = features.extent <= GRAZED_EXTENT_MAX and features.ring >= RING_MIN
    dark = features.ring_dark if is_circle else features.dark
    return (features.extent > 0 or is_circle) and hand.dark is not None and dark < PALE_PART * hand.dark


def _filled_to_take_back(features: Sequence[MarkFeatures], marks: Sequence[int], hand: Hand) -> set[int]:
    """Give the marked boxes that are filled in solid where this person's answers are not."""
    solid = {at for at in marks if features[at].least_cell >= SOLID_CELL_MIN}
    if hand.least_cell is not None:
        return {at for at in solid if features[at].least_cell - hand.least_cell >= STANDS_OUT}
    others = [features[at].least_cell for at in marks if at not in solid]
    if others and max(others) <= UNKNOWN_OTHER_MAX:
        return {at for at in solid if features[at].least_cell >= UNKNOWN_SOLID_MIN}
    return set()
