"""`sayso layout`: show the geometry of a fillable PDF."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from forms.layout import Field, Layout, layout_of

DIGITS = 3
"""Decimals of a mm shown: a thousandth is far below what any printer or scanner keeps."""


@click.command("layout")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print a list of fields as JSON instead of a table.")
def command(file: Path, as_json: bool) -> None:
    """Show the fields of any fillable PDF: name, kind, page, box in mm from the top left, and label."""
    layout = layout_of(file)
    if as_json:
        click.echo(_json(layout))
    else:
        Console().print(_table(layout), Text(_summary(layout)))


def _json(layout: Layout) -> str:
    """Give the fields as a JSON list with one field a line."""
    return "[\n" + ",\n".join(json.dumps(_plain(field)) for field in layout.fields) + "\n]"


def _plain(field: Field) -> dict[str, Any]:
    return dataclasses.asdict(field) | {"box_mm": _numbers(field)}


def _numbers(field: Field) -> list[float]:
    return [round(value, DIGITS) for value in dataclasses.astuple(field.box_mm)]


def _table(layout: Layout) -> Table:
    table = Table("page", "kind", "name", "x, y, w, h in mm", "options", "cells", "most", "label")
    for field in layout.fields:
        cells = (
            str(field.page),
            field.kind,
            field.name,
            ", ".join(f"{value:.1f}" for value in _numbers(field)),
            ", ".join(field.options),
            str(field.comb_cells or ""),
            str(field.max_length or ""),
            field.label,
        )
        table.add_row(*(Text(_shown(cell)) for cell in cells))
    return table


def _shown(text: str) -> str:
    """Leave out what a terminal could take for a command."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _summary(layout: Layout) -> str:
    boxes, questions, pages = len(layout.fields), len(layout.questions()), len(layout.pages)
    return f"{boxes} boxes of {questions} questions on {pages} pages"
