"""Which questions are asked, given the answers so far; and the same said on paper ("go to question 5")."""

from collections.abc import Callable, Mapping
from typing import Final

from forms.definition import Form
from forms.kinds import Question
from forms.kinds.base import AnswerValue

END: Final = "end"
"""Where a skip leads when no later question of the main part is asked."""


def asked(form: Form, answers: Mapping[str, AnswerValue]) -> tuple[str, ...]:
    """Give the ids of the questions that these answers lead to, in order.

    A question that was itself not asked leads to nothing, whatever was answered to it. A blank answer does not
    fulfil a condition: who did not say "Yes" is not asked what follows from "Yes".
    """
    reached: list[str] = []
    for question in form.questions:
        if all(
            earlier in reached and _chosen(answers.get(earlier)) & set(wanted)
            for earlier, wanted in question.show_if.items()
        ):
            reached.append(question.id)
    return tuple(reached)


def _chosen(answer: AnswerValue) -> set[str]:
    if isinstance(answer, str):
        return {answer}
    return set(answer) if isinstance(answer, tuple) else set()


def skip_to(form: Form, question: Question, choice: str) -> str | None:
    """Give where an answer leads on paper: a question's id, `END`, or None when it is simply the next one."""
    if len(form.choices(question)) == 0 or question.kind == "several_choices":
        return None
    section = form.section_of(question.id)
    part = [other for other in form.questions if form.section_of(other.id).detachable == section.detachable]
    following = part[part.index(question) + 1 :]
    hidden = _hidden_by(question.id, choice, following)
    if not following or following[0].id not in hidden:
        return None
    return next((other.id for other in following if other.id not in hidden), END)


def _hidden_by(identifier: str, choice: str, following: list[Question]) -> set[str]:
    """Give the later questions that this answer rules out, and those that hang on them."""
    hidden: set[str] = set()
    for question in following:
        ruled_out = identifier in question.show_if and choice not in question.show_if[identifier]
        if ruled_out or hidden & set(question.show_if):
            hidden.add(question.id)
    return hidden


def is_told_by_arrows(form: Form, question: Question, has_arrows: Callable[[Question], bool]) -> bool:
    """Tell whether "go to" beside the answers already leads past this question everybody who is not asked it.

    That is so only right behind the one question that it hangs on, with nothing between but what hangs on the same
    answer, where arrows are printed, and where who is not asked that question is led past both by arrows too.
    """
    if len(question.show_if) != 1:
        return False
    ((earlier, wanted),) = question.show_if.items()
    source = form.question(earlier)
    order = [other.id for other in form.questions]
    between = form.questions[order.index(earlier) + 1 : order.index(question.id)]
    if not has_arrows(source) or any(other.show_if != question.show_if for other in between):
        return False
    for choice in form.choices(source):
        target = skip_to(form, source, choice.id)
        passes = target is not None and (target == END or order.index(target) > order.index(question.id))
        if choice.id not in wanted and not passes:
            return False
    return not source.show_if or is_told_by_arrows(form, source, has_arrows)
