"""The words of answers, from what the PDF states and from what is printed beside their boxes."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Final

from forms.adopting.groups import TICKS
from forms.adopting.sheets import Sheets
from forms.layout.labels import labelled
from forms.layout.model import Box, Field
from forms.layout.words import Run

WORDS_MAX: Final = 300
"""Longest words of a question taken over (characters)."""

INSTRUCTION: Final = re.compile(
    r"^(please )?(check|tick|mark|select|click)( on)?( this| the)?( box)?( here)?"
    r"( if| when| for| to indicate)?( that)?:? ",
    re.I,
)
"""How descriptions for screen readers begin: what to do, not what is asked."""

MEANINGLESS: Final = frozenset({"On", "1", "0"})
"""On-states that say nothing: what programs give to a box of which nobody said what it stands for."""


def captions_of(sheets: Sheets) -> dict[Field, str]:
    """Give the words printed beside each field: what the PDF states of it does not count."""
    bare = dataclasses.replace(
        sheets.layout, fields=tuple(dataclasses.replace(one, label="") for one in sheets.layout.fields)
    )
    with_words = {field.page for field in sheets.layout.fields} & set(sheets.runs)
    kept = dataclasses.replace(bare, fields=tuple(one for one in bare.fields if one.page in with_words))
    found = iter(labelled(kept, ((number, sheets.runs[number]) for number in sorted(with_words))).fields)
    words = {one: next(found).label if one.page in with_words else "" for one in sheets.layout.fields}
    boxes = {number: [one.box_mm for one in sheets.layout.fields if one.page == number] for number in with_words}
    return {
        one: _whole(label, one.box_mm, sheets.runs[one.page], boxes[one.page]) if label and one.kind in TICKS else label
        for one, label in words.items()
    }


def _whole(line: str, box: Box, runs: Sequence[Run], boxes: Sequence[Box]) -> str:
    """Give a tick box's caption with its other lines, of which the one beside the box is known.

    They begin below each other and are nearer to this box than to any other.
    """
    beside = [
        run
        for run in runs
        if 0 <= run.box_mm.x - box.right + 1 <= 15 and line.startswith(run.text) and in_one_row(run.box_mm, box)
    ]
    if not beside:
        return line
    start = beside[0].box_mm
    column = sorted((run for run in runs if abs(run.box_mm.x - start.x) <= 1.5), key=lambda one: one.box_mm.y)
    column = [run for run in column if _belongs(run.box_mm, box, boxes)]
    column = [run for run in column if run.text not in line]
    down = _going_on(start, [run for run in column if run.box_mm.y > start.y + 1])
    up = _going_on(start, [run for run in reversed(column) if run.box_mm.y < start.y - 1])
    return " ".join([*reversed(up), line, *down])


def _going_on(start: Box, runs: Sequence[Run]) -> list[str]:
    """Give lines one after the other, each about a line's height from the one before."""
    found, y = [], start.y
    for run in runs:
        if abs(run.box_mm.y - y) > 1.45 * start.h or not 0.75 <= run.box_mm.h / start.h <= 1.3:
            break
        found.append(run.text)
        y = run.box_mm.y
    return found


def _belongs(run: Box, box: Box, boxes: Sequence[Box]) -> bool:
    """Tell whether words stand beside this box, and no other's row is nearer to them."""
    off = abs(run.y + run.h / 2 - box.y - box.h / 2)
    return not any(
        (other is not box and -1 <= run.x - other.right <= 15 and abs(run.y + run.h / 2 - other.y - other.h / 2) < off)
        or (
            other is not box
            and other.x < run.right
            and other.right > run.x
            and other.y < run.bottom
            and other.bottom > run.y
        )
        for other in boxes
    )


def option_words(field: Field, captions: Mapping[Field, str], others: Sequence[Field] = ()) -> str:
    """Give the words of one answer: those printed beside its box, else what the PDF states, else its on-state."""
    printed = captions.get(field, "")
    if printed and not any(captions.get(one) == printed for one in others if one is not field):
        return tidy(printed)
    if is_telling(field):
        return tidy(INSTRUCTION.sub("", field.label))
    state = field.options[0] if field.options and field.options[0] not in MEANINGLESS else ""
    return tidy(printed or state or field.label or (field.options or ("answer",))[0])


def is_telling(field: Field) -> bool:
    """Tell whether what the PDF states of a field is meant for people: not its name, nor a name for machines."""
    label = field.label
    if not label or label.lower() in (field.name.lower(), field.name.rpartition(".")[2].lower()):
        return False
    if " " not in label and re.search(r"[_#\[\]]|-|\d|[a-z][A-Z]", label):
        return False
    return re.match(r"^(help|text|check ?box|untitled|field|list|radio|option)\b.{0,12}$", label, re.I) is None


def in_one_row(run: Box, box: Box) -> bool:
    """Tell whether words and a box stand beside each other."""
    return min(run.bottom, box.bottom) - max(run.y, box.y) > 0.3 * min(run.h, box.h)


def tidy(words: str) -> str:
    """Give words fit for a definition: one line, no braces, not too long, cut at a word's end."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    plain = re.sub(r"[{}]", "", plain).strip(" _")
    plain = plain if len(plain) <= WORDS_MAX else plain[:WORDS_MAX].rsplit(" ", 1)[0] + " …"
    return plain[:1].upper() + plain[1:] if plain else "?"
