"""Where other landlords stand: quartiles of each measure, for all of them and for those like ours."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from io import StringIO
from statistics import quantiles
from typing import Final

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from server.reports import published
from server.reports.errors import WorkbookError
from server.reports.regulator.landlords import Landlord, Perception
from server.reports.regulator.numbers import words_of

GROUP_MIN: Final = 8
"""Quartiles of fewer landlords would each be one landlord's own figure."""

YEAR: Final = re.compile(r"TSM[ _]?(?:20)?(\d\d)(?!\d)|\b20(\d\d)\b")
"""As in TSM25_LCRA_Perception, and in Tenant Satisfaction Measures 2025."""

YEAR_FILE: Final = re.compile(r"benchmarks-(\d{4}-\d\d)\.yaml")


class By(StrEnum):
    """What landlords are put together by."""

    ALL = "all landlords"
    TYPE = "type"
    SIZE = "size"
    REGION = "region"


class Quarter(StrEnum):
    """In which quarter of the landlords a figure stands."""

    LOWEST = "lowest quarter"
    BELOW = "below the median"
    ABOVE = "median or above"
    HIGHEST = "highest quarter"


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Quartiles(_Kept):
    """The quartiles of one measure in one group, in per cent, and of how many landlords."""

    low: float
    median: float
    high: float
    landlords: int

    def quarter_of(self, share: float) -> Quarter:
        """Give where a figure stands; one that is a quartile stands above it."""
        if share < self.low:
            return Quarter.LOWEST
        if share < self.median:
            return Quarter.BELOW
        return Quarter.ABOVE if share < self.high else Quarter.HIGHEST


class Group(_Kept):
    """Landlords that are alike in one thing."""

    by: By
    name: str
    """What they are alike in, as the workbook names it: LA, <5,000, Midlands; nothing for all."""
    measures: dict[str, Quartiles]


class Own(_Kept):
    """One landlord's own published figures."""

    landlord: str
    type: str
    size: str
    region: str
    answers: int | None
    population: int | None
    measures: dict[str, float]
    valid: dict[str, int] = {}
    """On how many answers each stands, where that is published."""


class Benchmarks(_Kept):
    """One year's quartiles for one kind of homes, and the landlord's own figures where it is among them."""

    year: str
    homes: str
    source: str
    groups: tuple[Group, ...]
    own: Own | None = None

    def group(self, by: By, name: str = "") -> Group | None:
        """Give one group; None when there are too few landlords in it, or none."""
        return next((group for group in self.groups if (group.by, group.name) == (by, name)), None)

    def seen_by(self, landlord: str) -> "Benchmarks":
        """Give the same for a landlord, in whichever case its name is written: without another's own figures."""
        if self.own is None or _is_named(self.own.landlord, landlord):
            return self
        return self.model_copy(update={"own": None})

    def like_ours(self) -> tuple[Group, ...]:
        """Give all landlords, and those of our own type, size and region."""
        ours = [(By.TYPE, self.own.type), (By.SIZE, self.own.size), (By.REGION, self.own.region)] if self.own else []
        found = (self.group(by, name) for by, name in [(By.ALL, ""), *ours])
        return tuple(group for group in found if group is not None)


@dataclass(frozen=True, slots=True)
class Origin:
    """What benchmarks are made from."""

    year: str
    source: str


def benchmarks_of(table: Perception, origin: Origin, ours: str) -> Benchmarks:
    """Work out the quartiles of a table; `ours` is our landlord's name, in whichever case."""
    groups = [_group(By.ALL, "", table.landlords)]
    for by, name_of in ((By.TYPE, _kind), (By.SIZE, _size), (By.REGION, _region)):
        names = sorted({name_of(landlord) for landlord in table.landlords} - {""})
        groups += [_group(by, name, [one for one in table.landlords if name_of(one) == name]) for name in names]
    return Benchmarks(
        year=origin.year,
        homes=table.homes,
        source=origin.source,
        groups=tuple(group for group in groups if group.measures),
        own=_own(table.landlords, ours),
    )


def find_year(table: Perception) -> str:
    """Give the reporting year that a table is of, as 2024-25: it is named by the calendar year in which it ends.

    Raises `WorkbookError` when neither its sheet's name nor its title says it.
    """
    sheet = table.columns.sheet
    titles = (words_of(cell) for row in sheet.rows[: table.columns.first_row - 1] for cell in row)
    for words in (sheet.name, *titles):
        found = YEAR.search(words)
        if found:
            ends = int(found[1] or found[2])
            return f"20{ends - 1:02d}-{ends:02d}"
    raise WorkbookError("the workbook does not say of which year it is. Name the year with --year, as 2024-25.")


@cache
def published_years() -> tuple[str, ...]:
    """Give the years whose benchmarks Sayso ships with, the oldest first."""
    names = (YEAR_FILE.fullmatch(entry.name) for entry in resources.files(published).iterdir())
    return tuple(sorted(name[1] for name in names if name))


@cache
def published_benchmarks(year: str) -> Benchmarks:
    """Give the benchmarks that Sayso ships with; `FileNotFoundError` when there are none of that year."""
    text = (resources.files(published) / f"benchmarks-{year}.yaml").read_text(encoding="utf-8")
    return Benchmarks.model_validate(YAML(typ="safe", pure=True).load(text))


def as_yaml(benchmarks: Benchmarks) -> str:
    """Give benchmarks as the file that Sayso ships."""
    text = StringIO()
    writer = YAML()
    writer.width = 120
    writer.default_flow_style = None
    writer.dump(benchmarks.model_dump(mode="json"), text)
    return text.getvalue()


def _kind(landlord: Landlord) -> str:
    return landlord.kind


def _size(landlord: Landlord) -> str:
    return landlord.size_band


def _region(landlord: Landlord) -> str:
    return landlord.region


def _group(by: By, name: str, landlords: Sequence[Landlord]) -> Group:
    found = dict[str, Quartiles]()
    for measure in sorted({code for landlord in landlords for code in landlord.shares}):
        shares = [float(landlord.shares[measure].value) for landlord in landlords if measure in landlord.shares]
        if len(shares) >= GROUP_MIN:
            low, median, high = quantiles(shares, n=4)
            found[measure] = Quartiles(low=low, median=median, high=high, landlords=len(shares))
    return Group(by=by, name=name, measures=found)


def _is_named(name: str, ours: str) -> bool:
    return name.casefold() == ours.casefold().strip()


def _own(landlords: Iterable[Landlord], ours: str) -> Own | None:
    for one in landlords:
        if _is_named(one.name, ours):
            return Own(
                landlord=one.name,
                type=one.kind,
                size=one.size_band,
                region=one.region,
                answers=round(one.achieved.value) if one.achieved else None,
                population=round(one.population.value) if one.population else None,
                measures={code: float(share.value) for code, share in sorted(one.shares.items())},
                valid={code: round(sum(of.known)) for code, of in sorted(one.counts.items()) if of.is_given},
            )
    return None
