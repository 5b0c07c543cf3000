"""Groups too small to be shown by themselves, put together: the same way in every table of the same people. Pure.

Where one table showed a group's total and another hid it, the one would give the other away. So which groups are put
together depends on nothing but how many people are in each.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from server.figures.suppression import SMALL

OTHERS: Final = "Others together"
"""What the row of small groups is called."""

BETWEEN: Final = "\x1f"
"""Between a row's scheme and its area: a character that no name has."""

NO_AREA: Final = "\x1e"
"""What schemes of no known area are part of: the empty name stands for the whole table."""

Named = tuple[str, str, int]
"""Row, column, how many."""


def joined(totals: Mapping[str, int], small: int = SMALL) -> dict[str, str]:
    """Give each group's row: its own, or that of the others where it is too small; that row is never small itself."""
    few = {name for name, total in totals.items() if 0 < total < small}
    rest = sorted((name for name, total in totals.items() if total >= small), key=lambda name: (totals[name], name))
    while few and rest and sum(totals[name] for name in few) < small:
        few.add(rest.pop(0))
    is_one = len(few) == 1
    return {name: OTHERS if name in few and not is_one else name for name in totals}


def rows_joined(counts: Iterable[Named]) -> list[Named]:
    """Give counts with small rows put together."""
    every = list(counts)
    rows = joined(totals(every))
    return [(rows[row], column, number) for row, column, number in every]


def columns_joined(counts: Iterable[Named]) -> list[Named]:
    """Give counts with small columns put together."""
    return [(row, column, number) for column, row, number in rows_joined((c, r, n) for r, c, n in counts)]


def totals(counts: Iterable[Named]) -> dict[str, int]:
    """Give the total of each row."""
    found = dict[str, int]()
    for row, _, number in counts:
        found[row] = found.get(row, 0) + number
    return found


def places_joined(counts: Iterable[tuple[str, str, str, int]]) -> tuple[list[Named], dict[str, str]]:
    """Give counts by area and scheme as rows, each with the area it is part of: small areas together, then schemes.

    A row is named by its scheme and area, as a scheme's name may be found in several; small areas have no parts.
    """
    every = list(counts)
    areas = joined(totals((area, column, number) for area, _, column, number in every))
    schemes = {
        area: joined(totals((scheme, column, number) for where, scheme, column, number in every if where == area))
        for area in areas
    }
    found, parents = list[Named](), dict[str, str]()
    for area, scheme, column, number in every:
        row = areas[area]
        if row != OTHERS:
            row = row_of(schemes[area][scheme], area)
            parents[row] = area or NO_AREA
        found.append((row, column, number))
    return found, parents


def row_of(scheme: str, area: str) -> str:
    """Give the name of a row: its scheme, then its area."""
    return f"{scheme}{BETWEEN}{area}"
