"""Fields → questions as a reader sees them: which boxes belong together, and what they are together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

from forms.layout.model import Box, Field, Kind

TICKS: Final = (Kind.CHECK, Kind.RADIO)

ROW_MM: Final = 2.0
"""How far the tops of boxes in one row, or the left sides of boxes in one column, are apart at most."""

DOWN_MAX_MM: Final = 16.0
ACROSS_MAX_MM: Final = 62.0
"""From one box of a question to the next, down and across: three lines of words, and a short caption beside it."""

PART_LETTERS_MAX: Final = 5
PART_GAP_MM: Final = 9.0
"""Cells for a few letters each that stand so near in a row are the parts of one number or day."""

INDEX: Final = re.compile(r"\[\d+\]$")
"""What XFA adds to a name that is there more than once."""

NUMBERED: Final = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})*)[.)\s]")
"""The number that a caption or a name begins with."""


class Shape(StrEnum):
    """What a question's fields are together."""

    ONE = "one"
    SEVERAL = "several"
    LONE = "lone"
    LIST = "list"
    PARTS = "parts"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of one question, in their order on the page."""

    shape: Shape
    fields: tuple[Field, ...]

    @property
    def page(self) -> int:
        """Give the number of the page that it begins on."""
        return self.fields[0].page

    @property
    def box_mm(self) -> Box:
        """Give what its fields on that page take up together."""
        boxes = [field.box_mm for field in self.fields if field.page == self.page]
        x, y = min(box.x for box in boxes), min(box.y for box in boxes)
        return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def grouped(fields: Sequence[Field], captions: Mapping[Field, str]) -> list[Group]:
    """Give the questions of a form, in the order of their first fields; `captions` are the words beside tick boxes."""
    groups = list(_parts(list(_joined(list(_named(fields)), captions))))
    return [replace(group, fields=_in_reading_order(group.fields)) for group in groups]


def _in_reading_order(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    if len(fields) < 2:
        return fields
    # Rows are told by what overlaps in height, so that a box a little lower is not put behind its row.
    waiting, ordered = sorted(fields, key=lambda one: (one.page, one.box_mm.y)), list[Field]()
    while waiting:
        first = waiting[0]
        row = [one for one in waiting if one.page == first.page and one.box_mm.y - first.box_mm.y <= ROW_MM]
        ordered += sorted(row, key=lambda one: one.box_mm.x)
        waiting = [one for one in waiting if one not in row]
    return tuple(ordered)


def _named(fields: Sequence[Field]) -> Iterator[Group]:
    """Put boxes together that the PDF itself puts together: by one name, or by one name with indices."""
    together: dict[tuple[str, object], list[Field]] = {}
    for number, field in enumerate(fields):
        name = INDEX.sub("", field.name) if field.kind is Kind.CHECK else field.name
        own = number if not name or (field.kind is Kind.TEXT and not field.name) else None
        together.setdefault((name, own if own is not None else field.kind), []).append(field)
    for same in together.values():
        if same[0].kind is Kind.CHOICE:
            yield Group(Shape.LIST, tuple(same))
        elif same[0].kind is Kind.TEXT:
            yield Group(Shape.TEXT, tuple(same))
        elif len({field.options for field in same}) > 1 or (same[0].kind is Kind.RADIO and len(same) > 1):
            yield Group(Shape.ONE, tuple(same))
        else:
            yield from (Group(Shape.LONE, (field,)) for field in same)


def _joined(groups: list[Group], captions: Mapping[Field, str]) -> Iterator[Group]:
    """Put lone boxes together that stand in one row or column with nothing else to fill in between."""
    waiting: list[Field] = []
    for group in groups:
        if group.shape is Shape.LONE and (not waiting or _goes_on(waiting, group.fields[0])):
            waiting.append(group.fields[0])
            continue
        yield from _ticks(waiting, captions)
        waiting = [group.fields[0]] if group.shape is Shape.LONE else []
        if not waiting:
            yield group
    yield from _ticks(waiting, captions)


def _goes_on(before: Sequence[Field], field: Field) -> bool:
    """Tell whether a lone box belongs to those before: nearby in the grid that they make, of about their size."""
    last, box = before[-1], field.box_mm
    if last.page != field.page or field.kind is not last.kind or _number(field) != _number(last):
        return False
    across = abs(box.y - last.box_mm.y) <= ROW_MM and 0 < box.x - last.box_mm.x <= ACROSS_MAX_MM
    if across:
        return all(abs(one.box_mm.y - box.y) <= ROW_MM for one in before) or _is_grid(before)
    down = abs(box.x - last.box_mm.x) <= ROW_MM and 0 < box.y - last.box_mm.y <= DOWN_MAX_MM
    if down:
        return all(abs(one.box_mm.x - box.x) <= ROW_MM for one in before) or _is_grid(before)
    tops = [one.box_mm.y for one in before]
    return _is_grid([*before, field]) and min(tops) - ROW_MM <= box.y and box.x > last.box_mm.x


def _is_grid(fields: Sequence[Field]) -> bool:
    """Tell whether boxes stand in several columns that begin at about one height."""
    tops: dict[int, float] = {}
    for field in fields:
        column = round(field.box_mm.x / ROW_MM)
        tops[column] = min(tops.get(column, field.box_mm.y), field.box_mm.y)
    sides = max(field.box_mm.x for field in fields) - min(field.box_mm.x for field in fields)
    return len(tops) > 1 and max(tops.values()) - min(tops.values()) <= ROW_MM and sides <= 2 * ACROSS_MAX_MM


def _number(field: Field) -> str:
    """Give the number that the form gives to a box's question, by its own words; "" where it has none."""
    found = NUMBERED.match(field.name.rpartition(".")[2] if "[" in field.name else field.name)
    return found[1] if found else ""


def _ticks(fields: list[Field], captions: Mapping[Field, str]) -> Iterator[Group]:
    """Give what lone boxes are together; pairs of yes and no in one run of boxes are one question each."""
    while fields:
        some = fields[: _first_question(fields, captions)]
        fields = fields[len(some) :]
        if len(some) == 1:
            yield Group(Shape.LONE, tuple(some))
        else:
            words = [captions.get(one, "") for one in some]
            yield Group(Shape.ONE if exclude_each_other(words) else Shape.SEVERAL, tuple(some))


def _first_question(fields: Sequence[Field], captions: Mapping[Field, str]) -> int:
    """Give how many of the first boxes are one question: a yes begins a new one."""
    begins = [at for at, one in enumerate(fields) if at and _first_word(captions.get(one, "")) == "yes"]
    cuts = [0, *begins, len(fields)]
    return cuts[1] if all(end - start >= 2 for start, end in pairwise(cuts)) else len(fields)


YES_NO: Final = frozenset({"yes", "no"})
EXCLUSIVE: Final = (
    YES_NO,
    frozenset({"male", "female"}),
    frozenset({"man", "woman"}),
    frozenset({"mr", "mrs", "miss", "ms"}),
    frozenset({"weekly", "monthly", "annually", "yearly", "daily"}),
    frozenset({"checking", "savings"}),
    frozenset({"agree", "disagree"}),
    frozenset({"true", "false"}),
)
"""First words of answers of which only one can be true."""


def exclude_each_other(captions: Sequence[str]) -> bool:
    """Tell by their words whether only one of the answers can be given: at least two are opposites of one set."""
    first = [_first_word(words) for words in captions]
    kept = [word for word in first if word]
    return any(len(words & set(kept)) >= 2 and len(kept) == len(set(kept)) for words in EXCLUSIVE)


def _first_word(caption: str) -> str:
    found = re.search(r"[^\W\d_]+", caption)
    return found[0].lower() if found else ""


def _parts(groups: list[Group]) -> Iterator[Group]:
    """Put the parts of one number or day together: text fields for a few letters each, beside each other."""
    waiting: list[Field] = []
    for group in groups:
        is_part = _is_part(group)
        if is_part and (not waiting or _stands_beside(waiting[-1], group.fields[0])):
            waiting.append(group.fields[0])
            continue
        yield from _part_group(waiting)
        waiting = [group.fields[0]] if is_part else []
        if not is_part:
            yield group
    yield from _part_group(waiting)


def _part_group(fields: Sequence[Field]) -> Iterator[Group]:
    if fields:
        yield Group(Shape.PARTS if len(fields) > 1 else Shape.TEXT, tuple(fields))


def _is_part(group: Group) -> bool:
    field = group.fields[0]
    letters = field.max_length
    return group.shape is Shape.TEXT and len(group.fields) == 1 and 0 < (letters or 0) <= PART_LETTERS_MAX


def _stands_beside(last: Field, field: Field) -> bool:
    gap = field.box_mm.x - last.box_mm.right
    return last.page == field.page and abs(last.box_mm.y - field.box_mm.y) <= ROW_MM and -1.0 <= gap <= PART_GAP_MM
