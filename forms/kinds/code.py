"""A code written in a comb, one character a cell. Its answer is the code in its one true spelling (`str`)."""

from typing import Literal

from pydantic import Field, field_validator

from forms import codes
from forms.kinds.base import AnswerError, BaseQuestion, single_word
from forms.kinds.choice import Choice


class Code(BaseQuestion):
    """Asks for a code of a known pattern."""

    kind: Literal["code"]
    pattern: str = Field(
        description="uk_postcode, copy_code, job_number, or a pattern of your own in which A stands for a "
        "letter, 9 for a digit, * for either, and - / or a space for itself."
    )

    @field_validator("pattern")
    @classmethod
    def _pattern_is_known(cls, pattern: str) -> str:
        codes.pattern_named(pattern)
        return pattern

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> str | None:  # noqa: ARG002
        """Give the code in its one spelling; refuse what cannot be one. Case, spaces, O/0, I/1 don't matter."""
        word = single_word(raw)
        if word is None:
            return None
        try:
            return codes.pattern_named(self.pattern).normalise(word)
        except codes.CodeError as error:
            raise AnswerError(error.code) from error
