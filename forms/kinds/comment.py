"""A long comment, in a box. Its answer is a `str` with its line breaks kept."""

from typing import Literal

from pydantic import Field

from forms.kinds.base import BaseQuestion, single_word
from forms.kinds.choice import Choice
from forms.kinds.short_text import checked_length, plain


class Comment(BaseQuestion):
    """Asks for a comment in the person's own words."""

    kind: Literal["comment"]
    max_length: int = Field(2000, ge=100, le=10_000, description="The most characters.")

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> str | None:  # noqa: ARG002
        """Give the comment; refuse more than the most characters."""
        word = single_word(raw)
        return None if word is None else checked_length(plain(word).strip(), self.max_length)
