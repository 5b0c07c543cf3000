"""How many are wrong at most: exact one-sided bounds from a random sample (Clopper and Pearson, 1934).

What is drawn without putting back is less spread than the binomial, so the bounds hold for any size of what it is drawn
from (Hoeffding, 1963). They hold for a number of checks that was fixed before: who goes on only until a figure looks
well is right a little less often than is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, log, log1p
from typing import Final

CONFIDENCE: Final = 0.95
"""How often a bound holds at least."""

CHECKED_MAX: Final = 10_000_000
"""No target asks for more checks than this."""

STEPS: Final = 60
"""Halvings of 0 to 1: to the last digit of what a number holds."""


def upper_bound(wrong: int, checked: int, confidence: float = CONFIDENCE) -> float:
    """Give the largest part, 0 to 1, of which so few wrong ones would still be found often enough; 1 of nothing."""
    if wrong >= checked:
        return 1.0
    low, high = wrong / checked, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if at_most(wrong, checked, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def at_most(wrong: int, checked: int, part: float) -> float:
    """Give how likely at most so many of those checked are wrong where a part of all is, by the binomial."""
    if part <= 0:
        return 1.0
    if part >= 1:
        return 1.0 if wrong >= checked else 0.0
    whole = lgamma(checked + 1)
    return fsum(
        exp(whole - lgamma(k + 1) - lgamma(checked - k + 1) + k * log(part) + (checked - k) * log1p(-part))
        for k in range(wrong + 1)
    )


def checks_needed(target: float, wrong: int = 0, confidence: float = CONFIDENCE) -> int:
    """Give the least number of checks with so many wrong from which the bound is at most the target, 0 to 1.

    Raises `ValueError` for a target that nothing or everything meets.
    """
    if not 0 < target < 1:
        raise ValueError("a target is a part between 0 and 1")
    low, high = wrong, wrong + 1
    while at_most(wrong, high, target) > 1 - confidence:
        low, high = high, min(2 * high, CHECKED_MAX)
        if low == high:
            return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if at_most(wrong, middle, target) > 1 - confidence else (low, middle)
    return high


@dataclass(frozen=True, slots=True)
class Stratum:
    """One part of what is checked, such as a batch: how many there are, and of a random sample how many are wrong."""

    size: int
    checked: int
    wrong: int


def bound_over(strata: Sequence[Stratum], confidence: float = CONFIDENCE) -> float:
    """Give the bound for all parts together, however unevenly they were checked; 1 while one was not checked at all.

    The sum of what is found in samples of several parts is less spread than the binomial of their mean (Hoeffding,
    1956), which bounds the mean as sampled. The mean of all is at most as many times that as the part that was checked
    the least is larger among all than in the sample. Parts with nothing in them do not count.
    """
    parts = [one for one in strata if one.size > 0]
    checked, size = sum(one.checked for one in parts), sum(one.size for one in parts)
    if not parts or any(one.checked == 0 for one in parts):
        return 1.0
    uneven = max(one.size * checked / (one.checked * size) for one in parts)
    return min(1.0, uneven * upper_bound(sum(one.wrong for one in parts), checked, confidence))


def shares(total: int, sizes: Sequence[int]) -> list[int]:
    """Give how many of a total to check in each part, so that each is checked as densely; no more than there are."""
    size = sum(sizes)
    return [min(one, -(-total * one // size)) for one in sizes] if size else [0 for _ in sizes]
