"""The named fields of a form's paper: one for each box, with the words that a screen reader says."""

from dataclasses import dataclass
from enum import StrEnum

PART = "/"
"""Between a question's id and the part of it that a field holds: `topics/homes`, `day/month`, `reach/phone`."""


class Widget(StrEnum):
    """What a field looks like."""

    RADIO = "radio"
    CHECK = "check"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its name, its widgets' on-states in printed order, its spoken name, its limits."""

    name: str
    widget: Widget
    tooltip: str
    states: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """What each state means, in words, in the order of `states`."""
    max_length: int | None = None
    comb: bool = False
    multiline: bool = False
