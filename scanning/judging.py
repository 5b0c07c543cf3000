"""Features of boxes → states and answers, question by question; what is not sure is a doubt with its reason.

A person's way of marking is constant over a page: who answers by filling boxes in does so everywhere. So a box that
is filled in solid is judged against the page: elsewhere it takes an answer back, there it is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scanning.readings import SENTENCES, Doubt, MarkFeatures, Reason, State

MARK_EXTENT_MIN: Final = 0.45
"""A stroke that reaches this far over a box is meant; dots and slips of the pen stay below 0.4."""

MARK_INK_MIN: Final = 0.025
SOLID_CELL_MIN: Final = 0.22
"""Ink in the emptiest ninth of a box from which it is filled in, solid or by a zigzag; crosses and ticks have none."""

NEARLY_SOLID_CELL_MIN: Final = 0.14
FAINT_INK_MIN: Final = 0.004
DARK_MIN: Final = 0.185
"""Ink lighter than this (0 paper, 1 print) is too faint to be taken for meant without an officer: a coffee ring has
0.15, the faintest pencil 0.20 (0.17 in a copy of a copy)."""

RING_MIN: Final = 0.5
"""A ring of ink in half of the directions, around a box without ink inside, is a circle drawn around it."""

RING_STRAY_MIN: Final = 0.125

STYLE_SEEN_MIN: Final = 2
"""Questions answered in one way from which it is this person's way."""


class Style(StrEnum):
    """How a person answers: by filling boxes in, by marks in them, or on too few questions to tell."""

    FILLS = "fills"
    MARKS = "marks"
    UNKNOWN = "unknown"


class Look(StrEnum):
    """What a box looks like by itself."""

    EMPTY = "empty"
    MARK = "mark"
    SOLID = "solid"
    UNSURE = "unsure"
    FAINT = "faint"
    CIRCLED = "circled"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A question's answer (None when blank or doubted), the states of its boxes, and the doubt if there is one."""

    answer: str | tuple[str, ...] | None
    states: tuple[State, ...]
    doubt: Doubt | None = None


def look_of(features: MarkFeatures) -> Look:
    """Say what one box looks like, without its question."""
    if features.ink < FAINT_INK_MIN:
        return Look.CIRCLED if features.ring >= RING_MIN else Look.EMPTY
    if features.dark < DARK_MIN:
        return Look.FAINT
    if features.least_cell >= SOLID_CELL_MIN:
        return Look.SOLID
    if features.least_cell >= NEARLY_SOLID_CELL_MIN:
        return Look.UNSURE
    if features.extent >= MARK_EXTENT_MIN and features.ink >= MARK_INK_MIN:
        return Look.MARK
    return Look.UNSURE


def style_of(questions: Sequence[Sequence[Look]]) -> Style:
    """Tell how this person answers, from the questions of a page with just one box that has ink."""
    single = [inked[0] for looks in questions if len(inked := [look for look in looks if look is not Look.EMPTY]) == 1]
    solid, marked = single.count(Look.SOLID), single.count(Look.MARK) + single.count(Look.CIRCLED)
    if max(solid, marked) < STYLE_SEEN_MIN:
        return Style.UNKNOWN
    return Style.FILLS if solid >= marked else Style.MARKS


def judge_one(question: str, options: Sequence[str], looks: Sequence[Look], *, style: Style) -> Verdict:
    """Judge a question that takes one answer."""
    return _judged(question, options, looks, most=1, several=False, style=style)


def judge_several(
    question: str, options: Sequence[str], looks: Sequence[Look], *, most: int | None, style: Style
) -> Verdict:
    """Judge a question that takes several answers, up to `most`."""
    return _judged(question, options, looks, most=most or len(options), several=True, style=style)


def _judged(  # noqa: PLR0913 (the two kinds of question differ in just these)
    question: str, options: Sequence[str], looks: Sequence[Look], *, most: int, several: bool, style: Style
) -> Verdict:
    solid_is_answer = _solid_is_answer(looks, style)
    meant = (Look.MARK, Look.CIRCLED, Look.SOLID) if solid_is_answer else (Look.MARK, Look.CIRCLED)
    chosen = [option for option, look in zip(options, looks, strict=True) if look in meant]
    reason = _reason(looks, len(chosen), most, several=several, solid_is_answer=solid_is_answer)
    if reason is not None:
        states = tuple(State.BLANK if look is Look.EMPTY else State.DOUBTFUL for look in looks)
        return Verdict(None, states, Doubt(question, reason, SENTENCES[reason]))
    states = tuple(_state(look, solid_is_answer=solid_is_answer) for look in looks)
    if not chosen:
        return Verdict(None, states)
    return Verdict(tuple(chosen) if several else chosen[0], states)


def _solid_is_answer(looks: Sequence[Look], style: Style) -> bool:
    """Tell whether a solid box answers here: it does for who fills in, and for an unknown hand unless a mark is by."""
    if style is Style.UNKNOWN:
        return Look.MARK not in looks and Look.CIRCLED not in looks
    return style is Style.FILLS


def _reason(looks: Sequence[Look], chosen: int, most: int, *, several: bool, solid_is_answer: bool) -> Reason | None:
    """Give why the looks of a question's boxes cannot be taken for an answer, None when they can."""
    if Look.FAINT in looks:
        return Reason.FAINT
    if Look.UNSURE in looks:
        return Reason.STRAY
    solid = looks.count(Look.SOLID)
    if solid and not solid_is_answer and not chosen:
        return Reason.SOLID_ALONE
    if solid_is_answer and solid and not several and chosen > 1:
        return Reason.SOLID_AMONG_SOLIDS
    if chosen > most:
        return Reason.TOO_MANY if several else Reason.TWO_MARKED
    return None


def _state(look: Look, *, solid_is_answer: bool) -> State:
    if look is Look.SOLID:
        return State.MARKED if solid_is_answer else State.CORRECTED
    return State.MARKED if look in (Look.MARK, Look.CIRCLED) else State.BLANK


def stray_around(features: Sequence[MarkFeatures], verdict: Verdict, question: str) -> Verdict:
    """Doubt a blank question that has ink beside its boxes: a mark may have missed them."""
    beside = [one.ring >= RING_STRAY_MIN for one in features]
    if verdict.answer is not None or verdict.doubt is not None or not any(beside):
        return verdict
    states = tuple(State.DOUBTFUL if inked else State.BLANK for inked in beside)
    return Verdict(None, states, Doubt(question, Reason.BESIDE, SENTENCES[Reason.BESIDE]))
