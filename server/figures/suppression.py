"""Small cells of a table are hidden, and with them as few others as keep anybody from working them out.

A table with its totals is a network: every row and every column is a node where what goes in comes out, every cell a
line between two nodes. A hidden cell cannot be worked out when there is a circle of hidden lines along which one
person could be moved with no published number changing, and no count falling below nought. So for each small cell
the cheapest such circle is hidden (Dijkstra over what may be moved, as in minimum-cost flow). This is complementary
suppression as in Willenborg and de Waal, Elements of Statistical Disclosure Control (2001), chapter 4.

The totals of the columns are always published: other tables of the same question show them. A row's total is hidden
only when nothing else will do. Rows that are parts of larger rows are protected together with these.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, NamedTuple

from server.figures.crosstabs import CrossTable

SMALL: Final = 5
"""Counts of people below this, but for nought, are hidden: the Government Statistical Service's usual rule."""

TOTAL_COST: Final = 1_000_000
"""What hiding a row's total costs, in people: more than any table's cells."""

TOTAL: Final = None
"""The column in which the rows' totals stand."""

WHOLE: Final = ""
"""The row of the columns' totals, of which all rows are parts."""

Node = tuple[str, ...]


class Place(NamedTuple):
    """Where a count stands: its row, its column (`TOTAL` for the row's total), and whether the row is a larger one."""

    row: str
    column: str | None
    is_larger: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """A table of which some cells are hidden."""

    table: CrossTable
    places: frozenset[Place]
    """What is hidden."""
    is_withheld: bool = False
    """Whether the whole table must stay unpublished, since its small cells cannot be hidden in it."""

    def cell(self, row: str, column: str) -> int | None:
        """Give a cell; None when it is hidden."""
        value = self.table.cells[self.table.rows.index(row)][self.table.columns.index(column)]
        return None if self._is_hidden(Place(row, column)) else value

    def row_total(self, row: str) -> int | None:
        """Give a row's total; None when it is hidden."""
        value = self.table.row_totals[self.table.rows.index(row)]
        return None if self._is_hidden(Place(row, TOTAL)) else value

    def larger_cell(self, row: str, column: str | None) -> int | None:
        """Give a cell of a larger row, or its total; None when it is hidden."""
        cells = larger_rows(self.table)[row]
        value = sum(cells) if column is TOTAL else cells[self.table.columns.index(column)]
        return None if self._is_hidden(Place(row, column, is_larger=True)) else value

    def _is_hidden(self, place: Place) -> bool:
        return self.is_withheld or place in self.places


@dataclass(frozen=True, slots=True)
class _Line:
    """A cell as a line from one node to the other: when its count grows, `sign` says which way the flow grows."""

    start: Node
    end: Node
    sign: int
    value: int
    cost: int


def hide_small(table: CrossTable, small: int = SMALL) -> Hidden:
    """Give a table whose counts below `small` cannot be worked out from what is left of it."""
    lines = dict(_lines(table))
    wanted = sorted((place for place, line in lines.items() if 0 < line.value < small), key=_in_order)
    hidden = set[Place]()
    for place in wanted:
        if place not in hidden:
            circle = _cheapest(place, lines, hidden)
            if circle is None:
                return Hidden(table, frozenset(lines), is_withheld=True)
            hidden |= circle
    return Hidden(table, frozenset(hidden))


def larger_rows(table: CrossTable) -> dict[str, tuple[int, ...]]:
    """Give the larger rows that a table's rows are parts of, with their counts."""
    larger = dict[str, tuple[int, ...]]()
    for row, cells in zip(table.rows, table.cells, strict=True):
        if table.parents and row in table.parents:
            known = larger.get(table.parents[row], (0,) * len(cells))
            larger[table.parents[row]] = tuple(map(sum, zip(known, cells, strict=True)))
    return larger


def _lines(table: CrossTable) -> Iterator[tuple[Place, _Line]]:
    """Give all that is published and may be hidden: the cells, the rows' totals, and both of larger rows."""
    parents = table.parents or {}
    for row, cells in zip(table.rows, table.cells, strict=True):
        for column, value in _with_total(table.columns, cells):
            yield Place(row, column), _line(("row", row), parents.get(row, WHOLE), column, value)
    for row, cells in larger_rows(table).items():
        for column, value in _with_total(table.columns, cells):
            yield Place(row, column, is_larger=True), _line(_part(row, column), WHOLE, column, value)


def _line(start: Node, parent: str, column: str | None, value: int) -> _Line:
    """Give the line from a row, or a larger row, to what it is part of. A total flows against the cells it sums."""
    cost = 1 + value + (TOTAL_COST if column is TOTAL else 0)
    return _Line(start, _part(parent, column), -1 if column is TOTAL else 1, value, cost)


def _part(parent: str, column: str | None) -> Node:
    return ("part", parent, "total" if column is TOTAL else f"column {column}")


def _with_total(columns: Sequence[str], cells: Sequence[int]) -> Iterator[tuple[str | None, int]]:
    yield from zip(columns, cells, strict=True)
    yield TOTAL, sum(cells)


def _in_order(place: Place) -> tuple[bool, str, str]:
    return place.is_larger, place.row, place.column or ""


def _cheapest(place: Place, lines: Mapping[Place, _Line], hidden: set[Place]) -> set[Place] | None:
    """Give the circle through a cell that costs least to hide, one way round or the other; None when there is none."""
    line = lines[place]
    ways = [_path(line.end, line.start, place, lines, hidden)] if _may_move(line, forth=True) else []
    ways += [_path(line.start, line.end, place, lines, hidden)] if _may_move(line, forth=False) else []
    found = [way for way in ways if way is not None]
    return min(found)[1] | {place} if found else None


def _may_move(line: _Line, *, forth: bool) -> bool:
    """Tell whether one person more may flow along a line, or back, without a count below nought."""
    return line.value >= 1 or (line.sign > 0) == forth


def _path(
    start: Node, end: Node, but: Place, lines: Mapping[Place, _Line], hidden: set[Place]
) -> tuple[int, set[Place]] | None:
    """Give the cheapest way from one node to another along which one person may be moved, with its cost."""
    ways = _ways(lines)
    tie = count()  # nodes and places are not compared with one another
    waiting = [(0, next(tie), start, frozenset[Place]())]
    done = set[Node]()
    while waiting:
        cost, _, node, path = heapq.heappop(waiting)
        if node == end:
            return cost, set(path)
        if node in done:
            continue
        done.add(node)
        for other, place in ways.get(node, ()):
            if other not in done and place != but:
                more = 0 if place in hidden else lines[place].cost
                heapq.heappush(waiting, (cost + more, next(tie), other, path | {place}))
    return None


def _ways(lines: Mapping[Place, _Line]) -> dict[Node, list[tuple[Node, Place]]]:
    """Give to which nodes one person may be moved from each node, and along which line."""
    ways = dict[Node, list[tuple[Node, Place]]]()
    for place, line in lines.items():
        if _may_move(line, forth=True):
            ways.setdefault(line.start, []).append((line.end, place))
        if _may_move(line, forth=False):
            ways.setdefault(line.end, []).append((line.start, place))
    return ways
