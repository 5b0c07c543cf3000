"""What reading got right and wrong over many simulated returns, as counts that add up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

GAP_STEP_MM = 0.002
"""Gaps between where a box is and where it was found are counted in steps of this."""


@dataclass(slots=True)
class Tally:
    """Counts over the pages of one wear."""

    counts: Counter[str] = field(default_factory=Counter)
    gaps: Counter[int] = field(default_factory=Counter)
    """Boxes by the distance from their true place, in steps of `GAP_STEP_MM`."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Questions doubted that are clear to a person, by the reason given."""
    cases: Counter[str] = field(default_factory=Counter)
    """Truly ambiguous questions, by case."""
    found: list[str] = field(default_factory=list)
    """What to look at: each wrong answer, ambiguous question accepted, wrong identity or flip, by seed and page."""

    def __iadd__(self, other: "Tally") -> "Tally":
        self.counts.update(other.counts)
        self.gaps.update(other.gaps)
        self.reasons.update(other.reasons)
        self.cases.update(other.cases)
        self.found += other.found
        return self

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    def gap_mm(self, share: float) -> float:
        """Give the distance that this share of the boxes keeps to, in mm."""
        steps = sorted(self.gaps)
        if not steps:
            return float("nan")
        reached = np.cumsum([self.gaps[step] for step in steps])
        return float((steps[int(np.searchsorted(reached, share * reached[-1]))] + 1) * GAP_STEP_MM)

    def plain(self) -> dict[str, object]:
        """Give the counts as they are recorded."""
        return {
            "counts": dict(self.counts),
            "gaps": {str(step): count for step, count in sorted(self.gaps.items())},
            "reasons": dict(self.reasons),
            "cases": dict(self.cases),
            "found": self.found,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, dict[str, int]]) -> "Tally":
        """Give back what `plain` gave."""
        return cls(
            Counter(plain["counts"]),
            Counter({int(step): count for step, count in plain["gaps"].items()}),
            Counter(plain["reasons"]),
            Counter(plain["cases"]),
            list(plain["found"]),
        )


def added(tallies: Iterable[Tally]) -> Tally:
    """Give the sum of tallies."""
    total = Tally()
    for tally in tallies:
        total += tally
    return total


def bound_of_zero(trials: int) -> float:
    """Give the 95 % upper bound of a rate of which none was seen in n trials (exactly: 1 - 0.05^(1/n))."""
    return float(1 - 0.05 ** (1 / trials)) if trials else float("nan")
