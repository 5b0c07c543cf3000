"""A whole number. Its answer is an `int`."""

import re
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from forms.kinds.base import AnswerError, BaseQuestion, single_word
from forms.kinds.choice import Choice
from forms.texts import Text

DIGITS_MAX = 9

THOUSANDS = r"\d+|\d{1,3}([,\s]\d{3})+"
"""Digits, or digits in groups of three; a comma anywhere else is a decimal point to some."""


class Number(BaseQuestion):
    """Asks for a whole number from `minimum` to `maximum`; the paper has a cell for each digit."""

    kind: Literal["number"]
    minimum: int = Field(0, ge=0)
    maximum: int = Field(ge=1, lt=10**DIGITS_MAX)
    unit: Text | None = Field(None, description="What is counted, as 'minutes'; stands behind the cells.")

    @model_validator(mode="after")
    def _range_is_not_empty(self) -> Self:
        if self.minimum > self.maximum:
            raise PydanticCustomError("empty_range", "'minimum' is above 'maximum'")
        return self

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> int | None:  # noqa: ARG002
        """Give the number; refuse what is not a whole number within the range."""
        word = single_word(raw)
        if word is None:
            return None
        if not re.fullmatch(THOUSANDS, word):
            raise AnswerError("not_a_number")
        digits = re.sub(r"[\s,]", "", word)
        if len(digits) > DIGITS_MAX:
            raise AnswerError("out_of_range", least=self.minimum, most=self.maximum)
        if not self.minimum <= int(digits) <= self.maximum:
            raise AnswerError("out_of_range", least=self.minimum, most=self.maximum)
        return int(digits)
