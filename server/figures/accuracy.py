"""How sure a figure is: the sample that a landlord needs, the margin it reaches, the interval around one measure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final

Z: Final = 1.96
"""Of a 95 % interval, rounded as the regulator rounds it."""

EVEN: Final = 0.25
"""p (1 - p) for p = 0.5, which is how the regulator works out samples and margins whatever the measure."""

TABLE_SIZES: Final = (1_000, 1_500, 1_745, 2_000, 2_499, 2_500, 5_000, 9_999, 10_000, 24_999, 25_000, 50_000)


@dataclass(frozen=True, slots=True)
class Band:
    """Landlords below a number of tenants must reach so many points (±, at 95 %); no limit for the largest."""

    below: int | None
    points: float


@dataclass(frozen=True, slots=True)
class Interval:
    """The lower and the upper end, in per cent."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a year stands against the sample that it needs."""

    population: int
    answers: int
    points: float
    """± that must be reached."""
    required: float
    margin: float | None
    """± that is reached; None while there are no answers."""
    is_census_enough: bool
    """Whether having asked everybody is enough where the answers fall short."""

    @property
    def is_reached(self) -> bool:
        """Tell whether there are as many answers as are needed."""
        return self.answers >= self.required

    @property
    def missing(self) -> int:
        """Give how many more answers are needed."""
        return max(0, ceil(self.required) - self.answers)


def points_for(population: int, bands: Sequence[Band]) -> float:
    """Give the accuracy (± points) that a landlord of so many tenants must reach."""
    return next(band.points for band in bands if band.below is None or population < band.below)


def required_sample(population: int, points: float) -> float:
    """Give the answers needed for ± points among so many tenants, unrounded: 314.85 for 1,745 and 5."""
    if population <= 0:
        return 0.0
    unlimited = Z**2 * EVEN / (points / 100) ** 2
    return unlimited / (1 + unlimited / population)


def margin(answers: int, population: int) -> float:
    """Give the ± points that so many answers of so many tenants reach: 4.71 for 347 of 1,745.

    Raises ValueError when there are no answers. Nothing is unsure when everybody answered.
    """
    if answers <= 0:
        raise ValueError("no margin can be worked out from no answers")
    if answers >= population:
        return 0.0
    return 100 * Z * sqrt(EVEN / answers * (population - answers) / (population - 1))


def wilson(satisfied: float, valid: float, population: int | None = None) -> Interval | None:
    """Give the 95 % interval of a share, in per cent; None when there are no answers.

    Wilson (1927), with the answers made more by the finite population correction, (N - 1) / (N - n): an answer says
    more where few are left who could have answered otherwise.
    """
    if valid <= 0:
        return None
    share = satisfied / valid
    if population is not None and valid >= population:
        return Interval(100 * share, 100 * share)
    worth = valid if population is None else valid * (population - 1) / (population - valid)
    middle = (share + Z**2 / (2 * worth)) / (1 + Z**2 / worth)
    half = Z / (1 + Z**2 / worth) * sqrt(share * (1 - share) / worth + Z**2 / (4 * worth**2))
    return Interval(max(0.0, 100 * (middle - half)), min(100.0, 100 * (middle + half)))


def standing(population: int, answers: int, bands: Sequence[Band], census_up_to: int) -> Standing:
    """Give where so many answers stand."""
    points = points_for(population, bands)
    return Standing(
        population=population,
        answers=answers,
        points=points,
        required=required_sample(population, points),
        margin=margin(answers, population) if answers else None,
        is_census_enough=population <= census_up_to,
    )


def sample_table(bands: Sequence[Band], sizes: Iterable[int] = TABLE_SIZES) -> tuple[tuple[int, float, int], ...]:
    """Give sizes, each with the ± points and the whole number of answers that it needs."""
    points = ((size, points_for(size, bands)) for size in sizes)
    return tuple((size, asked, ceil(required_sample(size, asked))) for size, asked in points)
