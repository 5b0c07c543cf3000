"""Who answers what: the people of a chapter, and the copies, visits and interviews that are theirs."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.demo.chapters import Chapter, Stack
from tests.demo.opinions import Person
from tests.demo.sheets import Sheet

WEARS: Final = ("grey-200", "everyday", "noise-jpeg-60", "grey-200", "letter-fold", "rotated-3", "grey-200", "punched",
                "bleed-through", "turned-180")  # fmt: skip
"""What becomes of the paper of one home after the other; `tests.paper.wear` has them."""

SCANNED_AGAIN: Final = "grey-200"
TORN_OFF_EVERY: Final = 3
"""Of so many people, one sends the equality page too."""

MOODS: Final = {"North": -0.15, "South": 0.2}
"""People in the south of the made-up place are less content, so that there is something to find in the figures."""

LACKING: Final = 2
"""The page that one person keeps."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one chapter, each with the code of their copy and home where they have one."""

    chapter: Chapter
    people: Sequence[tuple[Person, str, str]]

    @property
    def on_paper(self) -> Sequence[tuple[Person, str, str]]:
        """Give those who send paper back, the spare ones last."""
        return self.people[: self.chapter.paper.returned if self.chapter.paper else 0]

    @property
    def at_kiosk(self) -> Sequence[tuple[Person, str, str]]:
        """Give those who answer at the kiosk."""
        first = len(self.people) - self.chapter.visits if not self.chapter.asks_homes else len(self.on_paper)
        return self.people[first : first + self.chapter.visits]

    @property
    def interviewed(self) -> Sequence[tuple[Person, str, str]]:
        """Give those who are called."""
        first = len(self.on_paper) + self.chapter.visits
        return self.people[first : first + self.chapter.interviews]

    def stacks(self) -> Sequence[tuple[Stack | None, Sequence[Sheet]]]:
        """Give what comes back together; what is spared for the visitor last, with no stack."""
        paper = self.chapter.paper
        if paper is None:
            return ()
        sheets = [self._sheet(number) for number in range(len(self.on_paper))]
        found: list[tuple[Stack | None, Sequence[Sheet]]] = []
        for stack in paper.stacks:
            found.append((stack, _odd(sheets[: stack.copies]) if stack.oddities else sheets[: stack.copies]))
            sheets = sheets[stack.copies :]
        return (*found, *((None, (one,)) for one in sheets))

    def _sheet(self, number: int) -> Sheet:
        person, code, _ = self.on_paper[number]
        return Sheet(code, person, WEARS[number % len(WEARS)], with_torn_off=number % TORN_OFF_EVERY == 0)


def _odd(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """Have the first person keep a page, and the last one's copy be scanned twice."""
    first, last = sheets[0], sheets[-1]
    kept = Sheet(first.copy, first.person, first.wear, without_page=LACKING)
    return (kept, *sheets[1:], Sheet(last.copy, last.person, SCANNED_AGAIN))


def cast(chapter: Chapter, copies: Sequence[tuple[str, str]], areas: dict[str, str]) -> Cast:
    """Give the people of a chapter: of the homes that were asked, in an order of chance that is always the same."""
    order = list(range(len(copies)))
    random.Random(chapter.name).shuffle(order)
    order += range(len(copies), len(copies) + (0 if chapter.asks_homes else chapter.visits))
    people = []
    for place, number in enumerate(order):
        code, home = copies[number] if number < len(copies) else ("", "")
        mood = chapter.mood + MOODS.get(areas.get(home, ""), 0.0)
        words = chapter.surely[place] if place < len(chapter.surely) else None
        people.append((Person(number, mood, words), code, home))
    return Cast(chapter, people)
