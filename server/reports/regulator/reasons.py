"""Why a printed figure is not what its counts give: the first explanation that gives the printed one."""

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Final

from server.figures.accuracy import EVEN, Z, required_sample
from server.figures.directions import Direction
from server.figures.rounding import percentage
from server.reports.regulator.landlords import Landlord
from server.reports.regulator.numbers import Number
from server.reports.regulator.printed import is_printed_as

LAST_PLACES: Final = 3
"""A figure that is only so many last places off has been rounded on the way, or typed from elsewhere."""

NO_REASON: Final = "no known way of counting gives what is printed: a count or the figure is mistyped"


def of_share(landlord: Landlord, measure: str, printed: Number, decimals: int, rules: Direction) -> str:
    """Say how a printed percentage may have come about."""
    for words, other in _other_shares(landlord, measure, rules):
        if is_printed_as(other, printed.value, decimals):
            return words
    points = landlord.counts[measure].known
    exact = percentage(sum(points[: rules.top_answers]), sum(points))
    if Fraction(floor(exact * 10**decimals), 10**decimals) == printed.value:
        return "it is cut off, not rounded"
    if is_printed_as(exact, printed.value, printed.decimals):
        return f"it is rounded to {printed.decimals} decimals, unlike the others"
    if abs(exact - printed.value) <= Fraction(LAST_PLACES, 10**decimals):
        return "it is off in its last place only: rounded on the way, or typed from elsewhere"
    if None in landlord.counts[measure].points:
        return "one of its counts is empty, and nought does not give what is printed"
    return NO_REASON


def _other_shares(landlord: Landlord, measure: str, rules: Direction) -> Iterator[tuple[str, Fraction]]:
    counts = landlord.counts[measure]
    top, valid = sum(counts.known[: rules.top_answers]), sum(counts.known)
    if counts.sixth:
        yield "“not applicable / don't know” is among the answers it divides by", percentage(top, valid + counts.sixth)
    if landlord.achieved and landlord.achieved.value:
        yield "it divides by all who took part, blanks too", percentage(top, landlord.achieved.value)
    yield "only the first answer is counted as satisfied", percentage(counts.known[0], valid)
    yield "it is the share of the dissatisfied", percentage(sum(counts.known[3:]), valid)
    yield "the middle answer is counted as satisfied", percentage(sum(counts.known[:3]), valid)


def of_sample(landlord: Landlord, printed: Number, rules: Direction) -> str:
    """Say how a printed sample may have come about."""
    tenants = int(landlord.population.value) if landlord.population else 0
    for band in rules.bands:
        if abs(required_sample(tenants, band.points) - float(printed.value)) <= 1:
            return f"it is the sample for ±{band.points:g} points, which a landlord of another size needs"
        if abs(Z**2 * EVEN / (band.points / 100) ** 2 - float(printed.value)) <= 1:
            return "it is the sample of a landlord without a limit of tenants"
    return NO_REASON


def of_margin(landlord: Landlord, printed: Number) -> str:
    """Say how a printed margin may have come about."""
    answers = float(landlord.achieved.value) if landlord.achieved else 0.0
    tenants = float(landlord.population.value) if landlord.population else 0.0
    unlimited = 100 * Z * (EVEN / answers) ** 0.5
    if abs(unlimited - float(printed.value)) < 0.05:
        return "it takes no account of how many tenants there are"
    if answers > tenants:
        return "there are more answers than tenants"
    return NO_REASON
