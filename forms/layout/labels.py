"""A label from the words around a box, where the PDF states none."""

import dataclasses
from collections.abc import Iterable, Sequence

from forms.layout.model import Field, Kind, Layout
from forms.layout.surroundings import Caption, Surroundings
from forms.layout.words import Run

ABOVE_COSTS_MM = 3.0
"""A caption on the left is taken before one above unless it is this much farther away."""

INSIDE_COSTS_MM = 4.0
"""A caption printed within the box, at the top of a ruled cell, gives way to one that close outside."""

COLON_GAINS_MM = 20.0
"""A caption on the left that ends in a colon says that its answer follows, also after a wide gap."""

LABEL_MAX = 200
"""Longest label (characters)."""

FIELDS_MAX = 400
"""Most fields of a page that get a label from nearby words: the search is square, and real pages have up to 80."""


def labelled(layout: Layout, pages: Iterable[tuple[int, Sequence[Run]]]) -> Layout:
    """Give the layout with words nearby as the label of fields that have none; `pages` are numbers with their runs."""
    by_page: dict[int, list[Field]] = {}
    for field in layout.fields:
        by_page.setdefault(field.page, []).append(field)
    labels: dict[Field, str] = {}
    for number, runs in pages:
        if len(by_page[number]) <= FIELDS_MAX:
            labels |= _labels_on_page(by_page[number], runs)
    fields = (dataclasses.replace(field, label=field.label or labels.get(field, "")) for field in layout.fields)
    return dataclasses.replace(layout, fields=tuple(fields))


def _labels_on_page(fields: list[Field], runs: Sequence[Run]) -> dict[Field, str]:
    """Give a label to each field; all tick boxes of a page have their captions on the same side."""
    boxes = [field.box_mm for field in fields]
    around = {field: Surroundings.of(field.box_mm, boxes, runs) for field in fields}
    ticks = [near for field, near in around.items() if _is_tick(field)]
    left_first = sum(1 if near.left.gap_mm < near.right.gap_mm else -1 for near in ticks) > 0
    return {
        field: (_tick_label(near, left_first) if _is_tick(field) else _text_label(near))[:LABEL_MAX]
        for field, near in around.items()
    }


def _is_tick(field: Field) -> bool:
    return field.kind in (Kind.CHECK, Kind.RADIO)


def _tick_label(near: Surroundings, left_first: bool) -> str:
    """Give the caption on the page's usual side, else on the other, else above."""
    sides = (near.left, near.right) if left_first else (near.right, near.left)
    return next((caption.text for caption in (*sides, near.above) if caption.text), "")


def _text_label(near: Surroundings) -> str:
    """Give the nearest caption, by where captions are usual; one below, as under a signature, is what remains."""
    colon_mm = COLON_GAINS_MM if near.left.text.endswith(":") else 0.0
    costs: list[tuple[float, Caption]] = [
        (near.left.gap_mm - colon_mm, near.left),
        (near.above.gap_mm + ABOVE_COSTS_MM, near.above),
        (near.inside.gap_mm + INSIDE_COSTS_MM, near.inside),
    ]
    nearest = min(costs, key=lambda cost: cost[0])[1]
    return nearest.text or near.below.text
