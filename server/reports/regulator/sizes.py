"""Required samples and margins against printed ones, where sizes may be rounded in another way each year."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Final

from server.figures.accuracy import margin, points_for, required_sample
from server.figures.directions import Direction
from server.reports.regulator.landlords import Landlord, Perception
from server.reports.regulator.numbers import Number
from server.reports.regulator.printed import decimals_of, grain_of, is_printed_as, usual_decimals

NEAREST: Final = "to the nearest"
WAYS: Final[Mapping[str, Callable[[int], tuple[int, int]]]] = {
    NEAREST: lambda grain: (grain // 2, grain // 2),
    "up": lambda grain: (grain - 1, 0),
    "down": lambda grain: (0, grain - 1),
}
"""How a number may have been rounded to a grain → how far below and above the printed one it may have been."""

NOISE: Final = Fraction(1, 10**9)
"""Of floating point."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """How the whole numbers of a column are rounded."""

    grain: int = 1
    way: str = NEAREST

    def around(self, size: int) -> range:
        """Give the sizes that are printed as this one; only itself where nothing is rounded."""
        below, above = WAYS[self.way](self.grain)
        return range(max(1, size - below), size + above + 1)

    def agrees(self, exact: float, printed: Fraction, decimals: int) -> bool:
        """Tell whether a number that need not be whole is printed so."""
        if self.grain == 1 and self.way == NEAREST:
            return is_printed_as(exact, printed, decimals)
        half, whole = Fraction(self.grain, 2), Fraction(self.grain)
        none = Fraction(0)
        spans = {NEAREST: (half, half), "up": (whole, none), "down": (none, whole)}
        low, high = spans[self.way]
        return printed - low - NOISE <= Fraction(exact) <= printed + high + NOISE

    def says(self, what: str) -> str:
        """Tell how the column is rounded; nothing where it is as the numbers are."""
        if self.grain == 1 and self.way == NEAREST:
            return ""
        to = "whole ones" if self.grain == 1 else f"{self.grain}"
        return f"{what} are rounded {self.way if self.way == NEAREST else f'{self.way} to'} {to}"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How a table prints sizes, and what agrees with that."""

    rules: Direction
    sample_decimals: int
    margin_decimals: int
    samples: Rounding
    tenants: Rounding
    answers: Rounding

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell what the table rounds: whatever any number that is rounded so gives, agrees."""
        said = (
            self.samples.says("required samples"),
            self.tenants.says("numbers of tenants"),
            self.answers.says("answers achieved"),
        )
        return tuple(words for words in said if words)

    def sample_agrees(self, landlord: Landlord, printed: Number) -> bool:
        """Tell whether a printed sample is what the number of tenants asks for."""
        decimals = decimals_of(printed, self.sample_decimals)
        return any(
            self.samples.agrees(required_sample(size, points_for(size, self.rules.bands)), printed.value, decimals)
            for size in self.tenants.around(_whole(landlord.population))
        )

    def margin_agrees(self, landlord: Landlord, printed: Number) -> bool:
        """Tell whether a printed margin is what the answers achieved come to."""
        decimals = decimals_of(printed, self.margin_decimals)
        if is_printed_as(self.margin(landlord), printed.value, decimals):
            return True
        tenants = self.tenants.around(_whole(landlord.population))
        answers = self.answers.around(_whole(landlord.achieved))
        half = Fraction(1, 2 * 10**decimals) + NOISE
        least, most = margin(answers[-1], tenants[0]), margin(answers[0], tenants[-1])
        is_rounded = len(tenants) > 1 or len(answers) > 1
        return is_rounded and Fraction(least) - half <= printed.value <= Fraction(most) + half

    def margin(self, landlord: Landlord) -> float:
        """Give the margin of the sizes as printed."""
        return margin(_whole(landlord.achieved), _whole(landlord.population))


def sizes_of(table: Perception, rules: Direction) -> Sizes:
    """Work out how a table rounds its sizes: of all ways to round them, the one that most samples agree with."""
    every = table.landlords
    decimals = usual_decimals(landlord.required for landlord in every)
    margin_decimals = usual_decimals(landlord.margin for landlord in every)
    samples = _ways(grain_of([one.required for one in every]), is_whole=decimals == 0)
    tenants = _ways(grain_of([one.population for one in every]), is_whole=False)
    answers = Rounding(grain_of([one.achieved for one in every]))
    ways = [Sizes(rules, decimals, margin_decimals, *pair, answers) for pair in product(samples, tenants)]
    return ways[0] if len(ways) == 1 else max(ways, key=lambda sizes: _samples_that_agree(sizes, table))


def _ways(grain: int, *, is_whole: bool) -> list[Rounding]:
    """Give the ways in which a column may have been rounded; only one where its numbers are as they were."""
    return [Rounding(grain, way) for way in WAYS] if grain > 1 or is_whole else [Rounding()]


def _samples_that_agree(sizes: Sizes, table: Perception) -> int:
    return sum(
        sizes.sample_agrees(landlord, landlord.required)
        for landlord in table.landlords
        if landlord.required and landlord.population and landlord.population.value >= 1
    )


def _whole(number: Number | None) -> int:
    return round(number.value) if number else 0
