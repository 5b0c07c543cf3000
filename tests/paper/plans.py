"""How an answer is put on paper: which box gets which ink, with corrections, slips and the ambiguous cases."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from forms.layout import Layout
from tests.paper.asking import Asked
from tests.paper.hands import FILLING, Writer
from tests.paper.shapes import Style
from tests.paper.truth import Answering, BoxState, Case, Disturbance, Value

NEAR_MM = 18.0
"""Boxes whose middles are no further apart can have a mark between them."""

CORRECTED_SHARE = 0.03
DISTURBED_SHARE = 0.06


class Act(StrEnum):
    """One thing that the pen (or a finger) does at a box."""

    MARK = "mark"
    BESIDE = "mark beside"
    BETWEEN = "mark between"
    SOLID = "fill in solid"
    SCRATCH = "scratch out"
    STRIKE = "strike out"
    DOT = "dot"
    STRAY = "stray"
    SMUDGE = "smudge"


@dataclass(frozen=True, slots=True)
class BoxPlan:
    """What is done at one box, in this order, and what it then holds."""

    state: BoxState = BoxState.BLANK
    acts: tuple[Act, ...] = ()
    disturbance: Disturbance | None = None
    toward: int | None = None
    """The other box (an index into the layout's fields) that a mark lies between."""


@dataclass(slots=True)
class Planner:
    """Plans the boxes of one copy; `answered` counts the clearly answered questions of each page."""

    layout: Layout
    writer: Writer
    rng: np.random.Generator
    answered: dict[int, int]
    boxes: dict[int, BoxPlan] = field(default_factory=dict)

    def plain(self, asked: Asked, value: Value) -> None:
        """Plan a clear answer, now and then with a correction or a slip beside it."""
        chosen = self.marked(asked, value)
        self.boxes |= chosen
        if not chosen or asked.answering is Answering.CONSENT:
            return
        if self.rng.random() < CORRECTED_SHARE:
            self._take_back(asked)
        if self.rng.random() < DISTURBED_SHARE:
            self._disturb(asked)

    def marked(self, asked: Asked, value: Value) -> dict[int, BoxPlan]:
        """Give the plan of the boxes that a value marks."""
        chosen = (value,) if isinstance(value, str) else value or ()
        boxes = [index for index, option in zip(asked.boxes, asked.options, strict=True) if option in chosen]
        return dict.fromkeys(boxes, BoxPlan(BoxState.MARKED, (Act.MARK,)))

    def _blank(self, asked: Asked) -> list[int]:
        return [index for index in asked.boxes if index not in self.boxes]

    def _take_back(self, asked: Asked) -> None:
        if blank := self._blank(asked):
            self.boxes[self._one(blank)] = BoxPlan(BoxState.CORRECTED, self._taking_back())

    def _taking_back(self, *, solid: bool = True) -> tuple[Act, ...]:
        if self.writer.style in FILLING:
            return Act.MARK, Act.SCRATCH
        if solid and self.rng.random() < 0.6:
            return (Act.SOLID,)
        return Act.MARK, Act.SCRATCH if self.rng.random() < 0.5 else Act.STRIKE

    def _disturb(self, asked: Asked) -> None:
        kind = list(Disturbance)[self.rng.integers(len(Disturbance))]
        if kind in (Disturbance.BESIDE, Disturbance.TWICE):
            self._disturb_mark(asked, kind)
        elif blank := self._blank(asked):
            act = {Disturbance.DOT: Act.DOT, Disturbance.STRAY: Act.STRAY, Disturbance.SMUDGE: Act.SMUDGE}[kind]
            self.boxes[self._one(blank)] = BoxPlan(BoxState.BLANK, (act,), kind)

    def _disturb_mark(self, asked: Asked, kind: Disturbance) -> None:
        index = self._one([at for at in asked.boxes if at in self.boxes and self.boxes[at].state is BoxState.MARKED])
        if kind is Disturbance.BESIDE and self.writer.style is Style.CIRCLE:
            return
        acts = (Act.BESIDE,) if kind is Disturbance.BESIDE else (Act.MARK, Act.MARK)
        self.boxes[index] = replace(self.boxes[index], acts=acts, disturbance=kind)

    def ambiguous(self, asked: Asked) -> Case:
        """Plan one of the cases that suit the question, and give it."""
        case = self._suitable(asked)[self.rng.integers(len(self._suitable(asked)))]
        clear, unclear = BoxPlan(BoxState.MARKED, (Act.MARK,)), BoxState.UNCLEAR
        order = [int(index) for index in self.rng.permutation(asked.boxes)]
        match case:
            case Case.TWO_MARKED:
                self.boxes |= dict.fromkeys(order[:2], clear)
            case Case.TOO_MANY:
                self.boxes |= dict.fromkeys(order[: (asked.most or 0) + 1], clear)
            case Case.NOT_ALONE:
                self.boxes |= dict.fromkeys(self._not_alone(asked), clear)
            case Case.LONE_SOLID:
                self.boxes[order[0]] = BoxPlan(unclear, (Act.SOLID,))
            case Case.LONE_DOT:
                self.boxes[order[0]] = BoxPlan(unclear, (Act.DOT,))
            case Case.TAKEN_BACK:
                self.boxes[order[0]] = BoxPlan(unclear, self._taking_back(solid=False))
            case _:
                one, other = self._neighbours(asked)[0]
                self.boxes[one] = BoxPlan(unclear, (Act.BETWEEN,), toward=other)
                self.boxes[other] = BoxPlan(unclear)
        return case

    def _suitable(self, asked: Asked) -> list[Case]:
        cases = [Case.TAKEN_BACK, Case.LONE_DOT]
        if self.writer.style not in FILLING and self.answered.get(asked.pages[0], 0) >= 2:
            cases.append(Case.LONE_SOLID)
        if asked.answering is Answering.ONE:
            cases += [Case.TWO_MARKED, Case.TWO_MARKED]
            cases += [Case.BETWEEN] if self._neighbours(asked) and self.writer.style is not Style.CIRCLE else []
        if asked.most is not None and asked.most < len(asked.boxes) - len(asked.exclusive):
            cases.append(Case.TOO_MANY)
        if asked.exclusive and len(asked.boxes) > len(asked.exclusive):
            cases.append(Case.NOT_ALONE)
        return cases

    def _not_alone(self, asked: Asked) -> Sequence[int]:
        alone = [index for index, option in zip(asked.boxes, asked.options, strict=True) if option in asked.exclusive]
        others = [index for index in asked.boxes if index not in alone]
        return self._one(alone), self._one(others)

    def _neighbours(self, asked: Asked) -> list[tuple[int, int]]:
        """Give pairs of boxes so near that a mark can lie between them."""
        pairs = []
        for one, other in zip(asked.boxes, asked.boxes[1:], strict=False):
            a, b = self.layout.fields[one], self.layout.fields[other]
            apart = np.hypot(a.box_mm.x - b.box_mm.x, a.box_mm.y - b.box_mm.y)
            if a.page == b.page and apart <= NEAR_MM:
                pairs.append((one, other))
        return pairs

    def _one(self, of: Sequence[int]) -> int:
        return of[int(self.rng.integers(len(of)))]
