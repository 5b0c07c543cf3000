"""What was put in so far → which questions are asked, which can stand, what is next."""

from collections.abc import Mapping

from forms import routing
from forms.answers import Answers, collect, parse_answer
from forms.definition import Form
from forms.kinds.base import AnswerError, AnswerValue
from kiosk.sitting import Raw

Delivered = Mapping[str, Raw]


def values(form: Form, delivered: Delivered) -> dict[str, AnswerValue]:
    """Give the answers that can stand, whether or not they are asked for."""
    found = {}
    for question, raw in delivered.items():
        try:
            value = parse_answer(form, question, raw)
        except AnswerError:
            continue
        if value is not None:
            found[question] = value
    return found


def asked(form: Form, delivered: Delivered) -> tuple[str, ...]:
    """Give the questions that these answers lead to, in order."""
    return routing.asked(form, values(form, delivered))


def collected(form: Form, delivered: Delivered) -> Answers:
    """Give the answers to be sent, with the problems of those that are asked for and cannot stand."""
    reached = asked(form, delivered)
    return collect(form, {question: raw for question, raw in delivered.items() if question in reached})


def problem_of(form: Form, question: str, raw: Raw) -> AnswerError | None:
    """Give why an answer cannot stand; None where it can."""
    try:
        parse_answer(form, question, raw)
    except AnswerError as error:
        return error
    return None


def with_answer(form: Form, delivered: Delivered, question: str, raw: Raw) -> dict[str, Raw]:
    """Give the answers with one more. Contact details are added part by part, for those given are not shown again."""
    given = delivered.get(question)
    if form.question(question).kind == "contact" and isinstance(given, dict):
        raw = {**given, **(raw if isinstance(raw, dict) else {})}
    return {**delivered, question: raw}


def after(form: Form, delivered: Delivered, question: str | None, *, unseen_only: bool = False) -> str | None:
    """Give the next question asked behind one, or the first; None when there is none."""
    reached = asked(form, delivered)
    behind = reached[_place(form, reached, question) :]
    return next((other for other in behind if not unseen_only or other not in delivered), None)


def before(form: Form, delivered: Delivered, question: str) -> str | None:
    """Give the question asked before one; None when it is the first."""
    reached = asked(form, delivered)
    earlier = reached[: _place(form, reached, question)]
    return next((other for other in reversed(earlier) if other != question), None)


def _place(form: Form, reached: tuple[str, ...], question: str | None) -> int:
    """Give how many of the questions asked come no later than one, which need not be asked itself any more."""
    if question is None:
        return 0
    order = [other.id for other in form.questions]
    return sum(order.index(other) <= order.index(question) for other in reached)
