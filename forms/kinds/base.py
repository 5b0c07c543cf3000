"""What the kinds of question share: their words, when they are asked, and how an answer is refused."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from forms.kinds.choice import ID_PATTERN, Choice, Identifier
from forms.texts import Model, Text

AnswerValue = object
"""A parsed answer; each kind says of which type its own are."""


class AnswerError(ValueError):
    """An answer that cannot stand; `code` names the sentence in `forms/wording` that tells the person."""

    def __init__(self, code: str, **details: str | int | date) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def _one_answer_is_a_list_of_one(raw: object) -> object:
    if not isinstance(raw, Mapping):
        return raw
    return {key: _in_one_order(value) for key, value in raw.items()}


def _in_one_order(value: object) -> object:
    """Give the answers of a condition, any of which fulfils it, in one order and each once."""
    if isinstance(value, str):
        return (value,)
    words = isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value)
    return tuple(sorted(set(value))) if words else value  # type: ignore[call-overload]


Condition = Annotated[
    dict[Identifier, Annotated[tuple[Identifier, ...], Field(min_length=1)]],
    BeforeValidator(_one_answer_is_a_list_of_one),
    WithJsonSchema(
        {
            "type": "object",
            "propertyNames": {"pattern": ID_PATTERN},
            "additionalProperties": {
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
            },
        }
    ),
]
"""Earlier question → the answers of which one must have been given; several questions must all hold."""


class BaseQuestion(Model):
    """What every kind of question has."""

    id: Identifier
    ask: Text = Field(description="The question, in the reader's own words.")
    help: Text | None = Field(None, description="A line beneath the question.")
    say: Text | None = Field(None, description="Other words for reading aloud.")
    show_if: Condition = Field(
        default_factory=dict,
        description="Ask only if each earlier question named here has one of the answers given.",
    )

    chooses: ClassVar[bool] = False
    """Whether an answer is one or more of a list of choices, so that routing can depend on it."""

    def own_choices(self) -> tuple[Choice, ...]:
        """Give the choices that the question itself holds, in their printed order."""
        return ()

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> AnswerValue:
        """Turn an answer as delivered into its value, None when blank; `AnswerError` if it cannot stand.

        `raw` is what a channel has: words, a list of words, a mapping of words, or nothing.
        """
        raise NotImplementedError


def single_word(raw: object) -> str | None:
    """Give the one text delivered, trimmed, or None when blank; refuse several and anything else."""
    if isinstance(raw, (list, tuple)):
        if len(raw) > 1:
            raise AnswerError("more_than_one")
        raw = raw[0] if raw else None
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, (str, int)):
        raise AnswerError("not_understood")
    return str(raw).strip() or None


def one_of(raw: object, choices: tuple[Choice, ...]) -> str | None:
    """Give the chosen id, or None when blank; refuse what is not among the choices."""
    word = single_word(raw)
    if word is not None and word not in {choice.id for choice in choices}:
        raise AnswerError("not_a_choice")
    return word
