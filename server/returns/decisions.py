"""What an officer decided on a doubt, as it is kept: an answer, or one of a few words that stand for none."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

MARKS: Final = "as"
VALUE: Final = "value"


class How(StrEnum):
    """In which way a doubt was settled."""

    ANSWER = "answer"
    BLANK = "blank"
    """Nothing was meant."""
    SEVERAL = "several"
    """More than one was meant where one may be chosen: no valid answer."""
    UNREADABLE = "unreadable"
    """Nobody can tell."""
    SEEN = "seen"
    """A doubt about a whole page was looked at; no question is answered by it."""


class Noted(StrEnum):
    """What an officer saw besides the answer."""

    SEE_LETTER = "see_letter"
    """The person refers to a letter that came with it."""
    WRITING_OUTSIDE = "writing_outside"
    """Something is written outside of the boxes."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How a doubt was settled; `value` is the answer as `forms.answers.parse_answer` takes it, for an answer only."""

    how: How
    value: object = None

    def plain(self) -> dict[str, Any]:
        """Give it as JSON holds it."""
        return {MARKS: str(self.how), VALUE: self.value} if self.how is How.ANSWER else {MARKS: str(self.how)}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """Give the decision that was kept."""
        return cls(How(plain[MARKS]), plain.get(VALUE))
