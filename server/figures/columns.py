"""Responses by column: for each row what it says of one thing, as small numbers that are counted all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[Any]
Rows: TypeAlias = NDArray[np.intp]


def no_rows() -> Rows:
    """Give no rows."""
    return np.zeros(0, dtype=np.intp)


def no_codes() -> Numbers:
    """Give no codes."""
    return np.zeros(0, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Coded:
    """What each row says by name: 0 for nothing, else one more than its name's place."""

    names: tuple[str, ...]
    codes: Numbers
    more_rows: Rows = field(default_factory=no_rows)
    """Rows that say more than one thing: each further one by its row, in their order."""
    more_codes: Numbers = field(default_factory=no_codes)

    def taken(self, rows: Rows) -> "Coded":
        """Give it for some rows, each named once, in the order of their numbers."""
        if not len(self.more_rows):
            return Coded(self.names, self.codes[rows])
        place = np.full(len(self.codes), -1, dtype=np.intp)
        place[rows] = np.arange(len(rows))
        found = place[self.more_rows]
        kept = found >= 0
        return Coded(self.names, self.codes[rows], found[kept], self.more_codes[kept])

    def taken_again(self, rows: Numbers) -> "Coded":
        """Give its first things for rows in any order, each as often as it is named; nothing for -1."""
        return Coded(self.names, np.append(self.codes, self.codes.dtype.type(0))[rows])

    def holds(self, wanted: set[str]) -> NDArray[np.bool_]:
        """Tell of each row whether it says one of these."""
        table = np.array([False, *(name in wanted for name in self.names)])
        found: NDArray[np.bool_] = np.take(table, self.codes, mode="clip")  # within the table by their making
        if len(self.more_rows):
            found[self.more_rows[table[self.more_codes]]] = True
        return found


@dataclass(frozen=True, slots=True)
class Block:
    """Rows by column."""

    count: int
    numbers: Mapping[str, Numbers]
    coded: Mapping[str, Coded]

    def of(self, name: str) -> Coded:
        """Give a column of names; one in which nobody says anything where there is none."""
        return self.coded.get(name) or nothing(self.count)


def nothing(count: int) -> Coded:
    """Give a column in which no row says anything."""
    return Coded((), np.zeros(count, dtype=np.uint8))


def coded(count: int, rows: Sequence[int], names: Sequence[str]) -> Coded:
    """Give a column from what rows say; what one row says stands together, its first thing first."""
    if not rows:
        return nothing(count)
    known = tuple(sorted(set(names)))
    place = {name: number for number, name in enumerate(known, 1)}
    of = np.asarray(rows, dtype=np.intp)
    said = np.fromiter((place[name] for name in names), dtype=np.min_scalar_type(len(known)), count=len(names))
    is_first = np.concatenate([[True], of[1:] != of[:-1]])
    codes = np.zeros(count, dtype=said.dtype)
    codes[of[is_first]] = said[is_first]
    return Coded(known, codes, of[~is_first], said[~is_first])


def stacked(blocks: Sequence[Block], numbers: Mapping[str, str], names: Sequence[str]) -> Block:
    """Give blocks one beneath the other: columns of numbers with their types, and columns of names."""
    count = sum(block.count for block in blocks)
    made = dict[str, Numbers]()
    for name, kind in numbers.items():
        parts = [block.numbers[name] for block in blocks]
        made[name] = np.concatenate(parts) if parts else np.zeros(0, dtype=kind)
    return Block(count, made, {name: _stacked(blocks, name, count) for name in names})


def _stacked(blocks: Sequence[Block], name: str, count: int) -> Coded:
    found = [block.coded.get(name) for block in blocks]
    known = dict.fromkeys(one for column in dict.fromkeys(c.names for c in found if c) for one in column)
    place = {one: number for number, one in enumerate(known, 1)}
    tables = dict[tuple[str, ...], Numbers]()
    codes = np.zeros(count, dtype=np.min_scalar_type(len(known)))
    more_rows, more_codes = [no_rows()], [np.zeros(0, dtype=codes.dtype)]
    start = 0
    for block, column in zip(blocks, found, strict=True):
        if column is not None:
            if column.names not in tables:
                tables[column.names] = np.array([0, *(place[one] for one in column.names)], dtype=codes.dtype)
            table = tables[column.names]
            np.take(table, column.codes, out=codes[start : start + block.count])
            if len(column.more_rows):
                more_rows.append(column.more_rows + start)
                more_codes.append(table[column.more_codes])
        start += block.count
    return Coded(tuple(known), codes, np.concatenate(more_rows), np.concatenate(more_codes))


def counted_together(one: Coded, other: Coded) -> dict[tuple[str, str], int]:
    """Give how many rows say each pair of things; nothing is named by an empty name.

    Whoever says several things of a column is counted in each.
    """
    width = len(other.names) + 1
    keys = one.codes.astype(np.int64) * width + other.codes
    counts = np.bincount(keys, minlength=(len(one.names) + 1) * width)
    if len(one.more_rows) or len(other.more_rows):
        counts = counts + _more(one, other, width, len(counts))
    first, second = ("", *one.names), ("", *other.names)
    found = dict[tuple[str, str], int]()
    for place in np.flatnonzero(counts):
        pair = (first[place // width], second[place % width])
        found[pair] = found.get(pair, 0) + int(counts[place])
    return found


def _more(one: Coded, other: Coded, width: int, size: int) -> Numbers:
    """Give what further things that rows say add: each with the other's first, and with its further ones."""
    keys = [
        one.more_codes.astype(np.int64) * width + other.codes[one.more_rows],
        one.codes[other.more_rows].astype(np.int64) * width + other.more_codes,
    ]
    many = np.bincount(other.more_rows, minlength=len(other.codes))
    starts = np.concatenate([[0], np.cumsum(many)])
    times = many[one.more_rows]
    ends = np.cumsum(times)
    offsets = np.arange(int(times.sum())) - np.repeat(ends - times, times)
    theirs = other.more_codes[np.repeat(starts[one.more_rows], times) + offsets]
    keys.append(np.repeat(one.more_codes.astype(np.int64), times) * width + theirs)
    return np.bincount(np.concatenate(keys), minlength=size)


def latest(rows: Rows, groups: Numbers, group_count: int, *keys: Numbers) -> Rows:
    """Give of each group the one row whose keys are the highest, the first key first; of equal ones the last row."""
    for key in keys:
        if not len(rows):
            return rows
        values = key[rows]
        best = np.full(group_count, values.min(), dtype=values.dtype)
        np.maximum.at(best, groups, values)
        kept = values == best[groups]
        rows, groups = rows[kept], groups[kept]
    last = np.full(group_count, -1, dtype=np.intp)
    np.maximum.at(last, groups, rows)
    return np.sort(last[last >= 0])
