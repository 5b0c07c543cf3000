"""What a form on a page sent → a checked value, or the mistakes beside their fields, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.datastructures import MultiDict

M = TypeVar("M", bound=BaseModel)

SENTENCES: dict[str, Callable[[Mapping[str, object]], str]] = {
    "missing": lambda _: "Fill this in.",
    "string_too_short": lambda _: "Fill this in.",
    "string_too_long": lambda ctx: f"Use at most {ctx['max_length']} characters.",
    "date_from_datetime_parsing": lambda _: "Give a date as day, month and year, such as 22 11 2026.",
    "date_parsing": lambda _: "Give a date as day, month and year, such as 22 11 2026.",
    "int_parsing": lambda _: "Give a whole number.",
    "greater_than_equal": lambda ctx: f"Give a number of at least {ctx['ge']}.",
    "less_than_equal": lambda ctx: f"Give a number of at most {ctx['le']}.",
    "literal_error": lambda _: "Choose one of these.",
    "enum": lambda _: "Choose one of these.",
    "too_short": lambda _: "Choose at least one.",
}
"""Pydantic's kinds of mistakes as sentences; a model's own mistakes are sentences already."""


class Input(BaseModel):
    """The base of what forms send: white space around words does not count, unknown fields are not looked at."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="ignore", defer_build=True)


@dataclass(frozen=True, slots=True)
class Sent(Generic[M]):
    """What was sent, the value it makes (None where it cannot), and the sentence for each field that is wrong."""

    raw: Mapping[str, object]
    value: M | None
    mistakes: Mapping[str, str] = field(default_factory=dict)

    def with_mistake(self, name: str, words: str) -> "Sent[M]":
        """Give the same with a mistake that only a service could find."""
        return Sent(self.raw, None, {**self.mistakes, name: words})


def sent(model: type[M], form: MultiDict[str, str]) -> Sent[M]:
    """Check a form that was sent; fields of the model that are lists take every value of their name."""
    raw = {
        name: [_kept(one) for one in form.getlist(name)] if _is_list(model, name) else _kept(form[name])
        for name in model.model_fields
        if name in form or _is_list(model, name)
    }
    try:
        return Sent(raw, model.model_validate(raw))
    except ValidationError as error:
        mistakes = {str(one["loc"][0]) if one["loc"] else "": _sentence(one) for one in reversed(error.errors())}
        return Sent(raw, None, mistakes)


def nothing_sent(model: type[M], **values: object) -> Sent[M]:
    """Give an empty form, or one that shows what is kept."""
    del model
    return Sent(values, None)


def _kept(value: str) -> str:
    """Give what was typed without the one character that PostgreSQL refuses in words; nobody types it."""
    return value.replace("\0", "")


def _is_list(model: type[BaseModel], name: str) -> bool:
    return str(model.model_fields[name].annotation).startswith(("list", "tuple", "frozenset"))


def _sentence(error: Mapping[str, object]) -> str:
    kind = str(error["type"])
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    context = error.get("ctx")
    known = SENTENCES.get(kind)
    return known(context if isinstance(context, Mapping) else {}) if known else str(error["msg"])
