"""Percentages as the regulator prints them: exact, and rounded half up only when they are shown."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Give a number to so many decimals; half a last place goes up, as it does in the regulator's dataset."""
    exact = Decimal(value.numerator * 10**decimals) / Decimal(value.denominator)
    return (exact.quantize(Decimal(1), ROUND_HALF_UP)).scaleb(-decimals)


def percentage(part: int | Fraction, whole: int | Fraction) -> Fraction:
    """Give a part of a whole in per cent, exact; `ZeroDivisionError` when the whole is nothing."""
    return Fraction(part) * 100 / Fraction(whole)
