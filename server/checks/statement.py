"""Counts of second looks → what can be said: how many are wrong at most, and how many more to check for a target."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from server.figures.bounds import Stratum, bound_over, checks_needed, shares
from server.queries.checks import Looked

TARGETS: Final = (0.0025, 0.005, 0.01, 0.02)
"""What can be chosen, as parts: without an error they take 1,197, 598, 299 and 149 checks."""

USUAL_TARGET: Final = 0.005


@dataclass(frozen=True, slots=True)
class Part:
    """One batch, as far as it is of one campaign: how much there is to check, and what was found."""

    batch_id: int
    size: int
    pool: int
    """Of these, how many chance chose when they were read, drawn or not."""
    looked: Looked = field(default_factory=Looked)

    @property
    def wrong(self) -> int:
        """Give how many count as wrong: those that differ, unless a third look found the first reading right."""
        return self.looked.checked - self.looked.agreed - self.looked.first_right

    @property
    def undrawn(self) -> int:
        """Give how many can still be drawn."""
        return max(0, self.pool - self.looked.drawn)


@dataclass(frozen=True, slots=True)
class Statement:
    """What can be said of some parts together, for a target (a part, 0 to 1)."""

    parts: tuple[Part, ...]
    target: float = USUAL_TARGET

    @property
    def size(self) -> int:
        """Give how many there are to check."""
        return sum(one.size for one in self.parts)

    @property
    def checked(self) -> int:
        """Give how many were checked."""
        return sum(one.looked.checked for one in self.parts)

    @property
    def waiting(self) -> int:
        """Give how many were drawn and not looked at yet."""
        return sum(one.looked.drawn - one.looked.checked for one in self.parts)

    @property
    def wrong(self) -> int:
        """Give how many count as wrong."""
        return sum(one.wrong for one in self.parts)

    @property
    def unsettled(self) -> int:
        """Give on how many the readings differ and nobody took a third look."""
        return sum(one.wrong - one.looked.first_wrong for one in self.parts)

    @property
    def second_wrong(self) -> int:
        """Give how many slips of the second reading a third look found."""
        return sum(one.looked.first_right for one in self.parts)

    @property
    def undrawn(self) -> int:
        """Give how many can still be drawn."""
        return sum(one.undrawn for one in self.parts)

    @property
    def unchecked(self) -> tuple[int, ...]:
        """Give the batches of which nothing was checked: nothing is said of them."""
        return tuple(one.batch_id for one in self.parts if one.size and not one.looked.checked)

    @property
    def bound(self) -> float | None:
        """Give how large a part is wrong at most, with 95 % confidence, in the batches that were checked."""
        covered = [one for one in self.parts if one.size and one.looked.checked]
        strata = [Stratum(one.size, one.looked.checked, one.wrong) for one in covered]
        return bound_over(strata) if strata else None

    @property
    def more(self) -> int:
        """Give how many more are to be checked for the target, if no more are wrong."""
        return sum(max(0, wanted - one.looked.checked) for one, wanted in self._wanted())

    @property
    def to_draw(self) -> dict[int, int]:
        """Give how many more to draw from each batch for the target, as far as there are any."""
        lacking = {one.batch_id: min(one.undrawn, max(0, wanted - one.looked.drawn)) for one, wanted in self._wanted()}
        return {batch: count for batch, count in lacking.items() if count}

    def _wanted(self) -> Iterable[tuple[Part, int]]:
        needed = checks_needed(self.target, self.wrong)
        sizes = [one.size for one in self.parts]
        # One batch alone gets all: the bound does not know how many there are.
        wanted = [needed if one.size else 0 for one in self.parts] if len(self.parts) == 1 else shares(needed, sizes)
        return zip(self.parts, wanted, strict=True)


def in_per_cent(part: float) -> str:
    """Write a bound in per cent with two decimals, rounded up: it is never said to be less than it is."""
    return f"{ceil(part * 10_000 - 1e-9) / 100:.2f}".removesuffix("0").removesuffix(".0") if part < 1 else "100"
