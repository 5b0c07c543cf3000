"""One measure part by part, with the parts hidden that would tell of a few people.

A part's valid answers are satisfied or not: two columns whose totals are the whole measure, which is published. Areas
and schemes are protected in one table, since both are published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.figures.counts import Part
from server.figures.crosstabs import CrossTable, crossed
from server.figures.saying import TOO_FEW, Change, Measured, change, measured
from server.figures.suppression import Hidden, hide_small, larger_rows
from server.figures.tallies import Tally

COLUMNS: Final = ("satisfied", "not satisfied")
BETWEEN: Final = " › "
"""Stands between an area and its scheme: schemes of two areas may have one name."""

NOT_RECORDED: Final = "not recorded"
"""The name of the part of which the import does not say what it is."""

NO_SCHEME: Final = "no scheme"


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of a measure; None stands for what is hidden."""

    name: str
    satisfied: int | None
    valid: int | None
    of: Measured | None
    """None where nobody answered, where it is hidden, and where too few answered by that method to show a figure."""
    against_rest: str


@dataclass(frozen=True, slots=True)
class Parted:
    """A measure by parts."""

    lines: tuple[PartLine, ...]
    is_withheld: bool
    """Whether nothing can be shown, since any of it would tell of a few people."""
    hidden: int
    """How many parts are hidden in whole or in part."""


def parted(
    parts: Mapping[str, Part], measure: str, homes: Mapping[str, int] | None = None, *, top: int = 2, least: int = 0
) -> Parted:
    """Give the parts; `homes` says how many homes each has; a figure is shown from `least` answers on."""
    hidden = hide_small(_table({name or NOT_RECORDED: _tally(part, measure) for name, part in parts.items()}, top))
    names = hidden.table.rows
    counts = {name: (hidden.cell(name, COLUMNS[0]), hidden.cell(name, COLUMNS[1])) for name in names}
    return _parted(counts, hidden, homes or {}, least)


def parted_places(
    parts: Mapping[tuple[str, str], Part], measure: str, homes: Mapping[str, int], *, by_area: bool, top: int = 2
) -> Parted:
    """Give areas, or the schemes in them; parts are named by both."""
    tallies = {place_name(*place): _tally(part, measure) for place, part in parts.items()}
    hidden = hide_small(_table(tallies, top, {place_name(*place): place[0] or NOT_RECORDED for place in parts}))
    give = hidden.larger_cell if by_area else hidden.cell
    names = tuple(larger_rows(hidden.table)) if by_area else hidden.table.rows
    counts = {name: (give(name, COLUMNS[0]), give(name, COLUMNS[1])) for name in names}
    return _parted(counts, hidden, homes, 0)


def place_name(area: str, scheme: str) -> str:
    """Give the name of a scheme in its area."""
    return f"{area or NOT_RECORDED}{BETWEEN}{scheme or NO_SCHEME}"


def _tally(part: Part, measure: str) -> Tally:
    return part.measures.get(measure, Tally())


def _table(tallies: Mapping[str, Tally], top: int, parents: Mapping[str, str] | None = None) -> CrossTable:
    cells = [
        (name, column, count)
        for name, tally in tallies.items()
        for column, count in zip(COLUMNS, (tally.satisfied(top), tally.valid - tally.satisfied(top)), strict=True)
    ]
    return crossed(cells, rows=tuple(tallies), columns=COLUMNS, parents=parents)


def _parted(
    counts: Mapping[str, tuple[int | None, int | None]], hidden: Hidden, homes: Mapping[str, int], least: int
) -> Parted:
    whole = hidden.table.column_totals
    lines = tuple(_line(name, pair, whole, homes.get(name), least) for name, pair in counts.items())
    return Parted(lines, hidden.is_withheld, sum(line.valid is None for line in lines))


def _line(
    name: str, pair: tuple[int | None, int | None], whole: Sequence[int], homes: int | None, least: int
) -> PartLine:
    satisfied, others = pair
    if satisfied is None or others is None:
        return PartLine(name, None, None, None, "")
    valid = satisfied + others
    of = measured(satisfied, valid, homes) if valid >= max(1, least) else None
    rest = measured(whole[0] - satisfied, whole[0] + whole[1] - valid)
    return PartLine(name, satisfied, valid, of, _against(of, rest))


def _against(of: Measured | None, rest: Measured | None) -> str:
    if of is None or rest is None:
        return ""
    words = {Change.HIGHER: "higher than the rest", Change.LOWER: "lower than the rest", Change.UNSURE: TOO_FEW}
    return words[change(of, rest)]
