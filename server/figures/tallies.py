"""The answers to one question on a scale, counted: a measure's figure, and the mean of any scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from server.figures.rounding import percentage, rounded

POINTS: Final = 5
"""A scale has five points, best first; the sixth answer is none of them."""

NOTHING: Final = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many chose each point of a scale, best first; how many said it is not applicable, and how many nothing."""

    points: tuple[int, ...] = NOTHING
    not_applicable: int = 0
    blank: int = 0

    @property
    def valid(self) -> int:
        """Give how many answers a measure divides by: the five, and none else."""
        return sum(self.points)

    def satisfied(self, top: int = 2) -> int:
        """Give how many chose one of the first points."""
        return sum(self.points[:top])

    def exact(self, top: int = 2) -> Fraction | None:
        """Give the measure in per cent, exact; None when nobody answered."""
        return percentage(self.satisfied(top), self.valid) if self.valid else None

    def share(self, decimals: int = 1, top: int = 2) -> Decimal | None:
        """Give the measure in per cent as it is published; None when nobody answered."""
        exact = self.exact(top)
        return None if exact is None else rounded(exact, decimals)

    def mean(self) -> Fraction | None:
        """Give the mean of the points, 5 for the best and 1 for the worst; None when nobody answered."""
        if not self.valid:
            return None
        worth = sum(count * (len(self.points) - place) for place, count in enumerate(self.points))
        return Fraction(worth, self.valid)

    def __add__(self, other: "Tally") -> "Tally":
        """Give the answers of both."""
        points = tuple(one + more for one, more in zip(self.points, other.points, strict=True))
        return Tally(points, self.not_applicable + other.not_applicable, self.blank + other.blank)


def tally_of(
    counts: Mapping[str, int], points: tuple[str, ...], not_applicable: str, asked: int | None = None
) -> Tally:
    """Give the tally of counts by option. `asked` is how many were asked: those who chose nothing are blank."""
    five = tuple(counts.get(point, 0) for point in points)
    sixth = counts.get(not_applicable, 0)
    return Tally(five, sixth, 0 if asked is None else max(0, asked - sum(five) - sixth))
