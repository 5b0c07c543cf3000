"""Who is heard: the homes that answered, group by group, against all homes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

from server.figures.accuracy import Z

FEWEST_EXPECTED: Final = 5.0
"""Below so many answers expected of a group, chance alone explains any number: the usual rule for a normal bound."""


class Heard(StrEnum):
    """How many of a group are heard, against what its homes would let one expect."""

    FEWER = "fewer"
    AS_EXPECTED = "as expected"
    MORE = "more"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Reach:
    """One group: how many homes it has, how many of them were asked, and how many are heard."""

    name: str
    homes: int
    asked: int
    heard: int
    of_homes: float
    """Its share of all homes, in per cent."""
    of_heard: float
    """Its share of all that are heard, in per cent."""
    stands: Heard

    @property
    def rate(self) -> float:
        """Give how many of its homes are heard, in per cent; nought where it has none."""
        return 100 * self.heard / self.homes if self.homes else 0.0

    @property
    def gap(self) -> float:
        """Give by how many points its share of the heard is above its share of the homes."""
        return self.of_heard - self.of_homes


def reach_of(homes: Mapping[str, int], asked: Mapping[str, int], heard: Mapping[str, int]) -> tuple[Reach, ...]:
    """Give each group that has homes or answers, by name."""
    all_homes, all_heard = sum(homes.values()), sum(heard.values())
    return tuple(
        Reach(
            name=name,
            homes=homes.get(name, 0),
            asked=asked.get(name, 0),
            heard=heard.get(name, 0),
            of_homes=_share(homes.get(name, 0), all_homes),
            of_heard=_share(heard.get(name, 0), all_heard),
            stands=stands(heard.get(name, 0), homes.get(name, 0), all_heard, all_homes),
        )
        for name in sorted({*homes, *heard})
    )


def stands(heard: int, homes: int, all_heard: int, all_homes: int) -> Heard:
    """Tell whether a group is heard as much as chance would have it, were answers drawn from all homes (at 95 %)."""
    if not all_heard or all_homes <= 1 or homes in (0, all_homes):
        return Heard.UNSURE if not all_heard or homes == 0 else Heard.AS_EXPECTED
    share = homes / all_homes
    expected = all_heard * share
    if expected < FEWEST_EXPECTED:
        return Heard.UNSURE
    spread = sqrt(expected * (1 - share) * max(0, all_homes - all_heard) / (all_homes - 1))
    if abs(heard - expected) <= Z * spread:
        return Heard.AS_EXPECTED
    return Heard.FEWER if heard < expected else Heard.MORE


def is_off(groups: Sequence[Reach]) -> bool:
    """Tell whether any group is heard otherwise than chance would have it: then weighting is to be thought about."""
    return any(one.stands in (Heard.FEWER, Heard.MORE) for one in groups)


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0
