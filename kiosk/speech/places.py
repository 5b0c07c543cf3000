"""Where a person can be in a form: "Question 3 of 12", for every way that its routing can lead."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from forms.definition import Form
from forms.kinds import Question

Condition = tuple[str, tuple[str, ...]]
"""An earlier question, and its answers of which any leads on."""

CONDITIONS_MAX: Final = 10
"""Different conditions of one form up to which every mix of them is gone through: 1,024. The forms that ship have up to
seven."""


def places(form: Form) -> list[tuple[int, int]]:
    """Give each number of a question with each count of questions that can stand beside it on a screen.

    A condition holds only once its question is answered: those on later questions do not hold yet. Who goes back has
    answered later ones too; what that gives is made when it is first shown. Of a form with more conditions than are
    gone through, those are given where none holds, or all do.
    """
    order = {question.id: at for at, question in enumerate(form.questions)}
    found = set[tuple[int, int]]()
    for holding in _mixes(sorted({one for question in form.questions for one in question.show_if.items()})):
        reached = _reached(form.questions, holding)
        last = max((order[earlier] for earlier, _ in holding), default=-1)
        found |= {(number, len(reached)) for number, one in enumerate(reached, 1) if order[one] > last}
    return sorted(found)


def _mixes(conditions: Sequence[Condition]) -> Iterator[frozenset[Condition]]:
    if len(conditions) > CONDITIONS_MAX:
        yield from (frozenset(), frozenset(conditions))
        return
    for holds in product((False, True), repeat=len(conditions)):
        yield frozenset(one for one, is_held in zip(conditions, holds, strict=True) if is_held)


def _reached(questions: Sequence[Question], holding: frozenset[Condition]) -> tuple[str, ...]:
    reached: list[str] = []
    for question in questions:
        if all(earlier in reached and (earlier, wanted) in holding for earlier, wanted in question.show_if.items()):
            reached.append(question.id)
    return tuple(reached)
