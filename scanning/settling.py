"""Measured boxes → answers and doubts: of one page by itself, and of a copy by all of its pages.

A copy says more than its pages do one by one: how its person marks, where an answer leads, and what was chosen of a
list that runs over two pages.

A page is *harsh* where its scan knows only black and white. What a pen that is too weak for that may have lost is
doubted as FADED, and as NEARLY_BLANK where hardly anything is left.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

from forms.definition import Form
from forms.kinds.several_choices import SeveralChoices
from forms.layout.model import Kind
from forms.paper.fields import PART
from scanning.judging import Asked, Verdict, judged
from scanning.readings import SENTENCES, Answer, Doubt, MarkFeatures, PageReading, Reason, State, StrayInk
from scanning.weak_pen import (
    is_broken_up,
    is_clean,
    is_clear_and_alone,
    is_mostly_whole,
    is_uneven,
    is_whole_and_alone,
    usual_ink,
)

RESIDUAL_MAX_MM: Final = 0.25
"""Boxes that lie off their own smooth field by more than this may have been missed: the page is doubted."""


ASKED_MIN: Final = 2
ANSWERED_MAX: Final = 0.2
"""Where so many questions are asked, and no more than this part answered, nearly nothing is marked."""


Held: TypeAlias = tuple[str, MarkFeatures]
"""A box's option, and what is in it."""


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
    strays: Mapping[str, StrayInk] = field(default_factory=dict)
    is_harsh: bool = False


def settled(form: Form, readings: Sequence[PageReading]) -> tuple[dict[str, Answer], tuple[Doubt, ...]]:
    """Give the answers of a copy, None where blank or doubted, and its doubts; each page may be there once."""
    pages = [
        Measured(one.marks, [mark.features for mark in one.marks], one.residual_mm, one.strays, one.is_harsh)
        for one in sorted(readings, key=lambda reading: reading.page)
    ]
    verdicts = settle(form, pages)
    doubts = tuple(verdict.doubt for verdict in verdicts.values() if verdict.doubt is not None)
    return {name: verdict.answer for name, verdict in verdicts.items()}, doubts


def settle(form: Form, pages: Sequence[Measured]) -> dict[str, Verdict]:
    """Judge every question with boxes on these pages of one copy; the states of a verdict are in the boxes' order."""
    groups: dict[str, list[tuple[Box, MarkFeatures]]] = {}
    begins: dict[str, int] = {}
    misplaced: set[str] = set()
    for number, page in enumerate(pages):
        for box, features in zip(page.boxes, page.features, strict=True):
            groups.setdefault(question_name(box), []).append((box, features))
            begins.setdefault(question_name(box), number)
        if page.residual_mm > RESIDUAL_MAX_MM:
            misplaced |= {question_name(box) for box in page.boxes}
    verdicts = judged(
        {
            name: (_asked(form, name, [box for box, _ in group]), [features for _, features in group])
            for name, group in groups.items()
        },
        _strays(pages),
        begins,
    )
    for name in misplaced:
        verdicts[name] = _doubted(name, Reason.MISALIGNED, verdicts[name])
    passed = _passed(form, verdicts)
    for name, reason in _perhaps_lost(form, pages, verdicts).items():
        verdicts[name] = _doubted(name, reason, verdicts[name])
    return _routed(verdicts, passed)


def _strays(pages: Sequence[Measured]) -> dict[str, StrayInk]:
    """Give the ink outside of the boxes by question, the farthest reaching of its pages."""
    found: dict[str, StrayInk] = {}
    for page in pages:
        for name, stray in page.strays.items():
            found[name] = max(stray, found.get(name, stray), key=lambda one: one.extent_mm)
    return found


def _perhaps_lost(form: Form, pages: Sequence[Measured], verdicts: Mapping[str, Verdict]) -> dict[str, Reason]:
    """Give the questions of which a black-and-white scan may have lost a mark, with why that is to be feared.

    Those without a sure answer where the pen is too weak; the blank ones where nearly nothing is marked for sure on all
    such pages together.
    """
    harsh = [page for page in pages if page.is_harsh]
    # All pages together say more of the pen, each by itself more of how it was scanned.
    looked_at = [harsh, *([page] for page in harsh)] if len(harsh) > 1 else [harsh]
    faded = [_faded(form, some, verdicts) for some in looked_at]
    lost = dict.fromkeys(set().union(*faded), Reason.FADED)
    # An answer that is lost or doubted leads nowhere: only answers that stand lead past a question.
    answered = {name: one for name, one in verdicts.items() if one.answer is not None and name not in lost}
    passed = _passed(form, answered)
    asked = {name for page in harsh for name in _choices(page) if _identifier(name) not in passed}
    if len(asked) < ASKED_MIN or len(asked & set(answered)) > ANSWERED_MAX * len(asked):
        return lost
    return {name: Reason.NEARLY_BLANK for name in asked if _is_blank(verdicts[name])} | lost


def _faded(form: Form, harsh: Sequence[Measured], verdicts: Mapping[str, Verdict]) -> set[str]:
    """Give the questions on these pages of which a pen that is too weak for them may have left too little."""
    features = [features for page in harsh for features in page.features]
    if is_broken_up(features):
        return _broken_up(form, harsh, verdicts)
    return _uneven(form, harsh, verdicts) if is_uneven(features) else set()


def _broken_up(form: Form, harsh: Sequence[Measured], verdicts: Mapping[str, Verdict]) -> set[str]:
    """Give the questions of which a broken pen may have left too little.

    Where it left most marks whole, one whole mark alone is an answer, and what that leads past may be blank.
    """
    held = _held(harsh)
    if not is_mostly_whole(_features(held)):
        return set(held)
    one = {name for name in held if _is_one(verdicts[name])}
    sure = {name for name in one if is_whole_and_alone([features for _, features in held[name]])}
    return _all_but(form, held, verdicts, sure)


def _uneven(form: Form, harsh: Sequence[Measured], verdicts: Mapping[str, Verdict]) -> set[str]:
    """Give the questions of which an uneven pen may have left too little: all but one clear mark alone."""
    held = _held(harsh)
    usual = usual_ink(_features(held))
    one = {name for name in held if _is_one(verdicts[name])}
    return _all_but(form, held, verdicts, {name for name in one if _is_clear(held[name], verdicts[name].answer, usual)})


def _is_clear(boxes: Sequence[Held], answer: Answer, usual: float) -> bool:
    """Tell whether the answer's box is on these pages, and clear."""
    marked = [features for option, features in boxes if option == answer]
    others = [features for option, features in boxes if option != answer]
    return len(marked) == 1 and is_clear_and_alone(marked[0], others, usual)


def _held(harsh: Sequence[Measured]) -> dict[str, list[Held]]:
    """Give what the boxes on these pages hold, by question."""
    held: dict[str, list[Held]] = {}
    for page in harsh:
        for box, features in zip(page.boxes, page.features, strict=True):
            held.setdefault(question_name(box), []).append((box.option, features))
    return held


def _features(held: Mapping[str, Sequence[Held]]) -> list[MarkFeatures]:
    return [features for boxes in held.values() for _, features in boxes]


def _all_but(
    form: Form, held: Mapping[str, Sequence[Held]], verdicts: Mapping[str, Verdict], sure: Set[str]
) -> set[str]:
    """Give the questions but for those that are sure, and those that these lead past and that are clean."""
    passed = _passed(form, {name: verdicts[name] for name in sure})
    clean = {name for name, boxes in held.items() if all(is_clean(features) for _, features in boxes)}
    return {name for name in held if name not in sure and not (name in clean and _identifier(name) in passed)}


def _is_one(verdict: Verdict) -> bool:
    """Tell whether a question is answered, by one choice where only one may be given: of a list another may be lost."""
    return isinstance(verdict.answer, str)


def _choices(page: Measured) -> list[str]:
    """Give the questions on a page with a choice between boxes: a lone box, as a consent has, is often left empty."""
    counts = Counter(question_name(box) for box in page.boxes)
    return [name for name, count in counts.items() if count > 1]


def _is_blank(verdict: Verdict) -> bool:
    return verdict.answer is None and verdict.doubt is None


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


def _passed(form: Form, verdicts: Mapping[str, Verdict]) -> set[str]:
    """Give the questions that the answers lead past, as far as those answers are on these pages."""
    passed: set[str] = set()
    for question in form.questions:
        if any(_leads_past(verdicts, earlier, wanted, passed) for earlier, wanted in question.show_if.items()):
            passed.add(question.id)
    return passed


def _routed(verdicts: Mapping[str, Verdict], passed: Set[str]) -> dict[str, Verdict]:
    """Doubt what was answered although another answer leads past it."""
    return {
        name: _doubted(name, Reason.NOT_ASKED, verdict)
        if _identifier(name) in passed and verdict.answer is not None
        else verdict
        for name, verdict in verdicts.items()
    }


def _leads_past(verdicts: Mapping[str, Verdict], earlier: str, wanted: Iterable[str], passed: Set[str]) -> bool:
    """Tell whether an earlier question was read here, and its answer is none that is wanted."""
    if earlier in passed:
        return True
    if earlier not in verdicts:
        return False
    answer = verdicts[earlier].answer
    chosen = {answer} if isinstance(answer, str) else set(answer or ())
    return not chosen & set(wanted)
