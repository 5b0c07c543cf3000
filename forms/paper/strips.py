"""What a page is set from: blocks that stay together, made of strips that lie beneath each other."""

from dataclasses import dataclass

from forms.paper.fields import FieldSpec


@dataclass(frozen=True, slots=True)
class Box:
    """Something that a person fills in: its id in the HTML, and its height inside its line."""

    id: str
    height_mm: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece over the width of the text that is never cut."""

    html: str
    gap_mm: float = 0.0
    """White above it, left out at the top of a page."""
    boxes: tuple[Box, ...] = ()
    shorter_html: str = ""
    """The same with one line less to write on, for where that saves a fold or a page."""


@dataclass(frozen=True, slots=True)
class Block:
    """Strips that stay on one page where they fit on one."""

    strips: tuple[Strip, ...]
    fields: tuple[FieldSpec, ...] = ()
    with_next: bool = False
    """Whether it must not stand alone at the foot of a page, as a heading must not."""
    starts_sheet: bool = False
    """Whether it begins the part that is torn off."""
