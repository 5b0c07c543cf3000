"""Features of boxes → states and answers, question by question; what is not sure is a doubt with its reason.

People mark in their own way, and keep to it over a page: who answers by filling boxes in does so everywhere. So a
filled box is held against the same person's other answers: where it stands out it takes an answer back, where all
are filled it is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

from scanning.readings import SENTENCES, Answer, Doubt, MarkFeatures, Reason, State

DOT_EXTENT_MAX: Final = 0.30
"""Ink that reaches no further over a box is a resting pen's dot: of 37 dots the largest reached 0.26."""

MARK_EXTENT_MIN: Final = 0.40
"""Ink that reaches this far over a box is meant: of 4,000 marks of clear scans the smallest, blobs, reached 0.43."""

DARK_MIN: Final = 0.185
"""Ink lighter than this (0 paper, 1 print) is too faint to be taken for meant without an officer: a coffee ring has
0.15, the faintest pencil 0.20 (0.17 in a copy of a copy)."""

SMUDGE_PART: Final = 0.5
"""Faint ink this much lighter than the same person's marks was not made with their pen."""

CROSSED_MM2: Final = 0.8
"""Ink on both sides of a box, left and right, from which its mark is crossed out: of 96 the least had 1.0."""

RUN_OVER_MM2: Final = 0.5
"""Less on both sides is a mark that runs over: of 3,800 the most had 0.53, a felt pen's cross."""

SOLID_CELL_MIN: Final = 0.5
"""Ink in the emptiest ninth of a box from which it may be filled in to take an answer back."""

STANDS_OUT: Final = 0.35
"""How much more a filled box must have there than this person's other answers: a scribbler's differ by up to 0.3."""

UNKNOWN_SOLID_MIN: Final = 0.6
UNKNOWN_OTHER_MAX: Final = 0.15
"""The same beside another mark, where too few answers show the person's way."""

HAND_SEEN_MIN: Final = 2
"""Other questions answered by one clear mark from which a person's way is known."""

RING_MIN: Final = 0.5
"""A ring of ink in half of the directions, around a box without ink inside, is a circle drawn around it."""

RING_STRAY_MIN: Final = 0.125


class Look(StrEnum):
    """What a box looks like by itself."""

    EMPTY = "empty"
    DOT = "dot"
    MARK = "mark"
    CIRCLED = "circled"
    CROSSED = "crossed"
    FAINT = "faint"
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """A question's answer (None when blank or doubted), the states of its boxes, and the doubt if there is one."""

    answer: Answer
    states: tuple[State, ...]
    doubt: Doubt | None = None


def judged(questions: Mapping[str, tuple[Asked, Sequence[MarkFeatures]]]) -> dict[str, Verdict]:
    """Judge questions that one person answered, each by its own boxes and by how the others are marked."""
    lone = {name: one for name, (_, features) in questions.items() if (one := _lone_mark(features)) is not None}
    return {
        name: _judged(asked, features, hand_of(mark for other, mark in lone.items() if other != name))
        for name, (asked, features) in questions.items()
    }


def _lone_mark(features: Sequence[MarkFeatures]) -> MarkFeatures | None:
    """Give the mark of a question in which only one box has ink, and clearly."""
    inked = [one for one in features if look_of(one) is not Look.EMPTY]
    return inked[0] if len(inked) == 1 and look_of(inked[0]) is Look.MARK else None


def hand_of(marks: Iterator[MarkFeatures]) -> Hand:
    """Tell how a person marks from the clear marks of their other answers."""
    seen = list(marks)
    if len(seen) < HAND_SEEN_MIN:
        return Hand()
    return Hand(median(one.least_cell for one in seen), median(one.dark for one in seen))


def look_of(features: MarkFeatures) -> Look:
    """Say what one box looks like, without its question."""
    if features.extent == 0:
        return Look.CIRCLED if features.ring >= RING_MIN else Look.EMPTY
    if features.dark < DARK_MIN:
        return Look.FAINT
    if features.over_mm2 >= CROSSED_MM2:
        return Look.CROSSED
    if features.over_mm2 >= RUN_OVER_MM2:
        return Look.UNSURE
    if features.extent >= MARK_EXTENT_MIN:
        return Look.MARK
    return Look.DOT if features.extent <= DOT_EXTENT_MAX else Look.UNSURE


def _judged(asked: Asked, features: Sequence[MarkFeatures], hand: Hand) -> Verdict:
    looks = [look_of(one) for one in features]
    marks = [at for at, look in enumerate(looks) if look in (Look.MARK, Look.CIRCLED)]
    back = _taken_back(features, marks, hand)
    chosen = [at for at in marks if at not in back]
    back |= {at for at, look in enumerate(looks) if look is Look.CROSSED}
    reason = _reason(asked, features, looks, chosen, back, hand)
    if reason is not None:
        states = tuple(State.BLANK if look is Look.EMPTY else State.DOUBTFUL for look in looks)
        return Verdict(None, states, Doubt(asked.name, reason, SENTENCES[reason]))
    states = tuple(
        State.MARKED if at in chosen else State.CORRECTED if at in back else State.BLANK for at in range(len(looks))
    )
    return Verdict(_answer(asked, chosen), states)


def _answer(asked: Asked, chosen: Sequence[int]) -> Answer:
    if not chosen:
        return None
    return tuple(asked.options[at] for at in chosen) if asked.several else asked.options[chosen[0]]


def _taken_back(features: Sequence[MarkFeatures], marks: Sequence[int], hand: Hand) -> set[int]:
    """Give the marked boxes that are filled in solid where this person's answers are not."""
    solid = {at for at in marks if features[at].least_cell >= SOLID_CELL_MIN}
    if hand.least_cell is not None:
        return {at for at in solid if features[at].least_cell - hand.least_cell >= STANDS_OUT}
    others = [features[at].least_cell for at in marks if at not in solid]
    if others and max(others) <= UNKNOWN_OTHER_MAX:
        return {at for at in solid if features[at].least_cell >= UNKNOWN_SOLID_MIN}
    return set()


def _reason(  # noqa: PLR0911, PLR0913 (a ladder that is read from the top)
    asked: Asked,
    features: Sequence[MarkFeatures],
    looks: Sequence[Look],
    chosen: Sequence[int],
    back: set[int],
    hand: Hand,
) -> Reason | None:
    """Give why the boxes of a question cannot be taken for an answer, None when they can."""
    if any(look is Look.FAINT and not _is_smudge(features[at], chosen, hand) for at, look in enumerate(looks)):
        return Reason.FAINT
    if Look.UNSURE in looks or (Look.DOT in looks and not chosen):
        return Reason.STRAY
    if back and not chosen:
        return Reason.TAKEN_BACK
    if asked.alone & {asked.options[at] for at in chosen} and len(chosen) > 1:
        return Reason.STANDS_ALONE
    if not asked.several and len(chosen) > 1:
        return Reason.TWO_MARKED
    if asked.most is not None and len(chosen) > asked.most:
        return Reason.TOO_MANY
    if not chosen and any(one.ring >= RING_STRAY_MIN for one in features):
        return Reason.BESIDE
    return None


def _is_smudge(features: MarkFeatures, chosen: Sequence[int], hand: Hand) -> bool:
    """Tell whether faint ink beside a clear answer is lighter by far than the person's pen."""
    return bool(chosen) and hand.dark is not None and features.dark <= SMUDGE_PART * hand.dark
