"""What has been typed or ticked in a fillable PDF: the answers of somebody who sent the form back as a file."""

import json
from typing import BinaryIO

import pikepdf

from forms.layout.model import Kind, Values
from forms.layout.opening import opened
from forms.layout.tree import Line, inherited, parents_of, text_of
from forms.layout.tree import name_of as full_name_of
from forms.layout.widgets import OFF, kind_of, lines_on

RICH_TEXT_MAX = 100_000
"""Longest value stored as a stream that is read (bytes)."""


def field_values(pdf: pikepdf.Pdf) -> Values:
    """Give the value of every fillable field by its full name, exactly as it is stored.

    Text is its text, a check or radio field the on-state that is chosen, a choice its export value; None is a field
    without a value, or Off. A list holds several values: a list field of many choices, or boxes of one name that hold
    different values.
    """
    found: dict[str, list[str]] = {}
    parents = parents_of(pdf)
    for page in pdf.pages:
        for line in lines_on(page.obj, parents):
            kind = kind_of(line)
            if kind is None:
                continue
            values = found.setdefault(full_name_of(line), [])
            values.extend(value for value in _values(line, kind) if value not in values)
    return {name: _single(values) for name, values in found.items()}


def values_json(file: BinaryIO) -> str:
    """Give the `field_values` of a PDF file as JSON."""
    with opened(file) as pdf:
        return json.dumps(field_values(pdf))


def _single(values: list[str]) -> str | list[str] | None:
    if not values:
        return None
    return values[0] if len(values) == 1 else values


def _values(line: Line, kind: Kind) -> list[str]:
    """Give the values that one widget's field holds; a button without a value has the state that it shows."""
    value = inherited(line, "/V")
    if kind in (Kind.CHECK, Kind.RADIO):
        state = text_of(line[0].get("/AS") if value is None else value)
        return [] if state == OFF or (value is None and not state) else [state]
    if isinstance(value, pikepdf.Array):
        return [text_of(item) for item in value]
    return [] if value is None else [_text(value)]


def _text(value: object) -> str:
    """Give a string, or the text of a stream, which the standard allows for long text."""
    if isinstance(value, pikepdf.Stream):
        return text_of(pikepdf.String(value.read_bytes()[:RICH_TEXT_MAX]))
    return text_of(value)
