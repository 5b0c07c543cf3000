"""Counts of one question → what is shown of it: bars with their shares, a mean where a scale allows, a spread. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from server.figures.rounding import percentage, rounded
from server.figures.tallies import Tally

BARS_MAX: Final = 12
"""Numbers that differ more than this are put together into ranges: more bars than these cannot be read."""

RANGES: Final = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a question's table."""

    words: str
    count: int
    share: Decimal | None
    """In per cent of those who answered."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What is shown of one question."""

    answered: int
    bars: tuple[Bar, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """Words, and the figure that they are about."""


def chosen(counts: Mapping[str, int], options: Mapping[str, str], answered: int) -> Summary:
    """Summarise a question answered by choosing; whoever chose several counts in each."""
    return Summary(answered, _bars([(words, counts.get(option, 0)) for option, words in options.items()], answered))


def scaled(counts: Mapping[str, int], options: Mapping[str, str], points: Sequence[str], answered: int) -> Summary:
    """Summarise a scale, best point first: the share of the first two among the five, and the mean."""
    tally = Tally(tuple(counts.get(point, 0) for point in points))
    found = chosen(counts, options, answered)
    mean, share = tally.mean(), tally.share()
    if mean is None or share is None:
        return found
    two = " or ".join(f"“{options[point]}”" for point in points[:2])
    facts = ((two, f"{share} %"), ("Mean of the five points, 5 the best", str(rounded(mean, 1))))
    return Summary(found.answered, found.bars, facts)


def numbers(counts: Mapping[str, int]) -> Summary:
    """Summarise whole numbers as they were written."""
    by_value = sorted((int(written), number) for written, number in counts.items())
    answered = sum(number for _, number in by_value)
    if not answered:
        return Summary(0)
    total = sum(value * number for value, number in by_value)
    facts = (
        ("Smallest", f"{by_value[0][0]:,}"),
        ("Median", f"{_median(by_value, answered):g}"),
        ("Mean", str(rounded(Fraction(total, answered), 1))),
        ("Largest", f"{by_value[-1][0]:,}"),
    )
    return Summary(answered, _bars(_ranges(by_value), answered), facts)


def days(counts: Mapping[str, int]) -> Summary:
    """Summarise days as they were written, 2026-11-22, by month."""
    by_day = sorted((date.fromisoformat(written), number) for written, number in counts.items())
    answered = sum(number for _, number in by_day)
    if not answered:
        return Summary(0)
    by_month = dict[str, int]()
    for day, number in by_day:
        month = f"{day:%B %Y}"
        by_month[month] = by_month.get(month, 0) + number
    facts = (("First", _written(by_day[0][0])), ("Last", _written(by_day[-1][0])))
    return Summary(answered, _bars(list(by_month.items()), answered), facts)


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _bars(counts: Sequence[tuple[str, int]], answered: int) -> tuple[Bar, ...]:
    return tuple(
        Bar(words, count, rounded(percentage(count, answered), 1) if answered else None) for words, count in counts
    )


def _median(by_value: Sequence[tuple[int, int]], answered: int) -> float:
    """Give the middle value, or the mean of the two in the middle."""
    places, passed, found = ((answered - 1) // 2, answered // 2), 0, list[int]()
    for value, number in by_value:
        found += [value for place in places if passed <= place < passed + number]
        passed += number
    return sum(found) / 2


def _ranges(by_value: Sequence[tuple[int, int]]) -> list[tuple[str, int]]:
    """Give numbers by themselves, or in ranges of one width where there are too many."""
    if len(by_value) <= BARS_MAX:
        return [(f"{value:,}", number) for value, number in by_value]
    low, high = by_value[0][0], by_value[-1][0]
    width = -(-(high - low + 1) // RANGES)
    found = dict.fromkeys(range(low, high + 1, width), 0)
    for value, number in by_value:
        found[low + (value - low) // width * width] += number
    return [(f"{start:,} to {start + width - 1:,}", number) for start, number in found.items()]
