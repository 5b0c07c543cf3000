"""Measured boxes → answers and doubts: of one page by itself, and of a copy by all of its pages.

A copy says more than its pages do one by one: how its person marks, where an answer leads, and what was chosen of a
list that runs over two pages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from forms.definition import Form
from forms.kinds.several_choices import SeveralChoices
from forms.layout.model import Kind
from forms.paper.fields import PART
from scanning.judging import Asked, Verdict, judged
from scanning.readings import SENTENCES, Answer, Doubt, MarkFeatures, PageReading, Reason, State

RESIDUAL_MAX_MM: Final = 0.25
"""Boxes that lie off their own smooth field by more than this may have been missed: the page is doubted."""


class Box(Protocol):
    """A tick box as a template and as a reading name it."""

    @property
    def name(self) -> str:
        """Give the name of its field."""

    @property
    def kind(self) -> Kind:
        """Tell a radio button from a check box."""

    @property
    def option(self) -> str:
        """Give what it stands for."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The boxes of one page, with what is in them."""

    boxes: Sequence[Box]
    features: Sequence[MarkFeatures]
    residual_mm: float


def settled(form: Form, readings: Sequence[PageReading]) -> tuple[dict[str, Answer], tuple[Doubt, ...]]:
    """Give the answers of a copy, None where blank or doubted, and its doubts; each page may be there once."""
    pages = [
        Measured(one.marks, [mark.features for mark in one.marks], one.residual_mm)
        for one in sorted(readings, key=lambda reading: reading.page)
    ]
    verdicts = settle(form, pages)
    doubts = tuple(verdict.doubt for verdict in verdicts.values() if verdict.doubt is not None)
    return {name: verdict.answer for name, verdict in verdicts.items()}, doubts


def settle(form: Form, pages: Sequence[Measured]) -> dict[str, Verdict]:
    """Judge every question with boxes on these pages of one copy; the states of a verdict are in the boxes' order."""
    groups: dict[str, list[tuple[Box, MarkFeatures]]] = {}
    misplaced: set[str] = set()
    for page in pages:
        for box, features in zip(page.boxes, page.features, strict=True):
            groups.setdefault(question_name(box), []).append((box, features))
        if page.residual_mm > RESIDUAL_MAX_MM:
            misplaced |= {question_name(box) for box in page.boxes}
    verdicts = judged(
        {
            name: (_asked(form, name, [box for box, _ in group]), [features for _, features in group])
            for name, group in groups.items()
        }
    )
    for name in misplaced:
        verdicts[name] = _doubted(name, Reason.MISALIGNED, verdicts[name])
    return _routed(form, verdicts)


def question_name(box: Box) -> str:
    """Give the name that the boxes of a question share."""
    return box.name if box.kind is Kind.RADIO else box.name.split(PART, maxsplit=1)[0]


def _asked(form: Form, name: str, boxes: Sequence[Box]) -> Asked:
    options = tuple(box.option for box in boxes)
    question = next((one for one in form.questions if one.id == _identifier(name)), None)
    if not isinstance(question, SeveralChoices) or boxes[0].kind is Kind.RADIO:
        return Asked(name, options)
    alone = frozenset(choice.id for choice in form.choices(question) if choice.exclusive)
    return Asked(name, options, several=True, most=question.most, alone=alone)


def _identifier(name: str) -> str:
    return name.split(PART, maxsplit=1)[0]


def _doubted(name: str, reason: Reason, verdict: Verdict) -> Verdict:
    return Verdict(None, tuple(State.DOUBTFUL for _ in verdict.states), Doubt(name, reason, SENTENCES[reason]))


def _routed(form: Form, verdicts: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """Doubt what was answered although another answer leads past it, as far as those answers are on these pages."""
    passed: set[str] = set()
    result = dict(verdicts)
    for question in form.questions:
        conditions = question.show_if.items()
        if not any(_leads_past(verdicts, earlier, wanted, passed) for earlier, wanted in conditions):
            continue
        passed.add(question.id)
        for name, verdict in verdicts.items():
            if _identifier(name) == question.id and verdict.answer is not None:
                result[name] = _doubted(name, Reason.NOT_ASKED, verdict)
    return result


def _leads_past(verdicts: Mapping[str, Verdict], earlier: str, wanted: Iterable[str], passed: set[str]) -> bool:
    """Tell whether an earlier question was read here, and its answer is none that is wanted."""
    if earlier in passed:
        return True
    if earlier not in verdicts:
        return False
    answer = verdicts[earlier].answer
    chosen = {answer} if isinstance(answer, str) else set(answer or ())
    return not chosen & set(wanted)
