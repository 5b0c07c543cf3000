"""What a layout is: pages and the boxes of form fields on them, in mm; no PDF library is needed to use one."""

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

Values = dict[str, str | list[str] | None]
"""Field name → what has been typed or ticked; see `forms.layout.values.field_values`."""


class Kind(StrEnum):
    """What a person does in a field: write, tick any, tick one of several, or pick from a list."""

    TEXT = "text"
    CHECK = "check"
    RADIO = "radio"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in mm: its top left corner, width and height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of the right edge, in mm."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of the lower edge, in mm."""
        return self.y + self.h


@dataclass(frozen=True, slots=True)
class Page:
    """The visible part of one page: number from 1, size as seen, and the clockwise turn that a viewer makes."""

    number: int
    width_mm: float
    height_mm: float
    rotation: int


@dataclass(frozen=True, slots=True)
class Field:
    """One box of a form on one page; several with one name are one question.

    `options` holds the on-state of a check or radio box (more than one only in odd files), and all export values of a
    choice. `comb_cells` is the number of character cells that the box is divided into, if it is.
    """

    name: str
    kind: Kind
    page: int
    box_mm: Box
    options: tuple[str, ...]
    comb_cells: int | None
    max_length: int | None
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """The boxes that answer one question, in the order of the pages: a radio group, or a text field repeated."""

    name: str
    kind: Kind
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The geometry of a fillable PDF."""

    pages: tuple[Page, ...]
    fields: tuple[Field, ...]

    def questions(self) -> tuple[Question, ...]:
        """Give the fields by question, in order of first appearance; a field without a name is a question by itself."""
        groups: dict[str | int, list[Field]] = {}
        for index, field in enumerate(self.fields):
            groups.setdefault(field.name or index, []).append(field)
        return tuple(Question(group[0].name, group[0].kind, tuple(group)) for group in groups.values())

    def to_json(self) -> str:
        """Give the layout as JSON text for another process."""
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Give back the layout that `to_json` wrote; raises pydantic's ValidationError for anything else."""
        from pydantic import TypeAdapter  # noqa: PLC0415  the child only writes layouts: it starts 0.1 s sooner

        return TypeAdapter(cls).validate_json(text)


def values_from_json(text: str) -> Values:
    """Give back values written as JSON; raises pydantic's ValidationError for anything else."""
    from pydantic import TypeAdapter  # noqa: PLC0415  as above

    return TypeAdapter[Values](Values).validate_json(text)
