"""What is true of a filled-in sheet: of each box, of each question, of each place to write."""

from dataclasses import dataclass
from enum import StrEnum

from forms.layout import Box


class BoxState(StrEnum):
    """What a box holds, by what the pen meant."""

    BLANK = "blank"
    MARKED = "marked"
    CORRECTED = "corrected"
    """Marked and taken back."""
    UNCLEAR = "unclear"
    """Only in truly ambiguous questions."""


class Case(StrEnum):
    """The truly ambiguous cases, all of them: nobody could tell from the sheet what was meant."""

    TWO_MARKED = "two boxes marked where one may be chosen"
    LONE_SOLID = "one box filled in solid, nothing else chosen, by someone who does not fill boxes"
    BETWEEN = "one mark halfway between two boxes"
    TAKEN_BACK = "one mark crossed out, nothing else chosen"
    LONE_DOT = "a dot in one box, nothing else chosen"
    TOO_MANY = "more boxes marked than may be chosen"
    NOT_ALONE = "a choice that stands alone marked beside others"
    SKIPPED = "a question answered that the other answers lead past"


class Disturbance(StrEnum):
    """What lies on or beside a box and changes no answer."""

    DOT = "a dot in a blank box beside a marked one"
    STRAY = "a slip of the pen over a corner of a blank box"
    SMUDGE = "a faint smudge over a box"
    BESIDE = "a mark slightly beside its own box"
    TWICE = "a mark gone over twice"


class Answering(StrEnum):
    """How a question is answered by boxes."""

    ONE = "one"
    SEVERAL = "several"
    CONSENT = "consent"


Value = str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class BoxTruth:
    """One tick box: its field's name and on-state, where it is, what it holds."""

    name: str
    option: str
    question: str
    page: int
    box_mm: Box
    state: BoxState
    disturbance: Disturbance | None
    ink_mm2: float
    """Ink within the box and 3 mm around it: its area, counted by darkness, before any wear."""


@dataclass(frozen=True, slots=True)
class QuestionTruth:
    """One question answered by boxes.

    `question` is the name that its boxes share: a radio group's (`overall`, `contact/best_way`), or the part before
    the stroke of check boxes (`topics`). `value` is an on-state, a tuple of them in printed order for several
    choices, "given" for a consent; None when blank, and when ambiguous.
    """

    question: str
    answering: Answering
    pages: tuple[int, ...]
    value: Value
    ambiguous: Case | None


@dataclass(frozen=True, slots=True)
class WritingTruth:
    """One place to write words or characters."""

    name: str
    page: int
    box_mm: Box
    has_ink: bool


@dataclass(frozen=True, slots=True)
class PageTruth:
    """What is true of one page of a copy."""

    printing: str
    copy: str | None
    """None on a page that is torn off, which bears no copy code."""
    number: int
    boxes: tuple[BoxTruth, ...]
    questions: tuple[QuestionTruth, ...]
    writings: tuple[WritingTruth, ...]
