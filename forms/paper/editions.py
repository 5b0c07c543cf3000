"""How a form looks on paper: three editions of type and boxes, three sizes of sheet. All lengths in mm, type in pt."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PT_PER_MM: Final = 72 / 25.4

TICK_LINE_PT: Final = 1.0
"""The printed line around a tick box."""

CELL_MM: Final = (7.0, 9.0)
"""Width and height of one comb cell, inside its line."""

CELL_PITCH_MM: Final = 9.0
"""From the left of one cell to the left of the next: 1.2 mm and more lie between their printed lines."""

CELL_PAD_MM: Final = (CELL_PITCH_MM - CELL_MM[0]) / 2
"""From a comb's sides to its outer cells, and half of what lies between two cells."""

RULE_PITCH_MM: Final = 10.0
"""Between the faint lines of a comment box."""

MARK_MM: Final = 7.0
"""The side of a corner mark; 5 mm is lost in a fax."""

FOLD_CLEAR_MM: Final = 3.0
"""How far a box or code stays from a fold."""


class EditionName(StrEnum):
    """The three editions."""

    CLEAR = "clear"
    LARGE = "large"
    GIANT = "giant"


class SizeName(StrEnum):
    """The three sizes of sheet."""

    A4 = "a4"
    A5 = "a5"
    A6 = "a6"


@dataclass(frozen=True, slots=True)
class Edition:
    """The type and boxes of one edition."""

    name: EditionName
    body_pt: float
    title_pt: float
    section_pt: float
    foot_pt: float
    code_pt: float
    box_mm: float
    """The inside of a tick box."""
    row_mm: float
    """The least distance between the tops of two rows of answers."""
    hang_mm: float
    """The column in which a question's number hangs."""


EDITIONS: Final = {
    edition.name: edition
    for edition in (
        Edition(EditionName.CLEAR, 14, 26, 18, 12, 16, 6.5, 12.6, 11),
        Edition(EditionName.LARGE, 18, 30, 22, 18, 20, 7.0, 14.0, 14),
        Edition(EditionName.GIANT, 24, 36, 28, 24, 26, 8.0, 15.0, 18),
    )
}


@dataclass(frozen=True, slots=True)
class Size:
    """One size of sheet: its sides, its margins, and where its corner marks and machine codes stand."""

    name: SizeName
    width_mm: float
    height_mm: float
    top_mm: float
    side_mm: float
    mark_inset_mm: float
    """From the sheet's edges to the outer edges of a corner mark."""
    code_mm: float
    """The side of a machine code, without its quiet zone."""
    code_gap_mm: float
    """Between a corner mark and the machine code beside it."""
    folds_mm: tuple[float, ...] = ()

    @property
    def text_width_mm(self) -> float:
        """Give the width between the margins."""
        return self.width_mm - 2 * self.side_mm


SIZES: Final = {
    size.name: size
    for size in (
        Size(SizeName.A4, 210, 297, 24, 20, 9, 13, 4, folds_mm=(99.0, 198.0)),
        Size(SizeName.A5, 148, 210, 22, 14, 7, 12, 4),
        Size(SizeName.A6, 105, 148, 19, 8, 5, 11, 3),
    )
}


def folds(edition: Edition, size: Size) -> tuple[float, ...]:
    """Give the folds to keep clear, in mm from the top: large and giant print go in a flat envelope."""
    return size.folds_mm if edition.name is EditionName.CLEAR else ()
