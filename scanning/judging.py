"""Features of boxes → states and answers, question by question; what is not sure is a doubt with its reason.

People mark in their own way, and keep to it over a page: who answers by filling boxes in does so everywhere. So a
filled box is held against the same person's other answers: where it stands out it takes an answer back, where all
are filled it is one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from scanning.hand import (
    LONE_SPECK_MM2,
    PALE_PART,
    Hand,
    hand_of,
    has_speck,
    is_far_pale,
    lone_mark,
    looks_by,
    may_be_crossed,
)
from scanning.looks import DARK_MIN, DOT_EXTENT_MAX, RING_HALF, RING_MIN, TRACE_MM2, Look
from scanning.readings import SENTENCES, Answer, Doubt, MarkFeatures, Reason, State, StrayInk
from scanning.taken_back import SOLID_CELL_MIN, UNKNOWN_OTHER_MAX, filled_to_take_back

ROW_MM: Final = 0.7
"""Ink outside of the boxes no higher than this is a spoilt row too where the person's marks rise: two px of 76 dpi."""

STRAY_MM: Final = 2.5
"""Ink outside of the boxes that reaches this far may be an answer: half of a small tick."""

STRAY_PART, INSIDE_MM = 0.8, 5.6
"""For one whose marks are smaller this part of what they reach across a box, whose inside is so wide: a blob between
two boxes reached 2.3 mm."""

BESIDE_MM: Final = 1.0
"""Ink outside of the boxes that reaches this far right beside one may be an answer too."""

HALF_CELL_MIN: Final = 0.3
HALF_STANDS_OUT: Final = 0.3
"""One of several answers filled in so much, and so much more than the others, may be one taken back."""

LONE_STANDS_OUT: Final = 0.35
"""The same for the only answer to a question, if it is filled in at all."""

LISTED_TRACE_MM2: Final = 0.2
"""Ink in small pieces that may be one more of several answers, twice what is looked into where there is none."""

RING_PART: Final = 0.25
"""Less of a circle than half may be another answer too where several may be given, and beside what may be the end of a
mark between two boxes."""

END_INK_MAX: Final = 0.1
"""An answer of less ink may be such an end."""

RING_STRAY_MIN: Final = 0.125
"""Ink in one of the directions is right beside the box."""

BETWEEN_LEAST: Final = 2
AS_DARK_PART: Final = 0.8
"""So many boxes with ink right beside them that is about as dark as the person's pen have a mark between them, where
print hides the rest of it."""

PASSED_BY_LEAST: Final = 3
"""Where each of so many boxes has it, a line goes by all of them; a mark between two leaves one out."""

PLACED_MIN: Final = 0.4
"""The least part of a box's own lines, where it was taken to be, from which it can be said to be there: of 11,000 boxes
in 32 wears the least had 0.50."""

NO_STRAY: Final = StrayInk()
NO_STRAYS: Final[Mapping[str, StrayInk]] = MappingProxyType({})
NO_PAGES: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as its boxes ask it; `several` allows up to `most` answers, but `alone` ones only by themselves."""

    name: str
    options: tuple[str, ...]
    several: bool = False
    most: int | None = None
    alone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A question's answer (None when blank or doubted), the states of its boxes, and the doubt if there is one."""

    answer: Answer
    states: tuple[State, ...]
    doubt: Doubt | None = None


def judged(
    questions: Mapping[str, tuple[Asked, Sequence[MarkFeatures]]],
    strays: Mapping[str, StrayInk] = NO_STRAYS,
    pages: Mapping[str, int] = NO_PAGES,
) -> dict[str, Verdict]:
    """Judge questions that one person answered, each by its own boxes and by how the others are marked.

    `strays` is the ink outside of the boxes, by question; `pages` tells on which page each question is.
    """
    lone = {name: one for name, (_, features) in questions.items() if (one := lone_mark(features)) is not None}
    verdicts = {}
    for name, (asked, features) in questions.items():
        others = [(pages.get(other), mark) for other, mark in lone.items() if other != name]
        here = [mark for page, mark in others if page == pages.get(name)]
        hand = hand_of([mark for _, mark in others], here)
        verdicts[name] = _judged(asked, features, hand, strays.get(name, NO_STRAY))
    return verdicts


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
        looks = looks_by(features, hand)
        marks = [at for at, look in enumerate(looks) if look in (Look.MARK, Look.CIRCLED)]
        filled = filled_to_take_back(features, marks, hand)
        crossed = {at for at, look in enumerate(looks) if look is Look.CROSSED}
        chosen = tuple(at for at in marks if at not in filled)
        is_theirs = hand.dark is None or stray.dark >= PALE_PART * hand.dark
        is_row = hand.rises and 0 < stray.high_mm < ROW_MM
        stray_mm = stray.extent_mm if is_theirs and not is_row else 0.0
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
            (self._any_line(), Reason.LINE),
            (Look.UNSURE in self.looks or (not count and self._any_dot()), Reason.STRAY),
            (bool(self.back) and not count, Reason.TAKEN_BACK),
            (bool(alone) and count > 1, Reason.STANDS_ALONE),
            (most is not None and count > most, Reason.TOO_MANY if self.asked.several else Reason.TWO_MARKED),
            (bool(count) and (self._any_half_filled() or self._may_fill_in()), Reason.HALF_FILLED),
            (any(may_be_crossed(self.features[at], self.hand) for at in self.chosen), Reason.HALF_FILLED),
            (self._any_beside(), Reason.BESIDE),
        )
        return next((reason for holds, reason in ladder if holds), None)

    def _any_line(self) -> bool:
        """Tell whether a line may be an answer: not beside the one that is asked for, nor of many if theirs rise."""
        return Look.LINE in self.looks and not (self.chosen and (self.hand.rises or not self.asked.several))

    def _any_misplaced(self) -> bool:
        return any(one.placed < PLACED_MIN for one in self.features)

    def _any_faint(self) -> bool:
        """Tell whether there is ink too faint to be sure of.

        Beside the one answer that is asked for, what another pen left is none, and pieces are dirt; of several they
        may be one more.
        """
        pale = [one for one, look in zip(self.features, self.looks, strict=True) if look is Look.PALE]
        pieces_mm2 = max((one.trace_mm2 for one in self.features if one.extent == 0), default=0.0)
        if Look.FAINT in self.looks:
            return True
        if self.chosen:
            return self.asked.several and (pieces_mm2 >= LISTED_TRACE_MM2 or any(map(_is_other_mark, pale)))
        return pieces_mm2 >= TRACE_MM2 or (
            bool(pale) and (self._any_dark_around() or not all(is_far_pale(one, self.hand) for one in pale))
        )

    def _any_dark_around(self) -> bool:
        """Tell whether ink around a box may be of this person's pen, though most of it is coffee."""
        least = PALE_PART * (self.hand.dark or 0.0)
        return any(one.ring >= RING_STRAY_MIN and one.ring_peak >= least for one in self.features)

    def _any_dot(self) -> bool:
        return Look.DOT in self.looks or any(map(has_speck, self.features))

    def _any_half_filled(self) -> bool:
        """Tell whether an answer is filled in more than is usual, but less than to take it back."""
        cells = [self.features[at].least_cell for at in self.chosen]
        shown = self.hand.least_cell if self.hand.least_cell is not None else self.hand.hinted_cell
        usual = shown if shown is not None else min(cells)
        lone = len(cells) == 1
        least, stands_out = (SOLID_CELL_MIN, LONE_STANDS_OUT) if lone else (HALF_CELL_MIN, HALF_STANDS_OUT)
        return max(cells) >= least and max(cells) - usual >= stands_out

    def _may_fill_in(self) -> bool:
        """Tell whether a box that was taken to be taken back may be an answer of one who fills boxes in.

        Who scribbles fills one box in by chance. Where too few other answers show the person's way, it is a mistake
        only beside the one clear mark that may be given: of several answers one may have been filled in badly, and what
        is pale or lies half outside may be none.
        """
        filled = [self.features[at].dark for at in self.back if self.looks[at] is not Look.CROSSED]
        if not filled:
            return False
        if self.hand.least_cell is not None:
            return self.hand.least_cell > UNKNOWN_OTHER_MAX
        others = [self.features[at] for at in self.chosen]
        is_odd = any(one.dark < PALE_PART * max(filled) or one.ring >= RING_PART for one in others)
        return self.asked.several or is_odd or (self.hand.hinted_cell or 0.0) > UNKNOWN_OTHER_MAX

    def _any_beside(self) -> bool:
        """Tell whether ink outside of the boxes may be an answer: right beside one of them less ink is enough.

        Beside an answer it takes a good part of a mark.
        """
        empty = [one for one, look in zip(self.features, self.looks, strict=True) if look is Look.EMPTY]
        if self.chosen:
            near = max((one.ring for one in self._unmarked() if self._may_be_theirs(one)), default=0.0)
            least_ink = min(self.features[at].ink for at in self.chosen)
            is_little = self.asked.several or 0 < least_ink < END_INK_MAX
            return near >= (RING_PART if is_little else RING_HALF)
        near = max((one.ring for one in empty), default=0.0)
        between = sum(one.ring >= RING_STRAY_MIN and self._is_as_dark(one) for one in empty)
        goes_by = between == len(self.features) and between >= PASSED_BY_LEAST
        return (between >= BETWEEN_LEAST and not goes_by) or self.stray_mm >= (
            BESIDE_MM if near >= RING_STRAY_MIN else self._least_stray_mm()
        )

    def _least_stray_mm(self) -> float:
        """Give how far ink must reach to be an answer: who makes small marks makes none much larger beside a box."""
        return max(BESIDE_MM, min(STRAY_MM, STRAY_PART * (self.hand.extent or 1.0) * INSIDE_MM))

    def _unmarked(self) -> list[MarkFeatures]:
        """Give the boxes that are no answer by what is in them, though a circle around one may be.

        What a circle leaves inside looks like a dot or a paler pen; a line through a box is seen on both sides of it.
        """
        looked = list(zip(self.features, self.looks, strict=True))
        crossed_by = [one for one, look in looked if look is Look.LINE and one.ring > RING_HALF]
        return [one for one, look in looked if look in (Look.EMPTY, Look.DOT, Look.PALE)] + crossed_by

    def _is_as_dark(self, box: MarkFeatures) -> bool:
        return box.ring_dark >= max(DARK_MIN, AS_DARK_PART * (self.hand.dark or 0.0))

    def _may_be_theirs(self, box: MarkFeatures) -> bool:
        """Tell whether what stands around a box is as dark as this person's pen."""
        return box.ring_dark >= max(DARK_MIN, PALE_PART * (self.hand.dark or 0.0))


def _is_other_mark(pale: MarkFeatures) -> bool:
    """Tell whether ink of another pen may be one more answer: a dot is none beside others, a circle may be one."""
    is_circle = pale.ring >= RING_MIN and pale.ring_dark >= DARK_MIN
    return is_circle or (pale.dark >= DARK_MIN and not 0 < pale.extent <= DOT_EXTENT_MAX)


def _is_sound(features: MarkFeatures) -> bool:
    return features.placed >= PLACED_MIN and features.trace_mm2 < TRACE_MM2 and features.speck_mm2 < LONE_SPECK_MM2
