"""The regulator's return: each field of its data dictionary with what our counts give for it."""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Final

from forms.measures import measure_set
from server.figures.counts import Counts
from server.figures.directions import Direction, Method
from server.figures.rounding import percentage, rounded
from server.reports import returns
from server.sheets import Cell

NEWEST: Final = "tsm-2025"
HEADINGS: Final = ("Section", "Question", "Field", "Datapoint", "What it asks for", "Value", "To do")
OFFICER: Final = "An officer fills this in: it is not in the answers."
TOO_FEW: Final = "Left empty: fewer than {least} answers came by this method."
NONE_CAME: Final = "Left empty: no answers came by this method."
WEIGHT_WORDS: Final = "Choose the regulator's word for it."

METHOD_NAMES: Final[Mapping[str, Method]] = {
    "telephone": Method.TELEPHONE,
    "internet": Method.INTERNET,
    "facetoface": Method.FACE_TO_FACE,
    "postal": Method.POSTAL,
    "sms": Method.SMS,
    "other": Method.OTHER,
}
POINT_NAMES: Final = {"vs": 0, "fs": 1, "nsd": 2, "nsod": 2, "fd": 3, "vd": 4}
FIRST: Final = "TP01"


@dataclass(frozen=True, slots=True)
class ReturnField:
    """One field of the return."""

    homes: str
    section: str
    question: str
    field: str
    datapoint: str
    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Value:
    """What goes into a field, and what an officer must still do about it."""

    value: Cell = None
    to_do: str = ""


Filled = tuple[ReturnField, Value]


@cache
def return_fields(name: str = NEWEST) -> tuple[ReturnField, ...]:
    """Give the fields of a year's return, in the order of the regulator's dictionary."""
    text = (resources.files(returns) / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(ReturnField(**row) for row in csv.DictReader(text.splitlines()))


def filled(counts: Counts, rules: Direction, name: str = NEWEST) -> tuple[Filled, ...]:
    """Give every field of the return for the homes that were counted, with its value."""
    wanted = [field for field in return_fields(name) if field.homes == counts.homes]
    return tuple((field, _value(field.field.casefold(), counts, rules)) for field in wanted)


def return_rows(filled_in: Sequence[Filled]) -> list[tuple[Cell, ...]]:
    """Give the return as rows beneath `HEADINGS`."""
    return [
        (field.section, field.question, field.field, field.datapoint, field.words, value.value, value.to_do)
        for field, value in filled_in
    ]


def _value(field: str, counts: Counts, rules: Direction) -> Value:
    for pattern, give in PATTERNS:
        if found := pattern.fullmatch(field):
            return give(counts, rules, *found.groups())
    return Value(to_do=OFFICER)


def _population(counts: Counts, _: Direction) -> Value:
    return Value(counts.population, "Check it against the tenancies at the time of the survey.")


def _answers(counts: Counts, _: Direction) -> Value:
    return Value(counts.answers)


def _excluded(counts: Counts, _: Direction) -> Value:
    to_do = "Check that each was left out for one of the reasons that the regulator allows." if counts.excluded else ""
    return Value(counts.excluded, to_do)


def _approach(counts: Counts, _: Direction) -> Value:
    return Value("Census" if counts.is_census else "Sample")


def _by_method(counts: Counts, _: Direction, method: str) -> Value:
    return Value(counts.by_method.get(METHOD_NAMES[method], 0))


def _share_by_method(counts: Counts, rules: Direction, method: str) -> Value:
    tally = counts.overall_by_method.get(METHOD_NAMES[method])
    if tally is None or not tally.valid:
        return Value(to_do=NONE_CAME)
    if tally.valid < rules.method_answers_min:
        return Value(to_do=TOO_FEW.format(least=rules.method_answers_min))
    return Value(_number(tally.exact(rules.top_answers), rules))


def _share(counts: Counts, rules: Direction, measure: str) -> Value:
    points = _points(counts, measure.upper())
    return Value(_number(_part(points, rules), rules), "" if sum(points) else "Nobody answered it.")


def _point(counts: Counts, _: Direction, measure: str, point: str) -> Value:
    return Value(_plain(_points(counts, measure.upper())[POINT_NAMES[point]]))


def _not_applicable(counts: Counts, _: Direction, measure: str) -> Value:
    if counts.weighting:
        return Value(_plain(counts.weighting.not_applicable.get(measure.upper(), 0)))
    tally = counts.measures.get(measure.upper())
    return Value(tally.not_applicable if tally else 0)


def _filter(counts: Counts, rules: Direction, measure: str, answer: str) -> Value:
    filters: Mapping[str, tuple[float, float]] = counts.weighting.filters if counts.weighting else counts.filters
    after = measure_set(rules.measures).measures[measure.upper()].after
    yes, no = filters.get(after or "", (0, 0))
    return Value(_plain(yes if answer == "yes" else no))


def _is_weighted(counts: Counts, _: Direction) -> Value:
    return Value("Yes" if counts.weighting else "No")


def _are_methods_weighted(counts: Counts, _: Direction) -> Value:
    return Value("Unweighted" if counts.answers else None)


def _characteristic(counts: Counts, rules: Direction, number: str) -> Value:
    chosen = counts.weighting.characteristics[: rules.weighting_characteristics_max] if counts.weighting else ()
    place = int(number) - 1
    return Value(chosen[place], WEIGHT_WORDS) if place < len(chosen) else Value()


def _unweighted_point(counts: Counts, _: Direction, point: str) -> Value:
    return Value(counts.measures[FIRST].points[POINT_NAMES[point]]) if counts.weighting else Value()


def _unweighted_share(counts: Counts, rules: Direction) -> Value:
    return Value(_number(counts.measures[FIRST].exact(rules.top_answers), rules)) if counts.weighting else Value()


PATTERNS: Final[Sequence[tuple[re.Pattern[str], Callable[..., Value]]]] = tuple(
    (re.compile(pattern), give)
    for pattern, give in (
        (r"relevant_ten_pop_size_\w", _population),
        (r"total_sample_size_\w", _answers),
        (r"excluded_tens_\w", _excluded),
        (r"census_or_sample_\w", _approach),
        (rf"res\w+_({'|'.join(METHOD_NAMES)})_\w", _by_method),  # the dictionary has "Resopnses" once
        (rf"tp01_satisfied_({'|'.join(METHOD_NAMES)})_\w", _share_by_method),
        (r"(tp\d\d)_satisfied_calc_\w+", _share),
        (r"(tp\d\d)_(vs|fs|nsd|fd|vd)_\w+", _point),
        (r"(tp\d\d)_nadk_\w+", _not_applicable),
        (r"(tp\d\d)_fil?ter_(yes|no)_\w+", _filter),  # the dictionary has "Fiter"
        (r"weighting_used_\w", _is_weighted),
        (r"tp01_confirm_weighting_\w", _are_methods_weighted),
        (r"weighting_characteristic(\d)_\w", _characteristic),
        (r"unweighted_tp01_(vs|fs|nsd|nsod|fd|vd)_\w", _unweighted_point),
        (r"unweighted_prop_satisfied_\w", _unweighted_share),
    )
)
"""Fields by the form of their names, which has stayed the same while their numbers changed."""


def _points(counts: Counts, measure: str) -> Sequence[float]:
    if counts.weighting:
        return counts.weighting.points.get(measure, (0.0,) * 5)
    tally = counts.measures.get(measure)
    return tally.points if tally else (0,) * 5


def _part(points: Sequence[float], rules: Direction) -> Fraction | None:
    whole = sum(map(Fraction, points))
    return percentage(sum(map(Fraction, points[: rules.top_answers])), whole) if whole else None


def _number(exact: Fraction | None, rules: Direction) -> float | None:
    return None if exact is None else float(rounded(exact, rules.decimals))


def _plain(number: float) -> int | float:
    """Give a weighted count to two decimals, and a whole one whole."""
    return int(number) if float(number).is_integer() else round(number, 2)
