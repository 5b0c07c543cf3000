"""A response as it is kept → the cells of its row, in the columns' order. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from server.exports.columns import Column, Holds
from server.queries.exported import Kept

Value: TypeAlias = str | int | date | None
"""A choice's id, words, a number, a day, or nothing."""

ESCAPE: Final = "'"


def cells_of(kept: Kept, columns: Sequence[Column]) -> list[Value]:
    """Give a row."""
    return [_cell(kept.answers.get(one.question), one) if one.question else _fact(kept, one) for one in columns]


def _fact(kept: Kept, column: Column) -> Value:
    value = kept.facts[column.name]
    return None if value == "" else value


def _cell(answer: Sequence[str] | None, column: Column) -> Value:
    if not answer:
        return None
    if column.holds is Holds.TICK:
        return int(column.option in answer)
    if column.holds is Holds.NUMBER:
        return int(answer[0])
    return date.fromisoformat(answer[0]) if column.holds is Holds.DAY else answer[0]


def in_words(row: Sequence[Value], columns: Sequence[Column]) -> list[Value]:
    """Give a row with its choices in words."""
    return [
        column.codes.get(cell, cell) if column.holds is Holds.CHOICE and isinstance(cell, str) else cell
        for cell, column in zip(row, columns, strict=True)
    ]


def marked(row: Sequence[Value]) -> list[Value]:
    """Give a row whose words that begin with an apostrophe begin with one more.

    An apostrophe is put before whatever looks like a formula; so whoever takes one away has the words as they were.
    """
    return [f"{ESCAPE}{cell}" if isinstance(cell, str) and cell.startswith(ESCAPE) else cell for cell in row]


def dictionary_rows(columns: Sequence[Column], numbers: Mapping[str, int]) -> list[tuple[str | int | None, ...]]:
    """Give the data dictionary: a line for each column, and one for each of its choices; see `DICTIONARY`."""
    rows = list[tuple[str | int | None, ...]]()
    for column in columns:
        rows.append((column.name, numbers.get(column.question), column.label, column.holds.value, None, None, None))
        rows += [
            (column.name, None, None, None, number, choice, words)
            for number, (choice, words) in enumerate(column.codes.items(), 1)
        ]
    return rows


DICTIONARY: Final = ("Column", "Question", "Words", "Holds", "Number in SPSS", "Id in JSON", "Words in CSV and XLSX")
