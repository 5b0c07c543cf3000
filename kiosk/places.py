"""Where a person is on their way, and how that is written down in one word: `change:comment`, `help>check`."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

OVER: Final = ">"
OF: Final = ":"
TOLD: Final = "!"


class Place(StrEnum):
    """A step of the way."""

    START = "start"
    ABOUT = "about"
    CODE = "code"
    HELPED = "helped"
    QUESTION = "question"
    CHANGE = "change"
    """A question, come to from where answers are checked: from it Next leads back there."""
    CHECK = "check"
    SENT = "sent"
    RESULTS = "results"
    COMPLAINT = "complaint"


class Over(StrEnum):
    """What can lie over any place, and leads back to it."""

    HELP = "help"
    LANGUAGE = "language"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a person is."""

    place: Place
    question: str | None = None
    over: Over | None = None
    has_complained: bool = False
    """After sending: whether the person has made it a complaint already."""

    def __str__(self) -> str:
        before = f"{self.over}{OVER}" if self.over else ""
        behind = f"{OF}{self.question}" if self.question else ""
        return f"{before}{self.place}{behind}{TOLD if self.has_complained else ''}"

    @classmethod
    def parse(cls, word: str) -> Self:
        """Give the spot that a word stands for; `ValueError` where it stands for none."""
        before, _, rest = word.rpartition(OVER)
        place, _, question = rest.removesuffix(TOLD).partition(OF)
        return cls(Place(place), question or None, Over(before) if before else None, rest.endswith(TOLD))

    @property
    def is_question(self) -> bool:
        """Tell whether a question of the form is asked here."""
        return self.place in (Place.QUESTION, Place.CHANGE)

    def under(self, over: Over | None) -> "Spot":
        """Give the same spot with something over it, or with nothing."""
        return replace(self, over=over)


START: Final = Spot(Place.START)
