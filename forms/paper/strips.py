"""What a page is set from: blocks that stay together, made of strips that lie beneath each other."""

from dataclasses import dataclass
from math import inf

from forms.paper.fields import FieldSpec


@dataclass(frozen=True, slots=True)
class Give:
    """How readily the white above something grows where folds or balance ask for it, and by how much at most."""

    mm: float
    """White grows in proportion to this; growing by as much is hardly seen."""
    most_mm: float = inf


@dataclass(frozen=True, slots=True)
class Variant:
    """The same strip at another height."""

    added_mm: float
    html: str
    cost: float
    """How much worse than the usual it is."""


@dataclass(frozen=True, slots=True)
class Box:
    """Something that a person fills in: its id in the HTML, and its height inside its line."""

    id: str
    height_mm: float


SECTION_GIVE = Give(8.0)
QUESTION_GIVE = Give(5.0)
PART_GIVE = Give(2.5)
FIRST_QUESTION_GIVE = Give(1.5, 4.0)
PARAGRAPH_GIVE = Give(0.6, 2.0)
ROW_GIVE = Give(0.8, 2.4)
ANSWER_GIVE = Give(0.6, 1.6)
"""White may grow most above sections and questions; least between a question and its answers."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece over the width of the text that is never cut."""

    html: str
    gap_mm: float = 0.0
    """White above it, left out at the top of a page."""
    boxes: tuple[Box, ...] = ()
    give: Give = ROW_GIVE
    variants: tuple[Variant, ...] = ()
    """The same with fewer or more lines to write on, where folds or the page's end ask for it."""


@dataclass(frozen=True, slots=True)
class Block:
    """Strips that stay on one page where they fit on one."""

    strips: tuple[Strip, ...]
    fields: tuple[FieldSpec, ...] = ()
    with_next: bool = False
    """Whether it must not stand alone at the foot of a page, as a heading must not."""
    starts_sheet: bool = False
    """Whether it begins the part that is torn off."""
    break_cost: float = 0.0
    """How bad a page's end after it is: as much as the square of so much white."""
