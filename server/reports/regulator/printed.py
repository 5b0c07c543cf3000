"""How finely a column is printed: to which decimal, and whether numbers of tenants are rounded to tens or hundreds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from server.reports.regulator.numbers import DECIMALS_MAX, Number

USUAL: Final = Fraction(9, 10)
"""So many of a column's numbers have its decimals or fewer: 64.0 is printed as 64."""

GRAINS: Final = (1000, 100, 50, 10, 5)
NUMBERS_MIN: Final = 12
"""So few numbers may all end in 0 by chance: one in a million million, were they as many as this."""


def usual_decimals(numbers: Iterable[Number | None]) -> int:
    """Give the decimals that a column is printed to; at most `DECIMALS_MAX`, for which it counts as unrounded."""
    counts = Counter(min(number.decimals, DECIMALS_MAX) for number in numbers if number is not None)
    seen = 0
    for decimals in sorted(counts):
        seen += counts[decimals]
        if seen >= USUAL * counts.total():
            return decimals
    return 0


def decimals_of(number: Number, usual: int) -> int:
    """Give the decimals of one number: those of its column, or its own where it has more."""
    return max(usual, min(number.decimals, DECIMALS_MAX))


def grain_of(numbers: Sequence[Number | None]) -> int:
    """Give what a column of sizes is rounded to: 1, or 5, 10, 50, 100, 1,000 where all of them are multiples."""
    values = [number.value for number in numbers if number is not None]
    if len(values) < NUMBERS_MIN:
        return 1
    return next((grain for grain in GRAINS if all(value % grain == 0 for value in values)), 1)


def is_printed_as(exact: Fraction | float, printed: Fraction, decimals: int) -> bool:
    """Tell whether a number rounds to what is printed; half a last place may have gone either way."""
    noise = Fraction(1, 10**9)  # of floating point
    return abs(Fraction(exact) - printed) <= Fraction(1, 2 * 10**decimals) + noise
