"""What a person says of a page that no machine could tell or place. Plain frozen values."""

from dataclasses import dataclass
from typing import TypeAlias

Corner: TypeAlias = tuple[float, float]
"""Parts of the picture's width and height, from its left top corner; beyond 0 to 1 where a corner is outside."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a person said of one page."""

    printing: str
    page: int
    """Its number in the form, from 1."""
    copy: str | None = None
    """The copy code as printed; None where it bears none, or nobody can read it."""
    corners: tuple[Corner, Corner, Corner, Corner] | None = None
    """The sheet's corners, clockwise from the top left one as the page is read."""
    quarter_turns: int = 0
    """How often the picture must be turned to the right by 90° to be read."""
