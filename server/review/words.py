"""Decisions as people read them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from server.returns.decisions import Decision, How, Noted
from server.review.asking import Asked
from server.web.words import day

HOWS: Final = {
    How.BLANK: "Left blank",
    How.SEVERAL: "Meant more than one",
    How.UNREADABLE: "Nobody can tell",
    How.SEEN: "Looked at",
}

NOTED: Final = {Noted.SEE_LETTER: "See letter", Noted.WRITING_OUTSIDE: "Writing outside the boxes"}


def in_words(asked: Asked, decided: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Give what was decided, a line for each part of it; its words are gone once its person was erased."""
    if decided is None:
        return ("Erased",)
    decision = Decision.of(decided)
    if decision.how is not How.ANSWER:
        return (HOWS[decision.how],)
    if isinstance(decision.value, Mapping):
        labels = {field.name: field.label for field in asked.fields}
        return tuple(f"{labels.get(name, name)}: {words}" for name, words in decision.value.items())
    values = decision.value if isinstance(decision.value, list) else [decision.value]
    return tuple(_one(asked, value) for value in values)


def _one(asked: Asked, value: object) -> str:
    if value is True:
        return asked.choices[0].words
    words = {choice.value: choice.words for choice in asked.choices}
    if len(asked.fields) > 1 and isinstance(value, str):
        return day(date.fromisoformat(value))
    return words.get(str(value), str(value))


def noted_in_words(noted: list[str]) -> str:
    """Give what an officer saw besides."""
    return ", ".join(NOTED[Noted(one)] for one in noted)
