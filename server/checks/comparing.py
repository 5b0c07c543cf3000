"""What the machine read → the same answer as an officer would have given it, so that two readings can be compared."""

from collections.abc import Mapping
from typing import Any

from forms.answers import as_json, parse_answer
from forms.definition import Form
from forms.kinds.base import AnswerError
from forms.paper.fields import PART
from server.returns.decisions import Decision, How


def as_decision(form: Form, name: str, answer: Any) -> Decision:
    """Give a reading's answer as a decision: blank where there is none."""
    if answer is None or answer == []:
        return Decision(How.BLANK)
    identifier, _, part = name.partition(PART)
    try:
        value = as_json(parse_answer(form, identifier, {part: answer} if part else answer))
    except AnswerError:
        return Decision(How.ANSWER, answer)
    return Decision(How.ANSWER, value.get(part) if part and isinstance(value, Mapping) else value)


def agrees(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Tell whether two decisions, as they are kept, say the same; the order in which answers stand says nothing."""
    return _told(first) == _told(second)


def _told(plain: Mapping[str, Any]) -> tuple[How, object]:
    decision = Decision.of(plain)
    value = decision.value
    return decision.how, sorted(map(str, value)) if isinstance(value, list) else value
