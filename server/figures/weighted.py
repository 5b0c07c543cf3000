"""Weighted counts of a year: each kind of respondent counted by its weight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.figures.counts import Part, Weighting
from server.figures.raking import Kind, Raked, rake
from server.figures.saying import Measured, measured
from server.figures.tallies import POINTS, Tally

GROUP_MIN: Final = 5
"""Groups with fewer respondents are put together before weighting: one of them would stand for too many homes."""

OTHERS: Final = "all others"


@dataclass(frozen=True, slots=True)
class Weighed:
    """Weighted counts with how the weights came about."""

    raked: Raked
    weighting: Weighting | None
    """None where there are no weights to use: `raked.why_not` says why."""


def join_small(
    kinds: Mapping[Kind, Part], names: Sequence[str], targets: Sequence[Mapping[str, float]]
) -> tuple[dict[Kind, Part], Sequence[str], list[dict[str, float]]]:
    """Give the same with the groups of each characteristic that have too few respondents put together as one."""
    small = [_small(kinds, place, target) for place, target in enumerate(targets)]
    joined = dict[Kind, Part]()
    for kind, part in kinds.items():
        key = tuple(OTHERS if value in small[place] else value for place, value in enumerate(kind))
        joined[key] = together(joined[key], part) if key in joined else part
    wanted = list[dict[str, float]]()
    for group, target in zip(small, targets, strict=True):
        rest = sum(number for value, number in target.items() if value in group)
        wanted.append({**{v: n for v, n in target.items() if v not in group}, **({OTHERS: rest} if rest else {})})
    return joined, names, wanted


def _small(kinds: Mapping[Kind, Part], place: int, target: Mapping[str, float]) -> set[str]:
    heard = dict.fromkeys(target, 0)
    for kind, part in kinds.items():
        heard[kind[place]] = heard.get(kind[place], 0) + part.answers
    return {value for value, number in heard.items() if number < GROUP_MIN}


def together(one: Part, other: Part) -> Part:
    """Give two parts as one."""
    measures, filters = dict(one.measures), dict(one.filters)
    for measure, tally in other.measures.items():
        measures[measure] = measures.get(measure, Tally()) + tally
    for name, (yes, no) in other.filters.items():
        before = filters.get(name, (0, 0))
        filters[name] = (before[0] + yes, before[1] + no)
    return Part(one.answers + other.answers, measures, filters)


def weighed(kinds: Mapping[Kind, Part], names: Sequence[str], targets: Sequence[Mapping[str, float]]) -> Weighed:
    """Give the counts weighted so that each named characteristic has the shares of its targets."""
    respondents = [kind for kind, part in kinds.items() for _ in range(part.answers)]
    raked = rake(respondents, names, targets)
    if raked.why_not:
        return Weighed(raked, None)
    return Weighed(raked, _weighting(kinds, tuple(names), raked.weights))


def _weighting(kinds: Mapping[Kind, Part], names: tuple[str, ...], weights: Mapping[Kind, float]) -> Weighting:
    points, sixths, filters = dict[str, list[float]](), dict[str, float](), dict[str, tuple[float, float]]()
    for kind, part in kinds.items():
        weight = weights.get(kind, 0.0)
        for measure, tally in part.measures.items():
            five = points.setdefault(measure, [0.0] * POINTS)
            for place, count in enumerate(tally.points):
                five[place] += weight * count
            sixths[measure] = sixths.get(measure, 0.0) + weight * tally.not_applicable
        for name, (yes, no) in part.filters.items():
            before = filters.get(name, (0.0, 0.0))
            filters[name] = (before[0] + weight * yes, before[1] + weight * no)
    return Weighting(names, {measure: tuple(five) for measure, five in points.items()}, sixths, filters)


def weighted_figure(of: Weighed, measure: str, top: int, population: int | None = None) -> Measured | None:
    """Give a weighted measure, in per cent, with an interval as wide as the weights make it (Kish's design effect)."""
    if of.weighting is None:
        return None
    points = of.weighting.points.get(measure, ())
    effect = of.raked.design_effect
    return measured(sum(points[:top]) / effect, sum(points) / effect, population)
