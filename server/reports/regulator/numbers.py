"""What a cell of the regulator's workbook says: an exact number, however it is written, or none."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from server.reports.regulator.workbook import Cell

WRITTEN: Final = re.compile(r"(?:±|\+/-|\+)?(-?(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?|-?\.\d+)(%?)")
"""1,745, 63.5%, ± 4.7, .635; spaces around are taken away before."""

DIGITS: Final = 12
"""Significant digits that are taken for meant: a spreadsheet keeps 15, and the last are noise."""

DECIMALS_MAX: Final = 6
"""A number with this many decimals or more is taken for unrounded."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed."""

    value: Fraction
    decimals: int
    is_percent: bool = False
    """Whether a per cent sign stands beside it."""

    def times_hundred(self) -> "Number":
        """Give a fraction of one as per cent."""
        return Number(self.value * 100, max(0, self.decimals - 2), is_percent=True)


def number_of(cell: Cell) -> Number | None:
    """Give the number that a cell holds; None for [X], [S], n/a, a dash, words and nothing at all."""
    if isinstance(cell, float):
        return _number(Decimal(f"{cell:.{DIGITS}g}")) if abs(cell) < 10**DIGITS else None
    found = WRITTEN.fullmatch("".join(cell.split()).replace("\u200b", ""))
    if found is None:
        return None
    return _number(Decimal(found[1].replace(",", "")), is_percent=bool(found[2]))


def _number(value: Decimal, *, is_percent: bool = False) -> Number:
    exponent = value.normalize().as_tuple().exponent
    return Number(Fraction(value), max(0, -exponent) if isinstance(exponent, int) else 0, is_percent)


def words_of(cell: Cell) -> str:
    """Give a cell's words in one line; a code that the spreadsheet took for a number without its point."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return " ".join(cell.replace("\u200b", "").split())
