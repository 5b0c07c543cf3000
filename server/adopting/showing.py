"""A page of a draft as it is shown: its questions in order, each with its boxes."""

from dataclasses import dataclass
from typing import Final

from forms.adopting.mending import TICK_KINDS, WRITTEN_KINDS, boxes_of, questions_of, words_of
from forms.layout.model import Box, Kind
from server.adopting.drafts import Waiting

KINDS: Final = {
    "one_choice": "One of several answers",
    "several_choices": "Any of several answers",
    "yes_no": "Yes or no",
    "consent": "Something to agree to",
    "short_text": "A few words",
    "comment": "A longer comment",
    "date": "A date",
    "number": "A whole number",
    "code": "A number or code in cells",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One box: its number from 0 in the draft, its words, and where it is on the page."""

    number: int
    words: str
    page: int
    box: Box
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with the kinds that its boxes can have."""

    id: str
    ask: str
    kind: str
    kinds: tuple[tuple[str, str], ...]
    boxes: tuple[Shown, ...]
    is_last: bool

    @property
    def has_words(self) -> bool:
        """Tell whether each box has words of its own."""
        return self.kind in ("one_choice", "several_choices", "yes_no")


def shown(waiting: Waiting, page: int) -> list[Asked]:
    """Give the questions that have a box on a page."""
    every = questions_of(waiting.draft)
    found = []
    for question in every:
        boxes = tuple(_box(waiting, question, number) for number in boxes_of(waiting.draft, question["id"]))
        if any(one.page == page for one in boxes):
            found.append(_asked(question, boxes, is_last=question is every[-1]))
    return found


def _asked(question: dict[str, str], boxes: tuple[Shown, ...], *, is_last: bool) -> Asked:
    kind = question["kind"]
    kinds = TICK_KINDS if boxes[0].is_ticked else WRITTEN_KINDS
    offered = kinds if kind in kinds else (kind, *kinds)
    return Asked(question["id"], question["ask"], kind, tuple((one, KINDS[one]) for one in offered), boxes, is_last)


def _box(waiting: Waiting, question: dict[str, str], number: int) -> Shown:
    bound = waiting.draft.binding.fields[number]
    is_ticked = bound.kind in (Kind.CHECK, Kind.RADIO)
    return Shown(number, words_of(question, bound), bound.page, bound.box_mm or Box(0, 0, 0, 0), is_ticked)
