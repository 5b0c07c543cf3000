"""The rows of the regulator's tables as landlords with their figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from server.reports.errors import WorkbookError
from server.reports.regulator.dictionary import dictionary_of
from server.reports.regulator.fields import Field, What
from server.reports.regulator.numbers import Number, number_of, words_of
from server.reports.regulator.tables import POINTS, Columns, columns_of
from server.reports.regulator.workbook import Cell, Sheet

TITLE_ROWS: Final = 3
"""A sheet says in its first rows which homes it is about, when its name does not."""

YES: Final = ("yes", "y", "true", "weighted")
NO: Final = ("no", "n", "false", "unweighted", "[z]", "not weighted")


class Homes(StrEnum):
    """Which homes a table is about."""

    RENTED = "rented homes"
    SHARED = "low-cost home ownership"
    COMBINED = "both together"


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one measure: the five points, and those for whom it is not applicable; none for an empty cell."""

    points: tuple[Fraction | None, ...]
    sixth: Fraction | None

    @property
    def is_given(self) -> bool:
        """Tell whether there is any count. An empty cell beside a filled one is nought, as in the regulator's sums."""
        return any(self.known)

    @property
    def known(self) -> tuple[Fraction, ...]:
        """Give the five counts with nought for those that are empty."""
        return tuple(point or Fraction(0) for point in self.points)


@dataclass(frozen=True, slots=True)
class Landlord:
    """One landlord as printed."""

    row: int
    """Its row in the spreadsheet, from 1."""
    name: str
    code: str
    kind: str
    size_band: str
    region: str
    is_weighted: bool | None
    """None where the workbook does not say."""
    population: Number | None
    required: Number | None
    achieved: Number | None
    margin: Number | None
    shares: Mapping[str, Number]
    counts: Mapping[str, Counted]


@dataclass(frozen=True, slots=True)
class Perception:
    """One table of the workbook: what tenants of some homes said, landlord by landlord."""

    homes: Homes
    columns: Columns
    landlords: tuple[Landlord, ...]


def perceptions(sheets: Sequence[Sheet]) -> tuple[Perception, ...]:
    """Give the tables of a workbook that hold counts and percentages; `WorkbookError` when it has none."""
    entries = dictionary_of(sheets)
    found = [columns for sheet in sheets if (columns := columns_of(sheet, entries)) is not None]
    if not found:
        names = ", ".join(f"“{sheet.name}”" for sheet in sheets[:12])
        raise WorkbookError(
            "no sheet has a landlord's name, a measure's percentage and its five counts in one row of headings "
            f"(looked at: {names}). Choose the regulator's full dataset, not the headline tables."
        )
    return tuple(Perception(_homes(columns), columns, tuple(_landlords(columns))) for columns in found)


def rented(tables: Sequence[Perception]) -> Perception:
    """Give the table of rented homes; `WorkbookError` when there is none."""
    for table in tables:
        if table.homes == Homes.RENTED:
            return table
    raise WorkbookError(
        "there is no table of rented homes (LCRA) in this workbook. Choose the regulator's full dataset."
    )


def _homes(columns: Columns) -> Homes:
    """Tell which homes a table is about by its sheet's name, its title, or its headings."""
    rows = columns.sheet.rows
    title = " ".join(words_of(cell) for row in rows[:TITLE_ROWS] for cell in row)
    headings = " ".join(words_of(cell) for cell in rows[columns.first_row - 1])
    for words in (columns.sheet.name, title, headings):
        said = words.casefold()
        if "combined" in said:
            return Homes.COMBINED
        if "lcho" in said or "ownership" in said or "shared" in said:
            return Homes.SHARED
        if "lcra" in said or "rent" in said:
            return Homes.RENTED
    return Homes.RENTED


def _landlords(columns: Columns) -> Iterator[Landlord]:
    """Give the rows that have a name and at least one number: the rest are notes."""
    is_fraction = _fractions(columns)
    for number, row in enumerate(columns.sheet.rows[columns.first_row :], start=columns.first_row + 1):
        made = _landlord(number, row, columns, is_fraction)
        if made.name and (made.shares or made.population):
            yield made


def _landlord(number: int, row: Sequence[Cell], columns: Columns, is_fraction: Mapping[What, bool]) -> Landlord:
    def cell(what: What, measure: str = "", point: int = 0) -> Cell:
        place = columns.places.get(Field(what, measure, point))
        return row[place] if place is not None and place < len(row) else ""

    def per_cent(what: What, measure: str = "") -> Number | None:
        found = number_of(cell(what, measure))
        return found.times_hundred() if found and is_fraction[what] and not found.is_percent else found

    def counted(measure: str) -> Counted:
        points = tuple(_value(cell(What.POINT, measure, point)) for point in POINTS)
        return Counted(points, _value(cell(What.SIXTH, measure)))

    shares = {measure: per_cent(What.SHARE, measure) for measure in columns.measures}
    return Landlord(
        row=number,
        name=words_of(cell(What.NAME)),
        code=words_of(cell(What.CODE)),
        kind=words_of(cell(What.TYPE)),
        size_band=words_of(cell(What.SIZE_BAND)),
        region=words_of(cell(What.REGION)),
        is_weighted=_yes(words_of(cell(What.WEIGHTED))),
        population=number_of(cell(What.POPULATION)),
        required=number_of(cell(What.REQUIRED)),
        achieved=number_of(cell(What.ACHIEVED)),
        margin=per_cent(What.MARGIN),
        shares={measure: share for measure, share in shares.items() if share is not None},
        counts={measure: counted(measure) for measure in columns.measures},
    )


def _value(cell: Cell) -> Fraction | None:
    found = number_of(cell)
    return found.value if found else None


def _yes(words: str) -> bool | None:
    said = words.casefold()
    return True if said in YES else False if said in NO else None


def _fractions(columns: Columns) -> dict[What, bool]:
    """Tell whether percentages, and margins, are written as fractions of one: when no number is above one."""
    answer = dict[What, bool]()
    for what in (What.SHARE, What.MARGIN):
        places = [place for field, place in columns.places.items() if field.what == what]
        cells = (row[place] for row in columns.sheet.rows[columns.first_row :] for place in places if place < len(row))
        numbers = [found.value for cell in cells if (found := number_of(cell)) and not found.is_percent]
        answer[what] = bool(numbers) and max(numbers) <= 1
    return answer
