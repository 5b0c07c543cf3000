"""The regulator's own workbook as the proof: each printed figure against what this product makes of the same counts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.figures.accuracy import points_for, required_sample
from server.figures.directions import Direction
from server.figures.rounding import percentage, rounded
from server.reports.regulator import reasons
from server.reports.regulator.fields import What
from server.reports.regulator.landlords import Homes, Landlord, Perception
from server.reports.regulator.numbers import Number
from server.reports.regulator.printed import decimals_of, is_printed_as, usual_decimals
from server.reports.regulator.sizes import Sizes, sizes_of


class Kind(StrEnum):
    """What is compared."""

    SHARES = "percentages"
    WEIGHTED = "percentages of landlords who weighted"
    SAMPLES = "required samples"
    MARGINS = "margins"


OF_KIND: Final[Mapping[Kind, What]] = {Kind.SAMPLES: What.REQUIRED, Kind.MARGINS: What.MARGIN}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A printed figure that is not what its own counts give."""

    kind: Kind
    row: int
    landlord: str
    what: str
    printed: str
    calculated: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of one table of the workbook."""

    homes: Homes
    landlords: int
    agree: Mapping[Kind, int]
    compared: Mapping[Kind, int]
    left_out: Mapping[tuple[Kind, str], int]
    """Why figures could not be compared, each with how many."""
    disagreements: tuple[Disagreement, ...]
    notes: tuple[str, ...]

    @property
    def is_proved(self) -> bool:
        """Tell whether every figure agrees, but for those of landlords who weighted: their weights are not printed."""
        return all(one.kind == Kind.WEIGHTED for one in self.disagreements)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One figure looked at: what was wrong, or why it was left out; neither where it agrees."""

    kind: Kind
    wrong: Disagreement | None = None
    left_out: str = ""


def verify(table: Perception, rules: Direction) -> Verified:
    """Compare every percentage, required sample and margin of a table."""
    sizes = sizes_of(table, rules)
    judged = [*_all_shares(table, rules), *_all_sizes(table, sizes, rules)]
    compared = Counter(one.kind for one in judged if not one.left_out)
    wrong = [one.wrong for one in judged if one.wrong is not None]
    agree = compared - Counter(one.kind for one in wrong)
    left_out = Counter((one.kind, one.left_out) for one in judged if one.left_out)
    missing = tuple(
        f"no column holds the {what}" for what in (*OF_KIND.values(), What.WEIGHTED) if not table.columns.has(what)
    )
    notes = (*table.columns.notes, *missing, *sizes.notes)
    return Verified(table.homes, len(table.landlords), agree, compared, left_out, tuple(wrong), notes)


def _all_shares(table: Perception, rules: Direction) -> Iterator[_Judged]:
    usual = usual_decimals(share for landlord in table.landlords for share in landlord.shares.values())
    for landlord in table.landlords:
        kind = Kind.WEIGHTED if landlord.is_weighted else Kind.SHARES
        for measure in table.columns.measures:
            printed = landlord.shares.get(measure)
            counts = landlord.counts[measure]
            if printed is None:
                yield _Judged(kind, left_out="no percentage is printed")
            elif not counts.is_given:
                yield _Judged(kind, left_out="its counts are not printed")
            else:
                yield _Judged(kind, _share(kind, landlord, measure, printed, decimals_of(printed, usual), rules))


def _share(
    kind: Kind, landlord: Landlord, measure: str, printed: Number, decimals: int, rules: Direction
) -> Disagreement | None:
    points = landlord.counts[measure].known
    exact = percentage(sum(points[: rules.top_answers]), sum(points))
    if is_printed_as(exact, printed.value, decimals):
        return None
    return Disagreement(
        kind,
        landlord.row,
        landlord.name,
        measure,
        str(rounded(printed.value, decimals)),
        str(rounded(exact, max(decimals, rules.decimals))),
        reasons.of_share(landlord, measure, printed, decimals, rules),
    )


def _all_sizes(table: Perception, sizes: Sizes, rules: Direction) -> Iterator[_Judged]:
    for kind, what in OF_KIND.items():
        if not table.columns.has(what):
            continue
        for landlord in table.landlords:
            printed = landlord.required if kind == Kind.SAMPLES else landlord.margin
            yield _size(kind, landlord, printed, sizes, rules)


def _size(kind: Kind, landlord: Landlord, printed: Number | None, sizes: Sizes, rules: Direction) -> _Judged:
    if printed is None:
        return _Judged(kind, left_out=f"no {OF_KIND[kind]} is printed")
    if landlord.population is None or landlord.population.value < 1:
        return _Judged(kind, left_out="its number of tenants is not printed")
    if kind == Kind.MARGINS and (landlord.achieved is None or landlord.achieved.value < 1):
        return _Judged(kind, left_out="its answers are not printed")
    agrees = sizes.sample_agrees(landlord, printed) if kind == Kind.SAMPLES else sizes.margin_agrees(landlord, printed)
    if agrees:
        return _Judged(kind)
    tenants = int(landlord.population.value)
    calculated = (
        required_sample(tenants, points_for(tenants, rules.bands)) if kind == Kind.SAMPLES else sizes.margin(landlord)
    )
    reason = (
        reasons.of_sample(landlord, printed, rules) if kind == Kind.SAMPLES else reasons.of_margin(landlord, printed)
    )
    shown = f"{float(printed.value):.6g}", f"{calculated:.6g}"
    return _Judged(kind, Disagreement(kind, landlord.row, landlord.name, str(OF_KIND[kind]), *shown, reason))
