"""Print how many widgets of a folder of PDFs the layout finds: `python -m tests.bench.layout FOLDER`.

The folder holds PDFs and a `widgets.csv` that lists every widget on every page, with its box in points of the page's
own coordinates (form, page, field, type, comb, maxlen, x0, y0, x1, y1).
"""

import csv
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pikepdf
from rich.console import Console
from rich.table import Column, Table

from forms.layout import Box, Field, Layout, LayoutError, layout_of

IOU_MIN = 0.5
FILLED_IN = ("text", "check", "radio", "choice")
MM = 25.4 / 72

Row = dict[str, str]


class Score(NamedTuple):
    """What was found of one PDF."""

    expected: int
    found: int
    limits_right: int
    groups_right: bool
    labelled: int
    seconds: float


def main(folder: Path) -> int:
    """Print the table and give the exit code: 0 when every widget is found with its limits."""
    table = Table(Column("PDF", no_wrap=True), "widgets", "found", "limits right", "groups", "labelled", "seconds")
    right = True
    for form, rows in _expected(folder / "widgets.csv").items():
        try:
            score = _score(folder / f"{form}.pdf", rows)
        except LayoutError as error:
            table.add_row(form, str(len(rows)), str(error))
            right = False
            continue
        right &= score.expected == score.found == score.limits_right and score.groups_right
        numbers = (
            score.expected,
            score.found,
            score.limits_right,
            "right" if score.groups_right else "WRONG",
        )
        table.add_row(form, *map(str, numbers), str(score.labelled), f"{score.seconds:.2f}")
    Console().print(table)
    return 0 if right else 1


def _expected(path: Path) -> dict[str, list[Row]]:
    """Give the rows of the widgets that a person fills in, by form."""
    rows: dict[str, list[Row]] = defaultdict(list)
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["type"] in FILLED_IN:
                rows[row["form"]].append(row)
    return rows


def _score(path: Path, rows: list[Row]) -> Score:
    start = time.perf_counter()
    layout = layout_of(path)
    seconds = time.perf_counter() - start
    matches = [(row, _match(row, box, layout)) for row, box in _boxes(path, rows)]
    found = [(row, field) for row, field in matches if field is not None]
    limits = sum(_limits(row) == (field.comb_cells, field.max_length) for row, field in found)
    labelled = sum(bool(field.label) for field in layout.fields)
    return Score(len(rows), len(found), limits, _groups_agree(found), labelled, seconds)


def _boxes(path: Path, rows: list[Row]) -> list[tuple[Row, Box]]:
    """Give each row's box in mm from the top left of the visible page, by a second way of reckoning."""
    with pikepdf.open(path) as pdf:
        corners = [[float(value) for value in page.cropbox.as_list()] for page in pdf.pages]
        turns = [pikepdf.Page(page).rotation for page in pdf.pages]
    boxes = []
    for row in rows:
        left, bottom, right, top = corners[int(row["page"]) - 1]
        x0, y0, x1, y1 = (float(row[key]) for key in ("x0", "y0", "x1", "y1"))
        edges = (x0 - left, top - y1, right - x1, y0 - bottom)  # from left, top, right, bottom
        turn = turns[int(row["page"]) - 1] // 90
        around = (edges[0], edges[1], edges[2], edges[3])
        near_left, near_top = around[-turn % 4], around[(1 - turn) % 4]
        size = (x1 - x0, y1 - y0) if turn % 2 == 0 else (y1 - y0, x1 - x0)
        boxes.append((row, Box(near_left * MM, near_top * MM, size[0] * MM, size[1] * MM)))
    return boxes


def _match(row: Row, box: Box, layout: Layout) -> Field | None:
    """Give the field of the row's kind that covers its box best, if well enough."""
    there = [it for it in layout.fields if it.page == int(row["page"]) and it.kind == row["type"]]
    best = max(there, key=lambda it: _iou(it.box_mm, box), default=None)
    return best if best is not None and _iou(best.box_mm, box) >= IOU_MIN else None


def _iou(one: Box, other: Box) -> float:
    width = min(one.right, other.right) - max(one.x, other.x)
    height = min(one.bottom, other.bottom) - max(one.y, other.y)
    shared = max(width, 0.0) * max(height, 0.0)
    return shared / (one.w * one.h + other.w * other.h - shared)


def _limits(row: Row) -> tuple[int | None, int | None]:
    """Give comb cells and length of a row."""
    length = int(row["maxlen"]) if row["maxlen"] else None
    return (length if row["comb"] == "1" else None), length


def _groups_agree(found: list[tuple[Row, Field]]) -> bool:
    """Say whether widgets of one radio group, and no others, have one name."""
    pairs = {(row["field"], field.name) for row, field in found if row["type"] == "radio"}
    return len(pairs) == len({expected for expected, _ in pairs}) == len({given for _, given in pairs})


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
