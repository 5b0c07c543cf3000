"""Cross-tables: counts of two things together, with their totals, and their shares."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from server.figures.rounding import percentage, rounded


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Counts by row and column; every row has all columns."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    parents: Mapping[str, str] | None = None
    """Where rows are parts of larger ones that are published too: each row → the larger one, a scheme → its area."""

    @property
    def row_totals(self) -> tuple[int, ...]:
        """Give the total of each row."""
        return tuple(map(sum, self.cells))

    @property
    def column_totals(self) -> tuple[int, ...]:
        """Give the total of each column."""
        return tuple(map(sum, zip(*self.cells, strict=True))) if self.cells else (0,) * len(self.columns)

    @property
    def total(self) -> int:
        """Give how many there are together."""
        return sum(self.row_totals)

    def share(self, row: int, column: int, decimals: int = 1) -> Decimal | None:
        """Give a cell in per cent of its row; None when the row is empty."""
        whole = sum(self.cells[row])
        return rounded(percentage(self.cells[row][column], whole), decimals) if whole else None


def crossed(
    counts: Iterable[tuple[str, str, int]],
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
    parents: Mapping[str, str] | None = None,
) -> CrossTable:
    """Give the table of counts (row, column, how many); rows and columns that are named come first, in that order."""
    found = dict[tuple[str, str], int]()
    for row, column, count in counts:
        found[row, column] = found.get((row, column), 0) + count
    all_rows = dict.fromkeys((*rows, *sorted({row for row, _ in found})))
    all_columns = dict.fromkeys((*columns, *sorted({column for _, column in found})))
    cells = tuple(tuple(found.get((row, column), 0) for column in all_columns) for row in all_rows)
    return CrossTable(tuple(all_rows), tuple(all_columns), cells, parents)
