"""The year's measures, counted: whole, and split by how an answer came, by what is known of a home, by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from server.figures.columns import Coded, Numbers
from server.figures.counts import Counts, Part
from server.figures.directions import Direction, Method
from server.figures.tallies import Tally, tally_of
from server.figures.weighted import together
from server.queries.counted import Counted, Scope, counted, homes_asked_about, homes_left_out

YES, NO = "yes", "no"


class Split(StrEnum):
    """What figures can be split by."""

    CHANNEL = "channel"
    METHOD = "method"
    AREA = "area"
    SCHEME = "scheme"
    TENURE = "tenure"
    AGE_BAND = "age_band"
    PROPERTY_TYPE = "property_type"
    LANGUAGE = "language"
    HELPED = "helped"
    MONTH = "month"


OF_HOMES: Final = (Split.AREA, Split.SCHEME, Split.TENURE, Split.AGE_BAND, Split.PROPERTY_TYPE)
"""What is known of homes, and not of responses."""


@dataclass(slots=True)
class _Found:
    """What is found of one part while its rows are read."""

    answers: int = 0
    options: dict[str, dict[str, int]] = field(default_factory=dict)
    """How many chose each option, by measure and by filter."""


def counts_of(session: Session, scope: Scope, rules: Direction) -> Counts:
    """Give all that is counted of a year; why others are not, `why_not_counted` tells."""
    by_method = split_by(session, scope, Split.METHOD, rules)
    whole = joined(by_method.values())
    first = next(iter(whole.measures), "")
    return Counts(
        year=scope.year,
        homes=scope.homes,
        population=homes_asked_about(session, scope),
        answers=whole.answers,
        excluded=homes_left_out(session, scope),
        is_census=scope.is_census,
        measures=whole.measures,
        filters=whole.filters,
        by_method={method: by_method[method].answers if method in by_method else 0 for method in Method},
        overall_by_method={Method(name): part.measures[first] for name, part in by_method.items()},
    )


def split_by(session: Session, scope: Scope, split: Split, rules: Direction) -> dict[str, Part]:
    """Give the measures of each part of a split, parts sorted by name; a month is named as 2026-04."""
    return {name: part for (name,), part in split_by_all(session, scope, (split,), rules).items()}


def split_by_all(
    session: Session, scope: Scope, splits: Sequence[Split], rules: Direction
) -> dict[tuple[str, ...], Part]:
    """Give the measures of each part of several splits at once, sorted; each part is named by its part of each split.

    Answers to questions behind a filter are stored only where the filter leads to them: `forms.answers.collect`.
    """
    if not scope.campaigns:
        return {}
    chosen = counted(session, scope)
    names, of = _parts(chosen, splits, rules)
    found = [_Found(int(number)) for number in np.bincount(of, minlength=len(names))]
    for version, asked in scope.asked.items():
        rows = np.flatnonzero(chosen.of("@version").holds({str(version)}))
        for question, name in asked.named.items():
            _add(found, name, chosen.of(question).taken(rows), of[rows])
    made = {name: _made(part, scope) for name, part in zip(names, found, strict=True) if part.answers}
    return dict(sorted(made.items()))


def _add(found: Sequence[_Found], name: str, said: Coded, of: Numbers) -> None:
    """Count what was answered to one question, part by part."""
    for codes, parts in ((said.codes, of), (said.more_codes, of[said.more_rows])):
        width = len(said.names) + 1
        counts = np.bincount(parts * width + codes, minlength=len(found) * width).reshape(len(found), width)
        for place, code in np.argwhere(counts[:, 1:]):
            options = found[place].options.setdefault(name, {})
            option = said.names[code]
            options[option] = options.get(option, 0) + int(counts[place, code + 1])


def _parts(chosen: Counted, splits: Sequence[Split], rules: Direction) -> tuple[list[tuple[str, ...]], Numbers]:
    """Give the names of all parts that there are, and for each response the place of its own."""
    every, of = list[tuple[str, ...]]([()]), np.zeros(len(chosen.rows), dtype=np.int64)
    for split in splits:
        own, codes = _split(chosen, split, rules)
        there, of = np.unique(of * len(own) + codes, return_inverse=True) if len(own) else (of, of)
        every = [(*every[one // len(own)], own[one % len(own)]) for one in there]
    return every, of


def _split(chosen: Counted, split: Split, rules: Direction) -> tuple[list[str], Numbers]:
    """Give the names of one split's parts, and for each response the place of its own."""
    if split in OF_HOMES:
        return _named(chosen.of_homes(split.value))
    if split == Split.MONTH:
        return _months(chosen.block.numbers["@received"][chosen.rows])
    if split != Split.METHOD:
        return _named(chosen.of(f"@{split.value}"))
    channels, channel = _named(chosen.of("@channel"))
    methods, method = _named(chosen.of("@method"))
    every = list(Method)
    table = [every.index(rules.method_of(one, other)) for one in channels for other in methods]
    return list(every), np.array(table, dtype=np.int64)[channel * len(methods) + method]


def _named(column: Coded) -> tuple[list[str], Numbers]:
    return ["", *column.names], column.codes.astype(np.int64)


def _months(days: Numbers) -> tuple[list[str], Numbers]:
    there, of = np.unique(days, return_inverse=True)
    months = [f"{date.fromordinal(day):%Y-%m}" for day in there.tolist()]
    own = sorted(set(months))
    return own, np.array([own.index(month) for month in months], dtype=np.int64)[of]


def joined(parts: Iterable[Part]) -> Part:
    """Give parts as one whole."""
    return reduce(together, parts, Part(0, {}, {}))


def _made(found: _Found, scope: Scope) -> Part:
    filters, measures = dict[str, tuple[int, int]](), dict[str, Tally]()
    for asked in scope.asked.values():
        for name in asked.filters:
            options = found.options.get(name, {})
            filters[name] = (options.get(YES, 0), options.get(NO, 0))
        for measure, points in asked.points.items():
            reached = filters[asked.after[measure]][0] if measure in asked.after else found.answers
            measures[measure] = tally_of(found.options.get(measure, {}), points, asked.not_applicable, reached)
    return Part(found.answers, dict(sorted(measures.items())), filters)
