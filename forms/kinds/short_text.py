"""A few words on one line. Its answer is a `str`."""

import re
from typing import Literal

from pydantic import Field

from forms.kinds.base import AnswerError, BaseQuestion, single_word
from forms.kinds.choice import Choice

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class ShortText(BaseQuestion):
    """Asks for a few words."""

    kind: Literal["short_text"]
    max_length: int = Field(80, ge=1, le=200, description="The most characters.")

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> str | None:  # noqa: ARG002
        """Give the words on one line; refuse more than fit."""
        word = single_word(raw)
        return None if word is None else checked_length(" ".join(plain(word).split()), self.max_length)


def plain(words: str) -> str:
    """Give the words without control characters (a pasted text may hold some), lines ending in one way."""
    return CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def checked_length(words: str, most: int) -> str | None:
    """Give the words back, None when blank; refuse them when there are more characters than `most`."""
    if len(words) > most:
        raise AnswerError("too_long", most=most)
    return words or None
