"""Rows → SPSS's own file, by pyreadstat. It takes a pandas table, so both are loaded only when one is asked for."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import pandas
import pyreadstat

from server.exports.cells import Value
from server.exports.columns import Column, Holds

LABEL_BYTES_MAX: Final = 255
CHOICE_BYTES_MAX: Final = 120
"""SPSS's own limits of the words of variables and of their values."""

FORMATS: Final = {Holds.NUMBER: "F9.0", Holds.TICK: "F1.0", Holds.CHOICE: "F3.0"}
MEASURES: Final = {Holds.NUMBER: "scale", Holds.DAY: "scale", Holds.WORDS: "nominal", Holds.TICK: "nominal"}
TICKS: Final[dict[int | float, str]] = {0: "Not chosen", 1: "Chosen"}


def sav_bytes(rows: Iterable[Sequence[Value]], columns: Sequence[Column], title: str) -> bytes:
    """Give the file: choices as numbers from 1, in printed order, with their words."""
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    table = pandas.DataFrame({one.name: _series(one, of) for one, of in zip(columns, cells, strict=True)})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.sav"
        pyreadstat.write_sav(
            table,
            str(path),
            file_label=_cut(title, 64),
            column_labels={one.name: _cut(one.label, LABEL_BYTES_MAX) for one in columns},
            variable_value_labels={one.name: _labels(one) for one in columns if _labels(one)},
            variable_measure={one.name: MEASURES.get(one.holds, "nominal") for one in columns},
            variable_format={one.name: FORMATS[one.holds] for one in columns if one.holds in FORMATS},
        )
        return path.read_bytes()


def _series(column: Column, cells: Sequence[Value]) -> Any:
    if column.holds is Holds.CHOICE:
        places = {choice: number for number, choice in enumerate(column.codes, 1)}
        return pandas.Series([places.get(str(cell)) for cell in cells], dtype="float64")
    if column.holds in {Holds.NUMBER, Holds.TICK}:
        return pandas.Series(cells, dtype="float64")
    if column.holds is Holds.WORDS:
        return pandas.Series([cell or "" for cell in cells], dtype="object")
    return pandas.Series(cells, dtype="object")


def _labels(column: Column) -> dict[int | float, str]:
    if column.holds is Holds.TICK:
        return TICKS
    return {number: _cut(words, CHOICE_BYTES_MAX) for number, words in enumerate(column.codes.values(), 1)}


def _cut(words: str, most: int) -> str:
    """Give as many whole characters as there is room for in UTF-8."""
    return words.encode()[:most].decode(errors="ignore")
