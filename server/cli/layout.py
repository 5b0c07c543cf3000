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

NAME_MAX = 16
TAKES_MAX = 16
"""Letters of a name and of what a field takes, so that its label still fits on a terminal of 80 columns."""


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
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    for heading in ("page", "x, y, w, h in mm", "name", "takes"):
        table.add_column(heading, no_wrap=True)
    table.add_column("label", ratio=1)
    for field in layout.fields:
        box = " ".join(f"{value:5.1f}" for value in _numbers(field))
        cells = (str(field.page), box, _tail(field.name), _takes(field), field.label)
        table.add_row(*(Text(_shown(cell)) for cell in cells))
    return table


def _tail(name: str) -> str:
    """Shorten a name to its end, where the names of one form differ; `--json` has them whole."""
    return name if len(name) <= NAME_MAX else "…" + name[1 - NAME_MAX :]


def _takes(field: Field) -> str:
    """Say the kind of a field, and its options or how many letters it takes."""
    letters = f"{field.max_length} letters" if field.max_length else ", ".join(field.options)
    takes = f"{field.comb_cells} cells" if field.comb_cells else letters
    return f"{field.kind} {takes}".strip()[:TAKES_MAX]


def _shown(text: str) -> str:
    """Leave out what a terminal could take for a command."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _summary(layout: Layout) -> str:
    return f"boxes: {len(layout.fields)}, questions: {len(layout.questions())}, pages: {len(layout.pages)}"
