"""Two things crossed → a table fit to be shown: small groups put together, small cells hidden, or nothing at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from server.figures.crosstabs import crossed
from server.figures.rounding import percentage, rounded
from server.figures.suppression import TOTAL, Hidden, hide_small, larger_rows
from server.queries.crossing import BLANK, FACTS, Side, cross_counts, place_counts
from server.results.joining import BETWEEN, NO_AREA, Named, columns_joined, places_joined, rows_joined
from server.results.wording import Worded, fact_words
from server.web.words import plain

PLACES: Final = ("area", "scheme")
"""A scheme is part of an area: their tables are made as one, so that neither gives the other away."""

FACT_WORDS: Final = {name: plain(name).capitalize() for name in FACTS}
NO_ANSWER: Final = "No answer"
NOT_KNOWN: Final = "Not known"
NO_SCHEME: Final = "no scheme"
AREA_NOT_KNOWN: Final = "Area not known"


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, None where it is hidden, and its share of its row in per cent."""

    count: int | None
    share: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is shown."""

    words: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it is shown."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    column_totals: tuple[int, ...]
    total: int
    hidden: int
    """How many cells are hidden."""
    is_withheld: bool = False


def sides(worded: Worded) -> dict[str, str]:
    """Give all that can be crossed, with its words: facts begin with an @, which no question does."""
    facts = {f"@{name}": words for name, words in FACT_WORDS.items()}
    questions = {one.id: f"{worded.form.numbers[one.id]}. {worded.say(one.ask)}" for one in worded.crossed}
    return {**questions, **facts}


def side_of(name: str) -> Side:
    """Give a side by its name in `sides`."""
    return Side(name.removeprefix("@"), is_fact=name.startswith("@"))


def is_one_thing(rows: Side, columns: Side) -> bool:
    """Tell whether there is nothing to cross: both sides are the same, or both are places."""
    both = {rows.name, columns.name}
    return rows == columns or (rows.is_fact and columns.is_fact and both <= set(PLACES))


def cross_table(session: Session, campaign_id: int, rows: Side, columns: Side, worded: Worded) -> Shown:
    """Give the cross-table of two sides of a campaign; a place always makes the rows."""
    if _is_place(columns):
        rows, columns = columns, rows
    if _is_place(rows):
        counts, parents = places_joined(place_counts(session, campaign_id, columns))
    else:
        counts, parents = rows_joined(cross_counts(session, campaign_id, rows, columns)), {}
    if columns.is_fact:
        counts = columns_joined(counts)
    order = (_order(rows, worded, counts, 0), _order(columns, worded, counts, 1))
    hidden = hide_small(crossed(counts, *order, parents))
    return _shown(hidden, rows, columns, worded)


def _is_place(side: Side) -> bool:
    return side.is_fact and side.name in PLACES


def _order(side: Side, worded: Worded, counts: Iterable[Named], place: int) -> list[str]:
    """Give what is there in the order of the form; facts, and what was put together, follow by name."""
    there = {row if place == 0 else column for row, column, _ in counts}
    if place == 0 and _is_place(side):
        return sorted(there, key=_by_area)
    known = [] if side.is_fact else list(worded.options(worded.form.question(side.name)))
    return (
        [name for name in known if name in there]
        + sorted(there - {*known, BLANK})
        + ([BLANK] if BLANK in there else [])
    )


def _by_area(row: str) -> tuple[bool, str, bool, str]:
    """Order rows by their area, then their scheme; what is not known comes last."""
    scheme, divided, area = row.partition(BETWEEN)
    area = area if divided else row
    return not area or not divided, area, not scheme, scheme


def _shown(hidden: Hidden, rows: Side, columns: Side, worded: Worded) -> Shown:
    table = hidden.table
    names = _words_of(columns, worded, table.columns)
    words = tuple(names.get(one, one) for one in table.columns)
    # Totals are shown elsewhere too: a table that can only hide its cells by hiding a total is not shown at all.
    if hidden.is_withheld or any(place.column is TOTAL for place in hidden.places):
        return Shown(words, (), (), table.total, 0, is_withheld=True)
    lines = _area_lines(hidden) if rows.name == "area" and rows.is_fact else _lines(hidden, rows, worded)
    count = sum(1 for line in lines for cell in line.cells if cell.count is None)
    return Shown(words, lines, table.column_totals, table.total, count)


def _lines(hidden: Hidden, rows: Side, worded: Worded) -> tuple[Line, ...]:
    table = hidden.table
    names = _words_of(rows, worded, table.rows)
    return tuple(
        _line(_named(row, names), [hidden.cell(row, column) for column in table.columns], total)
        for row, total in zip(table.rows, table.row_totals, strict=True)
    )


def _area_lines(hidden: Hidden) -> tuple[Line, ...]:
    """Give the larger rows, and those that are part of none."""
    table, parents = hidden.table, hidden.table.parents or {}
    larger = [
        _line(
            AREA_NOT_KNOWN if area == NO_AREA else area,
            [hidden.larger_cell(area, column) for column in table.columns],
            sum(cells),
        )
        for area, cells in larger_rows(table).items()
    ]
    rest = [
        _line(row, [hidden.cell(row, column) for column in table.columns], total)
        for row, total in zip(table.rows, table.row_totals, strict=True)
        if row not in parents
    ]
    return (*larger, *rest)


def _line(words: str, counts: list[int | None], total: int) -> Line:
    shares = [f"{rounded(percentage(one, total), 1)} %" if one is not None and total else "" for one in counts]
    return Line(words, tuple(Cell(one, share) for one, share in zip(counts, shares, strict=True)), total)


def _words_of(side: Side, worded: Worded, names: Iterable[str]) -> dict[str, str]:
    if side.is_fact:
        return {**{name: fact_words(side.name, name) for name in names}, BLANK: NOT_KNOWN}
    return {**worded.options(worded.form.question(side.name)), BLANK: NO_ANSWER}


def _named(row: str, names: Mapping[str, str]) -> str:
    """Give a row's words; a scheme's after its area."""
    scheme, divided, area = row.partition(BETWEEN)
    if not divided:
        return names.get(row, row)
    return f"{area}: {scheme or NO_SCHEME}" if area else scheme or AREA_NOT_KNOWN
