"""What one touch of a button sends: which screen it was, what to do, what stands in the fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from forms.kinds import Question
from kiosk.screens import Act
from kiosk.sitting import Raw

LONGEST: Final = 12_000
"""Characters that are kept of one field: more than any answer may have, so that what is too long stays too long."""

TURN_DIGITS: Final = 9
DATE_PARTS: Final = ("day", "month", "year")
ACTS: Final = frozenset(act.value for act in Act)
OWN_NAMES: Final = frozenset({"act", "turn", "value"})
"""The fields that every screen has, whatever it asks."""


def name_of(question: str) -> str:
    """Give the name of a question's field: its id, but for an id that is the name of a field of every screen."""
    return f"q.{question}" if question in OWN_NAMES else question


@dataclass(frozen=True, slots=True)
class Submitted:
    """One touch of a button."""

    turn: int
    """Of the screen that it was drawn on; -1 where it does not say."""
    act: Act
    value: str
    fields: Mapping[str, Sequence[str]]

    def words(self, name: str) -> str:
        """Give what stands in one field."""
        return next(iter(self.fields.get(name, ())), "")

    def parts(self, name: str, parts: Sequence[str]) -> dict[str, str]:
        """Give what stands in the fields of a question that has several: `contact.phone`, `day.month`."""
        typed = {part: self.words(f"{name}.{part}") for part in parts}
        return {part: words for part, words in typed.items() if words.strip()}

    def answer(self, question: Question) -> Raw:
        """Give what was put in for a question, None where nothing was."""
        name = name_of(question.id)
        if question.kind == "contact":
            return self.parts(name, question.parts) or None
        if question.kind == "date":
            return self.parts(name, DATE_PARTS) or None
        values = [value for value in self.fields.get(name, ()) if value.strip()]
        if not values:
            return None
        return values[0] if len(values) == 1 and question.kind != "several_choices" else values


def submitted(fields: Mapping[str, list[str]]) -> Submitted | None:
    """Give what was sent, by name; None where it names nothing that can be done."""
    kept = {name: [_kept(value) for value in values] for name, values in fields.items()}
    named, turn, value = (next(iter(kept.get(name, ())), "") for name in ("act", "turn", "value"))
    act, _, of = named.partition(" ")  # a button sends one value: `change comment`
    if act not in ACTS:
        return None
    known = turn.isascii() and turn.isdecimal() and len(turn) <= TURN_DIGITS
    return Submitted(int(turn) if known else -1, Act(act), of or value, kept)


def _kept(value: str) -> str:
    """Give what was typed without the one character that PostgreSQL refuses in words; nobody types it."""
    return value.replace("\0", "")[:LONGEST]
