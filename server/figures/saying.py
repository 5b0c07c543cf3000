"""Figures as sentences that claim no more than the answers carry: pages and PDFs say the same of the same figure.

A difference is told only where the 95 % interval of the difference leaves out nought (Newcombe, 1998, method 10: the
interval of a difference from the Wilson intervals of both shares). Else there are too few answers to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt
from typing import Final

from server.figures.accuracy import Interval, Standing, wilson

TOO_FEW: Final = "too few answers to say"
NOBODY: Final = "nobody has answered yet"
TENTHS: Final = ("none", "1 in 10", "2 in 10", "3 in 10", "4 in 10", "half", "6 in 10", "7 in 10", "8 in 10", "9 in 10")


class Change(StrEnum):
    """What may be said of the difference between two shares."""

    HIGHER = "higher"
    LOWER = "lower"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Measured:
    """A share in per cent with its 95 % interval."""

    share: float
    interval: Interval


def measured(satisfied: float, valid: float, population: int | None = None) -> Measured | None:
    """Give a share with its interval; None when nobody answered."""
    interval = wilson(satisfied, valid, population)
    return None if interval is None else Measured(100 * satisfied / valid, interval)


def measured_share(share: float, valid: int, population: int | None = None) -> Measured | None:
    """Give a published share (per cent) with its interval, by how many answers it stands on; None for no answers."""
    return measured(round(share * valid / 100), valid, population) if valid else None


def difference(now: Measured, before: Measured) -> Interval:
    """Give the 95 % interval of `now - before`, in points: Newcombe (1998), for shares of different people."""
    gap = now.share - before.share
    down = sqrt((now.share - now.interval.low) ** 2 + (before.interval.high - before.share) ** 2)
    up = sqrt((now.interval.high - now.share) ** 2 + (before.share - before.interval.low) ** 2)
    return Interval(gap - down, gap + up)


def change(now: Measured, before: Measured) -> Change:
    """Give what may be said of the difference."""
    of = difference(now, before)
    if of.low > 0:
        return Change.HIGHER
    return Change.LOWER if of.high < 0 else Change.UNSURE


def wording_of_change(now: Measured | None, before: Measured | None, when: str) -> str:
    """Give the change since an earlier year as words after the figure: up from 63.5 % in 2024-25."""
    if now is None or before is None:
        return f"no figure of {when} to compare with" if now else NOBODY
    earlier = f"{percent(before.share)} in {when}"
    words = {
        Change.HIGHER: f"up from {earlier}",
        Change.LOWER: f"down from {earlier}",
        Change.UNSURE: f"{earlier}; {TOO_FEW} if it has changed",
    }
    return words[change(now, before)]


def wording_of_difference(one: Measured | None, other: Measured | None, names: tuple[str, str]) -> str:
    """Give how two groups differ, as a sentence without its full stop."""
    first, second = names
    if one is None or other is None:
        return f"{first} and {second}: {TOO_FEW} which is higher"
    both = f"{percent(one.share)} of {first}, {percent(other.share)} of {second}"
    words = {
        Change.HIGHER: f"{both}: higher among {first}",
        Change.LOWER: f"{both}: lower among {first}",
        Change.UNSURE: f"{both}: {TOO_FEW} which is higher",
    }
    return words[change(one, other)]


def wording_of_measure(of: Measured | None) -> str:
    """Give a figure with its interval: 63.5 %, between 58.7 % and 68.0 % if everybody had answered."""
    if of is None:
        return NOBODY
    if of.interval.low == of.interval.high:
        return f"{percent(of.share)}; everybody answered"
    return f"{percent(of.share)}, between {percent(of.interval.low)} and {percent(of.interval.high)} at 95 %"


def wording_of_place(of: Measured | None, quartiles: tuple[float, float, float]) -> str:
    """Give where a figure stands among landlords, by the quartiles (lower, median, upper), as its interval allows."""
    if of is None:
        return NOBODY
    names = ("in the lowest quarter", "below the median", "above the median", "in the highest quarter")
    low, high = (quarter(end, quartiles) for end in (of.interval.low, of.interval.high))
    if low == high:
        return names[low]
    if high < 2 or low >= 2:
        return "below the median" if high < 2 else "above the median"
    return f"{names[quarter(of.share, quartiles)]}; {TOO_FEW} for sure"


def quarter(share: float, quartiles: Sequence[float]) -> int:
    """Give in which quarter a share stands, 0 for the lowest to 3; one that is a quartile stands above it."""
    return sum(share >= one for one in quartiles)


def wording_of_standing(standing: Standing) -> str:
    """Give where a year stands against the sample that it needs, in one or two sentences."""
    needed = f"± {standing.points:g} points need {ceil(standing.required):,} answers of {standing.population:,} homes"
    if not standing.population:
        return "No homes are known, so nobody can say how many answers are needed."
    if standing.margin is None:
        return f"No answer counts yet. {needed}."
    reached = f"{standing.answers:,} answers give ± {standing.margin:.1f} points"
    if standing.is_reached:
        return f"{reached}. That is enough: {needed}."
    enough = " A census that falls short of it is enough at this size." if standing.is_census_enough else ""
    return f"{reached}. {needed}: {standing.missing:,} more.{enough}"


def in_ten(share: float) -> str:
    """Give a share (per cent) in plain words for tenants: about 6 in 10, about half, nearly all."""
    if share >= 95:
        return "all" if share >= 100 else "nearly all"
    tenths = int(share / 10 + 0.5)
    if tenths == 0:
        return "almost none" if share > 0 else "none"
    return f"about {TENTHS[tenths]}"


def percent(share: float) -> str:
    """Write a share as 63.5 %."""
    return f"{share:.1f} %"
