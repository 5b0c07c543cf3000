"""Weights that make those who answered look like the tenants: iterative proportional fitting, also called raking.

Deming and Stephan (1940): each characteristic in turn has its weights multiplied so that its shares are the tenants',
until none of them moves any more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

ROUNDS_MAX: Final = 1_000
"""Most surveys are done within 20; what is not done by now does not settle."""

GAP_MAX: Final = 1e-10
"""A share that is this near to the tenants' is theirs: far below the 0.1 points that are printed."""

Kind = tuple[str, ...]
"""A respondent's value of each characteristic, in their order."""


@dataclass(frozen=True, slots=True)
class Raked:
    """What raking gave."""

    weights: Mapping[Kind, float]
    """The weight of a respondent of each kind, 1.0 on average; empty when there are none."""
    rounds: int
    gap: float
    """The largest difference that is left between a weighted share and the tenants' (0 to 1)."""
    why_not: tuple[str, ...] = ()
    """Why there are no weights to use, in words; empty when all is well."""
    design_effect: float = 1.0
    """How many answers are as good as one unweighted one (Kish, 1965): 1 + the weights' relative variance."""


def rake(kinds: Sequence[Kind], names: Sequence[str], targets: Sequence[Mapping[str, float]]) -> Raked:
    """Give weights for respondents of these kinds, so that each named characteristic has the shares of its targets.

    Targets are numbers of tenants or shares: only their proportions count. A value that no tenant has, and one that
    no respondent has, are told instead of weighted.
    """
    counts = Counter(kinds)
    why_not = _impossible(counts, names, targets)
    if why_not:
        return Raked({}, 0, 1.0, why_not)
    shares = [_shares(target) for target in targets]
    weights = dict.fromkeys(counts, 1.0)
    gap, rounds = _gap(weights, counts, shares), 0
    while gap > GAP_MAX and rounds < ROUNDS_MAX:
        rounds += 1
        for place, share in enumerate(shares):
            _fit(weights, counts, place, share)
        gap = _gap(weights, counts, shares)
    if gap > GAP_MAX:
        words = f"the weights do not settle: after {rounds} rounds a share is still {100 * gap:.2g} points off"
        return Raked({}, rounds, gap, (f"{words}. Use fewer characteristics, or join small groups.",))
    return Raked(weights, rounds, gap, (), _design_effect(weights, counts))


def _impossible(counts: Counter[Kind], names: Sequence[str], targets: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
    if not counts:
        return ("nobody has answered yet",)
    found = list[str]()
    for place, (name, target) in enumerate(zip(names, targets, strict=True)):
        here = {kind[place] for kind in counts}
        wanted = {value for value, number in target.items() if number > 0}
        found += [
            f"{name}: no tenant is “{value}”, but somebody who answered is. Correct the households, or join groups."
            for value in sorted(here - wanted)
        ]
        found += [
            f"{name}: nobody who is “{value}” has answered. Join it with another group."
            for value in sorted(wanted - here)
        ]
    return tuple(found)


def _shares(target: Mapping[str, float]) -> dict[str, float]:
    whole = sum(target.values())
    return {value: number / whole for value, number in target.items() if number > 0}


def _sums(weights: Mapping[Kind, float], counts: Counter[Kind], place: int) -> dict[str, float]:
    sums = dict[str, float]()
    for kind, weight in weights.items():
        sums[kind[place]] = sums.get(kind[place], 0.0) + weight * counts[kind]
    return sums


def _fit(weights: dict[Kind, float], counts: Counter[Kind], place: int, share: Mapping[str, float]) -> None:
    answers = counts.total()
    factors = {value: share[value] * answers / found for value, found in _sums(weights, counts, place).items()}
    for kind in weights:
        weights[kind] *= factors[kind[place]]


def _gap(weights: Mapping[Kind, float], counts: Counter[Kind], shares: Sequence[Mapping[str, float]]) -> float:
    answers = counts.total()
    return max(
        abs(_sums(weights, counts, place).get(value, 0.0) / answers - wanted)
        for place, share in enumerate(shares)
        for value, wanted in share.items()
    )


def _design_effect(weights: Mapping[Kind, float], counts: Counter[Kind]) -> float:
    return sum(weight**2 * counts[kind] for kind, weight in weights.items()) / counts.total()
