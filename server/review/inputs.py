"""What an officer's form sent → a decision, or what is wrong with it, beside its fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from werkzeug.datastructures import MultiDict

from forms.answers import Problem, as_json, parse_answer
from forms.kinds.base import AnswerError
from forms.kinds.contact import ContactQuestion
from server.queries.review import Opinion
from server.returns.deciding import Said
from server.returns.decisions import Decision, How, Noted
from server.review.asking import DATE_PARTS, Asked, Kind

NOTHING_CHOSEN: Final = "Choose what is marked, or say that it was left blank."
NOTHING_TYPED: Final = "Type what is written, or say that it was left blank."
DIGITS_MAX: Final = 10
"""Of a row's number: PostgreSQL refuses larger ones."""

NOT_HERE: Final = "This cannot be said of this doubt. Choose one of the answers shown."


@dataclass(frozen=True, slots=True)
class Given:
    """What was sent, what it says, and the sentence for each field that is wrong."""

    raw: Mapping[str, object] = field(default_factory=dict)
    said: Said | None = None
    mistakes: Mapping[str, str] = field(default_factory=dict)


def given(asked: Asked, sent: MultiDict[str, str]) -> Given:
    """Check what was sent."""
    noted = tuple(one for one in Noted if one in sent.getlist("noted"))
    raw: dict[str, object] = {one.name: sent.get(one.name, "").replace("\0", "") for one in asked.fields}
    raw |= {"answer": sent.getlist("answer"), "noted": list(noted)}
    decision, mistakes = _decision(asked, raw, sent.get("as"))
    return Given(raw, Said(decision, noted) if decision is not None else None, mistakes)


def drafted(asked: Asked, sent: str = "") -> Given:
    """Give the fields as the machine drafted them; `sent` is the number of a reading where there are several."""
    chosen = int(sent) - 1 if is_number(sent) else -1
    draft = asked.readings[chosen] if 0 <= chosen < len(asked.readings) else asked.draft
    if isinstance(draft, Mapping):
        return Given(dict(draft))
    if isinstance(draft, str) and {one.name for one in asked.fields} == set(DATE_PARTS):
        return Given(dict(zip(reversed(DATE_PARTS), draft.split("-"), strict=False)))
    return Given({"written": draft})


def said_before(opinions: Iterable[Opinion], sent: str | None) -> Said | None:
    """Give what was said in one of these decisions, which is chosen by its number; None where none is."""
    chosen = (one.correction for one in opinions if str(one.correction.id) == sent)
    kept = next((one for one in chosen if one.decided is not None), None)
    return Said(Decision.of(kept.decided), tuple(map(Noted, kept.noted))) if kept is not None else None


def is_number(sent: str) -> bool:
    """Tell whether what was sent can be the number of a row."""
    return sent.isdecimal() and sent.isascii() and len(sent) < DIGITS_MAX


def _decision(asked: Asked, raw: Mapping[str, object], how: str | None) -> tuple[Decision | None, Mapping[str, str]]:
    if how is not None:
        return (Decision(How(how)), {}) if how in _words_for_none(asked) else (None, {"": NOT_HERE})
    if asked.kind is Kind.PAGE:
        return None, {"": NOT_HERE}
    if asked.kind is Kind.WRITING:
        return _written(asked, raw)
    if not raw["answer"]:
        return None, {"answer": NOTHING_CHOSEN}
    return _parsed(asked, {asked.part: _one(raw["answer"])} if asked.part else raw["answer"], "answer")


def _words_for_none(asked: Asked) -> set[str]:
    """Give what can be said instead of an answer."""
    if asked.kind is Kind.PAGE:
        return {How.SEEN}
    return {How.BLANK, How.UNREADABLE} | ({How.SEVERAL} if asked.may_mean_several else set())


def _written(asked: Asked, raw: Mapping[str, object]) -> tuple[Decision | None, Mapping[str, str]]:
    typed = {one.name: str(raw[one.name]).strip() for one in asked.fields}
    first = asked.fields[0].name
    if not any(typed.values()):
        return None, {first: NOTHING_TYPED}
    if isinstance(asked.form.question(asked.question), ContactQuestion):
        wrong = {name: words for name, one in typed.items() for words in _parsed(asked, {name: one}, name)[1].values()}
        return (None, wrong) if wrong else _parsed(asked, {name: one for name, one in typed.items() if one}, first)
    return _parsed(asked, typed if len(typed) > 1 else typed[first], first)


def _parsed(asked: Asked, answer: object, name: str) -> tuple[Decision | None, Mapping[str, str]]:
    """Give the decision that an answer is, or why it cannot stand, beside a field."""
    try:
        value = as_json(parse_answer(asked.form, asked.question, answer))
    except AnswerError as error:
        return None, {name: Problem(asked.question, error.code, error.details).message("en")}
    if asked.part and isinstance(value, Mapping):
        value = value.get(asked.part)
    return Decision(How.ANSWER, value), {}


def _one(answers: object) -> object:
    return answers[0] if isinstance(answers, list) and len(answers) == 1 else answers
