"""The words of a question, from what the PDF states and from what is printed before its answers."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from forms.adopting.captions import INSTRUCTION, in_one_row, is_telling, option_words, tidy
from forms.adopting.groups import TICKS, Group, Shape
from forms.layout.model import Box, Field
from forms.layout.words import Run

ASIDE_MM: Final = 75.0
"""Farthest that a question stands to the left of its answers: the margin column of an official form."""

OVER_MM: Final = 14.0
"""Farthest above its answers that a question's last line stands."""

BEGINS_MM: Final = 6.0
"""How far from its first box a question right above it begins."""

COLUMN_LINES_MAX: Final = 12
"""More lines than this before the first field of a page are an introduction."""

BESIDE_MM: Final = 30.0
"""Boxes between words and answers, or so far to the right of that, are what the words ask for."""

PARAGRAPH_MM: Final = 25.0
"""How far a question beside its answers goes on below them: five lines."""

LETTER: Final = re.compile(r"[^\W\d_]")

LINE_MM: Final = 7.0
"""From one line to the next of the same words, at most: 12 pt with wide leads."""

COLUMN_MM: Final = 3.0
"""How far lines of one paragraph begin apart."""

ENTERING: Final = re.compile(r"^(please )?(enter|type|write|give|fill in)( in)? (?=\S)", re.I)


def question_words(group: Group, captions: Mapping[Field, str], runs: Sequence[Run], fields: Sequence[Field]) -> str:
    """Give the words of a question: printed before its answers, else stated; a text field's are its own caption."""
    first = group.fields[0]
    if group.shape in (Shape.ONE, Shape.SEVERAL):
        return tidy(heading(group, captions, runs, fields) or _stated(group) or first.name)
    if group.shape is Shape.PARTS:
        return tidy(_common(group) or heading(group, captions, runs, fields) or captions.get(first, "") or first.name)
    stated = ENTERING.sub("", first.label) if is_telling(first) and first.label != captions.get(first) else ""
    if group.shape is Shape.LONE:
        return option_words(first, captions)
    beside, printed = _left_of(first.box_mm, runs, fields), captions.get(first, "")
    whole = beside if printed and beside.startswith(printed) else printed
    return tidy(stated or whole or first.label or first.name)


def heading(group: Group, captions: Mapping[Field, str], runs: Sequence[Run], fields: Sequence[Field]) -> str:
    """Give what is printed before a question's answers; "" where there is nothing.

    It stands in the column to the left, or right above and begins with them, or higher up in the left column.
    """
    box = group.box_mm
    taken = " ".join(captions.get(one, "") for one in fields if one.kind in TICKS)
    free = [run for run in runs if len(run.text) < 3 or run.text not in taken]
    left, above = _left_of(box, free, fields), _above(box, free, fields)
    if left and above:
        begins = min((run.box_mm.x for run in free if above.startswith(run.text)), default=0.0)
        starts_here = abs(begins - box.x) <= BEGINS_MM
        return above if starts_here or not LETTER.search(left) else left
    return left or above or _higher(box, free, fields)


def _higher(box: Box, runs: Sequence[Run], fields: Sequence[Field]) -> str:
    """Give the nearest paragraph higher up in the column to the left, below whatever is filled in before."""
    before = max((one.box_mm.bottom for one in fields if one.box_mm.bottom <= box.y), default=0.0)
    column = [run for run in runs if before < run.box_mm.y < box.y and run.box_mm.right <= box.x]
    if not column or (not before and len(column) > COLUMN_LINES_MAX):
        return ""
    lowest = max(run.box_mm.y for run in column)
    lines: list[tuple[float, str]] = []
    y = lowest
    while line := [run for run in column if -1.5 <= y - run.box_mm.y <= 1.5]:
        lines.insert(0, (y, " ".join(run.text for run in sorted(line, key=lambda one: one.box_mm.x))))
        over = [run.box_mm.y for run in column if 1.5 < y - run.box_mm.y <= LINE_MM - 1.0]
        if not over:
            break
        y = max(over)
    return " ".join(words for _, words in lines)


def _stated(group: Group) -> str:
    """Give what the PDF states of a whole group: what its boxes have in common, else the first's own words."""
    labels = [one.label for one in group.fields if is_telling(one)]
    if len(set(labels)) == 1 and len(labels) > 1:
        return labels[0]
    return INSTRUCTION.sub("", labels[0]) if labels else ""


def _common(group: Group) -> str:
    """Give what the parts of a number or day are parts of."""
    label = group.fields[0].label if is_telling(group.fields[0]) else ""
    part = (
        r"^(.*?)\b(enter )?(the )?(first|day|month|year)\b( (two|three|four|five|\d))?"
        r"( digits?| numbers?)?( of)?( the)? ?"
    )
    return re.sub(part, r"\1", label, flags=re.I)


def _left_of(box: Box, runs: Sequence[Run], fields: Sequence[Field]) -> str:
    """Give the words in the column to the left, from the first line of the answers on."""
    there = [run for run in runs if run.box_mm.right <= box.x + 1 and box.x - run.box_mm.right <= ASIDE_MM]
    row = [run for run in there if in_one_row(run.box_mm, Box(box.x, box.y, 1, min(box.h, 6.0)))]
    row = [run for run in row if not _hidden(run.box_mm, box, fields)]
    if not row:
        return ""
    start = max(row, key=lambda run: run.box_mm.right)
    left = min(run.box_mm.x for run in row if run.box_mm.right > start.box_mm.x - 8 or run is start)
    column = [run for run in there if run.box_mm.x >= left - COLUMN_MM and not _hidden(run.box_mm, box, fields)]
    after = min((one.box_mm.y for one in fields if one.box_mm.y >= box.bottom), default=box.bottom + PARAGRAPH_MM)
    lines = _lines_from(start.box_mm.y, column, until=min(after - 1.0, box.bottom + PARAGRAPH_MM))
    return " ".join(_up_from(start.box_mm.y, column) + lines)


def _up_from(y: float, runs: Sequence[Run]) -> list[str]:
    """Give the lines right above a line, which it goes on from: at most two."""
    found: list[str] = []
    for _ in range(2):
        above = [run for run in runs if 0 < y - run.box_mm.y <= LINE_MM - 1.0]
        if not above:
            break
        y = min(run.box_mm.y for run in above)
        found.insert(0, " ".join(run.text for run in sorted(above, key=lambda one: one.box_mm.x)))
    return found


def _lines_from(y: float, runs: Sequence[Run], *, until: float) -> list[str]:
    """Give the lines of a paragraph that begins at a height and goes on downwards."""
    lines: list[str] = []
    last = y
    for run in sorted(runs, key=lambda one: (round(one.box_mm.y), one.box_mm.x)):
        top = run.box_mm.y
        if top < y - 1.5 or top > until or top - last > LINE_MM:
            continue
        lines.append(run.text)
        last = max(last, top)
    return lines


def _above(box: Box, runs: Sequence[Run], fields: Sequence[Field]) -> str:
    """Give the paragraph right above the answers, which begins left of them or over them."""
    near = [run for run in runs if -1.0 <= box.y - run.box_mm.bottom <= OVER_MM and _spans(run.box_mm, box)]
    near = [run for run in near if not _crossed(run.box_mm, box, fields)]
    if not near:
        return ""
    last = max(run.box_mm.y for run in near)
    lines: list[str] = []
    y = last
    for _ in range(4):
        line = [run for run in runs if abs(run.box_mm.y - y) <= 1.5 and _spans(run.box_mm, box)]
        lines.insert(0, " ".join(run.text for run in sorted(line, key=lambda one: one.box_mm.x)))
        over = [run.box_mm.y for run in runs if 1.5 < y - run.box_mm.y <= LINE_MM - 1.0 and _spans(run.box_mm, box)]
        if not over or (lines[0].rstrip().endswith((".", "?", ":")) and len(lines) > 1):
            break
        y = max(over)
        if any(one.box_mm.y < y + 4 and one.box_mm.bottom > y for one in fields if one.box_mm.x < box.right):
            break
    return " ".join(lines)


def _spans(run: Box, box: Box) -> bool:
    return run.x <= box.right and run.right >= box.x - 5 and run.x >= box.x - ASIDE_MM


def _hidden(run: Box, box: Box, fields: Sequence[Field]) -> bool:
    """Tell whether another field stands between words and the answers."""
    return any(run.right - 1 <= one.box_mm.x < box.x - 0.5 and in_one_row(run, one.box_mm) for one in fields) or any(
        one.kind in TICKS and -1 < run.x - one.box_mm.right < 12 and in_one_row(run, one.box_mm) for one in fields
    )


def _crossed(run: Box, box: Box, fields: Sequence[Field]) -> bool:
    """Tell whether another field stands between words above and the answers, or words belong to a box beside them."""
    between = any(
        run.bottom - 1 <= one.box_mm.y < box.y - 1.5
        and one.box_mm.x < box.right + BESIDE_MM
        and one.box_mm.right > box.x
        for one in fields
    )
    return between or any(
        one.kind in TICKS and -1 < run.x - one.box_mm.right < 10 and in_one_row(run, one.box_mm) for one in fields
    )
