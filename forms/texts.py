"""Words in one or more languages, and the landlord's details that are filled into them.

In a definition a text is either plain words (a form in one language) or a mapping from language to words.
`{landlord}` and its like are kept in the definition and filled in when the text is shown.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    RootModel,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import ValidationInfo

from forms.languages import is_right_to_left

LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
"""A BCP 47 language tag with its primary subtag in small letters, as in HTML's `lang`."""

ISOLATE = ("\u2066", "\u2069")
"""Left-to-right isolate, and pop: what stands between keeps its own direction."""

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")
"""Characters that nobody sees and that can do harm: control characters but the line's end, marks that turn the
direction of what follows, and halves of characters."""

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Model(BaseModel):
    """What every part of a definition shares: frozen, and closed to keys that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(RootModel[dict[str, Words]]):
    """Words by language; the first language is the one that the form was written in."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _plain_words_are_in_the_first_language(cls, raw: object, info: ValidationInfo) -> object:
        if isinstance(raw, str):
            return {first_language(info): raw}
        if isinstance(raw, Mapping):
            return raw
        raise PydanticCustomError("text_type", "words are expected here")

    @model_validator(mode="after")
    def _languages_are_tags(self) -> Self:
        for language in self.root:
            if not re.match(LANGUAGE_PATTERN, language):
                raise PydanticCustomError(
                    "text_language", "'{language}' is not a language code", {"language": language}
                )
        if any(CONTROL.search(words) for words in self.root.values()):
            raise PydanticCustomError("text_control", "a control character stands in these words")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, _: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Let editors offer both ways of writing a text."""
        del handler
        words = {"type": "string", "minLength": 1}
        by_language = {
            "type": "object",
            "patternProperties": {LANGUAGE_PATTERN: words},
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [words, by_language], "description": "Words, or words by language."}

    def __hash__(self) -> int:
        return hash(tuple(self.root.items()))

    def __getitem__(self, language: str) -> str:
        """Give the words in one language; `KeyError` when the form is not in it."""
        return self.root[language]

    def languages(self) -> tuple[str, ...]:
        """Give the languages that these words are in."""
        return tuple(self.root)

    def placeholders(self) -> Iterator[tuple[str, str]]:
        """Give (language, name) of every `{name}` to be filled in."""
        for language, words in self.root.items():
            for name in PLACEHOLDER.findall(words):
                yield language, name

    def filled(self, language: str, details: Mapping[str, str]) -> str:
        """Give the words in one language with the landlord's details filled in.

        In a language written from right to left each detail is isolated (Unicode UAX #9), so that the groups
        of a telephone number keep their order.
        """
        before, after = ISOLATE if is_right_to_left(language) else ("", "")
        return PLACEHOLDER.sub(lambda match: f"{before}{details[match[1]]}{after}", self.root[language])


def first_language(info: ValidationInfo) -> str:
    """Give the language of plain words: the first that the form names, English when it names none."""
    context: Any = info.context or {}
    languages: tuple[str, ...] = context.get("languages", ("en",))
    return languages[0]
